"""Which acts on money can be asked for outside the pages, who may, and what is answered?

The command line asks here. Each act is the one behind the page's button, with the same roles, the same list of what may
be seen and the same refusals; the answer is plain values with stable keys, the same for the same facts.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from phueng.access.viewers import Viewer
from phueng.audit.actions import record_read
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments import queries
from phueng.payments.actions import approve_run, import_result, prepare_run, record_gfmis, release_run
from phueng.payments.budget_scope import FINANCE_ROLES, offices_seen
from phueng.payments.models import BankFile, ResultFile, Run
from phueng.payments.proof import prove as compare_day
from phueng.payments.waiting import needed_by, waits_for
from phueng.places.queries import office as office_by_code
from phueng.schemes.catalogue import UnknownScheme, scheme

# Act → the roles of which its page asks one.
ROLES: Mapping[str, tuple[str, ...]] = {
    "status": (*FINANCE_ROLES, "auditor"),
    "prepare": ("finance_maker",),
    "approve": ("finance_checker",),
    "draw": ("finance_maker", "finance_checker"),
    "release": ("releaser",),
    "reconcile": ("finance_maker",),
    "prove": (*FINANCE_ROLES, "auditor"),
}
MOST_RUNS = 100
# What a releaser proves again, as on the page (access.step_up).
STEP_UP = "release_payments"

NOT_YOURS = Problem(
    "not_your_duty",
    "บัญชีนี้ไม่มีหน้าที่สำหรับงานนี้",
    "This account does not hold the duty for this",
    "ให้ผู้มีหน้าที่เป็นผู้ทำ หรือขอหน้าที่จากผู้ดูแลระบบ",
    "Let somebody who holds it do it, or ask an administrator for the duty",
)
NOT_THERE = Problem(
    "not_there",
    "ไม่มีรายการนี้ หรือไม่ใช่ของหน่วยงานของคุณ",
    "It does not exist, or is not your office's",
    "ตรวจเลขที่ชุดจ่าย รหัสโครงการ และรหัสหน่วยงาน",
    "Check the run's number, the scheme code and the office code",
)


def insist_on_role(viewer: Viewer, act: str) -> None:
    """Refused(not_your_duty) unless the page of this act would open."""
    if not viewer.has_role(*ROLES[act]):
        raise Refused(NOT_YOURS)


def status(viewer: Viewer, at: datetime, *, number: str = "") -> dict[str, Any]:
    """One run, or the latest runs that this viewer may see, each with what waits for this very person."""
    insist_on_role(viewer, "status")
    if number:
        run = _run(viewer, number)
        record_read(by=viewer.actor(), at=at, act="payments.open_run", subject=("run", run.pk))
        return run_as_json(viewer, run)
    runs = list(queries.runs_for(viewer)[:MOST_RUNS])
    progress = queries.progress_of([run.pk for run in runs])
    return {"format": "phueng-runs-1", "runs": [_summary(viewer, run, progress.get(run.pk)) for run in runs]}


def prepare(viewer: Viewer, at: datetime, *, scheme_code: str, office_code: str, effective_on: date) -> dict[str, Any]:
    """Make a run of everything that is ready."""
    insist_on_role(viewer, "prepare")
    office = office_by_code(office_code) if office_code in viewer.office_codes("finance_maker") else None
    if office is None or not _is_scheme(scheme_code):
        raise Refused(NOT_THERE)
    run = prepare_run(
        by=viewer.actor("finance_maker", office.pk),
        at=at,
        scheme_code=scheme_code,
        office_id=office.pk,
        effective_on=effective_on,
    )
    return _after(viewer, run.number)


def approve(viewer: Viewer, at: datetime, *, number: str) -> dict[str, Any]:
    """Sign the frozen list."""
    insist_on_role(viewer, "approve")
    approve_run(by=viewer.actor("finance_checker"), at=at, run_id=_run(viewer, number).pk)
    return _after(viewer, number)


def draw(viewer: Viewer, at: datetime, *, number: str, gfmis_number: str) -> dict[str, Any]:
    """Write which document draws the money."""
    insist_on_role(viewer, "draw")
    record_gfmis(by=viewer.actor(), at=at, run_id=_run(viewer, number).pk, gfmis_number=gfmis_number)
    return _after(viewer, number)


def release(viewer: Viewer, at: datetime, *, number: str, last_of_digest: str) -> dict[str, Any]:
    """Release the files. Whoever asks must have let the person prove again who they are (STEP_UP)."""
    insist_on_role(viewer, "release")
    run = _run(viewer, number)
    release_run(by=viewer.actor("releaser"), at=at, run_id=run.pk, last_of_digest=last_of_digest)
    return _after(viewer, number)


def reconcile(viewer: Viewer, at: datetime, *, name: str, content: bytes) -> dict[str, Any]:
    """Take in the bank's answer, however large; the same bytes again change nothing."""
    insist_on_role(viewer, "reconcile")
    return result_as_json(import_result(by=viewer.actor("finance_maker"), at=at, name=name, content=content))


def prove(viewer: Viewer, at: datetime, *, on: date) -> dict[str, Any]:
    """Compare a day of the ledger with the payments and with the bank, for the offices that the viewer sees."""
    insist_on_role(viewer, "prove")
    record_read(by=viewer.actor(), at=at, act="payments.read_proof", subject=("day", UUID(int=on.toordinal())))
    return compare_day(on, offices_seen(viewer)).as_json()


def run_as_json(viewer: Viewer, run: Run) -> dict[str, Any]:
    """Everything about a run except who is paid."""
    files = queries.files_for(run)
    return {
        "format": "phueng-run-1",
        **_summary(viewer, run, queries.progress_of([run.pk]).get(run.pk)),
        "lines_root": run.lines_root,
        "files_digest": run.files_digest,
        "wanted": run.wanted_count,
        "left_out": getattr(run, "left_out", 0),
        "approvals": [
            {
                "nth": nth,
                "at": _moment(datetime.fromisoformat(one["at"])),
                "office": one["office_en"],
                "by": one["name_en"] or one["name_th"],
            }
            for nth, one in enumerate(getattr(run, "signed", []), start=1)
        ],
        "prepared_at": _moment(run.prepared_at),
        "frozen_at": _moment(run.frozen_at),
        "checked_at": _moment(run.checked_at),
        "written_at": _moment(run.written_at),
        "released_at": _moment(run.released_at),
        "abandoned_at": _moment(run.abandoned_at),
        "files": [_file(one) for one in files],
    }


def result_as_json(result: ResultFile) -> dict[str, Any]:
    """What an answer of the bank came to."""
    return {
        "format": "phueng-result-1",
        "id": str(result.pk),
        "name": result.name,
        "sha256": result.sha256,
        "paid": result.paid_count,
        "returned": result.returned_count,
        "pending": result.pending_count,
        "repeated": result.repeated_count,
        "to_explain": result.suspense_count,
        "received_at": _moment(result.received_at),
        "taken_in_at": _moment(result.imported_at),
    }


def _summary(viewer: Viewer, run: Run, progress: queries.RunProgress | None) -> dict[str, Any]:
    waiting, needed = waits_for(viewer, run), needed_by(run)
    answered = progress or queries.NOTHING_YET
    return {
        "number": run.number,
        "state": queries.state_with(run, progress),
        "for_you": waiting.act if waiting else "",
        "scheme": run.scheme_code,
        "office": run.office.code,
        "pay_route": run.pay_route,
        "fiscal_year": run.fiscal_year,
        "effective_on": run.effective_on.isoformat(),
        "lines": run.line_count,
        "total_satang": run.total_satang,
        "gfmis_number": run.gfmis_number,
        "approvals_needed": run.approvals_needed,
        "approvals_missing": needed.count,
        "missing_from_elsewhere": needed.from_elsewhere,
        "paid": answered.paid,
        "paid_satang": answered.paid_satang,
        "returned": answered.returned,
        "returned_satang": answered.returned_satang,
        "unanswered": answered.waiting,
        "unanswered_satang": answered.waiting_satang,
    }


def _file(file: BankFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "product": file.product,
        "part": file.part,
        "layout": file.layout_version,
        "lines": file.line_count,
        "total_satang": file.total_satang,
        "sha256": file.sha256,
        "signature": file.signature,
        "key": file.key_id,
        "sent_at": _moment(file.sent_at),
        "troubles": [one.code for one in file.troubles.all() if one.settled_at is None],
    }


def _run(viewer: Viewer, number: str) -> Run:
    run = queries.run_for(viewer, number)
    if run is None:
        raise Refused(NOT_THERE)
    return run


def _after(viewer: Viewer, number: str) -> dict[str, Any]:
    return run_as_json(viewer, _run(viewer, number))


def _is_scheme(code: str) -> bool:
    try:
        scheme(code)
    except UnknownScheme:
        return False
    return True


def _moment(at: datetime | None) -> str | None:
    return None if at is None else in_bangkok(at).isoformat(timespec="seconds")

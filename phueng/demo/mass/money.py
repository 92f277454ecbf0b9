"""How do the runs of the mass get into their tables, and every satang of them into the ledger?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from phueng.audit.actors import SYSTEM, Actor
from phueng.demo.copying import copy_rows
from phueng.demo.mass.files import sign_files, write_files
from phueng.demo.mass.orders import OwedSum
from phueng.demo.mass.runs import CLOSED, PlannedLine, PlannedRun
from phueng.demo.mass.signatures import approvals_of, approve, freeze, lay_hands, release, trace_signatures
from phueng.demo.mass.teams import Team
from phueng.demo.mass.traces import Trace
from phueng.kernel.references import new_line_reference
from phueng.ledger.accounts import GUARDED_ROLES, Fund
from phueng.ledger.models import LedgerAccount
from phueng.payments.freezing import root_of_lines
from phueng.payments.models import Line, Run
from phueng.payments.seeds import commit_seeds
from phueng.schemes.catalogue import scheme

_BANK = SYSTEM("payments.collect_results")


@dataclass(frozen=True)
class Moved:
    """One balanced movement to be written."""

    at: datetime
    key: str
    memo: str
    subject: tuple[str, UUID]
    by: Actor
    fund: Fund
    source: str
    target: str
    satang: int


def write_runs(runs: list[PlannedRun], teams: Mapping[str, Team], trace: Trace) -> None:
    """Runs are written empty, then filled, frozen and signed one step after the other, as the guards demand."""
    _number_lines(runs)
    made = {run.id: [_line(run, line) for line in run.lines] for run in runs}
    Run.objects.bulk_create([_run(run, teams[run.office_code]) for run in runs])
    Line.objects.bulk_create([line for run in runs for line in made[run.id]], batch_size=2_000)
    freeze(runs, {run.id: (len(made[run.id]), run.total_satang, root_of_lines(made[run.id])) for run in runs})
    commit_seeds([(run.id, run.prepared_at) for run in runs])
    lay_hands(runs, teams)
    approve(runs, teams)
    write_files(runs)
    release(runs, teams)
    sign_files(runs)
    _answer([run for run in runs if run.answered_at is not None])
    for run in runs:
        _trace(run, teams[run.office_code], trace)


def _number_lines(runs: list[PlannedRun]) -> None:
    lines = [line for run in runs for line in run.lines]
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('payments_line_number') FROM generate_series(1, %s)", [len(lines)])
        for line, (number,) in zip(lines, cursor.fetchall(), strict=True):
            line.reference = new_line_reference(number)


def _run(run: PlannedRun, team: Team) -> Run:
    return Run(
        id=run.id, number=run.number, pay_route=scheme(run.scheme).pay_route, scheme_code=run.scheme,
        office_id=team.office_id, fiscal_year=run.fiscal_year, effective_on=run.effective_on,
        wanted_count=len(run.lines), prepared_at=run.prepared_at, prepared_by_id=team["maker"].id,
    )  # fmt: skip


def _line(run: PlannedRun, line: PlannedLine) -> Line:
    is_listed = scheme(run.scheme).pay_route == "comptroller"
    return Line(
        id=line.id, run_id=run.id, number=line.number, due_id=line.due.id, person_id=line.payee.id,
        payee_name=line.payee_name, bank_code=line.bank_code, branch=line.branch, account=line.account,
        last_digits=line.account[-4:], national_id=line.payee.national_id if is_listed else None,
        amount_satang=line.due.amount_satang, reference=line.reference,
    )  # fmt: skip


def _answer(runs: list[PlannedRun]) -> None:
    """What the bank said, written in one statement over all lines."""
    lines = [(run, line) for run in runs for line in run.lines]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE payments_line l
            SET paid_at = CASE WHEN v.returned THEN NULL ELSE v.at END,
                returned_at = CASE WHEN v.returned THEN v.at END,
                returned_code = CASE WHEN v.returned THEN %s ELSE '' END,
                settled_on = v.day, bank_reference = CASE WHEN v.returned THEN '' ELSE 'DEMO' || l.reference END
            FROM unnest(%s::uuid[], %s::timestamptz[], %s::date[], %s::boolean[]) AS v(id, at, day, returned)
            WHERE l.id = v.id
            """,
            [CLOSED, [x.id for _, x in lines], [r.answered_at for r, _ in lines], [r.effective_on for r, _ in lines],
             [x.is_returned for _, x in lines]],
        )  # fmt: skip
        cursor.execute(
            """
            UPDATE registry_bankaccount a SET ended_at = l.returned_at, ended_why = 'bank: ' || l.returned_code
            FROM payments_line l
            WHERE l.returned_at IS NOT NULL AND a.person_id = l.person_id AND a.bank_code = l.bank_code
              AND a.last_digits = l.last_digits AND a.ended_at IS NULL
            """
        )


def _trace(run: PlannedRun, team: Team, trace: Trace) -> None:
    subject = ("run", run.id)
    trace_signatures(run, team, trace)
    if run.answered_at is not None:
        returned = sum(line.is_returned for line in run.lines)
        after = {"paid": len(run.lines) - returned, "returned": returned, "suspense": 0}
        trace.act(_BANK, run.answered_at, "payments.import_result", subject, after=after)


# -------------------------------------------------------------------------------------------------------- ledger


def movements(dues: Iterable[OwedSum], runs: Iterable[PlannedRun], teams: Mapping[str, Team]) -> list[Moved]:
    """Every movement that these sums and runs caused, in time."""
    found = [*_reservations(dues, teams)]
    for run in runs:
        found += _of_run(run, teams[run.office_code])
    # Two movements of one moment stay in the order in which they were thought of.
    return sorted(found, key=lambda moved: moved.at)


def _reservations(dues: Iterable[OwedSum], teams: Mapping[str, Team]) -> Iterator[Moved]:
    for due in dues:
        if due.month is None:
            decision = due.case.sub_id("decision")
            yield Moved(
                due.fell_due_at, f"decision:{decision}", "กันเงินเมื่ออนุมัติ", ("decision", decision),
                teams[due.case.office_code]["approver"].actor,
                Fund(due.fiscal_year, due.case.scheme, due.case.office_code), "available", "reserved", due.amount_satang,
            )  # fmt: skip


def _of_run(run: PlannedRun, team: Team) -> Iterator[Moved]:
    fund, subject, total = Fund(run.fiscal_year, run.scheme, run.office_code), ("run", run.id), run.total_satang

    def moved(at: datetime, key: str, memo: str, by: Actor, source: str, target: str, satang: int = total) -> Moved:
        return Moved(at, f"{key}", memo, subject, by, fund, source, target, satang)

    prefix = f"run:{run.id}"
    if scheme(run.scheme).benefit_kind == "monthly":
        maker = team["maker"].actor
        yield moved(run.prepared_at, f"{prefix}:reserve", "กันเงินเมื่ออนุมัติ", maker, "available", "reserved")
    if run.checked_at is not None:
        last = approvals_of(run, team)[-1].member.actor
        yield moved(run.checked_at, f"{prefix}:commit", "ผูกพันในชุดจ่าย", last, "reserved", "committed")
    if run.released_at is not None:
        releaser = team["releaser"].actor
        yield moved(run.released_at, f"{prefix}:send", "ส่งเงินให้ธนาคาร", releaser, "treasury", "transit")
    if run.answered_at is None:
        return
    at, key = run.answered_at, f"result:{run.id}"
    paid, returned = run.answered_satang(returned=False), run.answered_satang(returned=True)
    if paid:
        yield moved(at, f"{key}:arrive", "เงินเข้าบัญชีผู้รับ", _BANK, "transit", "grants", paid)
        yield moved(at, f"{key}:disburse", "จ่ายแล้ว", _BANK, "committed", "disbursed", paid)
    if returned:
        yield moved(at, f"{key}:return", "ธนาคารคืนเงิน", _BANK, "transit", "bank", returned)
        yield moved(at, f"{key}:free", "คืนเงินผูกพัน", _BANK, "committed", "reserved", returned)


def write_movements(moved: list[Moved], opened_at: datetime) -> None:
    """Movements and their two postings each, in time, so that every guarded balance holds at every step."""
    accounts = _accounts(moved, opened_at)
    ids = [uuid4() for _ in moved]
    copy_rows(
        "ledger_movement",
        ("id", "key", "memo", "subject_kind", "subject_id", "moved_at", "moved_by_id", "moved_by_name", "xid",
         "reverses_id"),
        (
            (movement_id, m.key, m.memo, *m.subject, m.at, m.by.id, m.by.name, 0, None)
            for movement_id, m in zip(ids, moved, strict=True)
        ),
    )  # fmt: skip
    copy_rows(
        "ledger_posting",
        ("movement_id", "account_id", "amount_satang"),
        (
            (movement_id, accounts[m.fund.code(role)], satang)
            for movement_id, m in zip(ids, moved, strict=True)
            for role, satang in ((m.source, -m.satang), (m.target, m.satang))
        ),
    )


def _accounts(moved: list[Moved], opened_at: datetime) -> dict[str, UUID]:
    wanted = {m.fund.code(role): (m.fund, role) for m in moved for role in (m.source, m.target)}
    LedgerAccount.objects.bulk_create(
        [
            LedgerAccount(
                code=code, role=role, fiscal_year=fund.fiscal_year, scheme_code=fund.scheme_code,
                office_code=fund.office_code, may_go_below_zero=role not in GUARDED_ROLES, opened_at=opened_at,
            )
            for code, (fund, role) in wanted.items()
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return dict(LedgerAccount.objects.filter(code__in=wanted).values_list("code", "id"))

"""How does a test get money on its way? Through the acts of maker, checker, releaser and bank."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from phueng.decisions.tests.scenes import WORKER, actor, approved, new_applicant
from phueng.demo import people
from phueng.gateways.krungthai.result import ResultLine, write_result
from phueng.ledger.queries import BudgetState, balances, budget, trial_balance
from phueng.payments.actions import approve_run, import_result, prepare_run, record_gfmis, release_run
from phueng.payments.models import Line, ResultFile, Run
from phueng.payments.settling import fund_of
from phueng.places.identity import office_id

MAKER = actor(people.FINANCE_MAKER)
CHECKER = actor(people.FINANCE_CHECKER)
CHECKERS = (CHECKER, actor(people.FINANCE_CHECKER_2), actor(people.HEADQUARTERS_CHECKER))
RELEASER = actor(people.RELEASER)
CITY = {
    "maker": actor(people.MUNICIPAL_MAKER),
    "checker": actor(people.MUNICIPAL_CHECKER),
    "releaser": actor(people.MUNICIPAL_RELEASER),
}
NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
PAY_DAY = date(2026, 11, 3)

__all__ = ["WORKER", "approved", "new_applicant"]


def prepared(count: int = 1, **changed: Any) -> Run:
    """A run of the centre over everything approved, at least `count` payments."""
    for _ in range(count):
        approved()
    said: dict[str, Any] = {"by": MAKER, "at": NOON, "scheme_code": "family", "office_id": office_id("KKN-DPC")}
    return prepare_run(**said | {"effective_on": PAY_DAY} | changed)


def approve(run: Run, *checkers: Any, at: datetime = NOON) -> Run:
    """Every approval that the run's band asks for; the files of a small run stand written then."""
    for by in (checkers or CHECKERS)[: Run.objects.get(pk=run.pk).approvals_needed]:
        approve_run(by=by, at=at, run_id=run.pk)
    return Run.objects.select_related("office").get(pk=run.pk)


def checked(count: int = 1) -> Run:
    """Approved by everybody whom its band asks; without the document that draws the money."""
    return approve(prepared(count))


def record_draw(run: Run, by: Any = MAKER, at: datetime = NOON) -> Run:
    """The document of GFMIS stands beside the run."""
    return record_gfmis(by=by, at=at, run_id=run.pk, gfmis_number=f"36{run.pk.int % 10**8:08d}")


def written(count: int = 1) -> Run:
    """Approved, its files written as intent, the drawing document recorded: it waits for its release."""
    return record_draw(checked(count))


def release(run: Run, by: Any = RELEASER, at: datetime = NOON) -> Run:
    """Signed for the bank; whoever records the drawing document has done so."""
    now = Run.objects.get(pk=run.pk)
    if now.checked_at and not now.gfmis_number:
        now = record_draw(now, MAKER if now.office.code == "KKN-DPC" else CITY["maker"], at)
    return release_run(by=by, at=at, run_id=run.pk, last_of_digest=now.files_digest[-4:])


def released(count: int = 1) -> Run:
    """Signed by everybody; the files are signed and not yet sent."""
    return release(checked(count))


def again() -> Run:
    """Another run over what is due now, all the way to released."""
    return release(approve(prepared(0)))


def answer(line: Line, outcome: str = "paid", **changed: Any) -> ResultLine:
    """What the bank says about a line."""
    said: dict[str, Any] = {
        "line_reference": line.reference, "account": line.account, "amount_satang": line.amount_satang,
        "outcome": outcome, "reason_code": "C01" if outcome == "returned" else "",
        "reason": "บัญชีปิด" if outcome == "returned" else "", "settled_on": PAY_DAY, "bank_reference": f"B{line.number}",
    }  # fmt: skip
    return ResultLine(**said | changed)


def take_in(*answers: ResultLine, name: str = "result.csv", by: Any = WORKER) -> ResultFile:
    """The bank's answer comes in."""
    return import_result(by=by, at=NOON, name=name, content=write_result(answers))


def answered(lines: Iterable[Line], outcome: str = "paid") -> ResultFile:
    return take_in(*(answer(line, outcome) for line in lines))


def prepare_month(at: datetime) -> Run:
    return prepare_run(
        by=CITY["maker"], at=at, scheme_code="old_age", office_id=office_id(people.MUNICIPALITY),
        effective_on=at.date(),
    )  # fmt: skip


def signed_month(run: Run, at: datetime) -> Run:
    """A month's run of the municipality, all the way to released."""
    return release(approve(run, CITY["checker"], at=at), CITY["releaser"], at)


def money(run: Run | None = None) -> BudgetState:
    """The budget behind a run, or that of the centre's family grant."""
    return budget(run.fiscal_year, run.scheme_code, run.office.code) if run else budget(2570, "family", "KKN-DPC")


def cash(run: Run) -> dict[str, int]:
    """Where the money itself is: role → satang."""
    return {
        role: satang
        for role, satang in balances(fund_of(run)).items()
        if role in ("treasury", "bank", "transit", "grants")
    }


def is_balanced() -> bool:
    return sum(satang for _, satang in trial_balance()) == 0


def outbox(pay_route: str = "krungthai") -> Path:
    return Path(settings.PHUENG_COMPTROLLER_OUTBOX if pay_route == "comptroller" else settings.PHUENG_KRUNGTHAI_OUTBOX)


def inbox(pay_route: str = "krungthai") -> Path:
    return Path(settings.PHUENG_COMPTROLLER_INBOX if pay_route == "comptroller" else settings.PHUENG_KRUNGTHAI_INBOX)

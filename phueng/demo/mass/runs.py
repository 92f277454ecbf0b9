"""Into which payment runs do the dues of the mass go, and how far has each run come?

Single sums go out weekly, each office on its own weekday, so that there is always a run at every step somewhere;
monthly lists once a month. Nothing happens after now.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from phueng.demo.mass.orders import OwedSum
from phueng.demo.residents import ResidentRow
from phueng.kernel.bank_accounts import AccountNumber, normalise_account
from phueng.kernel.thai_dates import BANGKOK, in_bangkok
from phueng.kernel.working_days import working_day_on_or_after
from phueng.payments.gathering import PROMPTPAY
from phueng.schemes.catalogue import scheme

_RUNS = UUID("7a9e2d51-64c2-5a0e-9f0b-2569ca570005")
_MONTHLY_PAY_DAY = 10
CLOSED = "closed"


@dataclass
class PlannedLine:
    """One instruction of a run."""

    id: UUID
    due: OwedSum
    number: int
    bank_code: str
    branch: str
    account: str
    is_returned: bool = False
    reference: str = ""

    @property
    def payee(self) -> ResidentRow:
        """Who is paid."""
        return self.due.case.applicant

    @property
    def payee_name(self) -> str:
        """The name as the bank knows it: without a title."""
        return f"{self.payee.first_name} {self.payee.last_name}".strip()


@dataclass
class PlannedRun:
    """One run; moments that lie after now are None."""

    id: UUID
    number: str
    office_code: str
    scheme: str
    fiscal_year: int
    effective_on: date
    prepared_at: datetime
    checked_at: datetime | None
    released_at: datetime | None
    answered_at: datetime | None
    lines: list[PlannedLine] = field(default_factory=list)

    @property
    def total_satang(self) -> int:
        """What it pays altogether."""
        return sum(line.due.amount_satang for line in self.lines)

    def answered_satang(self, *, returned: bool) -> int:
        """What arrived, or what came back."""
        return sum(line.due.amount_satang for line in self.lines if line.is_returned is returned)


@dataclass(frozen=True)
class Calendars:
    """The days off of offices and of banks."""

    office: Collection[date]
    bank: Collection[date]


def plan_runs(
    dues: Iterable[OwedSum], calendars: Calendars, until: datetime, taken: Mapping[tuple[str, int], int]
) -> list[PlannedRun]:
    """Every run that has been prepared by now, in the order of preparing.

    `taken`: how many runs each office has already in a fiscal year; numbers go on from there.
    """
    waiting: defaultdict[tuple[str, str, int, date], list[OwedSum]] = defaultdict(list)
    dues = list(dues)
    weekdays = _weekdays({due.case.office_code for due in dues})
    for due in dues:
        if due.month is None and not due.case.has_account:
            continue  # nothing a bank could be told; the office pays at the counter
        prepared_on = _prepared_on(due, weekdays, calendars)
        waiting[due.case.office_code, due.case.scheme, due.fiscal_year, prepared_on].append(due)
    counts: defaultdict[tuple[str, int], int] = defaultdict(int, taken)
    runs: list[PlannedRun] = []
    for key in sorted(waiting, key=lambda key: (key[3], key[0], key[1], key[2])):
        run = _run(key, waiting[key], calendars, until)
        if run is None:
            continue
        counts[run.office_code, run.fiscal_year] += 1
        run.number = f"{run.office_code}-{run.fiscal_year % 100}-{counts[run.office_code, run.fiscal_year]:04d}"
        runs.append(run)
    return runs


def _weekdays(office_codes: set[str]) -> dict[str, int]:
    # The cast's own office prepares on Fridays, so that on most days a prepared run waits for its checker there.
    codes = sorted(office_codes, key=lambda code: (code != "KKN-DPC", code))
    return {code: (4 - position) % 5 for position, code in enumerate(codes)}


def _prepared_on(due: OwedSum, weekdays: dict[str, int], calendars: Calendars) -> date:
    if due.month is not None:
        return working_day_on_or_after(due.month + timedelta(days=2), calendars.office)
    on = in_bangkok(due.fell_due_at).date() + timedelta(days=1)
    on += timedelta(days=(weekdays[due.case.office_code] - on.weekday()) % 7)
    return working_day_on_or_after(on, calendars.office)


def _run(
    key: tuple[str, str, int, date], dues: list[OwedSum], calendars: Calendars, until: datetime
) -> PlannedRun | None:
    office_code, scheme_code, year, prepared_on = key
    prepared_at = datetime.combine(prepared_on, time(10, 5), BANGKOK)
    if prepared_at >= until:
        return None
    checked_on = working_day_on_or_after(prepared_on + timedelta(days=1), calendars.office)
    released_on = working_day_on_or_after(checked_on + timedelta(days=1), calendars.office)
    first = released_on + timedelta(days=1)
    if scheme(scheme_code).benefit_kind == "monthly":
        first = max(first, prepared_on.replace(day=_MONTHLY_PAY_DAY))
    effective_on = working_day_on_or_after(first, calendars.bank)
    moments = (
        datetime.combine(checked_on, time(14, 20), BANGKOK),
        datetime.combine(released_on, time(11, 10), BANGKOK),
        datetime.combine(effective_on, time(19, 40), BANGKOK),
    )
    checked_at, released_at, answered_at = (moment if moment < until else None for moment in moments)
    run = PlannedRun(
        uuid5(_RUNS, f"{office_code} {scheme_code} {year} {prepared_on}"), "", office_code, scheme_code, year,
        effective_on, prepared_at, checked_at, released_at, answered_at,
    )  # fmt: skip
    run.lines = [_line(due, number) for number, due in enumerate(sorted(dues, key=lambda d: (d.due_on, d.id)), start=1)]
    return run


def _line(due: OwedSum, number: int) -> PlannedLine:
    one = due.case.applicant
    line_id = uuid5(due.id, "line")
    if one.bank_account is None or one.bank_code is None:
        return PlannedLine(line_id, due, number, PROMPTPAY, "0000", one.national_id or "")
    normal = normalise_account(one.bank_code, one.bank_account)
    if not isinstance(normal, AccountNumber):
        raise ValueError(f"an invented account is not well formed: {one.bank_account}")
    # One in forty single sums comes back: the account was closed.
    is_returned = due.month is None and due.case.number % 40 == 7
    return PlannedLine(line_id, due, number, one.bank_code, normal.branch4, normal.account11, is_returned)

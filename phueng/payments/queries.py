"""Which runs are there, what became of each payment, and what waits for a person?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from phueng.access.viewers import Viewer
from phueng.entitlements.queries import dues_payable
from phueng.payments.models import BankFile, Line, ResultFile, Run, SuspenseItem
from phueng.schemes.catalogue import schemes

FINANCE_ROLES = ("finance_maker", "finance_checker", "releaser")


@dataclass(frozen=True)
class Payment:
    """What became of one sum, for the person it belongs to."""

    decision_id: UUID
    month: date | None
    amount_satang: int
    prepared_at: datetime
    released_at: datetime | None
    effective_on: date
    paid_at: datetime | None
    returned_at: datetime | None
    returned_code: str
    bank_code: str
    last_digits: str


@dataclass(frozen=True)
class RunProgress:
    """How far the bank has answered."""

    paid: int
    paid_satang: int
    returned: int
    returned_satang: int
    waiting: int


@dataclass(frozen=True)
class WaitingDues:
    """How much of one scheme is ready in one office."""

    scheme_code: str
    office_code: str
    count: int
    total_satang: int


def waiting_dues(office_codes: Collection[str], on: date) -> list[WaitingDues]:
    """Dues without a live instruction, counted by scheme and office; one query a scheme."""
    if not office_codes:
        return []
    live = Line.objects.filter(due=OuterRef("pk"), returned_at__isnull=True, dropped_at__isnull=True)
    found = []
    for rule in schemes():
        rows = (
            dues_payable(rule.code, office_codes, on)
            .filter(~Exists(live))
            .order_by()
            .values("office_code")
            .annotate(count=Count("pk"), total=Sum("amount_satang"))
            .order_by("office_code")
        )
        found += [WaitingDues(rule.code, row["office_code"], row["count"], row["total"]) for row in rows]
    return found


def runs_for(viewer: Viewer) -> QuerySet[Run]:
    """Runs of the viewer's finance offices (an auditor sees all), the latest first."""
    runs = Run.objects.select_related("office", "prepared_by", "checked_by", "released_by").order_by("-prepared_at")
    if viewer.has_role("auditor"):
        return runs
    offices = viewer.office_ids(*FINANCE_ROLES)
    return runs.filter(Q(office_id__in=offices) | Q(office__paired_office_id__in=offices))


def run_for(viewer: Viewer, number: str) -> Run | None:
    """One run by its number; not there and not yours are the same answer."""
    return runs_for(viewer).filter(number=number).first()


def state_of(run: Run) -> str:
    """Where the run stands, in the words of states.py."""
    if run.abandoned_at:
        return "abandoned"
    if run.released_at:
        files = list(run.files.all())
        return "sent" if files and all(file.sent_at for file in files) else "released"
    return "checked" if run.checked_at else "prepared"


def progress_of(run_ids: Collection[UUID]) -> dict[UUID, RunProgress]:
    """Counts and sums by outcome, one query for any number of runs."""
    rows = (
        Line.objects.filter(run_id__in=set(run_ids))
        .values("run_id")
        .annotate(
            paid=Count("pk", filter=Q(paid_at__isnull=False)),
            paid_satang=Sum("amount_satang", filter=Q(paid_at__isnull=False), default=0),
            returned=Count("pk", filter=Q(returned_at__isnull=False)),
            returned_satang=Sum("amount_satang", filter=Q(returned_at__isnull=False), default=0),
            waiting=Count("pk", filter=Q(paid_at__isnull=True, returned_at__isnull=True, dropped_at__isnull=True)),
        )
    )
    return {
        row["run_id"]: RunProgress(
            row["paid"], row["paid_satang"], row["returned"], row["returned_satang"], row["waiting"]
        )
        for row in rows
    }


def lines_of(run: Run, outcome: str = "") -> QuerySet[Line]:
    """The run's lines, exceptions first; `outcome` narrows to paid, returned or waiting."""
    lines = run.lines.order_by("-returned_at", "number")
    if outcome == "paid":
        return lines.filter(paid_at__isnull=False)
    if outcome == "returned":
        return lines.filter(returned_at__isnull=False)
    if outcome == "waiting":
        return lines.filter(paid_at__isnull=True, returned_at__isnull=True)
    return lines


def payments_of_decisions(decision_ids: Collection[UUID]) -> dict[UUID, list[Payment]]:
    """Every payment that goes back to these decisions, oldest first, in one query."""
    lines = (
        Line.objects.filter(due__entitlement__decision_id__in=set(decision_ids), dropped_at__isnull=True)
        .select_related("run", "due__entitlement")
        .order_by("run__prepared_at", "number")
    )
    found: dict[UUID, list[Payment]] = {number: [] for number in decision_ids}
    for line in lines:
        found[line.due.entitlement.decision_id].append(
            Payment(
                line.due.entitlement.decision_id,
                line.due.month,
                line.amount_satang,
                line.run.prepared_at,
                line.run.released_at,
                line.run.effective_on,
                line.paid_at,
                line.returned_at,
                line.returned_code,
                line.bank_code,
                line.last_digits,
            )
        )
    return found


def file_for(viewer: Viewer, number: str, name: str) -> BankFile | None:
    """A file of a run the viewer may see; there is none before release."""
    run = run_for(viewer, number)
    return None if run is None else run.files.filter(name=name).first()


def results(limit: int = 50) -> list[ResultFile]:
    """The latest answers."""
    return list(ResultFile.objects.defer("content").order_by("-received_at")[:limit])


def open_suspense() -> QuerySet[SuspenseItem]:
    """What the bank said and nobody could explain yet."""
    return (
        SuspenseItem.objects.filter(settled_at__isnull=True)
        .select_related("result_file")
        .order_by("result_file__received_at")
    )

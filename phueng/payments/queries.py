"""Which runs are there, what became of each payment, and what waits for a person? Every read takes who is looking."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from phueng.access.viewers import Viewer
from phueng.entitlements.queries import dues_payable
from phueng.ledger.accounts import Fund
from phueng.ledger.models import Posting
from phueng.ledger.queries import BudgetState
from phueng.payments.gathering import without_instruction
from phueng.payments.models import BankFile, FileTrouble, Line, ResultFile, Run, SuspenseItem
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
    """How far the bank has answered. Sums in satang."""

    paid: int
    paid_satang: int
    returned: int
    returned_satang: int
    waiting: int
    waiting_satang: int

    @property
    def answered(self) -> int:
        """Lines with an outcome."""
        return self.paid + self.returned


@dataclass(frozen=True)
class WaitingDues:
    """How much of one scheme waits for a run in one office."""

    scheme_code: str
    office_code: str
    count: int
    total_satang: int


@dataclass(frozen=True)
class ReturnedPayment:
    """A line that came back, the case it belongs to, and whether it can be paid anew."""

    payee_name: str
    amount_satang: int
    bank_code: str
    last_digits: str
    returned_code: str
    returned_at: datetime
    application_reference: str
    has_account: bool
    newer_run_number: str


def waiting_dues(office_codes: Collection[str], on: date) -> list[WaitingDues]:
    """Dues without a live instruction, counted by scheme and office; one query for all schemes."""
    if not office_codes:
        return []
    first, *others = (
        without_instruction(dues_payable(rule.code, office_codes, on))
        .order_by()
        .values_list("scheme_code", "office_code")
        .annotate(count=Count("pk"), total=Sum("amount_satang"))
        for rule in schemes()
    )
    return sorted(
        (WaitingDues(*row) for row in first.union(*others, all=True)),
        key=lambda row: (row.scheme_code, row.office_code),
    )


def runs_for(viewer: Viewer) -> QuerySet[Run]:
    """Runs of the viewer's finance offices (an auditor sees all), the latest first."""
    files = BankFile.objects.filter(run=OuterRef("pk"))
    runs = (
        Run.objects.select_related("office", "prepared_by", "checked_by", "released_by")
        .annotate(
            has_unsent=Exists(files.filter(sent_at__isnull=True)),
            has_trouble=Exists(FileTrouble.objects.filter(file__run=OuterRef("pk"), settled_at__isnull=True)),
        )
        .order_by("-prepared_at", "-pk")
    )
    if viewer.has_role("auditor"):
        return runs
    offices = viewer.office_ids(*FINANCE_ROLES)
    return runs.filter(Q(office_id__in=offices) | Q(office__paired_office_id__in=offices))


def run_for(viewer: Viewer, number: str) -> Run | None:
    """One run by its number; not there and not yours are the same answer."""
    return runs_for(viewer).filter(number=number).first()


def state_of(run: Run) -> str:
    """Where a run of runs_for() stands: prepared, checked, released, trouble, sent or abandoned."""
    if run.abandoned_at:
        return "abandoned"
    if run.released_at is None:
        return "checked" if run.checked_at else "prepared"
    if getattr(run, "has_trouble", False):
        return "trouble"
    return "released" if getattr(run, "has_unsent", False) else "sent"


def progress_of(run_ids: Collection[UUID]) -> dict[UUID, RunProgress]:
    """Counts and sums by outcome, one query for any number of runs."""
    paid, returned = Q(paid_at__isnull=False), Q(returned_at__isnull=False)
    waiting = Q(paid_at__isnull=True, returned_at__isnull=True, dropped_at__isnull=True)
    rows = (
        Line.objects.filter(run_id__in=set(run_ids))
        .values_list("run_id")
        .annotate(
            paid=Count("pk", filter=paid),
            paid_satang=Sum("amount_satang", filter=paid, default=0),
            returned=Count("pk", filter=returned),
            returned_satang=Sum("amount_satang", filter=returned, default=0),
            waiting=Count("pk", filter=waiting),
            waiting_satang=Sum("amount_satang", filter=waiting, default=0),
        )
    )
    return {run_id: RunProgress(*counted) for run_id, *counted in rows}


def lines_of(run: Run, outcome: str = "") -> QuerySet[Line]:
    """The run's lines, what came back first; `outcome` narrows to paid, returned or waiting."""
    lines = run.lines.defer("account", "national_id").order_by("returned_at", "number")
    if outcome == "paid":
        return lines.filter(paid_at__isnull=False)
    if outcome == "returned":
        return lines.filter(returned_at__isnull=False)
    if outcome == "waiting":
        return lines.filter(paid_at__isnull=True, returned_at__isnull=True)
    return lines


def returned_of(run: Run, most: int = 50) -> list[ReturnedPayment]:
    """What came back of a run, with its case and what happened since; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.payee_name, l.amount_satang, l.bank_code, l.last_digits, l.returned_code, l.returned_at,
                      a.reference,
                      EXISTS (SELECT 1 FROM registry_bankaccount b
                              WHERE b.person_id = l.person_id AND b.ended_at IS NULL),
                      COALESCE((SELECT r.number FROM payments_line n JOIN payments_run r ON r.id = n.run_id
                                WHERE n.due_id = l.due_id AND n.returned_at IS NULL AND n.dropped_at IS NULL LIMIT 1), '')
               FROM payments_line l
               JOIN entitlements_due u ON u.id = l.due_id
               JOIN entitlements_entitlement e ON e.id = u.entitlement_id
               JOIN decisions_decision d ON d.id = e.decision_id
               JOIN applications_application a ON a.id = d.application_id
               WHERE l.run_id = %s AND l.returned_at IS NOT NULL ORDER BY l.number LIMIT %s""",
            [run.pk, most],
        )
        return [ReturnedPayment(*row) for row in cursor.fetchall()]


def postings_of(run: Run) -> list[Posting]:
    """Everything that was posted for a run, oldest movement first, in one query."""
    found = Posting.objects.filter(movement__subject_kind="run", movement__subject_id=run.pk)
    return list(
        found.select_related("movement", "account").order_by("movement__moved_at", "movement__key", "amount_satang")
    )


def payments_of_decisions(decision_ids: Collection[UUID]) -> dict[UUID, list[Payment]]:
    """Every payment that goes back to these decisions, oldest first, in one query."""
    lines = (
        Line.objects.filter(due__entitlement__decision_id__in=set(decision_ids), dropped_at__isnull=True)
        .select_related("run", "due__entitlement")
        .defer("account", "national_id")
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


def files_for(run: Run) -> list[BankFile]:
    """The files of a run with what went wrong with them; their bytes stay where they are."""
    return list(run.files.defer("content").prefetch_related("troubles").order_by("product", "part"))


def file_for(viewer: Viewer, number: str, name: str) -> BankFile | None:
    """A file of a run the viewer may see; there is none before release."""
    run = run_for(viewer, number)
    return (
        None if run is None else run.files.select_related("run__office", "run__released_by").filter(name=name).first()
    )


def trouble_for(viewer: Viewer, number: str, trouble_id: UUID) -> FileTrouble | None:
    """A trouble of a run the viewer may see."""
    run = run_for(viewer, number)
    return None if run is None else FileTrouble.objects.filter(file__run=run, pk=trouble_id).first()


def budgets_for(viewer: Viewer, fiscal_year: int, most: int = 400) -> list[tuple[Fund, BudgetState]]:
    """Each fund of the viewer's offices (an auditor sees all) with its balances, in one query."""
    postings = Posting.objects.filter(account__fiscal_year=fiscal_year)
    if not viewer.has_role("auditor"):
        postings = postings.filter(account__office_code__in=viewer.office_codes(*FINANCE_ROLES))
    rows = postings.values_list("account__scheme_code", "account__office_code", "account__role").annotate(
        total=Sum("amount_satang")
    )
    funds: dict[tuple[str, str], dict[str, int]] = {}
    for scheme_code, office_code, role, total in rows.order_by("account__scheme_code", "account__office_code"):
        funds.setdefault((scheme_code, office_code), {})[role] = total
    return [
        (
            Fund(fiscal_year, scheme_code, office_code),
            BudgetState(
                allotted=-totals.get("allotted", 0),
                available=totals.get("available", 0),
                reserved=totals.get("reserved", 0),
                committed=totals.get("committed", 0),
                disbursed=totals.get("disbursed", 0),
            ),
        )
        for (scheme_code, office_code), totals in list(funds.items())[:most]
    ]


def answers_for(viewer: Viewer) -> QuerySet[ResultFile]:
    """Answers to runs of the viewer's offices, and those that answer no run of ours; the latest first."""
    answers = ResultFile.objects.defer("content").order_by("-received_at", "-pk")
    if viewer.has_role("auditor"):
        return answers
    return answers.filter(Q(office_id__in=viewer.office_ids(*FINANCE_ROLES)) | Q(office__isnull=True))


def open_suspense(viewer: Viewer) -> QuerySet[SuspenseItem]:
    """What the bank said and nobody could explain yet, oldest first."""
    items = SuspenseItem.objects.filter(
        settled_at__isnull=True, result_file__in=answers_for(viewer).order_by().values("pk")
    )
    return (
        items.select_related("result_file")
        .defer("result_file__content")
        .order_by("result_file__received_at", "line_no")
    )

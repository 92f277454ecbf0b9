"""Which runs are there, what became of each payment, and what waits for a person? Every read takes who is looking."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from phueng.access.viewers import Viewer
from phueng.decisions.models import Decision
from phueng.entitlements.queries import dues_payable
from phueng.ledger.models import Posting
from phueng.payments.approving import FINANCE_ROLES as FINANCE_ROLES
from phueng.payments.gathering import without_instruction
from phueng.payments.models import BankFile, FileTrouble, Line, ResultFile, Run, SuspenseItem
from phueng.payments.waiting import run_for as run_for
from phueng.payments.waiting import runs_for as runs_for
from phueng.schemes.catalogue import schemes


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


NOTHING_YET = RunProgress(0, 0, 0, 0, 0, 0)


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


def state_of(run: Run) -> str:
    """Where a run of runs_for() stands: gathering, prepared, checked, written, released, trouble, sent or abandoned."""
    if run.abandoned_at:
        return "abandoned"
    if run.released_at is None:
        return (
            "written"
            if run.written_at
            else "checked"
            if run.checked_at
            else "prepared"
            if run.frozen_at
            else "gathering"
        )
    if getattr(run, "has_trouble", False):
        return "trouble"
    return "released" if getattr(run, "has_unsent", False) else "sent"


def state_with(run: Run, progress: RunProgress | None) -> str:
    """The step, where a run that was sent and has every answer is done."""
    state = state_of(run)
    return "answered" if state == "sent" and progress is not None and progress.waiting == 0 else state


@dataclass(frozen=True)
class SchemeTotal:
    """The runs of one scheme together, abandoned ones aside."""

    scheme_code: str
    runs: int
    payments: int
    total_satang: int


def totals_by_scheme(viewer: Viewer) -> list[SchemeTotal]:
    """What the viewer's runs amount to, scheme by scheme: the top of the way down from a total to a case."""
    counted = (
        runs_for(viewer)
        .order_by("scheme_code")
        .values_list("scheme_code")
        .annotate(
            runs=Count("pk"),
            payments=Sum("line_count", filter=Q(abandoned_at__isnull=True), default=0),
            total=Sum("total_satang", filter=Q(abandoned_at__isnull=True), default=0),
        )
    )
    return [SchemeTotal(*row) for row in counted]


def runs_in_need(viewer: Viewer, most: int = 20) -> list[Run]:
    """Runs with a troubled file, or with sums left out that have not gone to the bank yet: the latest first."""
    pending = Q(left_out__gt=0, released_at__isnull=True, abandoned_at__isnull=True)
    return list(runs_for(viewer).filter(Q(has_trouble=True) | pending)[:most])


def progress_of(run_ids: Collection[UUID]) -> dict[UUID, RunProgress]:
    """Counts and sums by outcome, one query for any number of runs."""
    # A reversed payment was paid and came back: it counts as returned.
    paid, returned = Q(paid_at__isnull=False, returned_at__isnull=True), Q(returned_at__isnull=False)
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
    """The run's lines with their cases, what came back first; `outcome` narrows to paid, returned or waiting."""
    case = Decision.objects.filter(pk=OuterRef("due__entitlement__decision_id")).values("application__reference")
    lines = (
        run.lines.defer("account", "national_id")
        .annotate(case_reference=Subquery(case))
        .order_by("returned_at" if run.released_at else "number", "number")
    )
    if outcome == "paid":
        return lines.filter(paid_at__isnull=False, returned_at__isnull=True)
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


def payment_rows(decision_ids: Any) -> QuerySet[Line]:
    """What `payments_of_decisions` reads (ids or a subquery of them), for a page that fetches several lists at once."""
    return (
        Line.objects.filter(due__entitlement__decision_id__in=decision_ids, dropped_at__isnull=True)
        .select_related("run", "due__entitlement")
        .defer("account", "national_id")
        .order_by("run__prepared_at", "number")
    )


def payments_of_decisions(
    decision_ids: Collection[UUID], rows: Iterable[Line] | None = None
) -> dict[UUID, list[Payment]]:
    """Every payment that goes back to these decisions, oldest first, in one query."""
    found: dict[UUID, list[Payment]] = {number: [] for number in decision_ids}
    for line in payment_rows(set(decision_ids)) if rows is None else rows:
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
    return list(run.files.prefetch_related("troubles").order_by("product", "part"))


def file_for(viewer: Viewer, number: str, name: str) -> BankFile | None:
    """A signed file of a run the viewer may see; nobody gets one before release."""
    run = run_for(viewer, number)
    if run is None or run.released_at is None:
        return None
    return run.files.select_related("run__office", "run__released_by").filter(name=name).first()


def trouble_for(viewer: Viewer, number: str, trouble_id: UUID) -> FileTrouble | None:
    """A trouble of a run the viewer may see."""
    run = run_for(viewer, number)
    return None if run is None else FileTrouble.objects.filter(file__run=run, pk=trouble_id).first()


def answers_for(viewer: Viewer) -> QuerySet[ResultFile]:
    """Answers to runs of the viewer's offices, and those that answer no run of ours; the latest first."""
    answers = ResultFile.objects.defer("content").order_by("-received_at", "-pk")
    if viewer.has_role("auditor"):
        return answers
    return answers.filter(Q(office_id__in=viewer.office_ids(*FINANCE_ROLES)) | Q(office__isnull=True))


def files_waiting_for_answer(viewer: Viewer) -> QuerySet[BankFile]:
    """Released files of the viewer's offices with payments that no answer has settled, oldest first."""
    waiting = Line.objects.filter(
        run=OuterRef("run"), paid_at__isnull=True, returned_at__isnull=True, dropped_at__isnull=True
    )
    files = BankFile.objects.filter(Exists(waiting), signed_at__isnull=False, run__released_at__isnull=False)
    files = files.filter(run__office_id__in=viewer.office_ids(*FINANCE_ROLES))
    return files.select_related("run").order_by("signed_at", "name")


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

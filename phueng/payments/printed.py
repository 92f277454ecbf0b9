"""Which payments of a file wait for an answer, and do the marks on a printed report come to its totals?"""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from phueng.payments.files import lines_in
from phueng.payments.models import BankFile, Line, PrintedReport


@dataclass(frozen=True)
class Totals:
    """What stands at the end of the paper, or what the marks come to."""

    paid_count: int = 0
    paid_satang: int = 0
    returned_count: int = 0
    returned_satang: int = 0


def waiting_lines(file: BankFile) -> QuerySet[Line]:
    """The payments of a file that no answer has settled yet."""
    return lines_in(file).filter(paid_at__isnull=True, returned_at__isnull=True, dropped_at__isnull=True)


def stated_totals(report: PrintedReport) -> Totals:
    """The totals that were typed from the paper."""
    return Totals(report.paid_count, report.paid_satang, report.returned_count, report.returned_satang)


def totals_of(report: PrintedReport, *, rest_is_paid: bool | None = None) -> Totals:
    """What the marks come to, with or without all the others as paid."""
    with_rest = report.rest_is_paid if rest_is_paid is None else rest_is_paid
    lines = waiting_lines(report.file)
    returned = report.marks.filter(outcome="returned").values("line_id")
    marked = report.marks.filter(outcome="paid").values("line_id")
    is_returned = Q(pk__in=returned)
    is_paid = ~is_returned if with_rest else Q(pk__in=marked)
    counted = lines.aggregate(
        paid_count=Count("pk", filter=is_paid),
        paid_satang=Sum("amount_satang", filter=is_paid, default=0),
        returned_count=Count("pk", filter=is_returned),
        returned_satang=Sum("amount_satang", filter=is_returned, default=0),
    )
    return Totals(**counted)


def search_lines(report: PrintedReport, words: str) -> QuerySet[Line]:
    """Payments of the file that still wait, by (a part of) our reference or the last digits of the account."""
    lines = waiting_lines(report.file).defer("account", "national_id").order_by("number")
    words = "".join(words.split()).upper()
    if not words:
        return lines
    return lines.filter(Q(reference__icontains=words) | Q(last_digits__endswith=words[-4:]))

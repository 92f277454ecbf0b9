"""What happens when the bank's answer comes on paper (reports 037 and 038) instead of as a file?

A maker uploads the report, types its totals, marks payments and hands over; marks and totals must agree to the satang. A
second person compares it with the paper and confirms. Only then does it count, and it counts as an answer like any other:
the marks become a neutral result file, which goes the way of every answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.actions import receive_evidence
from phueng.gateways.krungthai.contract import Outcome
from phueng.gateways.krungthai.result import ResultLine, write_result
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.actions.import_result import import_result
from phueng.payments.models import BankFile, Line, PrintedMark, PrintedReport
from phueng.payments.printed import Totals, stated_totals, totals_of, waiting_lines
from phueng.payments.wording import REASON_CODES, reason_words_th

SLOT = "printed_result"


@dataclass(frozen=True)
class Mark:
    """What the paper says of one payment; outcome "" takes an earlier mark back."""

    outcome: Outcome | str
    reason_code: str = ""


@action
def begin_printed(
    *, by: Actor, at: datetime, file_id: UUID, kind: str, settled_on: date, totals: Totals, original_name: str, content: bytes
) -> PrintedReport:  # fmt: skip
    """Take in the report itself and what stands at its end.

    Refused: what receive_evidence refuses, outside_area, wrong_step (nothing was sent), report_stands.
    """
    file = BankFile.objects.select_related("run__office").get(pk=file_id)
    begun_by_id = _insist_on_office(by, file)
    if file.run.released_at is None:
        raise Refused(problems.WRONG_STEP)
    if not (totals.paid_count or totals.returned_count):
        raise Refused(problems.TOTALS_DIFFER)
    evidence = receive_evidence(
        by=by, at=at, subject=("bank_file", file.pk), slot=SLOT, original_name=original_name, content=content
    )
    try:
        with transaction.atomic():
            report = PrintedReport.objects.create(
                file=file,
                kind=kind,
                evidence=evidence,
                settled_on=settled_on,
                paid_count=totals.paid_count,
                paid_satang=totals.paid_satang,
                returned_count=totals.returned_count,
                returned_satang=totals.returned_satang,
                begun_by_id=begun_by_id,
                begun_at=at,
            )
    except IntegrityError as error:
        raise Refused(problems.REPORT_STANDS) from error
    after = {"file": file.name, "kind": kind, "sha256": evidence.sha256}
    record(by=by, at=at, act="payments.begin_printed", subject=("run", file.run_id), after=after)
    return report


@action
def mark_printed(*, by: Actor, at: datetime, report_id: UUID, marks: Mapping[UUID, Mark]) -> PrintedReport:
    """Mark payments of the file as the paper says. The last mark of a payment counts.

    Refused: report_is_closed, outside_area, not_of_this_file (as report_is_closed: the page never offers one).
    """
    report = _open(by, report_id)
    lines = set(waiting_lines(report.file).filter(pk__in=marks).values_list("pk", flat=True))
    if lines != set(marks):
        raise Refused(problems.REPORT_IS_CLOSED)
    PrintedMark.objects.bulk_create(
        (
            PrintedMark(
                report=report,
                line_id=line_id,
                outcome=mark.outcome,
                reason_code=mark.reason_code if mark.outcome == "returned" else "",
                marked_at=at,
                marked_by_name=by.name,
            )
            for line_id, mark in marks.items()
        ),
        update_conflicts=True,
        unique_fields=["report", "line"],
        update_fields=["outcome", "reason_code", "marked_at", "marked_by_name"],
    )
    after = {"report": str(report.pk), "marks": len(marks)}
    record(by=by, at=at, act="payments.mark_printed", subject=("run", report.file.run_id), after=after)
    return report


@action
def hand_over_printed(*, by: Actor, at: datetime, report_id: UUID, rest_is_paid: bool) -> PrintedReport:
    """Hand the marked report to a second person; `rest_is_paid` says of every payment without a mark that it was paid.

    Refused: totals_differ, report_is_closed, outside_area.
    """
    report = _open(by, report_id)
    report.rest_is_paid = rest_is_paid
    if totals_of(report) != stated_totals(report):
        raise Refused(problems.TOTALS_DIFFER)
    report.handed_over_at, report.handed_over_by_id = at, by.id
    report.save(update_fields=["rest_is_paid", "handed_over_at", "handed_over_by"])
    after = {"report": str(report.pk), "rest_is_paid": rest_is_paid}
    record(by=by, at=at, act="payments.hand_over_printed", subject=("run", report.file.run_id), after=after)
    return report


@action
def confirm_printed(*, by: Actor, at: datetime, report_id: UUID) -> PrintedReport:
    """A second person has compared it with the paper: now it counts. Confirming again changes nothing.

    Refused: second_person, totals_differ (a file of the bank answered some of it meanwhile), outside_area, wrong_step.
    """
    report = _locked(report_id)
    _insist_on_office(by, report.file)
    if report.confirmed_at is not None:
        return report
    if report.handed_over_at is None or report.dropped_at is not None:
        raise Refused(problems.WRONG_STEP)
    if by.id in (report.begun_by_id, report.handed_over_by_id):
        raise Refused(problems.SECOND_PERSON)
    if totals_of(report) != stated_totals(report):
        raise Refused(problems.TOTALS_DIFFER)
    name = f"{report.file.name}.{report.kind}.{report.pk.hex[:8]}.csv"
    report.result = import_result(by=by, at=at, name=name, content=write_result(_answers(report)))
    report.confirmed_at, report.confirmed_by_id = at, by.id
    report.save(update_fields=["result", "confirmed_at", "confirmed_by"])
    after = {"report": str(report.pk), "result": str(report.result.pk)}
    record(by=by, at=at, act="payments.confirm_printed", subject=("run", report.file.run_id), after=after)
    return report


@action
def drop_printed(*, by: Actor, at: datetime, report_id: UUID, why: str) -> PrintedReport:
    """Somebody found that it is not what the paper says: nothing of it counts, and it may be begun anew."""
    report = _locked(report_id)
    _insist_on_office(by, report.file)
    if not why.strip():
        raise Refused(problems.WHY_IS_MISSING)
    if report.confirmed_at is not None:
        raise Refused(problems.REPORT_IS_CLOSED)
    if report.dropped_at is None:
        report.dropped_at, report.dropped_why = at, why[:300]
        report.save(update_fields=["dropped_at", "dropped_why"])
        record(by=by, at=at, act="payments.drop_printed", subject=("run", report.file.run_id), why=why)
    return report


def _locked(report_id: UUID) -> PrintedReport:
    reports = PrintedReport.objects.select_for_update(of=("self",)).select_related("file__run__office")
    return reports.get(pk=report_id)


def _open(by: Actor, report_id: UUID) -> PrintedReport:
    report = _locked(report_id)
    _insist_on_office(by, report.file)
    if report.handed_over_at is not None or report.dropped_at is not None:
        raise Refused(problems.REPORT_IS_CLOSED)
    return report


def _insist_on_office(by: Actor, file: BankFile) -> UUID:
    """Somebody of the office that pays, by their account."""
    if by.id is None or by.office_code != file.run.office.code:
        raise Refused(problems.OUTSIDE_AREA)
    return by.id


def _answers(report: PrintedReport) -> list[ResultLine]:
    """The paper as the bank would have answered in a file."""
    marks = {mark.line_id: mark for mark in report.marks.exclude(outcome="")}
    lines = waiting_lines(report.file)
    if not report.rest_is_paid:
        lines = lines.filter(pk__in=marks)
    return [_answer(report, line, marks.get(line.pk)) for line in lines.order_by("number")]


def _answer(report: PrintedReport, line: Line, mark: PrintedMark | None) -> ResultLine:
    is_returned = mark is not None and mark.outcome == "returned"
    code = mark.reason_code if mark is not None and is_returned else ""
    return ResultLine(
        line_reference=line.reference,
        account="0",
        amount_satang=line.amount_satang,
        outcome="returned" if is_returned else "paid",
        reason_code=code if code in REASON_CODES else "",
        reason=reason_words_th(code) if code else "",
        settled_on=report.settled_on,
        bank_reference=f"{report.kind}-{report.pk.hex[:8]}",
    )

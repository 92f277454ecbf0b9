"""What happens when the bank, or the Comptroller General, answers?

Every line is matched by our own reference. What fits is applied once; what does not (unknown reference, other amount,
paid after returned, returned after paid) goes to suspense, where a person looks at it. The same bytes twice change
nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.gateways.comptroller.layout import load_layout as load_list_layout
from phueng.gateways.comptroller.reader import read_result as read_list_result
from phueng.gateways.krungthai.result import read_result
from phueng.kernel.problems import Refused
from phueng.ledger.actions import arrive, come_back, disburse, release_commitment
from phueng.payments import problems
from phueng.payments.actions.check_run import fund_of
from phueng.payments.files import LIST_LAYOUT
from phueng.payments.models import Line, ResultFile, Run, SuspenseItem
from phueng.payments.telling import tell_payees


@dataclass(frozen=True)
class Answered:
    """One line of an answer, whoever wrote it."""

    line_no: int
    reference: str
    amount_satang: int
    outcome: str
    reason_code: str
    reason: str
    settled_on: date | None
    bank_reference: str


@dataclass
class _Sorted:
    paid: list[tuple[Line, Answered]] = field(default_factory=list)
    returned: list[tuple[Line, Answered]] = field(default_factory=list)
    suspense: list[tuple[Answered, str]] = field(default_factory=list)
    repeated: int = 0


@action
def import_result(*, by: Actor, at: datetime, name: str, content: bytes, pay_route: str = "krungthai") -> ResultFile:
    """Take in one answer whole. Refused(unreadable_result) when no line of it can be read."""
    sha = hashlib.sha256(content).hexdigest()
    known = ResultFile.objects.filter(sha256=sha).first()
    if known is not None:
        return known
    answered = _read(content, pay_route)
    try:
        with transaction.atomic():
            result = ResultFile.objects.create(
                name=name[:160], sha256=sha, content=content, received_at=at, received_by_name=by.name
            )
    except IntegrityError:
        return ResultFile.objects.get(sha256=sha)
    sorted_ = _sort(answered)
    _apply(at, sorted_)
    _post(by, at, result, sorted_)
    _suspend(result, sorted_)
    result.imported_at = at
    result.paid_count, result.returned_count = len(sorted_.paid), len(sorted_.returned)
    result.suspense_count, result.repeated_count = len(sorted_.suspense), sorted_.repeated
    result.save(update_fields=["imported_at", "paid_count", "returned_count", "suspense_count", "repeated_count"])
    tell_payees(
        by=by,
        at=at,
        paid=[line for line, _ in sorted_.paid],
        returned=[(line, a.reason_code) for line, a in sorted_.returned],
    )
    record(
        by=by,
        at=at,
        act="payments.import_result",
        subject=("result_file", result.pk),
        after={
            "name": name,
            "sha256": sha,
            "paid": result.paid_count,
            "returned": result.returned_count,
            "suspense": result.suspense_count,
        },
    )
    return result


def _read(content: bytes, pay_route: str) -> list[Answered]:
    if pay_route == "comptroller":
        listed = read_list_result(load_list_layout(LIST_LAYOUT), content)
        lines = [
            Answered(
                n,
                r.line_reference,
                r.amount_satang,
                r.outcome,
                r.reason_code,
                r.reason,
                r.settled_on,
                r.transfer_reference,
            )
            for n, r in enumerate(listed.lines, start=2)
        ]
    else:
        read = read_result(content)
        lines = [
            Answered(
                n, r.line_reference, r.amount_satang, r.outcome, r.reason_code, r.reason, r.settled_on, r.bank_reference
            )
            for n, r in enumerate(read.lines, start=2)
        ]
    if not lines:
        raise Refused(problems.UNREADABLE_RESULT)
    return lines


def _sort(answered: Sequence[Answered]) -> _Sorted:
    references = [a.reference for a in answered]
    # Locked in one order, so that two result files over the same lines wait for each other.
    lines = Line.objects.select_for_update(of=("self",)).select_related("run__office").filter(reference__in=references)
    by_reference = {line.reference: line for line in lines.order_by("reference")}
    sorted_, seen = _Sorted(), set[str]()
    for answer in answered:
        line = by_reference.get(answer.reference)
        if line is None or line.run.released_at is None:
            sorted_.suspense.append((answer, "unknown_reference"))
        elif answer.amount_satang != line.amount_satang:
            sorted_.suspense.append((answer, "other_amount"))
        elif (
            answer.reference in seen
            or (answer.outcome == "paid" and line.paid_at)
            or (answer.outcome == "returned" and line.returned_at)
        ):
            sorted_.repeated += 1
        elif answer.outcome == "paid" and line.returned_at:
            sorted_.suspense.append((answer, "paid_after_returned"))
        elif answer.outcome == "returned" and line.paid_at:
            sorted_.suspense.append((answer, "returned_after_paid"))
        elif answer.outcome in ("paid", "returned"):
            seen.add(answer.reference)
            (sorted_.paid if answer.outcome == "paid" else sorted_.returned).append((line, answer))
    return sorted_


def _apply(at: datetime, sorted_: _Sorted) -> None:
    with connection.cursor() as cursor:
        if sorted_.paid:
            cursor.execute(
                """UPDATE payments_line l SET paid_at = %s, settled_on = v.day, bank_reference = v.bank_reference
                   FROM unnest(%s::uuid[], %s::date[], %s::text[]) AS v(id, day, bank_reference) WHERE l.id = v.id""",
                [
                    at,
                    [line.pk for line, _ in sorted_.paid],
                    [a.settled_on for _, a in sorted_.paid],
                    [a.bank_reference[:60] for _, a in sorted_.paid],
                ],
            )
        if sorted_.returned:
            cursor.execute(
                """UPDATE payments_line l SET returned_at = %s, returned_code = v.code, settled_on = v.day
                   FROM unnest(%s::uuid[], %s::text[], %s::date[]) AS v(id, code, day) WHERE l.id = v.id""",
                [
                    at,
                    [line.pk for line, _ in sorted_.returned],
                    [(a.reason_code or a.reason)[:60] for _, a in sorted_.returned],
                    [a.settled_on for _, a in sorted_.returned],
                ],
            )


def _post(by: Actor, at: datetime, result: ResultFile, sorted_: _Sorted) -> None:
    runs: dict[UUID, Run] = {}
    paid: dict[UUID, int] = defaultdict(int)
    returned: dict[UUID, int] = defaultdict(int)
    for totals, pairs in ((paid, sorted_.paid), (returned, sorted_.returned)):
        for line, _ in pairs:
            runs[line.run_id] = line.run
            totals[line.run_id] += line.amount_satang
    for run_id in sorted(runs):
        fund, subject, key = fund_of(runs[run_id]), ("result_file", result.pk), f"result:{result.sha256[:32]}:{run_id}"
        if paid[run_id]:
            arrive(by=by, at=at, fund=fund, amount_satang=paid[run_id], key=f"{key}:arrive", subject=subject)
            disburse(by=by, at=at, fund=fund, amount_satang=paid[run_id], key=f"{key}:disburse", subject=subject)
        if returned[run_id]:
            come_back(by=by, at=at, fund=fund, amount_satang=returned[run_id], key=f"{key}:return", subject=subject)
            release_commitment(
                by=by, at=at, fund=fund, amount_satang=returned[run_id], key=f"{key}:free", subject=subject
            )


def _suspend(result: ResultFile, sorted_: _Sorted) -> None:
    SuspenseItem.objects.bulk_create(
        [
            SuspenseItem(
                result_file=result,
                line_no=answer.line_no,
                reference=answer.reference[:40],
                amount_satang=answer.amount_satang,
                outcome=answer.outcome,
                reason_code=code,
                stated={k: str(v) for k, v in asdict(answer).items()},
            )
            for answer, code in sorted_.suspense
        ]
    )

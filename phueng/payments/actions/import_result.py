"""What happens when the bank, or the Comptroller General, answers?

Every line is matched by our own reference. What fits is applied once; what does not (unknown reference, other amount,
paid after returned, a line nobody can read) goes to suspense, where a person looks at it. The same bytes twice change
nothing.
"""

import hashlib
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.gateways.dropfolders import sent_name_of
from phueng.gateways.faults import FileFault
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.answers import Answered, Sorted, read_answer, sort_answers
from phueng.payments.models import BankFile, Line, ResultFile, SuspenseItem
from phueng.payments.settling import Settled, settle_lines
from phueng.payments.telling import tell_payees
from phueng.places.models import Office


@action
def import_result(*, by: Actor, at: datetime, name: str, content: bytes, pay_route: str = "krungthai") -> ResultFile:
    """Take in one answer whole. Refused(unreadable_result) when an officer brings a file of which no line can be read;
    the worker keeps such a file as one item in suspense."""
    sha = hashlib.sha256(content).hexdigest()
    known = ResultFile.objects.filter(sha256=sha).first()
    if known is not None:
        return known
    answered, faults = read_answer(content, pay_route)
    if not answered and by.kind != "system":
        raise Refused(problems.UNREADABLE_RESULT)
    try:
        with transaction.atomic():
            result = ResultFile.objects.create(
                name=name[:160], sha256=sha, content=content, received_at=at, received_by_name=by.name
            )
    except IntegrityError:
        return ResultFile.objects.get(sha256=sha)
    lines = _locked({answer.reference for answer in answered})
    sorted_ = sort_answers(answered, lines, office_code="" if by.kind == "system" else by.office_code)
    paid = [_settled(lines, answer) for answer in sorted_.paid]
    returned = [_settled(lines, answer) for answer in sorted_.returned]
    settle_lines(by=by, at=at, key=f"result:{sha[:32]}", paid=paid, returned=returned)
    _suspend(result, sorted_, faults)
    _count(result, at, name, sorted_, {line.run.office for line in lines.values()})
    tell_payees(by=by, at=at, paid=[one.line for one in paid], returned=[one.line for one in returned])
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


def _locked(references: set[str]) -> dict[str, Line]:
    # Locked in one order, so that two result files over the same lines wait for each other.
    lines = Line.objects.filter(reference__in=references).select_related("run__office").select_for_update(of=("self",))
    return {line.reference: line for line in lines.order_by("reference")}


def _settled(lines: dict[str, Line], answer: Answered) -> Settled:
    code = answer.reason_code or answer.reason if answer.outcome == "returned" else ""
    return Settled(lines[answer.reference], answer.settled_on, answer.bank_reference, code)


def _count(result: ResultFile, at: datetime, name: str, sorted_: Sorted, offices: set[Office]) -> None:
    file = BankFile.objects.filter(name=sent_name_of(name) or "").select_related("run__office").first()
    offices = {file.run.office} if file is not None else offices
    result.office = offices.pop() if len(offices) == 1 else None
    result.imported_at, result.suspense_count = at, result.suspense_items.count()
    result.paid_count, result.returned_count = len(sorted_.paid), len(sorted_.returned)
    result.repeated_count, result.pending_count = sorted_.repeated, sorted_.pending
    result.save()


def _suspend(result: ResultFile, sorted_: Sorted, faults: tuple[FileFault, ...]) -> None:
    """One item a line: a faulty row may break several rules, and line 0 is the file as a whole."""
    items = [
        SuspenseItem(
            result_file=result,
            line_no=answer.line_no,
            reference=answer.reference[:40],
            amount_satang=answer.amount_satang,
            outcome=answer.outcome,
            reason_code=code,
            stated={key: str(value) for key, value in asdict(answer).items() if key != "account"},
        )
        for answer, code in sorted_.suspense
    ]
    unreadable: dict[int, list[dict[str, str]]] = {}
    for fault in faults:
        unreadable.setdefault(fault.line, []).append({"th": fault.th, "en": fault.en})
    items += [
        SuspenseItem(result_file=result, line_no=line, reason_code="unreadable", stated={"faults": said})
        for line, said in unreadable.items()
    ]
    SuspenseItem.objects.bulk_create(items)

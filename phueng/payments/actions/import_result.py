"""What happens when the bank, or the Comptroller General, answers?

Every line is matched by our own reference. What fits is applied once; what does not (unknown reference, other amount,
paid after returned, a line nobody can read) goes to suspense, where a person looks at it; when a bank's statement shows
that money moved, so does the ledger. The same bytes twice change nothing, nor does the same answer exported anew.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.gateways.answers import Answer
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.answers import is_large, read_answer
from phueng.payments.models import ResultFile, Run
from phueng.payments.outcomes import count_outcomes, file_answered, tell_of
from phueng.payments.reconciling import keep_lines, one_at_a_time, reconcile
from phueng.payments.settling import post_outcomes
from phueng.payments.suspending import suspend_faults, suspend_lines, suspend_whole_answers


@action
def import_result(*, by: Actor, at: datetime, name: str, content: bytes) -> ResultFile:
    """Take in one answer whole. Refused(unreadable_result) when an officer brings a file of which no line can be read;
    the worker keeps such a file as one item in suspense."""
    known = ResultFile.objects.filter(sha256=_sha256(content)).first()
    if known is not None:
        return known
    answer = read_answer(content)
    if not (answer.lines or answer.whole) and by.kind != "system":
        raise Refused(problems.UNREADABLE_RESULT)
    result, is_new = _kept(by, at, name, content)
    return _take_in(by, at, result, answer) if is_new else result


@action
def hand_in_result(*, by: Actor, at: datetime, name: str, content: bytes) -> ResultFile:
    """An officer brings an answer: a small one is taken in at once, a large one (answers.is_large) waits for the worker
    (imported_at is empty till then), and the officer may close the page."""
    if not is_large(content):
        return import_result(by=by, at=at, name=name, content=content)
    result, is_new = _kept(by, at, name, content)
    if is_new:
        after = {"name": name, "sha256": result.sha256, "bytes": len(content)}
        record(by=by, at=at, act="payments.hand_in_result", subject=("result_file", result.pk), after=after)
    return result


@action
def take_in_waiting(*, by: Actor, at: datetime, result_id: UUID) -> ResultFile | None:
    """The worker takes in an answer that waits; None when another worker has it."""
    waiting = ResultFile.objects.select_for_update(skip_locked=True).filter(pk=result_id, imported_at__isnull=True)
    result = waiting.first()
    return None if result is None else _take_in(by, at, result, read_answer(bytes(result.content)))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _kept(by: Actor, at: datetime, name: str, content: bytes) -> tuple[ResultFile, bool]:
    """The file as it came, and whether it is new: two who bring the same bytes at once keep them once."""
    sha = _sha256(content)
    known = ResultFile.objects.filter(sha256=sha).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            return ResultFile.objects.create(
                name=name[:160],
                sha256=sha,
                content=content,
                received_at=at,
                received_by_name=by.name,
                received_office_code="" if by.kind == "system" else by.office_code,
            ), True
    except IntegrityError:
        return ResultFile.objects.get(sha256=sha), False


def _take_in(by: Actor, at: datetime, result: ResultFile, answer: Answer) -> ResultFile:
    one_at_a_time()
    keep_lines(result, answer.lines)
    done = reconcile(at=at, result=result, answered=answer.lines, office_code=result.received_office_code)
    post_outcomes(
        by=by, at=at, key=f"result:{result.sha256[:32]}", paid=done.paid_satang, returned=done.returned_satang
    )
    runs = list(Run.objects.filter(pk__in=done.run_ids).select_related("office"))
    file = file_answered(result, answer)
    again = suspend_lines(by=by, at=at, result=result, answer=answer, odd=done.odd, runs=runs)
    suspend_faults(result, answer.faults)
    suspend_whole_answers(by=by, at=at, result=result, answer=answer, file=file)
    count_outcomes(at, result, done, again, {run.office_id for run in ([file.run] if file is not None else runs)})
    tell_of(by, at, done)
    record(
        by=by,
        at=at,
        act="payments.import_result",
        subject=("result_file", result.pk),
        after={
            "name": result.name,
            "sha256": result.sha256,
            "paid": result.paid_count,
            "returned": result.returned_count,
            "suspense": result.suspense_count,
        },
    )
    return result

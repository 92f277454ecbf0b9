"""What of an answer does a person have to look at, and where does its money stand meanwhile?

A status report only speaks; a statement shows that money moved. What a statement shows and nobody can explain stands on
the suspense account of the fund that the answer belongs to, until somebody settles it with a reason.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from phueng.audit.actions import record
from phueng.audit.actors import Actor
from phueng.gateways.answers import Answer, AnsweredLine
from phueng.gateways.faults import FileFault
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import put_in_suspense
from phueng.ledger.models import Movement
from phueng.payments.answers import unexplained
from phueng.payments.models import BankFile, FileTrouble, Line, ResultFile, Run, SuspenseItem
from phueng.payments.reconciling import suspended_before
from phueng.payments.settling import fund_of

# Nothing moved: the bank speaks of another office's payment, or of one that this house has not ordered.
_STATEMENT = "camt.053"

Odd = tuple[AnsweredLine, int, str, UUID | None]


def suspend_lines(
    *, by: Actor, at: datetime, result: ResultFile, answer: Answer, odd: Sequence[Odd], runs: Sequence[Run]
) -> int:
    """Put what does not fit before a person; returns how many of these lines another file brought before."""
    if not odd:
        return 0
    before = suspended_before(result, {one.reference for one, *_ in odd})
    new = [it for it in odd if unexplained(it[0], it[2]) not in before]
    funds = _funds(new, runs) if answer.kind == _STATEMENT else {}
    items = []
    for one, position, problem, _ in new:
        item = SuspenseItem(
            id=uuid4(),
            result_file=result,
            line_no=one.line,
            column_no=one.column,
            position=position,
            reference=one.reference[:40],
            amount_satang=one.amount_satang,
            outcome=one.outcome,
            reason_code=problem,
            stated=_stated(one),
        )
        if position in funds and one.amount_satang and one.outcome != "pending":
            item.movement = _moved(by, at, item, one, funds[position])
        items.append(item)
    SuspenseItem.objects.bulk_create(items)
    return len(odd) - len(new)


def _stated(one: AnsweredLine) -> dict[str, str]:
    """The bank's words, without the account."""
    said = {
        "status": one.status,
        "settled_on": one.settled_on.isoformat() if one.settled_on else "",
        "bank_reference": one.bank_reference[:60],
    }
    if one.reason is not None:
        said |= {"reason_code": one.reason.code, "reason": one.reason.th, "reason_en": one.reason.en}
    return said


def _funds(odd: Sequence[Odd], runs: Sequence[Run]) -> dict[int, Fund]:
    """Position → whose account the money stands on: the payment's own, else that of the only run in the answer."""
    lines = Line.objects.filter(pk__in=[line for *_, line in odd if line]).select_related("run__office")
    own = {line.pk: fund_of(line.run) for line in lines}
    only = {fund_of(run) for run in runs}
    found = {position: own.get(line) if line else None for _, position, _, line in odd}
    if len(only) == 1:
        found = {position: fund or next(iter(only)) for position, fund in found.items()}
    return {position: fund for position, fund in found.items() if fund is not None}


def _moved(by: Actor, at: datetime, item: SuspenseItem, one: AnsweredLine, fund: Fund) -> Movement:
    """Paid: money left our account. Returned: it is back on it. Either way nobody knows yet for what."""
    satang = one.amount_satang or 0
    day = one.settled_on.isoformat() if one.settled_on else ""
    words = f"{one.reference}|{one.outcome}|{satang}|{one.bank_reference}|{day}|{item.reason_code}|{item.position}"
    return put_in_suspense(
        by=by,
        at=at,
        fund=fund,
        amount_satang=satang if one.outcome == "paid" else -satang,
        key=f"suspense:{item.result_file_id}:{hashlib.sha256(words.encode()).hexdigest()[:24]}",
        subject=("suspense", item.pk),
    )


def suspend_faults(result: ResultFile, faults: Sequence[FileFault]) -> None:
    """One item a line: a faulty row may break several rules, and line 0 is the file as a whole."""
    said: dict[int, list[dict[str, str]]] = {}
    columns: dict[int, int] = {}
    for fault in faults:
        said.setdefault(fault.line, []).append({"th": fault.th, "en": fault.en})
        columns.setdefault(fault.line, fault.column_from)
    SuspenseItem.objects.bulk_create(
        SuspenseItem(
            result_file=result,
            line_no=line,
            column_no=columns[line] or 0,
            reason_code="unreadable",
            stated={"faults": words},
        )
        for line, words in said.items()
    )


def suspend_whole_answers(
    *, by: Actor, at: datetime, result: ResultFile, answer: Answer, file: BankFile | None
) -> None:
    """The bank spoke of the whole file. Rejected: the file's trouble, which gives its payments back. Paid: a person
    records it from the bank's report, because no payment is called paid that the bank did not name."""
    for nth, whole in enumerate(answer.whole):
        if whole.outcome == "pending":
            continue
        reason = whole.reason
        words = [{"line": "", "field": whole.status, "th": reason.th, "en": reason.en}] if reason else []
        if whole.outcome == "returned" and file is not None:
            trouble, is_new = FileTrouble.objects.get_or_create(
                file=file, code="bank_refused", defaults={"said": words, "noted_at": at}
            )
            if is_new:
                after = {"name": file.name, "code": trouble.code}
                record(by=by, at=at, act="payments.note_trouble", subject=("run", file.run_id), after=after)
            continue
        # Beside what the reader itself could not read on the file as a whole (position 0).
        SuspenseItem.objects.create(
            result_file=result,
            line_no=0,
            position=nth + 1_000_000_000,
            reference=whole.message_id[:40],
            outcome=whole.outcome,
            reason_code="whole_paid" if file is not None else "unknown_file",
            stated={"status": whole.status, "faults": words},
        )

"""Which file does an answer speak of, what did it settle, and who is told?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actors import Actor
from phueng.gateways.answers import Answer
from phueng.gateways.dropfolders import sent_name_of
from phueng.payments.models import BankFile, Line, ResultFile
from phueng.payments.reconciling import Reconciled
from phueng.payments.telling import tell_payees


def file_answered(result: ResultFile, answer: Answer) -> BankFile | None:
    """The file that is answered: by the name of the answer, or by the number that the bank repeats."""
    files = BankFile.objects.filter(signed_at__isnull=False).select_related("run__office")
    named = files.filter(name=sent_name_of(result.name) or "").first()
    number, _, part = answer.message_id.rpartition("-")
    if named is None and number and part.isdecimal() and len(part) < 6:
        named = files.filter(run__number=number, part=int(part)).first()
    return named


def count_outcomes(at: datetime, result: ResultFile, done: Reconciled, again: int, office_ids: set[UUID]) -> None:
    """Write on the answer how many lines it settled, and whose it is when it speaks of one office only."""
    result.office_id = office_ids.pop() if len(office_ids) == 1 else None
    result.imported_at, result.suspense_count = at, result.suspense_items.count()
    result.paid_count, result.returned_count = done.counts["paid"], done.counts["returned"]
    result.repeated_count, result.pending_count = done.counts["repeated"] + again, done.counts["pending"]
    counts = [f"{name}_count" for name in ("paid", "returned", "suspense", "repeated", "pending")]
    result.save(update_fields=["office", "imported_at", *counts])  # not the bytes once more


def tell_of(by: Actor, at: datetime, done: Reconciled) -> None:
    """Tell the payees what became of their money."""
    lines = Line.objects.select_related("run__office").in_bulk([*done.paid_lines_to_tell, *done.returned_lines])
    tell_payees(
        by=by,
        at=at,
        paid=[lines[number] for number in done.paid_lines_to_tell],
        returned=[lines[number] for number in done.returned_lines],
    )

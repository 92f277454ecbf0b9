"""The payee says it alone: all of it came, a part, or nothing. Nobody stands beside them."""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.payments.models import Line
from phueng.spotchecks.models import Discrepancy, Receipt
from phueng.spotchecks.refusals import refuse, said_plainly

_KINDS = {"part": "amount_differs", "none": "not_received"}


@action
def confirm_receipt(*, by: Actor, at: datetime, line_id: UUID, channel: str = "web") -> Receipt:
    """All of it came. Said before: the same. Refused: not_paid_yet."""
    return _said(by, at, line_id, "full", None, channel)


@action
def dispute_receipt(
    *, by: Actor, at: datetime, line_id: UUID, amount_satang: int | None = None, channel: str = "web"
) -> Receipt:
    """Only `amount_satang` came; None: nothing at all. It stands on the auditor's list, whatever is said later.

    Refused: not_paid_yet, not_less_than_paid.
    """
    answer = "none" if amount_satang is None else "part"
    return _said(by, at, line_id, answer, amount_satang, channel)


def _said(by: Actor, at: datetime, line_id: UUID, answer: str, amount_satang: int | None, channel: str) -> Receipt:
    line = Line.objects.select_for_update(no_key=True).get(pk=line_id)
    if amount_satang is not None and not 0 < amount_satang < line.amount_satang:
        raise refuse("not_less_than_paid")
    last = Receipt.objects.filter(line=line).order_by("-round").first()
    if last is not None and (last.answer, last.amount_satang) == (answer, amount_satang):
        return last
    with said_plainly():
        receipt = Receipt.objects.create(
            line=line, round=last.round + 1 if last else 1, answer=answer, amount_satang=amount_satang, said_at=at,
            channel=channel, said_by_name=by.name,
        )  # fmt: skip
        if answer != "full":
            Discrepancy.objects.create(
                line=line, receipt=receipt, kind=_KINDS[answer], paid_satang=line.amount_satang,
                said_satang=amount_satang or 0, found_at=at,
            )  # fmt: skip
    act = "spotchecks.confirm_receipt" if answer == "full" else "spotchecks.dispute_receipt"
    record(
        by=by, at=at, act=act, subject=("line", line.pk), person_id=line.person_id,
        after={"round": receipt.round, "channel": channel},
    )  # fmt: skip
    return receipt

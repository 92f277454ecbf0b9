"""The payers account for the money (ล้างเงินยืม): what was not collected comes back, and it agrees to the satang."""

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from phueng.advances.models import Advance, Handover
from phueng.advances.refusals import refuse, said_plainly
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import clean_text
from phueng.payments.models import Line
from phueng.payments.rules import NOT_COLLECTED
from phueng.payments.settling import Settled, settle_lines


@action
def clear_advance(
    *, by: Actor, at: datetime, advance_id: UUID, returned_satang: int, returned_reference: str = ""
) -> Advance:
    """Count the cash that came back and close the advance; sums nobody collected can be paid anew in another run.

    The same person with the same sum again: the same advance. Refused: payers_do_not_clear, waits_for_confirmation,
    advance_does_not_balance, returned_cash_has_a_receipt, wrong_step.
    """
    advance = Advance.objects.select_for_update(of=("self",)).select_related("run__office").get(pk=advance_id)
    if advance.cleared_at is not None:
        if (advance.cleared_by_id, advance.returned_satang) == (by.id, returned_satang):
            return advance
        raise refuse("wrong_step")
    if by.id in (advance.first_payer_id, advance.second_payer_id):
        raise refuse("payers_do_not_clear")
    if Handover.objects.filter(advance=advance, confirmed_at=None, withdrawn_at=None).exists():
        raise refuse("waits_for_confirmation")
    lines = Line.objects.filter(run_id=advance.run_id).defer("account", "national_id")
    left = list(lines.filter(paid_at=None, returned_at=None).order_by("number"))
    paid = lines.filter(paid_at__isnull=False).aggregate(total=Sum("amount_satang", default=0))["total"]
    if returned_satang != advance.amount_satang - paid:
        raise refuse("advance_does_not_balance")
    if left:
        on = in_bangkok(at).date()
        back = [Settled(line, settled_on=on, returned_code=NOT_COLLECTED) for line in left]
        settle_lines(by=by, at=at, key=f"advance:{advance.pk}", returned=back)
    advance.cleared_at, advance.cleared_by_id, advance.cleared_by_name = at, by.id, by.name
    advance.paid_satang, advance.returned_satang = paid, returned_satang
    advance.returned_reference = clean_text(returned_reference, 60) if returned_satang else ""
    with said_plainly():
        advance.save(
            update_fields=[
                "cleared_at", "cleared_by", "cleared_by_name", "paid_satang", "returned_satang", "returned_reference"
            ]
        )  # fmt: skip
    record(
        by=by, at=at, act="advances.clear", subject=("advance", advance.pk),
        after={"paid_satang": paid, "returned_satang": returned_satang, "reference": advance.returned_reference},
    )  # fmt: skip
    return advance

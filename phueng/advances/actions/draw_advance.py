"""Two payers take the money of a released counter run out, and every payee's receipt is made ready to be signed."""

from datetime import date, datetime
from uuid import UUID

from phueng.access.models import Account
from phueng.advances.models import Advance
from phueng.advances.numbers import clear_by
from phueng.advances.receipts import ask_for_receipts
from phueng.advances.refusals import refuse, said_plainly
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import clean_text
from phueng.payments.hands import lay_hands_on_run
from phueng.payments.models import Run


@action
def draw_advance(
    *, by: Actor, at: datetime, run_id: UUID, payers: tuple[UUID, UUID], place: str, pay_on: date
) -> Advance:
    """Record who takes it, where and when it is paid. The same payers again: the same advance.

    The money itself left the treasury when the run was released (transit in the ledger). Refused:
    only_released_counter_runs_are_drawn, already_drawn, two_people_pay, payer_has_a_hand, payer_outside_area,
    nothing_said, same_hands.
    """
    if by.id is None:
        raise ValueError("a person draws an advance")
    run = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    known = Advance.objects.filter(run=run).first()
    if known is not None:
        if {known.first_payer_id, known.second_payer_id} == set(payers):
            return known
        raise refuse("already_drawn")
    place = clean_text(place, 200)
    if not place or pay_on < in_bangkok(at).date():
        raise refuse("nothing_said")
    if len(set(payers)) != 2:
        raise refuse("two_people_pay")
    first, second = (Account.objects.get(pk=payer) for payer in payers)
    with said_plainly():
        advance = Advance.objects.create(
            run=run, office=run.office, amount_satang=run.total_satang, place=place, pay_on=pay_on,
            first_payer=first, first_payer_name=first.display_name_th, second_payer=second,
            second_payer_name=second.display_name_th, clear_by=clear_by(in_bangkok(at).date()), drawn_at=at,
            drawn_by_id=by.id, drawn_by_name=by.name,
        )  # fmt: skip
    for payer in payers:
        lay_hands_on_run(by=by, at=at, run=run, hand="payer", account_id=payer)
    ask_for_receipts(advance, by=by, at=at)
    record(
        by=by, at=at, act="advances.draw", subject=("advance", advance.pk),
        after={"run": run.number, "amount_satang": advance.amount_satang, "payers": [str(payer) for payer in payers]},
    )  # fmt: skip
    return advance

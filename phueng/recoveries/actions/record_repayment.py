"""Money came back: how much, which way, under which number?"""

from datetime import date, datetime
from uuid import UUID, uuid4

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import clean_text
from phueng.ledger.actions import recover
from phueng.payments.settling import fund_of
from phueng.recoveries.letters import both_sums, opening
from phueng.recoveries.models import Overpayment, Repayment
from phueng.recoveries.queries import living_consent, remaining_of, repaid_of
from phueng.recoveries.refusals import refuse, said_plainly
from phueng.recoveries.states import TAKES_MONEY
from phueng.recoveries.steps import insist_on, locked, move_to, subject
from phueng.recoveries.telling import send_letter, send_message


@action
def record_repayment(
    *, by: Actor, at: datetime, overpayment_id: UUID, way: str, reference: str, amount_satang: int, received_on: date
) -> Repayment:
    """Record and post it: grants → bank. The same way and number again, with the same sum, is the same repayment.

    Refused: wrong_step, more_than_is_asked, no_living_consent, repayment_is_recorded_once, nothing_said.
    """
    overpayment = locked(overpayment_id)
    reference = clean_text(reference, 60)
    if by.id is None:
        raise ValueError("a person takes the money")
    if not reference or amount_satang <= 0 or received_on > in_bangkok(at).date():
        raise refuse("nothing_said")
    known = Repayment.objects.filter(way=way, reference=reference).first()
    if known is not None:
        if (known.overpayment_id, known.amount_satang) == (overpayment.pk, amount_satang):
            return known
        raise refuse("repayment_is_recorded_once")
    insist_on(overpayment, *TAKES_MONEY)
    consent = living_consent(overpayment) if way == "deduction" else None
    if way == "deduction" and consent is None:
        raise refuse("no_living_consent")
    repayment_id = uuid4()
    run = overpayment.lines.select_related("line__run__office").order_by("pk")[0].line.run
    movement = recover(
        by=by, at=at, fund=fund_of(run), amount_satang=amount_satang, key=f"repayment:{repayment_id}",
        subject=subject(overpayment),
    )  # fmt: skip
    with said_plainly():
        repayment = Repayment.objects.create(
            id=repayment_id,
            overpayment=overpayment,
            number=overpayment.repayments.count() + 1,
            way=way,
            reference=reference,
            amount_satang=amount_satang,
            received_on=received_on,
            received_at=at,
            received_by_id=by.id,
            received_by_name=by.name,
            consent=consent,
            movement_id=movement.pk,
        )
    record(
        by=by,
        at=at,
        act="recoveries.record_repayment",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        after={"way": way, "reference": reference, "amount_satang": amount_satang},
    )
    _go_on(by, at, overpayment)
    return repayment


def _go_on(by: Actor, at: datetime, overpayment: Overpayment) -> None:
    """While bank and family are being asked, money changes no step; afterwards the last satang closes the question."""
    if overpayment.state == "asking":
        return
    if remaining_of(overpayment) > 0:
        move_to(overpayment, "repaying", at=at)
        return
    move_to(overpayment, "settled", at=at, why="repaid")
    said = {
        **opening(overpayment, in_bangkok(at).date()), **both_sums("repaid", repaid_of(overpayment)), "by": by.name,
    }  # fmt: skip
    send_letter(overpayment, by=by, at=at, kind="settled", about=subject(overpayment), context=said)
    send_message(overpayment, by=by, at=at, template_code="recovery_settled", occasion=str(overpayment.pk))

"""How is the person told, with reasons, and given time to answer before anybody judges (s.30)?"""

from datetime import datetime, timedelta
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_dates import in_bangkok
from phueng.recoveries.letters import both_days, opening
from phueng.recoveries.models import Hearing, Overpayment
from phueng.recoveries.numbers import days, law_of
from phueng.recoveries.refusals import refuse
from phueng.recoveries.steps import insist_on, is_for_enquiry, locked, move_to, subject
from phueng.recoveries.telling import send_letter, send_message


@action
def tell_person(*, by: Actor, at: datetime, overpayment_id: UUID) -> Overpayment:
    """Send the notice and the message; the time to answer begins. Told before: nothing happens again.

    Refused: wrong_step, nobody_to_tell.
    """
    overpayment = locked(overpayment_id)
    if overpayment.state == "told":
        return overpayment
    insist_on(overpayment, "noted")
    if is_for_enquiry(overpayment):
        raise refuse("nobody_to_tell")
    if by.id is None:
        raise ValueError("a person tells a person")
    on = in_bangkok(at).date()
    until = on + timedelta(days=days("answer_within", on))
    Hearing.objects.create(
        overpayment=overpayment, told_at=at, answer_until=until, told_by_id=by.id, told_by_name=by.name
    )
    move_to(overpayment, "told", at=at)
    record(
        by=by,
        at=at,
        act="recoveries.tell_person",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        after={"answer_until": until},
    )
    law_th, law_en = law_of("answer_within", on)
    said = opening(overpayment, on) | both_days("until", until) | {"law_th": law_th, "law_en": law_en, "by": by.name}
    send_letter(overpayment, by=by, at=at, kind="notice", about=subject(overpayment), context=said)
    send_message(overpayment, by=by, at=at, template_code="recovery_told", occasion=str(overpayment.pk))
    return overpayment

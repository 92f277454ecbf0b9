"""Does a second person agree? Then it is an order, with reasons and the right of appeal; else it goes back."""

from datetime import datetime, timedelta
from uuid import UUID

from phueng.access.actions import lay_hand
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.stop_clock import stop_clock
from phueng.kernel.thai_dates import in_bangkok
from phueng.recoveries.actions.note_overpayment import CLOCK
from phueng.recoveries.letters import both_days, both_sums, opening
from phueng.recoveries.models import Assessment, Overpayment, Ruling
from phueng.recoveries.numbers import days
from phueng.recoveries.refusals import refuse, said_plainly
from phueng.recoveries.steps import insist_on, is_for_enquiry, locked, move_to, office_acting_in, subject
from phueng.recoveries.telling import send_letter, send_message


@action
def decide(*, by: Actor, at: datetime, overpayment_id: UUID, why: str = "") -> Ruling:
    """Agree with the assessment. The same person again: the same order.

    Refused: wrong_step, same_hands, had_a_hand_before, related_to_person, outside_area.
    """
    overpayment = locked(overpayment_id)
    known = Ruling.objects.filter(overpayment=overpayment, outcome="agreed", ruled_by_id=by.id).first()
    if known is not None:
        return known
    assessment = _waiting(overpayment)
    ruling = _rule(by, at, overpayment, assessment, "agreed", why)
    stop_clock(by=by, at=at, subject_id=overpayment.pk, code=CLOCK, why="decided")
    if ruling.asked_satang:
        move_to(overpayment, "decided", at=at)
    else:
        move_to(overpayment, "nothing_owed", at=at, why=str(assessment.reasons[-1]["code"]))
    if not is_for_enquiry(overpayment):
        said = _letter(overpayment, assessment, ruling)
        send_letter(overpayment, by=by, at=at, kind="ruling", about=("ruling", ruling.pk), context=said)
        send_message(overpayment, by=by, at=at, template_code="recovery_ruled", occasion=str(ruling.pk))
    return ruling


@action
def send_back(*, by: Actor, at: datetime, overpayment_id: UUID, why: str) -> Ruling:
    """Disagree, with a reason: somebody assesses anew."""
    overpayment = locked(overpayment_id)
    assessment = _waiting(overpayment)
    if not why.strip():
        raise refuse("nothing_said")
    ruling = _rule(by, at, overpayment, assessment, "sent_back", why)
    move_to(overpayment, "heard", at=at)
    return ruling


def _waiting(overpayment: Overpayment) -> Assessment:
    insist_on(overpayment, "assessed")
    return overpayment.assessments.order_by("-round")[0]


def _rule(by: Actor, at: datetime, overpayment: Overpayment, assessment: Assessment, outcome: str, why: str) -> Ruling:
    if by.id is None:
        raise ValueError("a person decides")
    asked = assessment.asked_satang if outcome == "agreed" else None
    with said_plainly():
        ruling = Ruling.objects.create(
            overpayment=overpayment,
            assessment=assessment,
            outcome=outcome,
            asked_satang=asked,
            why=why,
            office_id=office_acting_in(by, overpayment),
            ruled_at=at,
            ruled_by_id=by.id,
            ruled_by_name=by.name,
        )
    lay_hand(case_id=overpayment.pk, hand="approver", by=by, at=at)
    record(
        by=by,
        at=at,
        act="recoveries.decide" if outcome == "agreed" else "recoveries.send_back",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        why=why,
        after={"outcome": outcome, "asked_satang": asked},
    )
    return ruling


def _letter(overpayment: Overpayment, assessment: Assessment, ruling: Ruling) -> dict[str, object]:
    day = in_bangkok(ruling.ruled_at).date()
    until = day + timedelta(days=days("appeal_within", day))
    return {
        **opening(overpayment, day),
        **both_sums("asked", ruling.asked_satang or 0),
        **both_sums("waived", assessment.waived_satang),
        **both_days("appeal_until", until),
        "outcome": assessment.outcome,
        "reasons": assessment.reasons,
        "why": assessment.why,
        "evidence": assessment.evidence,
        "by": ruling.ruled_by_name,
    }

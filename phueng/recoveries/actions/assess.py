"""Whose fault was it, on which evidence, and what follows from that by the rules?"""

from datetime import datetime
from uuid import UUID

from phueng.access.actions import lay_hand
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_dates import in_bangkok
from phueng.recoveries.letters import reasons_said
from phueng.recoveries.models import Assessment
from phueng.recoveries.numbers import numbers_on
from phueng.recoveries.queries import Judged, situation_of
from phueng.recoveries.refusals import refuse, said_plainly
from phueng.recoveries.rules import outcome_of
from phueng.recoveries.steps import insist_on, locked, move_to, office_acting_in, subject


@action
def assess(
    *,
    by: Actor,
    at: datetime,
    overpayment_id: UUID,
    fault: str,
    acted_in_good_faith: bool,
    evidence: str,
    why: str,
    said_falsely: bool = False,
) -> Assessment:
    """Assess with evidence and reason; the outcome is computed, never typed. Means come from the person's last answer.

    Refused: wrong_step, not_heard_yet, nothing_said, same_hands, had_a_hand_before, related_to_person, outside_area.
    """
    overpayment = locked(overpayment_id)
    insist_on(overpayment, "told", "heard", "asking")
    if by.id is None:
        raise ValueError("a person assesses")
    if not evidence.strip() or not why.strip():
        raise refuse("nothing_said")
    on = in_bangkok(at).date()
    judged = Judged(fault, acted_in_good_faith, said_falsely)
    facts = situation_of(overpayment, judged, on)
    outcome = outcome_of(facts, numbers_on(on))
    with said_plainly():
        assessment = Assessment.objects.create(
            overpayment=overpayment,
            round=overpayment.assessments.count() + 1,
            fault=fault,
            acted_in_good_faith=acted_in_good_faith,
            said_falsely=said_falsely,
            evidence=evidence,
            why=why,
            left_satang=facts.left_satang,
            income_satang=facts.income_satang,
            household_size=facts.household_size,
            outcome=outcome.kind,
            asked_satang=outcome.asked_satang,
            waived_satang=outcome.waived_satang,
            reasons=reasons_said(outcome.reasons),
            office_id=office_acting_in(by, overpayment),
            assessed_at=at,
            assessed_by_id=by.id,
            assessed_by_name=by.name,
        )
    if by.id != overpayment.noted_by_id:
        lay_hand(case_id=overpayment.pk, hand="verifier", by=by, at=at)
    move_to(overpayment, "assessed", at=at)
    record(
        by=by,
        at=at,
        act="recoveries.assess",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        why=why,
        after={"fault": fault, "outcome": outcome.kind, "asked_satang": outcome.asked_satang},
    )
    return assessment

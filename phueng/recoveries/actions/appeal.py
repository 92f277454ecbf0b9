"""How does the person ask for the order to be looked at by somebody else, and who answers?

Administrative Procedure Act B.E. 2539 s.44 and s.45. While the appeal is open nothing falls due. It can only become
milder: nobody is worse off for having asked.
"""

from datetime import datetime
from uuid import UUID

from phueng.access.actions import lay_hand
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.start_clock import start_clock
from phueng.calendars.actions.stop_clock import stop_clock
from phueng.kernel.references import new_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.recoveries.letters import both_sums, opening
from phueng.recoveries.models import Overpayment, Plan, Ruling, RulingAppeal
from phueng.recoveries.numbers import days, law_of
from phueng.recoveries.queries import asked_of, repaid_of
from phueng.recoveries.refusals import refuse, said_plainly
from phueng.recoveries.steps import insist_on, locked, move_to, subject
from phueng.recoveries.telling import send_letter, send_message

CLOCK = "recovery_appeal"


@action
def lodge_appeal(*, by: Actor, at: datetime, overpayment_id: UUID, grounds: str, channel: str = "web") -> RulingAppeal:
    """Lodge it; a second one returns the first. One that comes late is taken as well: the settler says if it counts."""
    overpayment = locked(overpayment_id)
    if not grounds.strip():
        raise refuse("nothing_said")
    ruling = Ruling.objects.filter(overpayment=overpayment, outcome="agreed").first()
    known = RulingAppeal.objects.filter(ruling=ruling).first() if ruling else None
    if known is not None:
        return known
    insist_on(overpayment, "decided", "repaying")
    if ruling is None:
        raise refuse("wrong_step")
    home = overpayment.office
    with said_plainly():
        appeal = RulingAppeal.objects.create(
            ruling=ruling,
            reference=new_reference(),
            grounds=grounds,
            channel=channel,
            appealed_at=at,
            office_id=home.paired_office_id or home.pk,
        )
    move_to(overpayment, "appealed", at=at)
    on = in_bangkok(at).date()
    law_th, law_en = law_of("appeal_answered_within", on)
    start_clock(
        by=by, at=at, subject_id=appeal.pk, code=CLOCK, unit="calendar", length=days("appeal_answered_within", on),
        law_th=law_th, law_en=law_en,
    )  # fmt: skip
    record(
        by=by,
        at=at,
        act="recoveries.lodge_appeal",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        after={"appeal": appeal.pk, "channel": channel},
    )
    send_message(overpayment, by=by, at=at, template_code="recovery_appealed", occasion=str(appeal.pk))
    return appeal


@action
def settle_appeal(
    *, by: Actor, at: datetime, overpayment_id: UUID, outcome: str, why: str, asked_satang: int | None = None
) -> RulingAppeal:
    """Settle: `upheld`, `late`, `reduced` (to `asked_satang`) or `cancelled`. By somebody without a hand in it.

    Refused: wrong_step, nothing_said, only_milder, same_hands, had_a_hand_before, related_to_person, outside_area.
    """
    overpayment = locked(overpayment_id)
    appeal = RulingAppeal.objects.select_related("ruling").filter(ruling__overpayment=overpayment).first()
    if appeal is not None and (appeal.settled_by_id, appeal.outcome) == (by.id, outcome):
        return appeal
    insist_on(overpayment, "appealed")
    if appeal is None or not why.strip():
        raise refuse("nothing_said")
    if outcome == "reduced" and not 0 < (asked_satang or 0) < (appeal.ruling.asked_satang or 0):
        raise refuse("only_milder")
    appeal.outcome, appeal.settled_why, appeal.settled_at = outcome, why, at
    appeal.asked_satang = {"reduced": asked_satang, "cancelled": 0}.get(outcome)
    appeal.settled_by_id, appeal.settled_by_name = by.id, by.name
    with said_plainly():
        appeal.save()
    lay_hand(case_id=overpayment.pk, hand="approver", by=by, at=at)
    stop_clock(by=by, at=at, subject_id=appeal.pk, code=CLOCK, why="settled")
    record(
        by=by,
        at=at,
        act="recoveries.settle_appeal",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        why=why,
        after={"outcome": outcome, "asked_satang": appeal.asked_satang},
    )
    _go_on(overpayment, at, outcome)
    on = in_bangkok(at).date()
    court_th, court_en = law_of("court_within", on)
    said = {
        **opening(overpayment, on), **both_sums("asked", asked_of(overpayment) or 0), "outcome": outcome, "why": why,
        "by": by.name, "court_days": days("court_within", on), "court_law_th": court_th, "court_law_en": court_en,
    }  # fmt: skip
    send_letter(overpayment, by=by, at=at, kind="appeal", about=("ruling_appeal", appeal.pk), context=said)
    send_message(overpayment, by=by, at=at, template_code="recovery_ruled", occasion=str(appeal.pk))
    return appeal


def _go_on(overpayment: Overpayment, at: datetime, outcome: str) -> None:
    """Nothing is asked any more, or all of what is still asked has come; else the person agrees how to go on."""
    asked = asked_of(overpayment) or 0
    if asked == 0:
        move_to(overpayment, "nothing_owed", at=at, why=f"appeal {outcome}")
    elif repaid_of(overpayment) >= asked:
        move_to(overpayment, "settled", at=at, why=f"appeal {outcome}")
    else:
        move_to(overpayment, "decided", at=at)
        if outcome != "reduced":
            return
    # The sum changed: the plan for the old one is over.
    for plan in Plan.objects.filter(overpayment=overpayment, replaced_at__isnull=True):
        plan.replaced_at = at
        plan.save(update_fields=["replaced_at"])

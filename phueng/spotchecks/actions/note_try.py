"""Nobody answered today: when is the next person in the order asked instead?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.models import Run
from phueng.spotchecks import rules
from phueng.spotchecks.drawing import assign, offices_that_ask, paid_references
from phueng.spotchecks.models import Interview, Try
from phueng.spotchecks.refusals import said_plainly


@action
def note_try(*, by: Actor, at: datetime, interview_id: UUID) -> Interview | None:
    """Keep the try of this day. After as many days as the draw asks for, give the person up and return the interview
    that takes the place (None before that, and when everybody was asked). Refused: one_try_a_day, interview_is_over,
    of_the_paying_office, had_a_hand_before, related_to_person, outside_area.
    """
    if by.id is None:
        raise ValueError("an interviewer has an account")
    interview = (
        Interview.objects.select_for_update(of=("self",))
        .select_related("draw__run__office", "line")
        .get(pk=interview_id)
    )
    if by.id is None:
        raise ValueError("an interviewer has an account")
    with said_plainly():
        Try.objects.create(
            interview=interview, tried_on=in_bangkok(at).date(), tried_at=at, tried_by_id=by.id, tried_by_name=by.name
        )
    is_given_up = interview.tries.count() >= interview.draw.tries
    following = _given_up(interview, at) if is_given_up else None
    record(
        by=by, at=at, act="spotchecks.note_try", subject=("interview", interview.pk),
        person_id=interview.line.person_id, after={"given_up": is_given_up},
    )  # fmt: skip
    return following


def _given_up(interview: Interview, at: datetime) -> Interview | None:
    interview.unreached_at = at
    with said_plainly():
        interview.save(update_fields=["unreached_at"])
    # Two that are given up at once take the next places one after the other.
    run = (
        Run.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=interview.draw.run_id)
    )
    draw = interview.draw
    place = Interview.objects.filter(draw=draw).count() + 1
    if place > draw.paid_count:
        return None
    drawn = rules.order(draw.seed, paid_references(draw.run_id), place)[-1]
    offices = offices_that_ask(run.office, in_bangkok(at).date())
    with said_plainly():
        return assign(draw, [drawn], place, offices, at)[0]

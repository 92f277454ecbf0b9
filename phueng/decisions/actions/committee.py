"""How does a committee sit: agenda, who is there, who leaves the room, what is resolved, what the minutes say?"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from phueng.access.models import Duty
from phueng.access.queries import in_force
from phueng.applications.locks import locked
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.decisions import refusals
from phueng.decisions.actions.decide import OUTCOMES, order
from phueng.decisions.models import AgendaItem, Attendance, Decision, Meeting, Recommendation, Recusal
from phueng.decisions.queries import members_voting
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok

MEMBER_ROLES = ("approver", "social_worker", "municipal_officer")


def _open(meeting_id: UUID) -> Meeting:
    """The meeting, its row held until the transaction ends."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.closed_at is not None:
        raise Refused(refusals.PROBLEMS["meeting_closed"])
    return meeting


@action
def call_meeting(
    *, by: Actor, at: datetime, office_id: UUID, scheme_code: str, held_at: datetime, quorum: int
) -> Meeting:
    """Call a meeting; the same call again returns it."""
    if by.id is None:
        raise ValueError("a person calls a meeting")
    meeting, is_new = Meeting.objects.get_or_create(
        office_id=office_id,
        scheme_code=scheme_code,
        held_at=held_at,
        defaults={"quorum": quorum, "called_at": at, "called_by_id": by.id},
    )
    if is_new:
        record(by=by, at=at, act="decisions.call_meeting", subject=("meeting", meeting.pk), after={"quorum": quorum})
    return meeting


@action
def put_on_agenda(*, by: Actor, at: datetime, meeting_id: UUID, recommendation_id: UUID) -> AgendaItem:
    """Put a recommendation at the end of the agenda, once."""
    meeting = _open(meeting_id)
    known = meeting.items.filter(recommendation_id=recommendation_id).first()
    if known is not None:
        return known
    recommendation = Recommendation.objects.select_related("application").filter(pk=recommendation_id).first()
    if recommendation is None or not _waits_for(meeting, recommendation):
        raise Refused(refusals.NOT_FOR_THIS_MEETING)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, position=last + 1, recommendation=recommendation)
    record(
        by=by,
        at=at,
        act="decisions.put_on_agenda",
        subject=("application", recommendation.application_id),
        after={"meeting": meeting.pk, "position": item.position},
    )
    return item


def _waits_for(meeting: Meeting, recommendation: Recommendation) -> bool:
    """Whether the recommendation is the latest of an open case of this office and scheme, and undecided."""
    application = recommendation.application
    newer = Recommendation.objects.filter(application=application, round__gt=recommendation.round)
    return (
        (recommendation.office_id, application.scheme_code) == (meeting.office_id, meeting.scheme_code)
        and recommendation.outcome != "wait_budget"
        and application.closed_at is None
        and not newer.exists()
        and not Decision.objects.filter(recommendation=recommendation).exists()
    )


@action
def record_attendance(
    *, by: Actor, at: datetime, meeting_id: UUID, member_ids: Collection[UUID], chair_id: UUID
) -> int:
    """Who is there, and who chairs (said again, it replaces the chair). Returns how many members are present.

    Refused(not_a_member) when somebody holds no duty in the meeting's office today.
    """
    meeting = _open(meeting_id)
    members = {*member_ids, chair_id}
    on_duty = Duty.objects.filter(in_force(in_bangkok(at).date()), office_id=meeting.office_id, role__in=MEMBER_ROLES)
    if members - set(on_duty.values_list("account_id", flat=True)):
        raise Refused(refusals.PROBLEMS["not_a_member"])
    meeting.attendances.filter(is_chair=True).exclude(member_id=chair_id).update(is_chair=False)
    for member in members:
        Attendance.objects.update_or_create(
            meeting=meeting, member_id=member, defaults={"is_chair": member == chair_id}
        )
    present = meeting.attendances.count()
    record(by=by, at=at, act="decisions.record_attendance", subject=("meeting", meeting.pk), after={"present": present})
    return present


@action
def recuse(*, by: Actor, at: datetime, item_id: UUID, member_id: UUID, why: str) -> Recusal:
    """A member takes no part in one item."""
    item = AgendaItem.objects.select_related("recommendation").get(pk=item_id)
    _open(item.meeting_id)
    if not why.strip():
        raise Refused(refusals.WHY_IS_MISSING)
    with refusals.said_plainly():
        recusal, is_new = Recusal.objects.get_or_create(
            item=item, member_id=member_id, defaults={"why": why[:300], "recused_at": at}
        )
    if is_new:
        record(
            by=by,
            at=at,
            act="decisions.recuse",
            subject=("application", item.recommendation.application_id),
            why=why,
            after={"member": member_id},
        )
    return recusal


@action
def resolve_item(*, by: Actor, at: datetime, item_id: UUID, outcome: str, note: str) -> AgendaItem:
    """The chair records the resolution (`approve`, `refuse` or `postpone`); a quorum without the recused must be there.

    Whoever recommended, has another hand in the case, is related or left the room does not count for that item.
    Refused: not_the_chair, no_quorum, same_hands, not_for_this_meeting, and all that decide() refuses.
    """
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("recommendation").get(pk=item_id)
    meeting = _open(item.meeting_id)
    if item.resolved_at is not None:
        return item
    if not meeting.attendances.filter(is_chair=True, member_id=by.id).exists():
        raise Refused(refusals.PROBLEMS["not_the_chair"])
    voting = members_voting(item.pk, in_bangkok(at).date())
    if by.id not in voting:
        raise Refused(refusals.PROBLEMS["same_hands"])
    if len(voting) < meeting.quorum:
        raise Refused(refusals.PROBLEMS["no_quorum"])
    if outcome in OUTCOMES:
        if not _waits_for(meeting, item.recommendation):
            raise Refused(refusals.NOT_FOR_THIS_MEETING)
        application = locked(item.recommendation.application_id)
        order(by=by, at=at, application=application, outcome=outcome, why=note, meeting=meeting)
    item.resolution, item.note, item.resolved_at = outcome, note, at
    item.save(update_fields=["resolution", "note", "resolved_at"])
    record(
        by=by,
        at=at,
        act="decisions.resolve_item",
        subject=("application", item.recommendation.application_id),
        why=note,
        after={"resolution": outcome, "voting": sorted(str(member) for member in voting)},
    )
    return item


@action
def close_meeting(*, by: Actor, at: datetime, meeting_id: UUID, minutes: str) -> Meeting:
    """Close the meeting with its minutes; they never change afterwards."""
    if not minutes.strip():
        raise Refused(refusals.WHY_IS_MISSING)
    known = Meeting.objects.get(pk=meeting_id)
    if known.closed_at is not None and known.minutes == minutes:
        return known
    meeting = _open(meeting_id)
    meeting.minutes, meeting.closed_at, meeting.closed_by_name = minutes, at, by.name
    meeting.save(update_fields=["minutes", "closed_at", "closed_by_name"])
    record(by=by, at=at, act="decisions.close_meeting", subject=("meeting", meeting.pk))
    return meeting

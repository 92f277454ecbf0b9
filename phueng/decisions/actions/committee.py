"""How does a committee sit: agenda, who is there, who leaves the room, what is resolved, what the minutes say?"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.decisions import refusals
from phueng.decisions.actions.decide import order
from phueng.decisions.models import AgendaItem, Attendance, Meeting, Recommendation, Recusal
from phueng.kernel.problems import Problem, Refused

MEETING_CLOSED = Problem(
    "meeting_closed",
    "การประชุมนี้ปิดแล้ว รายงานการประชุมแก้ไม่ได้",
    "This meeting is closed; its minutes cannot change",
    "นัดประชุมครั้งใหม่",
    "Call a new meeting",
)
NO_QUORUM = Problem(
    "no_quorum",
    "ผู้เข้าประชุมที่พิจารณาเรื่องนี้ได้ไม่ครบองค์ประชุม",
    "Too few members who may take part in this item are present",
    "รอสมาชิกเพิ่ม หรือเลื่อนเรื่องนี้ไปการประชุมครั้งหน้า",
    "Wait for more members, or move the item to the next meeting",
)
NOT_THE_CHAIR = Problem(
    "not_the_chair",
    "ผู้บันทึกมติต้องเป็นประธานของการประชุมนี้",
    "The resolution is recorded by the chair of this meeting",
    "ให้ประธานเป็นผู้บันทึกมติ",
    "Let the chair record it",
)


def _open(meeting_id: UUID) -> Meeting:
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.closed_at is not None:
        raise Refused(MEETING_CLOSED)
    return meeting


@action
def call_meeting(
    *, by: Actor, at: datetime, office_id: UUID, scheme_code: str, held_at: datetime, quorum: int
) -> Meeting:
    """Call a meeting; the same call again returns it."""
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
    recommendation = Recommendation.objects.get(pk=recommendation_id, office_id=meeting.office_id)
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


@action
def record_attendance(
    *, by: Actor, at: datetime, meeting_id: UUID, member_ids: Collection[UUID], chair_id: UUID
) -> int:
    """Who is there, and who chairs. Returns how many members are present."""
    meeting = _open(meeting_id)
    for member in {*member_ids, chair_id}:
        Attendance.objects.get_or_create(meeting=meeting, member_id=member, defaults={"is_chair": member == chair_id})
    present = meeting.attendances.count()
    record(by=by, at=at, act="decisions.record_attendance", subject=("meeting", meeting.pk), after={"present": present})
    return present


@action
def recuse(*, by: Actor, at: datetime, item_id: UUID, member_id: UUID, why: str) -> Recusal:
    """A member takes no part in one item."""
    item = AgendaItem.objects.select_related("recommendation").get(pk=item_id)
    _open(item.meeting_id)
    recusal, is_new = Recusal.objects.get_or_create(
        item=item, member_id=member_id, defaults={"why": why, "recused_at": at}
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

    Whoever recommended does not count towards the quorum of that item.
    """
    item = AgendaItem.objects.select_for_update().select_related("recommendation__application").get(pk=item_id)
    meeting = _open(item.meeting_id)
    if item.resolved_at is not None:
        return item
    chair = meeting.attendances.filter(is_chair=True).first()
    if chair is None or chair.member_id != by.id:
        raise Refused(NOT_THE_CHAIR)
    out_of_the_room = set(item.recusals.values_list("member_id", flat=True)) | {item.recommendation.recommended_by_id}
    voting = meeting.attendances.exclude(member_id__in=out_of_the_room).count()
    if voting < meeting.quorum:
        raise Refused(NO_QUORUM)
    if by.id in out_of_the_room:
        raise Refused(refusals.PROBLEMS["same_hands"])
    if outcome in ("approve", "refuse"):
        order(by=by, at=at, application=item.recommendation.application, outcome=outcome, why=note, meeting=meeting)
    item.resolution, item.note, item.resolved_at = outcome, note, at
    item.save(update_fields=["resolution", "note", "resolved_at"])
    record(
        by=by,
        at=at,
        act="decisions.resolve_item",
        subject=("application", item.recommendation.application_id),
        why=note,
        after={"resolution": outcome, "voting": voting},
    )
    return item


@action
def close_meeting(*, by: Actor, at: datetime, meeting_id: UUID, minutes: str) -> Meeting:
    """Close the meeting with its minutes; they never change afterwards."""
    meeting = _open(meeting_id)
    if not minutes.strip():
        raise Refused(refusals.WHY_IS_MISSING)
    meeting.minutes, meeting.closed_at, meeting.closed_by_name = minutes, at, by.name
    meeting.save(update_fields=["minutes", "closed_at", "closed_by_name"])
    record(by=by, at=at, act="decisions.close_meeting", subject=("meeting", meeting.pk))
    return meeting

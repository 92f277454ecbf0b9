"""What does a committee meeting show: agenda with cases, who is there, who may take part in which item?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from phueng.access.models import Account
from phueng.access.queries import accounts_with_duty
from phueng.access.viewers import Viewer
from phueng.decisions.models import AgendaItem, Attendance, Decision, Meeting, Recommendation, Recusal
from phueng.decisions.queries import meetings_for
from phueng.places.models import Office


@dataclass(frozen=True, slots=True)
class MeetingSeen:
    """One meeting with everything on its page."""

    meeting: Meeting
    attendances: tuple[Attendance, ...]
    items: tuple[AgendaItem, ...]

    @property
    def chair_id(self) -> UUID | None:
        """Whose pen records the resolutions."""
        return next((one.member_id for one in self.attendances if one.is_chair), None)

    @property
    def has_quorum(self) -> bool:
        """Are enough members there for the meeting as a whole?"""
        return len(self.attendances) >= self.meeting.quorum


def seen_meetings(viewer: Viewer) -> QuerySet[Meeting]:
    """Meetings of the viewer's offices; an auditor sees all."""
    if viewer.has_role("auditor"):
        return Meeting.objects.select_related("office").order_by("-held_at")
    return meetings_for(viewer)


def meeting_seen(viewer: Viewer, meeting_id: UUID) -> MeetingSeen | None:
    """One meeting, or None when it is not there or not theirs."""
    meeting = (
        seen_meetings(viewer)
        .filter(pk=meeting_id)
        .prefetch_related(
            Prefetch(
                "attendances",
                Attendance.objects.select_related("member").order_by("-is_chair", "member__display_name_th"),
            ),
            Prefetch("items", AgendaItem.objects.select_related("recommendation__application").order_by("position")),
            Prefetch("items__recusals", Recusal.objects.select_related("member")),
        )
        .first()
    )
    return MeetingSeen(meeting, tuple(meeting.attendances.all()), tuple(meeting.items.all())) if meeting else None


def item_of(viewer: Viewer, item_id: UUID) -> AgendaItem | None:
    """One agenda item of a meeting of theirs."""
    return AgendaItem.objects.filter(pk=item_id, meeting__in=seen_meetings(viewer)).first()


def could_be_put(meeting: Meeting) -> list[Recommendation]:
    """Recommendations of this office and scheme that wait and are not on this agenda yet."""
    decided = Decision.objects.filter(recommendation=OuterRef("pk"))
    waiting = Recommendation.objects.filter(
        office_id=meeting.office_id, application__scheme_code=meeting.scheme_code, application__closed_at=None
    ).exclude(outcome="wait_budget")
    on_agenda = AgendaItem.objects.filter(meeting=meeting).values("recommendation")
    return list(
        waiting.filter(~Exists(decided))
        .exclude(pk__in=on_agenda)
        .select_related("application")
        .order_by("recommended_at")[:50]
    )


def could_attend(office: Office, on: date) -> list[Account]:
    """Who may sit in the committee: those who decide in the office of the case."""
    return accounts_with_duty("approver", office.pk, on)

"""What does each row of decisions look like in a test? Officers are the cast, whom the guards know."""

# mypy: allow-untyped-calls

from datetime import timedelta
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from phueng.applications.tests.factories import MOMENT, SubmittedApplicationFactory
from phueng.decisions.models import AgendaItem, Appeal, Attendance, Decision, Meeting, Recommendation, Recusal
from phueng.demo import people
from phueng.kernel.references import new_reference
from phueng.places.models import Office


def centre() -> Office:
    """The centre of Khon Kaen."""
    return Office.objects.get(code=people.KHON_KAEN)


class RecommendationFactory(DjangoModelFactory[Recommendation]):
    """2,000 baht, recommended by the social worker."""

    class Meta:
        model = Recommendation

    application: Any = SubFactory(SubmittedApplicationFactory, scheme_code="family", office=LazyFunction(centre))
    outcome = "approve"
    amount_satang = 200_000
    why = "รายได้ไม่พอกับค่าอาหาร"
    office = SelfAttribute("application.office")
    recommended_at = MOMENT
    recommended_by_id = people.SOCIAL_WORKER.account_id
    recommended_by_name = people.SOCIAL_WORKER.name_th


class DecisionFactory(DjangoModelFactory[Decision]):
    """Approved by the approver."""

    class Meta:
        model = Decision

    recommendation: Any = SubFactory(RecommendationFactory)
    application = SelfAttribute("recommendation.application")
    round = SelfAttribute("recommendation.round")
    outcome = "approved"
    amount_satang = LazyAttribute(
        lambda made: made.recommendation.amount_satang if made.outcome == "approved" else None
    )
    office = SelfAttribute("recommendation.office")
    decided_at = MOMENT
    decided_by_id = people.APPROVER.account_id
    decided_by_name = people.APPROVER.name_th


class AppealFactory(DjangoModelFactory[Appeal]):
    """Somebody disagrees."""

    class Meta:
        model = Appeal

    decision: Any = SubFactory(DecisionFactory, outcome="refused", why="รายได้เพียงพอ")
    reference = LazyFunction(new_reference)
    grounds = "รายได้ที่เขียนไว้เป็นของปีก่อน"
    appealed_at = MOMENT
    office = SelfAttribute("decision.office")


class MeetingFactory(DjangoModelFactory[Meeting]):
    """Three members are a quorum."""

    class Meta:
        model = Meeting

    office = LazyFunction(centre)
    scheme_code = "family"
    held_at = Sequence(lambda n: MOMENT + timedelta(minutes=n))
    quorum = 3
    called_at = MOMENT
    called_by_id = people.APPROVER.account_id


class AttendanceFactory(DjangoModelFactory[Attendance]):
    """The approver is there."""

    class Meta:
        model = Attendance

    meeting: Any = SubFactory(MeetingFactory)
    member_id = people.APPROVER.account_id


class AgendaItemFactory(DjangoModelFactory[AgendaItem]):
    """The first item."""

    class Meta:
        model = AgendaItem

    meeting: Any = SubFactory(MeetingFactory)
    position = 1
    recommendation: Any = SubFactory(RecommendationFactory)


class RecusalFactory(DjangoModelFactory[Recusal]):
    """A neighbour leaves the room."""

    class Meta:
        model = Recusal

    item: Any = SubFactory(AgendaItemFactory)
    member_id = people.RELATED_APPROVER.account_id
    why = "เป็นเพื่อนบ้านของผู้ขอ"
    recused_at = MOMENT


EVERY_FACTORY = (
    RecommendationFactory, DecisionFactory, AppealFactory, MeetingFactory, AttendanceFactory, AgendaItemFactory,
    RecusalFactory,
)  # fmt: skip

"""Where do the checks of a request stand, what still hinders a decision, and what was seen at the home?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from phueng.applications.models import Application
from phueng.questionnaires.queries import Answers
from phueng.verification import wording
from phueng.verification.kinds import BY_WORKER, LABELS
from phueng.verification.models import Check, Visit
from phueng.verification.rounds import CLEAR, latest_checks, may_run, standing
from phueng.verification.visits import answers_of_visit


@dataclass(frozen=True)
class SettlementCard:
    """What an officer said about a check that asked for attention."""

    outcome: str
    why: str
    settled_at: datetime
    settled_by_name: str


@dataclass(frozen=True)
class CheckCard:
    """One check as an officer sees it: question, answer, source, time, and why it still waits."""

    id: UUID
    application_id: UUID
    kind: str
    round: int
    outcome: str
    standing: str
    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    source: str
    asked_at: datetime
    answered_at: datetime | None
    tries: int
    next_try_at: datetime
    last_failure: str
    settlement: SettlementCard | None
    waits_for_others: bool = False

    def label(self, language: str) -> str:
        """What is checked."""
        return LABELS[self.kind].in_language(language)

    def said(self, language: str) -> str:
        """What came out, or why it waits."""
        if self.outcome == "waiting":
            return self.waiting_said(language)
        return str(self.answer["en" if language.startswith("en") else "th"])

    def waiting_said(self, language: str) -> str:
        """Why there is no answer yet; "" once there is one."""
        if self.outcome != "waiting":
            return ""
        if self.kind == "home_visit":
            return wording.WAITING_FOR_VISIT.in_language(language)
        if self.waits_for_others:
            return wording.WAITING_FOR_OTHERS.in_language(language)
        failure = wording.FAILURES.get(self.last_failure.split(":")[0])
        return (failure or wording.WAITING).in_language(language)

    def source_said(self, language: str) -> str:
        """Who says so; "" while nobody has said anything."""
        return wording.source_words(self.source).in_language(language) if self.source else ""

    @property
    def facts(self) -> list[Mapping[str, Any]]:
        """The compared values."""
        return list(self.answer.get("facts", ()))

    @property
    def candidates(self) -> list[Mapping[str, Any]]:
        """Known people who look like the applicant."""
        return list(self.answer.get("candidates", ()))


@dataclass(frozen=True)
class OpenQuestion:
    """Something that stands between a request and its decision."""

    kind: str
    check_id: UUID | None
    standing: str
    th: str
    en: str
    hinders_approval: bool
    hinders_refusal: bool

    def said(self, language: str) -> str:
        """The sentence in this language."""
        return self.en if language.startswith("en") else self.th


@dataclass(frozen=True)
class VisitCard:
    """A home visit: who went, when, and where they stood."""

    id: UUID
    application_id: UUID
    sheet_id: UUID
    started_at: datetime
    finished_at: datetime | None
    visited_by_id: UUID
    visited_by_name: str
    latitude: float | None
    longitude: float | None
    accuracy_metres: float | None


def checks_of(application_ids: Collection[UUID], rows: Iterable[Check] | None = None) -> dict[UUID, list[CheckCard]]:
    """The latest round of each check of each application, in the order in which they run; one query.

    A page that fetches several lists at once hands over its `rounds.check_rows`, and nothing is asked.
    """
    return {
        application_id: [_card(check, checks) for check in checks.values()]
        for application_id, checks in latest_checks(application_ids, rows).items()
    }


def open_questions(application_id: UUID) -> list[OpenQuestion]:
    """What hinders a recommendation. A failed check hinders an approval; once one has failed, nothing hinders a refusal:
    nobody needs to be visited at home to be told that they live in another municipality."""
    linked = Application.objects.values("person_id", "household_id").filter(pk=application_id).first()
    return open_questions_among(checks_of([application_id])[application_id], **(linked or NOBODY))


def open_questions_among(
    checks: Collection[CheckCard], *, person_id: UUID | None, household_id: UUID | None
) -> list[OpenQuestion]:
    """The same for checks that are at hand, of an application linked to this person and household."""
    if not checks:
        words = wording.NOT_STARTED
        return [OpenQuestion("checks", None, "waiting", words.th, words.en, True, True)]
    reason_to_refuse = any(one.standing in ("failed", "refused") for one in checks)
    return [
        OpenQuestion(
            kind=one.kind,
            check_id=one.id,
            standing=one.standing,
            th=f"{one.label('th')}: {one.said('th')}",
            en=f"{one.label('en')}: {one.said('en')}",
            hinders_approval=True,
            hinders_refusal=not reason_to_refuse and one.kind != "home_visit",
        )
        for one in checks
        if one.standing not in CLEAR or _leaves_nobody(one, person_id, household_id)
    ]


NOBODY: Mapping[str, None] = MappingProxyType({"person_id": None, "household_id": None})


def _leaves_nobody(check: CheckCard, person_id: UUID | None, household_id: UUID | None) -> bool:
    """An officer's word cannot stand for a person or household that was never linked: to whom would the money go?"""
    if check.standing != "accepted" or check.kind not in ("same_person", "household"):
        return False
    return (person_id if check.kind == "same_person" else household_id) is None


def eligibility_of(application_id: UUID) -> Mapping[str, Any] | None:
    """The latest answer about the conditions of the law, with every reason, value and source; None while it waits."""
    check = (
        Check.objects.filter(application_id=application_id, kind="eligibility", answered_at__isnull=False)
        .order_by("-round")
        .first()
    )
    return None if check is None else check.answer


def visits_of(application_id: UUID) -> list[VisitCard]:
    """Every visit of this request, latest first."""
    return visit_cards(visit_rows(application_id))


def visit_rows(application_id: UUID) -> QuerySet[Visit]:
    """What `visits_of` reads, for a page that fetches several lists at once."""
    return Visit.objects.filter(application_id=application_id).order_by("-started_at")


def visit_cards(rows: Iterable[Visit]) -> list[VisitCard]:
    """Visits as pages show them."""
    return [_visit(one) for one in rows]


def open_visit(application_id: UUID) -> VisitCard | None:
    """The visit that is being filled in."""
    return next((one for one in visits_of(application_id) if one.finished_at is None), None)


def visit_by_id(visit_id: UUID) -> VisitCard | None:
    """One visit, for its pages."""
    visit = Visit.objects.filter(pk=visit_id).first()
    return None if visit is None else _visit(visit)


def visit_answers(visit_id: UUID) -> Answers:
    """The answers of one visit. Raises Visit.DoesNotExist."""
    return answers_of_visit(Visit.objects.get(pk=visit_id))


def checks_waiting_long(tries: int = 3, limit: int = 100) -> list[CheckCard]:
    """Checks that got no answer several times: nothing is stuck without being seen."""
    waiting = Check.objects.filter(outcome="waiting", tries__gte=tries, application__closed_at=None)
    return [_card(check) for check in waiting.select_related("settlement").order_by("asked_at")[:limit]]


def _card(check: Check, others: Mapping[str, Check] = MappingProxyType({})) -> CheckCard:
    settled = getattr(check, "settlement", None)
    return CheckCard(
        id=check.pk, application_id=check.application_id, kind=check.kind, round=check.round, outcome=check.outcome,
        standing=standing(check), question=check.question or {}, answer=check.answer or {}, source=check.source,
        asked_at=check.asked_at, answered_at=check.answered_at, tries=check.tries, next_try_at=check.next_try_at,
        last_failure=check.last_failure,
        settlement=settled and SettlementCard(settled.outcome, settled.why, settled.settled_at, settled.settled_by_name),
        waits_for_others=check.outcome == "waiting" and check.kind in BY_WORKER and not may_run(check, others),
    )  # fmt: skip


def _visit(one: Visit) -> VisitCard:
    return VisitCard(
        id=one.pk, application_id=one.application_id, sheet_id=one.sheet_id, started_at=one.started_at,
        finished_at=one.finished_at, visited_by_id=one.visited_by_id, visited_by_name=one.visited_by_name,
        latitude=one.latitude, longitude=one.longitude, accuracy_metres=one.accuracy_metres,
    )  # fmt: skip

"""What lies on the desk when a case is opened? Everything about it, in about twenty queries, whatever its size."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from phueng.access.models import Delegation, Hand
from phueng.access.queries import hands_on
from phueng.access.viewers import Viewer
from phueng.applications.models import Application, MissingThing
from phueng.applications.queries import answers_of_application, open_missing_thing
from phueng.audit.models import Entry
from phueng.audit.queries import entries_about
from phueng.calendars.clock_states import ClockState
from phueng.calendars.queries import clock_states
from phueng.decisions.models import Appeal, Decision, Recommendation
from phueng.decisions.queries import CaseDecisions, decisions_of, delegation_for
from phueng.desk.households import HouseholdSeen, household_seen
from phueng.desk.queries import stage_of
from phueng.desk.stages import Stage
from phueng.documents.models import Letter
from phueng.documents.queries import EvidenceCard, evidence_of, letters_of
from phueng.entitlements.queries import EntitlementCard, entitlement_of_decision
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.ledger.queries import BudgetState, budget
from phueng.notices.queries import MessageCard, messages_about
from phueng.payments.queries import Payment, payments_of_decisions
from phueng.questionnaires.queries import Answers
from phueng.schemes.catalogue import scheme
from phueng.schemes.definition import Scheme
from phueng.verification.queries import CheckCard, OpenQuestion, VisitCard, checks_of, open_questions, visits_of


@dataclass(frozen=True)
class CaseFile:
    """One case with everything that belongs to it, as one viewer sees it at one moment."""

    viewer: Viewer
    application: Application
    at: datetime
    answers: Answers
    clock: ClockState | None
    checks: tuple[CheckCard, ...]
    decisions: CaseDecisions
    missing: MissingThing | None
    visits: tuple[VisitCard, ...]
    evidence: tuple[EvidenceCard, ...]
    letters: tuple[Letter, ...]
    messages: tuple[MessageCard, ...]
    entries: tuple[Entry, ...]
    hands: tuple[Hand, ...]
    household: HouseholdSeen | None
    entitlement: EntitlementCard | None
    payments: tuple[Payment, ...]

    @property
    def on(self) -> date:
        """Today, in Bangkok."""
        return in_bangkok(self.at).date()

    @cached_property
    def scheme(self) -> Scheme:
        """What was asked for."""
        return scheme(self.application.scheme_code)

    @cached_property
    def stage(self) -> Stage:
        """Where the case stands."""
        return stage_of(self.application)

    @property
    def is_open(self) -> bool:
        """Is there still something to do before it is decided?"""
        return self.application.closed_at is None and self.application.state == "submitted"

    @property
    def standing(self) -> str:
        """How the entitlement stands today, or "" when there is none."""
        return self.entitlement.standing(self.on) if self.entitlement else ""

    @property
    def awaiting(self) -> Recommendation | None:
        """The recommendation that waits for a second person."""
        return self.decisions.awaiting

    @property
    def decision(self) -> Decision | None:
        """The decision that holds."""
        return self.decisions.latest

    @property
    def open_appeal(self) -> Appeal | None:
        """The appeal that nobody has settled."""
        return next((appeal for appeal in self.decisions.appeals if appeal.settled_at is None), None)

    @property
    def open_visit(self) -> VisitCard | None:
        """The visit that was started and not finished."""
        return next((visit for visit in self.visits if visit.finished_at is None), None)

    @property
    def asks_for_visit(self) -> bool:
        """Does the scheme want the home to be seen, and has nobody been there?"""
        check = next((one for one in self.checks if one.kind == "home_visit"), None)
        return check.standing == "waiting" if check else "home_visit" in self.scheme.checks_required

    @property
    def attention(self) -> tuple[CheckCard, ...]:
        """Checks that wait for an officer's word."""
        return tuple(check for check in self.checks if check.standing == "attention")

    @property
    def eligibility(self) -> CheckCard | None:
        """What the rules say, when they were asked."""
        return next((check for check in self.checks if check.kind == "eligibility" and check.answer), None)

    @cached_property
    def questions_left(self) -> list[OpenQuestion]:
        """What hinders a recommendation. Asked only where a recommendation is at hand."""
        return open_questions(self.application.pk)

    @cached_property
    def my_hand(self) -> str:
        """The part this viewer already has in the case, or ""."""
        return next((hand.hand for hand in self.hands if hand.account_id == self.viewer.account_id), "")

    @cached_property
    def delegation(self) -> Delegation | None:
        """The order under which this viewer may approve the recommended amount today."""
        waiting = self.awaiting
        if waiting is None or self.viewer.account_id is None or self.application.office_id is None:
            return None
        return delegation_for(
            self.viewer.account_id,
            self.application.office_id,
            self.application.scheme_code,
            waiting.amount_satang,
            self.on,
        )

    @cached_property
    def budget(self) -> BudgetState | None:
        """What this office still has for the scheme this fiscal year; asked where somebody decides about money."""
        office = self.application.office
        return budget(fiscal_year_be(self.on), self.scheme.code, office.code) if office else None

    def role_here(self, *roles: str) -> str | None:
        """The first of these roles that the viewer holds in the office of the case."""
        held = {duty.role for duty in self.viewer.duties if duty.office_id == self.application.office_id}
        return next((role for role in roles if role in held), None)


def case_file(viewer: Viewer, application: Application, at: datetime) -> CaseFile:
    """Gather everything; the application comes from `queries.case_for`, which asked whether the viewer may see it."""
    number = application.pk
    on = in_bangkok(at).date()
    decisions = decisions_of([number])[number]
    visits = tuple(visits_of(number))
    subjects = [number, *(visit.id for visit in visits)]
    files = evidence_of(subjects)
    letters = letters_of([*subjects, *(decision.pk for decision in decisions.decisions)])
    approved = next((one for one in reversed(decisions.decisions) if one.outcome == "approved"), None)
    return CaseFile(
        viewer=viewer,
        application=application,
        at=at,
        answers=answers_of_application(application),
        clock=clock_states([number], on).get(number),
        checks=tuple(checks_of([number]).get(number, ())),
        decisions=decisions,
        missing=open_missing_thing(number) if stage_of(application).code == "asked" else None,
        visits=visits,
        evidence=tuple(card for of in subjects for card in files.get(of, ())),
        letters=tuple(letter for found in letters.values() for letter in found),
        messages=tuple(messages_about(number)),
        entries=entries_about(("application", number), reads=False).entries,
        hands=tuple(hands_on(number)),
        household=_household(application, on),
        entitlement=entitlement_of_decision(approved.pk) if approved else None,
        payments=tuple(payments_of_decisions([approved.pk])[approved.pk]) if approved else (),
    )


def _household(application: Application, on: date) -> HouseholdSeen | None:
    if application.person_id is None and application.household_id is None:
        return None
    return household_seen(on, household_id=application.household_id, person_id=application.person_id)

"""What lies on the desk when a case is opened? Everything about it, in three queries, whatever its size."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import QuerySet

from phueng.access.models import Delegation, Hand
from phueng.access.queries import hand_rows
from phueng.access.viewers import Viewer
from phueng.applications.models import Application, Claim, MissingThing
from phueng.applications.queries import answers_of_application, running_claims
from phueng.audit.models import Entry
from phueng.audit.queries import newest_about
from phueng.calendars.clock_states import ClockState
from phueng.calendars.queries import clock_states
from phueng.decisions.models import Appeal, Decision, Recommendation
from phueng.decisions.queries import CaseDecisions, decision_rows, decisions_of, delegations_for
from phueng.desk.households import HouseholdSeen, household_from, household_rows
from phueng.desk.queries import stage_of
from phueng.desk.stages import Stage
from phueng.desk.together import fetch_together
from phueng.documents.models import Letter
from phueng.documents.queries import EvidenceCard, evidence_from, evidence_rows, letter_rows
from phueng.entitlements.queries import EntitlementCard, entitlement_cards, granted_by
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.ledger.queries import BudgetState, budget
from phueng.notices.queries import MessageCard, message_cards, message_rows
from phueng.payments.queries import Payment, payment_rows, payments_of_decisions
from phueng.questionnaires.queries import Answers, answer_rows
from phueng.schemes.catalogue import scheme
from phueng.schemes.definition import Scheme
from phueng.verification.queries import (
    CheckCard,
    OpenQuestion,
    VisitCard,
    checks_of,
    open_questions_among,
    visit_cards,
    visit_rows,
)
from phueng.verification.rounds import check_rows


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
    delegation: Delegation | None
    claim: Claim | None

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
        """What hinders a recommendation."""
        linked = self.application
        return open_questions_among(self.checks, person_id=linked.person_id, household_id=linked.household_id)

    @cached_property
    def my_hand(self) -> str:
        """The part this viewer already has in the case, or ""."""
        return next((hand.hand for hand in self.hands if hand.account_id == self.viewer.account_id), "")

    @property
    def is_mine(self) -> bool:
        """Did this viewer say "I am working on it"?"""
        return self.claim is not None and self.claim.account_id == self.viewer.account_id

    @property
    def is_taken(self) -> bool:
        """Did a colleague?"""
        return self.claim is not None and not self.is_mine

    @property
    def is_checking(self) -> bool:
        """Is the worker still at its checks, so that the page should look again by itself?"""
        by_worker = [check for check in self.checks if check.kind != "home_visit"]
        return self.is_open and (not by_worker or any(check.outcome == "waiting" for check in by_worker))

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
    """Gather everything; the application comes from `queries.case_for`, which asked whether the viewer may see it.

    Three queries: what hangs on the case, what hangs on its visits and decisions, and its clock.
    """
    number, on = application.pk, in_bangkok(at).date()
    said, checks, visited = decision_rows([number]), check_rows([number]), visit_rows(number)
    answered, messages, hands = answer_rows([application.sheet_id]), message_rows([number]), hand_rows(number)
    entries = newest_about(("application", number), reads=False)
    missing, claims = MissingThing.objects.filter(application=number, answered_at=None), running_claims([number], at)
    household = household_rows(on, household_id=application.household_id, person_id=application.person_id)
    fetch_together(
        *said, checks, visited, answered, messages, hands, entries, missing, claims, household
    )  # fmt: skip
    decisions = decisions_of([number], said)[number]
    visits = tuple(visit_cards(visited))
    approved = next((one for one in reversed(decisions.decisions) if one.outcome == "approved"), None)
    subjects = [number, *(visit.id for visit in visits)]
    files, letters = evidence_rows(subjects), letter_rows([*subjects, *(one.pk for one in decisions.decisions)])
    granting = [approved.pk] if approved else []
    granted, paid = granted_by(granting), payment_rows(granting)
    delegations = _delegations(viewer, application, decisions, on)
    fetch_together(files, letters, granted, paid, delegations)
    found = evidence_from(files)
    return CaseFile(
        viewer=viewer,
        application=application,
        at=at,
        answers=answers_of_application(application, answered),
        clock=clock_states([number], on).get(number),
        checks=tuple(checks_of([number], checks)[number]),
        decisions=decisions,
        missing=next(iter(missing), None) if stage_of(application).code == "asked" else None,
        visits=visits,
        evidence=tuple(card for of in subjects for card in found.get(of, ())),
        letters=tuple(letters),
        messages=tuple(message_cards(messages)),
        entries=tuple(entries),
        hands=tuple(hands),
        household=household_from(household, on),
        entitlement=next(iter(entitlement_cards(granted)), None),
        payments=tuple(payments_of_decisions(granting, paid)[approved.pk]) if approved else (),
        delegation=next(iter(delegations), None),
        claim=next(iter(claims), None),
    )


def _delegations(viewer: Viewer, application: Application, decisions: CaseDecisions, on: date) -> QuerySet[Delegation]:
    """The orders under which this viewer may approve the recommended amount today."""
    waiting = decisions.awaiting
    if waiting is None or viewer.account_id is None or application.office_id is None:
        return Delegation.objects.none()
    lent = viewer.lent_duty(
        application.pk, "approver"
    )  # a borrowed approver decides under the order of their own office
    covering = delegations_for(
        viewer.account_id,
        lent.office_id if lent else application.office_id,
        application.scheme_code,
        waiting.amount_satang,
        on,
    )
    return covering[:1]

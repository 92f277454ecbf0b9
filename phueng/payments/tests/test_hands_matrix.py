"""Can anybody have two hands in one case? Every set of hands, through the actions and beside them.

Five hands make 31 sets. For each, one person tries to lay all hands of the set on one case, while others lay the rest;
whoever approves the run stands beside them as a sixth. Everybody here holds every duty in the office: it is not a
missing duty that refuses.
"""

from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any

import pytest
from django.db import connection, transaction

from phueng.access.models import Hand
from phueng.applications.actions import (
    link_person,
    save_application_answers,
    start_application,
    submit_application,
    triage_application,
)
from phueng.applications.models import Application
from phueng.audit.actors import Actor
from phueng.decisions.actions import decide, recommend
from phueng.decisions.models import Decision, Recommendation
from phueng.decisions.tests import scenes as cases
from phueng.decisions.tests.rawly import guard_that_refuses, insert, refused_with
from phueng.decisions.tests.rawly import run as run_sql
from phueng.payments.actions import prepare_run
from phueng.payments.models import Line, Run
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import LineFactory, RunFactory
from phueng.payments.tests.scenes import NOON, PAY_DAY
from phueng.payments.tests.signers import HOME, approve, everything, raw_approval
from phueng.places.identity import office_id
from phueng.schemes.catalogue import questionnaire
from phueng.verification.actions import answer_check, start_checks
from phueng.verification.models import Check

pytestmark = pytest.mark.django_db
DUTIES = {"front_desk", "social_worker", "approver", "finance_maker", "finance_checker", "releaser"}
ORDER = ("recorder", "verifier", "approver", "payer", "checker", "releaser")
FIVE = ("recorder", "verifier", "approver", "payer", "releaser")
SETS = [chosen for size in range(1, 6) for chosen in combinations(FIVE, size)]
# Every approver beside each other hand.
PAIRS = [tuple(sorted((other, "checker"), key=ORDER.index)) for other in FIVE]
REFUSALS = {"same_hands", "same_signer"}
GUARDS = {
    "same_hands", "signer_has_a_hand", "run_is_approved_by_somebody_else", "run_is_released_by_somebody_else",
    "approver_does_not_release",
}  # fmt: skip


class OneCase:
    """A case on its way from the counter to the bank; each step is somebody's hand, by the book or beside it."""

    application: Application
    run: Run

    def lay(self, hand: str, by: Actor) -> None:
        """By the book."""
        getattr(self, f"_{hand}")(by)

    def lay_raw(self, hand: str, by: Actor) -> None:
        """The row alone, as the application's role could write it."""
        getattr(self, f"_raw_{hand}")(by)

    def _recorder(self, by: Actor) -> None:
        who = cases.new_applicant()
        draft = start_application(
            by=by, at=cases.MOMENT, scheme_code="family", channel="counter", device_key=f"desk {who.number}",
            entered_by_id=by.id, consent_how="spoken", consent_witness="พยาน ทดสอบดี",
        )  # fmt: skip
        answers = cases.typed(who)
        for page in questionnaire("family").pages:
            said = {code: answers[code] for code in page.questions if code in answers}
            if said:
                save_application_answers(
                    by=by, at=cases.MOMENT, application_id=draft.pk, page_code=page.code, typed=said
                )
        sent = submit_application(by=by, at=cases.MOMENT, application_id=draft.pk)
        triage_application(by=cases.FRONT_DESK, at=cases.MOMENT, application_id=sent.pk, category="known")
        start_checks(by=cases.WORKER, at=cases.MOMENT, application_id=sent.pk)
        link_person(
            by=cases.WORKER, at=cases.MOMENT, application_id=sent.pk, person_id=who.person_id,
            household_id=who.household_id,
        )  # fmt: skip
        for check in Check.objects.filter(application=sent):
            answer = {"code": "right", "th": "ถูกต้อง", "en": "Right"}
            answer_check(
                by=cases.WORKER, at=cases.MOMENT, check_id=check.pk, outcome="passed", answer=answer, source="test"
            )
        self.application = Application.objects.get(pk=sent.pk)

    def _verifier(self, by: Actor) -> None:
        recommend(
            by=by, at=cases.MOMENT, application_id=self.application.pk, outcome="approve",
            amount_satang=cases.AMOUNT, why=cases.WHY,
        )  # fmt: skip

    def _raw_verifier(self, by: Actor) -> None:
        insert(
            Recommendation, application_id=self.application.pk, round=1, outcome="approve", amount_satang=cases.AMOUNT,
            reasons=[], why="x", office_id=office_id(HOME), recommended_at=cases.MOMENT, recommended_by_id=by.id,
            recommended_by_name=by.name,
        )  # fmt: skip

    def _approver(self, by: Actor) -> None:
        decide(by=by, at=cases.MOMENT, application_id=self.application.pk, outcome="approve", why="")

    def _raw_approver(self, by: Actor) -> None:
        recommendation = Recommendation.objects.get(application=self.application)
        insert(
            Decision, application_id=self.application.pk, recommendation_id=recommendation.pk, round=1,
            outcome="approved", amount_satang=cases.AMOUNT, office_id=office_id(HOME), decided_at=cases.MOMENT,
            decided_by_id=by.id, decided_by_name=by.name, why="x",
        )  # fmt: skip

    def _payer(self, by: Actor) -> None:
        self.run = prepare_run(by=by, at=NOON, scheme_code="family", office_id=office_id(HOME), effective_on=PAY_DAY)

    def _raw_payer(self, by: Actor) -> None:
        decision = Decision.objects.get(application=self.application)
        run = RunFactory.create(prepared_by_id=by.id)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT d.id, d.person_id FROM entitlements_due d JOIN entitlements_entitlement e"
                " ON e.id = d.entitlement_id WHERE e.decision_id = %s",
                [decision.pk],
            )
            due_id, person_id = cursor.fetchone()
        line = LineFactory.build(run=run, due=None, person=None)
        columns = {field.column: getattr(line, field.attname) for field in Line._meta.local_concrete_fields}
        insert(Line, **columns | {"due_id": due_id, "person_id": person_id})

    def _checker(self, by: Actor) -> None:
        approve(self.run, by)
        scenes.record_draw(self.run)

    def _raw_checker(self, by: Actor) -> None:
        raw_approval(self.run, by, 1)()

    def _releaser(self, by: Actor) -> None:
        scenes.release(self.run, by)

    def _raw_releaser(self, by: Actor) -> None:
        sign = "UPDATE payments_run SET released_at = %s, released_by_id = %s WHERE id = %s"
        run_sql(sign, NOON, by.id, self.run.pk)

    def raw_hand(self, hand: str, by: Actor) -> None:
        """The hand alone."""
        insert(Hand, case_id=self.application.pk, hand=hand, account_id=by.id, laid_at=NOON)


def somebody() -> Actor:
    return everything(DUTIES, HOME)


def acting(by: Actor, hand: str) -> Actor:
    """The same person in the duty of this hand."""
    role = dict(
        zip(
            ORDER,
            ("front_desk", "social_worker", "approver", "finance_maker", "finance_checker", "releaser"),
            strict=True,
        )
    )
    return Actor(by.kind, by.id, by.name, role[hand], by.office_code, by.request_id)


def refusals_of(case: OneCase, hand: str, by: Actor) -> tuple[str, str, str]:
    """What the action, the row beside it and the hand alone are answered."""
    attempt: Callable[[], Any] = partial(case.lay, hand, by)
    return (
        refused_with(attempt),
        guard_that_refuses(partial(case.lay_raw, hand, by)),
        guard_that_refuses(partial(case.raw_hand, hand, by)),
    )


@pytest.mark.parametrize("chosen", [*SETS, *PAIRS], ids="+".join)
def test_nobody_has_two_hands_in_one_case(chosen: tuple[str, ...]) -> None:
    greedy, case, laid = somebody(), OneCase(), False
    for hand in ORDER:
        if hand not in chosen or not laid:
            case.lay(hand, acting(greedy if hand in chosen else somebody(), hand))
            laid = laid or hand in chosen
            continue
        by_action, by_row, by_hand = refusals_of(case, hand, acting(greedy, hand))
        assert by_action in REFUSALS
        assert by_row in GUARDS
        assert by_hand == "access_hand_one_per_case"
        case.lay(hand, acting(somebody(), hand))  # somebody else can, and the case goes on
    case.run.refresh_from_db()
    assert case.run.released_at == NOON
    accounts = list(Hand.objects.filter(case_id=case.application.pk).values_list("account_id", flat=True))
    assert len(accounts) == len(set(accounts)) == 6


def test_a_rule_that_compares_only_the_same_hand_lets_them_pass() -> None:
    """Negative control: the rule of older systems (nobody lays the same hand twice) refuses none of these sets."""
    passed = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE naive_hand (case_no int, hand text, account text, UNIQUE (case_no, hand, account))"
            " ON COMMIT DROP"
        )
        for case_no, chosen in enumerate(SETS):
            with transaction.atomic():
                for hand in chosen:
                    cursor.execute("INSERT INTO naive_hand VALUES (%s, %s, 'greedy')", [case_no, hand])
            passed += len(chosen) > 1
    assert (passed, len(SETS)) == (26, 31)

"""What happens to somebody who goes round the service, with the application's own rights in the database?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from phueng.decisions.tests.rawly import guard_that_refuses, run
from phueng.demo import people
from phueng.payments.tests import scenes as money
from phueng.places.models import Office
from phueng.recoveries.models import DeductionConsent
from phueng.recoveries.sql import APPEND_ONLY_TABLES, AUDITED_TABLES, CHANGING_TABLES
from phueng.recoveries.tests import factories, scenes
from phueng.registry.actions import link_account, state_relation
from phueng.registry.models import Person

pytestmark = pytest.mark.django_db
NO_PRIVILEGE = "42501"


def refused(attempt: Callable[[], object]) -> str:
    """Which guard refuses, with everything that is deferred looked at too."""

    def whole() -> None:
        attempt()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    return guard_that_refuses(whole)


@pytest.mark.parametrize(
    "factory",
    [
        factories.HearingFactory, factories.AnswerFactory, factories.EnquiryFactory, factories.AssessmentFactory,
        factories.RulingFactory, factories.RulingAppealFactory, factories.DeductionConsentFactory,
        factories.RepaymentFactory, factories.OverpaidLineFactory,
    ],
)  # fmt: skip
def test_the_guards_let_an_honest_row_pass(factory: Any) -> None:
    """The control of every test below: what is refused there is refused for its fault, not for being raw."""
    with transaction.atomic():
        assert factory.create().pk


def test_no_more_than_was_paid_and_only_what_was_paid() -> None:
    line = scenes.paid_line()
    said: dict[str, Any] = {"line": line}
    assert refused(lambda: factories.OverpaidLineFactory.create(**said, amount_satang=200_001)) == "more_than_was_paid"
    unpaid = money.released(1).lines.select_related("person").get()
    assert refused(lambda: factories.OverpaidLineFactory.create(line=unpaid)) == "more_than_was_paid"
    another = lambda: factories.OverpaidLineFactory.create(  # noqa: E731
        **said,
        overpayment=factories.OverpaymentFactory.create(person=Person.objects.get(pk=people.GRANDMOTHER.person_id)),
    )
    assert refused(another) == "another_person"


def test_a_payment_is_asked_about_once_and_the_sum_is_that_of_its_lines() -> None:
    line = scenes.paid_line()
    overpayment = scenes.noted(line)
    assert refused(lambda: factories.OverpaidLineFactory.create(line=line)) == "line_is_asked_about_once"
    other = scenes.paid_line()
    alone = lambda: factories.OverpaymentFactory.create(person=other.person)  # noqa: E731
    assert refused(alone) == "sum_is_wrong"
    assert refused(
        lambda: run("UPDATE recoveries_overpayment SET amount_satang = 1 WHERE id = %s", overpayment.pk)
    ) == ("never_edited")


@pytest.mark.parametrize("state", ["assessed", "decided", "settled", "nothing_owed", "repaying"])
def test_a_step_cannot_be_jumped(state: str) -> None:
    overpayment = scenes.told()
    closing = ", closed_at = now(), closed_why = 'x'" if state in ("settled", "nothing_owed") else ""
    statement = f"UPDATE recoveries_overpayment SET state = %s{closing} WHERE id = %s"  # noqa: S608
    assert refused(lambda: run(statement, state, overpayment.pk)) == "wrong_step"


def test_a_step_needs_its_facts() -> None:
    heard, decided = scenes.heard(), scenes.decided()
    assert refused(lambda: run("UPDATE recoveries_overpayment SET state = 'assessed' WHERE id = %s", heard.pk)) == (
        "wrong_step"
    )
    settle = "UPDATE recoveries_overpayment SET state = 'settled', closed_at = now(), closed_why = 'x' WHERE id = %s"
    assert refused(lambda: run(settle, decided.pk)) == "wrong_step"
    with pytest.raises(Exception, match="wrong_step"), transaction.atomic():
        factories.OverpaymentFactory.create(person=heard.person, state="decided")


def test_nobody_assesses_before_hearing_or_twice() -> None:
    told = scenes.told()
    early = lambda: factories.AssessmentFactory.create(overpayment=told, assessed_at=scenes.LATER)  # noqa: E731
    assert refused(early) == "not_heard_yet"
    assert refused(lambda: factories.AssessmentFactory.create(overpayment=scenes.noted())) == "wrong_step"
    assessed = scenes.assessed()
    assert refused(lambda: factories.AssessmentFactory.create(overpayment=assessed, round=2)) == "wrong_step"


def test_whoever_had_a_hand_in_the_case_judges_nothing() -> None:
    heard = scenes.heard()
    for hand in (people.SOCIAL_WORKER, people.FINANCE_MAKER, people.FINANCE_CHECKER):
        said = {"overpayment": heard, "assessed_by_id": hand.account_id}
        assert refused(lambda said=said: factories.AssessmentFactory.create(**said)) == "had_a_hand_before"  # type: ignore[misc]
    assessed = scenes.assessed()
    said = {"overpayment": assessed, "ruled_by_id": people.APPROVER.account_id}
    assert refused(lambda: factories.RulingFactory.create(**said)) == "had_a_hand_before"


def test_one_person_never_notes_and_decides_nor_assesses_and_decides() -> None:
    centre = Office.objects.get(code="KKN-DPC")
    both = scenes.officer_of(centre, "approver")
    noted_by_approver = scenes.assessed(by=both)
    said = {"overpayment": noted_by_approver, "ruled_by_id": both.id}
    assert refused(lambda: factories.RulingFactory.create(**said)) == "same_hands"
    said = {"overpayment": scenes.assessed(), "ruled_by_id": people.FRONT_DESK.account_id}
    assert refused(lambda: factories.RulingFactory.create(**said)) == "same_hands"


def test_relatives_and_officers_from_elsewhere_decide_nothing() -> None:
    assessed = scenes.assessed()
    stranger = scenes.lent_approver("CMI-DPC")
    office = Office.objects.get(code="CMI-DPC")
    said: dict[str, Any] = {"overpayment": assessed, "ruled_by_id": stranger.id, "office_id": office.pk}
    assert refused(lambda: factories.RulingFactory.create(**said)) == "outside_area"
    wrong_role = {"overpayment": assessed, "ruled_by_id": people.RELEASER.account_id}
    assert refused(lambda: factories.RulingFactory.create(**wrong_role)) in ("outside_area", "had_a_hand_before")
    state_relation(
        by=scenes.WORKER, at=scenes.NOON, source="civil_register", person_id=people.GRANDSON.person_id,
        other_id=assessed.person_id, kind="child",
    )  # fmt: skip
    assert refused(lambda: factories.RulingFactory.create(overpayment=assessed)) == "related_to_person"


def test_the_headquarters_and_the_paired_office_lend_hands() -> None:
    for office in (Office.objects.get(kind="headquarters"), Office.objects.get(code="KKN-DPC").paired_office):
        assert office is not None
        lent = scenes.officer_of(office, "approver")
        assert factories.RulingFactory.create(ruled_by_id=lent.id, office_id=office.pk).pk


def test_the_order_asks_exactly_what_was_assessed() -> None:
    assessed = scenes.assessed()
    assert refused(lambda: factories.RulingFactory.create(overpayment=assessed, asked_satang=50_001)) == "another_sum"


def test_an_appeal_is_settled_by_another_once_and_only_milder() -> None:
    overpayment = scenes.appealed()
    appeal = overpayment.rulings.get().appeal
    pair = Office.objects.get(pk=appeal.office_id)
    lent = scenes.officer_of(pair, "approver")
    settle = (
        "UPDATE recoveries_rulingappeal SET outcome = %s, asked_satang = %s, settled_why = 'x', settled_at = %s,"
        " settled_by_id = %s, settled_by_name = 'x' WHERE id = %s"
    )

    def settled(outcome: str, asked: int | None, by: Any) -> int:
        return run(settle, outcome, asked, scenes.RULED, by, appeal.pk)

    assert refused(lambda: settled("upheld", None, people.RELATED_APPROVER.account_id)) == "same_hands"
    assert refused(lambda: settled("upheld", None, people.APPROVER.account_id)) == "had_a_hand_before"
    assert refused(lambda: settled("reduced", 50_000, lent.id)) == "only_milder"
    assert settled("upheld", None, lent.id) == 1
    assert refused(lambda: settled("cancelled", 0, lent.id)) == "already_settled"


def test_plans_add_up_within_the_cap() -> None:
    decided = scenes.decided()
    assert refused(lambda: factories.PlanFactory.create(overpayment=decided, monthly_satang=50_001)) == (
        "plan_stays_within_means"
    )
    assert refused(lambda: factories.PlanFactory.create(overpayment=decided)) == "plan_does_not_add_up"
    short = lambda: factories.InstalmentFactory.create(  # noqa: E731
        plan=factories.PlanFactory.create(overpayment=decided), amount_satang=49_999
    )
    assert refused(short) == "plan_does_not_add_up"
    factories.InstalmentFactory.create(plan=factories.PlanFactory.create(overpayment=decided))
    assert refused(lambda: run("UPDATE recoveries_plan SET amount_satang = 1")) == "never_edited"


def test_nobody_pays_more_than_is_asked_nor_without_being_asked() -> None:
    decided = scenes.decided()
    assert refused(lambda: factories.RepaymentFactory.create(overpayment=decided, amount_satang=50_001)) == (
        "more_than_is_asked"
    )
    assert refused(lambda: factories.RepaymentFactory.create(overpayment=scenes.heard())) == "wrong_step"


def test_money_is_never_kept_back_without_a_living_consent() -> None:
    consent: DeductionConsent = factories.DeductionConsentFactory.create()
    said: dict[str, Any] = {"overpayment": consent.overpayment, "way": "deduction"}
    assert refused(lambda: factories.RepaymentFactory.create(**said)) == "no_living_consent"
    said["consent"] = consent
    assert refused(lambda: factories.RepaymentFactory.create(**said, amount_satang=10_001)) == "no_living_consent"
    stolen = {**said, "overpayment": scenes.decided()}
    assert refused(lambda: factories.RepaymentFactory.create(**stolen)) == "no_living_consent"
    run("UPDATE recoveries_deductionconsent SET revoked_at = %s, revoked_by_name = 'x'", scenes.RULED)
    assert refused(lambda: factories.RepaymentFactory.create(**said)) == "no_living_consent"
    assert refused(lambda: run("UPDATE recoveries_deductionconsent SET revoked_at = NULL")) == "never_edited"
    assert refused(lambda: factories.DeductionConsentFactory.create(channel="phone")) == "consent_is_written"


@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
def test_what_was_said_is_never_edited(table: str) -> None:
    assert refused(lambda: run(f"UPDATE {table} SET id = id")) == NO_PRIVILEGE  # noqa: S608
    assert refused(lambda: run(f"DELETE FROM {table}")) == NO_PRIVILEGE  # noqa: S608


def test_nothing_is_removed() -> None:
    scenes.appealed()
    factories.InstalmentFactory.create()
    factories.DeductionConsentFactory.create()
    factories.EnquiryFactory.create()
    for table in CHANGING_TABLES:
        assert refused(lambda table=table: run(f"DELETE FROM {table}")) in (NO_PRIVILEGE, "23503"), table  # type: ignore[misc]  # noqa: S608


def test_every_table_of_the_package_leaves_a_trace() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'recoveries_%_require_audit'")
        assert {row[0] for row in cursor.fetchall()} == set(AUDITED_TABLES)


def test_the_account_of_the_person_is_found() -> None:
    """The officer is the person: linked by the register, refused like any relative."""
    assessed = scenes.assessed()
    centre = Office.objects.get(code="KKN-DPC")
    own = scenes.officer_of(centre, "approver")
    assert own.id is not None
    link_account(by=scenes.WORKER, at=scenes.NOON, account_id=own.id, person_id=assessed.person_id)
    said = {"overpayment": assessed, "ruled_by_id": own.id}
    assert refused(lambda: factories.RulingFactory.create(**said)) == "related_to_person"

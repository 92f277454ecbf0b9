"""Does each check say what is so, with its source, and never more?"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from phueng.applications.actions import close_application
from phueng.applications.models import Application
from phueng.applications.tests.factories import MOMENT, SUBDISTRICT, officer, submitted
from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.benefits.actions import state_received_benefit
from phueng.entitlements.tests.factories import DueFactory, EntitlementFactory
from phueng.gateways.rehearsal import RunningStandIn
from phueng.kernel.national_id import demo_national_id
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.registry.actions import state_circumstance
from phueng.registry.models import BankAccount, Circumstance, Person
from phueng.registry.queries import (
    household_member_ids,
    household_of,
    payable_account,
    person_by_identifier,
    person_card,
)
from phueng.registry.tests.factories import (
    BankAccountFactory,
    IdentifierFactory,
    PersonFactory,
    PersonNameFactory,
)
from phueng.verification.actions import ask_again, settle_check
from phueng.verification.queries import CheckCard, checks_of, eligibility_of, open_questions
from phueng.verification.tests.factories import NUMBER, answers_of_woman, woman_on_file
from phueng.verification.work import run_checks

pytestmark = pytest.mark.django_db
WORKER = SYSTEM("test")


def today() -> date:
    return in_bangkok(now()).date()


def apply(**changed: Any) -> Application:
    return submitted(typed=answers_of_woman(**changed))


def checks(application: Application) -> dict[str, CheckCard]:
    return {card.kind: card for card in checks_of([application.id])[application.id]}


def standings(application: Application) -> dict[str, str]:
    return {kind: card.standing for kind, card in checks(application).items()}


def test_the_whole_row_of_checks_passes_and_waits_for_the_visit(register: RunningStandIn) -> None:
    application = apply()
    assert [one.kind for one in open_questions(application.id)] == ["checks"], "not started is not passed"
    assert run_checks() == 6
    assert standings(application) == {
        "identifier": "passed", "civil_register": "passed", "same_person": "passed", "household": "passed",
        "other_benefits": "passed", "eligibility": "passed", "home_visit": "waiting",
    }  # fmt: skip
    application.refresh_from_db()
    assert application.person_id == person_by_identifier("national_id", NUMBER)
    assert application.household_id is not None
    assert household_member_ids(application.household_id, today()) == (application.person_id,)
    (question,) = open_questions(application.id)
    assert (question.kind, question.hinders_approval, question.hinders_refusal) == ("home_visit", True, False)
    assert run_checks() == 0, "a second run finds nothing to do"


def test_every_answer_says_from_where_and_as_of_when(register: RunningStandIn) -> None:
    application = apply()
    run_checks()
    answer = eligibility_of(application.id)
    assert answer is not None
    reasons = {one["code"]: one for one in answer["reasons"]}
    assert (reasons["alive"]["passed"], reasons["alive"]["source"]) == (True, "civil_register")
    assert (reasons["low_income"]["value"], reasons["low_income"]["source"]) == (1_200_000, "applicant")
    assert (reasons["grants_left"]["value"], reasons["grants_left"]["source"]) == (0, "phueng")
    assert all(one["as_of"] and one["law_th"] for one in answer["reasons"])
    asked = register.look("/asked")[-1]
    assert asked["national_id"] == NUMBER
    assert application.reference in asked["reason"]
    card = checks(application)["civil_register"]
    assert (card.source, card.question["asked"]) == ("civil_register", True)
    assert NUMBER not in str(card.answer), "the number itself stays sealed"


def test_a_spelling_variant_passes_with_both_names_shown(register: RunningStandIn) -> None:
    register.steer(upsert=woman_on_file(first_name="ละมุนศรีี", last_name="ทดสอบใจ์"))
    application = apply()
    run_checks()
    card = checks(application)["civil_register"]
    assert (card.standing, card.answer["code"]) == ("passed", "spelling_differs")
    name = next(one for one in card.facts if one["code"] == "name")
    assert (name["stated"], name["found"], name["verdict"]) == ("นางละมุนศรี ทดสอบใจ", "นางละมุนศรีี ทดสอบใจ์", "spelling")


@pytest.mark.parametrize(
    ("changed", "code"), [({"last_name": "แก้วประเสริฐ"}, "name"), ({"born": "24910309"}, "birth_date")]
)
def test_a_difference_asks_for_attention_with_both_values(
    register: RunningStandIn, changed: dict[str, str], code: str
) -> None:
    register.steer(upsert=woman_on_file(**changed))
    application = apply()
    run_checks()
    card = checks(application)["civil_register"]
    different = [one for one in card.facts if one["verdict"] == "different"]
    assert (card.standing, [one["code"] for one in different]) == ("attention", [code])
    assert different[0]["stated"] != different[0]["found"]
    assert standings(application)["eligibility"] == "passed", "one difference does not stop the others"


def test_a_number_of_somebody_else_is_joined_to_nobody_until_an_officer_asked(register: RunningStandIn) -> None:
    owner = PersonFactory(born_on=date(1970, 5, 5))
    PersonNameFactory(person=owner, first_name="มาลี", last_name="วงศ์ทอง")
    IdentifierFactory(person=owner, value=NUMBER)
    register.steer(upsert=woman_on_file(first_name="มาลี", last_name="วงศ์ทอง", born="25130505"))
    application = apply()
    run_checks()
    assert checks(application)["civil_register"].answer["code"] == "another_person"
    waiting = checks(application)["same_person"]
    assert (waiting.standing, waiting.said("en")) == ("waiting", "Waiting for the check before it")
    application.refresh_from_db()
    assert application.person_id is None
    assert not BankAccount.objects.filter(person=owner).exists(), "no account of a stranger on the owner's record"
    card = checks(application)["civil_register"]
    settle_check(by=officer(), at=MOMENT, check_id=card.id, outcome="accepted", why="โทรแล้ว เปลี่ยนชื่อและแก้วันเกิด")
    run_checks()
    application.refresh_from_db()
    assert application.person_id == owner.pk


def test_a_number_the_register_does_not_know_waits_for_an_officer(register: RunningStandIn) -> None:
    application = apply(national_id=demo_national_id(77))
    run_checks()
    assert checks(application)["civil_register"].answer["code"] == "number_not_found"
    assert standings(application)["same_person"] == "waiting"


def test_somebody_who_died_fails_and_nobody_needs_to_visit_for_a_refusal(register: RunningStandIn) -> None:
    register.steer(upsert=woman_on_file(vital_status="dead", died="25690315"))
    application = apply()
    run_checks()
    stands = standings(application)
    assert (stands["civil_register"], stands["household"], stands["eligibility"]) == ("failed", "failed", "failed")
    application.refresh_from_db()
    assert application.person_id is not None
    assert Person.objects.get(pk=application.person_id).died_on == date(2026, 3, 15)
    assert not any(one.hinders_refusal for one in open_questions(application.id))


def test_without_a_number_a_person_is_registered_and_an_officer_looks(register: RunningStandIn) -> None:
    asked_before = len(register.look("/asked"))
    application = apply(has_national_id="no", national_id="", no_national_id_reason="not_registered")
    run_checks()
    stands = checks(application)
    assert (stands["identifier"].standing, stands["civil_register"].standing) == ("attention", "attention")
    assert "ไม่เคยแจ้งเกิด" in stands["identifier"].said("th")
    assert stands["eligibility"].standing == "attention", "nobody has said that the person is alive"
    application.refresh_from_db()
    assert application.person_id is not None
    card = person_card(application.person_id)
    assert card is not None
    assert (card.no_id_reason, card.masked_id) == ("not_registered", "")
    assert application.household_id is not None
    assert len(register.look("/asked")) == asked_before, "the register was not asked about nobody"


def test_a_look_alike_without_a_number_is_shown_and_joined_by_an_officer_only(register: RunningStandIn) -> None:
    known = PersonFactory(born_on=date(1948, 2, 9))
    PersonNameFactory(person=known, first_name="ละมุนศรี", last_name="ทดสอบใจ")
    application = apply(has_national_id="no", national_id="", no_national_id_reason="forgotten")
    run_checks()
    card = checks(application)["same_person"]
    assert (card.standing, card.answer["code"]) == ("attention", "looks_like_someone_known")
    assert [one["person_id"] for one in card.candidates] == [str(known.pk)]
    application.refresh_from_db()
    assert application.person_id != known.pk, "a score joins nobody"
    settle_check(by=officer(), at=MOMENT, check_id=card.id, outcome="accepted", why="จำได้ เป็นคนเดิม", same_as=known.pk)
    run_checks()
    application.refresh_from_db()
    assert application.person_id == known.pk
    again = checks(application)["same_person"]
    assert (again.round, again.standing) == (2, "passed")


def test_two_people_with_two_confirmed_numbers_are_two_people(register: RunningStandIn) -> None:
    namesake = PersonFactory(born_on=date(1948, 2, 9))
    PersonNameFactory(person=namesake, first_name="ละมุนศรี", last_name="ทดสอบใจ")
    IdentifierFactory(person=namesake, value=demo_national_id(4321))
    application = apply()
    run_checks()
    assert standings(application)["same_person"] == "passed"


def test_a_second_open_request_is_an_attention_not_an_error(register: RunningStandIn) -> None:
    first, second = apply(), apply()
    run_checks()
    by_standing = {standings(one)["same_person"]: one for one in (first, second)}
    assert set(by_standing) == {"passed", "attention"}
    later = by_standing["attention"]
    card = checks(later)["same_person"]
    assert card.answer["code"] == "already_open"
    assert standings(later)["household"] == "waiting"
    close_application(by=officer(), at=MOMENT, application_id=by_standing["passed"].id, why="decided")
    settle_check(by=officer(), at=MOMENT, check_id=card.id, outcome="accepted", why="เรื่องเดิมสิ้นสุดแล้ว")
    run_checks()
    later.refresh_from_db()
    assert later.person_id is not None
    assert standings(later)["household"] == "passed"


def test_another_account_than_the_one_we_pay_into_waits_for_an_officer(register: RunningStandIn) -> None:
    person = PersonFactory(born_on=date(1948, 2, 9))
    PersonNameFactory(person=person, first_name="ละมุนศรี", last_name="ทดสอบใจ")
    IdentifierFactory(person=person, value=NUMBER)
    old = BankAccountFactory(person=person, number="9876543210")
    application = apply()
    run_checks()
    card = checks(application)["same_person"]
    assert (card.standing, card.answer["code"]) == ("attention", "account_differs")
    account = payable_account(person.pk)
    assert account is not None
    assert account.id == old.pk
    settle_check(by=officer(), at=now(), check_id=card.id, outcome="accepted", why="โทรถามเจ้าตัวแล้ว เปลี่ยนบัญชีจริง")
    account = payable_account(person.pk)
    assert account is not None
    assert account.number == "1234567890"


def test_benefits_that_limit_are_shown_and_three_grants_fail(register: RunningStandIn) -> None:
    application = apply(help_received=["state_welfare_card", "ministry_emergency"])
    run_checks()
    card = checks(application)["other_benefits"]
    verdicts = {one["with_code"]: one["kind"] for one in card.answer["verdicts"]}
    assert verdicts == {"ministry_emergency": "caps", "state_welfare_card": "together"}
    assert card.standing == "attention"
    application.refresh_from_db()
    for ordinal in (1, 2, 3):
        single = EntitlementFactory(
            scheme_code="family", kind="lump_sum", person_id=application.person_id, household_id=application.household_id,
            starts_on=application.started_at.date() - timedelta(days=300),
        )  # fmt: skip
        DueFactory(entitlement=single, month=None, ordinal=ordinal, fiscal_year=fiscal_year_be(today()))
    ask_again(by=officer(), at=MOMENT, application_id=application.id, kind="other_benefits", why="ตรวจอีกครั้ง")
    run_checks()
    again = checks(application)
    assert (again["other_benefits"].round, again["other_benefits"].answer["code"]) == (2, "times_used_up")
    reasons = {one["code"]: one["passed"] for one in again["eligibility"].answer["reasons"]}
    assert reasons["grants_left"] is False


def test_an_agencys_word_outranks_the_applicants_and_the_applicants_is_kept(register: RunningStandIn) -> None:
    answers = {
        key: value for key, value in answers_of_woman().items() if not key.startswith(("hardship", "photo", "help"))
    }
    application = submitted(scheme_code="old_age", typed=answers | {"state_income": ["none"], "photo_passbook": []})
    run_checks()
    assert standings(application)["eligibility"] == "passed"
    application.refresh_from_db()
    assert application.person_id is not None
    said = Circumstance.objects.get(person_id=application.person_id, code="has_state_pension")
    assert (said.value, said.source) == (False, "applicant")
    state_received_benefit(
        by=WORKER, at=MOMENT, source="oss", person_id=application.person_id, benefit_code="state_pension",
        agency_name="กรมบัญชีกลาง", starts_on=date(2015, 10, 1),
    )  # fmt: skip
    state_circumstance(
        by=WORKER, at=MOMENT, source="oss", person_id=application.person_id, code="has_state_pension", value=True,
        starts_on=date(2015, 10, 1),
    )  # fmt: skip
    ask_again(by=officer(), at=MOMENT, application_id=application.id, kind="other_benefits", why="ข้อมูลใหม่จาก OSS")
    run_checks()
    stands = checks(application)
    assert (stands["other_benefits"].standing, stands["eligibility"].standing) == ("failed", "failed")
    reason = next(one for one in stands["eligibility"].answer["reasons"] if one["code"] == "no_state_pension")
    assert (reason["value"], reason["source"], reason["passed"]) == (True, "oss", False)
    here = next(one for one in stands["eligibility"].answer["reasons"] if one["code"] == "registered_here")
    assert (here["passed"], SUBDISTRICT) == (True, woman_on_file()["address"]["subdistrict_code"])


def test_two_requests_from_one_new_address_share_a_household(register: RunningStandIn) -> None:
    without = {"has_national_id": "no", "national_id": "", "no_national_id_reason": "unknown"}
    first = apply(**without)
    second = apply(
        **without, birth_date="5/5/2520", full_name={"title": "นาย", "first_name": "มานะ", "last_name": "ทองคำ"}
    )
    run_checks()
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.household_id == second.household_id is not None
    assert first.person_id != second.person_id
    assert isinstance(second.person_id, UUID)
    home = household_of(second.person_id, today())
    assert home is not None
    assert set(home.member_ids) == {first.person_id, second.person_id}

"""Does a home visit keep every word, answer its check once, and print as a form?"""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from phueng.access.actions import lay_hand
from phueng.access.tests.factories import AccountFactory
from phueng.applications.models import Application
from phueng.applications.tests.factories import MOMENT, submitted
from phueng.applications.tests.inputs import JPEG
from phueng.audit.actors import Actor
from phueng.documents.lettering import letter_as_html
from phueng.documents.models import Letter
from phueng.gateways.rehearsal import RunningStandIn
from phueng.kernel.problems import Refused
from phueng.registry.queries import household_card
from phueng.verification.actions import (
    add_visit_photo,
    finish_visit,
    note_visit_place,
    save_visit_answers,
    start_visit,
)
from phueng.verification.models import Visit
from phueng.verification.queries import checks_of, eligibility_of, open_questions, visit_answers, visits_of
from phueng.verification.refusals import UnfinishedVisit
from phueng.verification.tests.factories import answers_of_woman
from phueng.verification.tests.factories import visit_answers as typed_answers
from phueng.verification.visit_form import visit_questionnaire
from phueng.verification.work import run_checks

pytestmark = pytest.mark.django_db


def visitor() -> Actor:
    account = AccountFactory()
    return Actor("staff", account.pk, account.display_name_th, "social_worker", "TEST-CENTRE")


def fill(visit: Visit, by: Actor, **changed: Any) -> None:
    answers = typed_answers(**changed)
    for page in visit_questionnaire().pages:
        on_page = {code: answers[code] for code in page.questions if code in answers}
        save_visit_answers(by=by, at=MOMENT, visit_id=visit.pk, page_code=page.code, typed=on_page)


@pytest.fixture
def case(register: RunningStandIn) -> Application:
    """A request whose other checks have passed."""
    application = submitted(typed=answers_of_woman())
    run_checks()
    application.refresh_from_db()
    return application


def test_a_visit_answers_its_check_and_nothing_stands_against_approval(case: Application) -> None:
    by = visitor()
    visit = start_visit(by=by, at=MOMENT, application_id=case.id)
    assert start_visit(by=visitor(), at=MOMENT, application_id=case.id).pk == visit.pk, "one open visit a case"
    fill(visit, by, household_income_year="24,000")
    note_visit_place(by=by, at=MOMENT, visit_id=visit.pk, latitude=16.44, longitude=102.83, accuracy_metres=8.0)
    finish_visit(by=by, at=MOMENT, visit_id=visit.pk)
    assert finish_visit(by=by, at=MOMENT, visit_id=visit.pk).pk == visit.pk, "finishing twice changes nothing"
    run_checks()
    assert open_questions(case.id) == []
    assert case.household_id is not None
    home = household_card(case.household_id, MOMENT.date())
    assert home is not None
    assert (home.latitude, home.longitude) == (16.44, 102.83)
    answer = eligibility_of(case.id)
    assert answer is not None
    income = next(one for one in answer["reasons"] if one["code"] == "low_income")
    assert (income["value"], income["source"]) == (2_400_000, "home_visit"), (
        "what an officer saw outranks what was said"
    )
    rounds = {card.kind: card.round for card in checks_of([case.id])[case.id]}
    assert (rounds["home_visit"], rounds["eligibility"]) == (1, 2)


def test_an_unfinished_form_names_what_is_missing_and_loses_nothing(case: Application) -> None:
    by = visitor()
    visit = start_visit(by=by, at=MOMENT, application_id=case.id)
    problems = save_visit_answers(
        by=by, at=MOMENT, visit_id=visit.pk, page_code="money", typed={"household_income_year": "หมื่นสอง", "debts": "0"}
    )
    assert list(problems) == ["household_income_year"]
    with pytest.raises(UnfinishedVisit) as refusal:
        finish_visit(by=by, at=MOMENT, visit_id=visit.pk)
    assert {"met_whom", "opinion", "household_income_year"} <= set(refusal.value.problems)
    assert visit_answers(visit.pk).typed("household_income_year") == "หมื่นสอง"
    assert visits_of(case.id)[0].finished_at is None


def test_a_photo_joins_the_form(case: Application) -> None:
    by = visitor()
    visit = start_visit(by=by, at=MOMENT, application_id=case.id)
    photo = add_visit_photo(
        by=by, at=MOMENT, visit_id=visit.pk, question_code="photo_outside", original_name="บ้าน.jpg", content=JPEG
    )
    assert visit_answers(visit.pk).value("photo_outside") == [str(photo.id)]
    with pytest.raises(Refused) as refusal:
        add_visit_photo(by=by, at=MOMENT, visit_id=visit.pk, question_code="opinion", original_name="x", content=JPEG)
    assert refusal.value.problem.code == "no_such_photo_question"


@pytest.mark.parametrize(("latitude", "longitude"), [(0.0, 0.0), (102.83, 16.44), (16.44, 120.0)])
def test_coordinates_outside_the_country_are_refused(case: Application, latitude: float, longitude: float) -> None:
    by = visitor()
    visit = start_visit(by=by, at=MOMENT, application_id=case.id)
    with pytest.raises(Refused) as refusal:
        note_visit_place(by=by, at=MOMENT, visit_id=visit.pk, latitude=latitude, longitude=longitude)
    assert refusal.value.problem.code == "not_in_thailand"


def test_who_has_another_part_in_the_case_cannot_finish_the_visit(case: Application) -> None:
    by = visitor()
    visit = start_visit(by=by, at=MOMENT, application_id=case.id)
    fill(visit, by)
    lay_hand(case_id=case.id, hand="recorder", by=by, at=MOMENT)
    with pytest.raises(Refused) as refusal:
        finish_visit(by=by, at=MOMENT, visit_id=visit.pk)
    assert refusal.value.problem.code == "same_hands"
    assert visits_of(case.id)[0].finished_at is None


def test_a_finished_visit_stays_as_it_is(case: Application) -> None:
    by = visitor()
    visit = start_visit(by=by, at=MOMENT, application_id=case.id)
    fill(visit, by)
    finish_visit(by=by, at=MOMENT, visit_id=visit.pk)
    with pytest.raises(Refused) as refusal:
        save_visit_answers(by=by, at=MOMENT, visit_id=visit.pk, page_code="opinion", typed={"opinion": "อื่น"})
    assert refusal.value.problem.code == "visit_finished"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE verification_visit SET latitude = 10, longitude = 100 WHERE id = %s", [visit.pk])


def test_the_printed_form_shows_every_answer(case: Application) -> None:
    by = visitor()
    visit = start_visit(by=by, at=MOMENT, application_id=case.id)
    fill(visit, by)
    finish_visit(by=by, at=MOMENT, visit_id=visit.pk)
    letter = Letter.objects.get(kind="verification/pasoko1", subject_id=visit.pk)
    html = letter_as_html(letter)
    for said in ("ปสค.1", "เดือดร้อนจริง", "นางละมุนศรี ทดสอบใจ", "12,000", "ไม่ได้ตอบ", by.name):
        assert said in html

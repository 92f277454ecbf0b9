"""Is nothing that was typed ever lost, and is only what was understood used?"""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict

from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.questionnaires.actions import close_sheet, save_answers, start_sheet
from phueng.questionnaires.definitions import Questionnaire
from phueng.questionnaires.forms import PageForm, typed_from
from phueng.questionnaires.models import Answer, Sheet
from phueng.questionnaires.queries import Answers, answers_of
from phueng.questionnaires.tests.factories import MOMENT
from phueng.schemes.catalogue import questionnaire

pytestmark = pytest.mark.django_db
CITIZEN = Actor("citizen", None, "ผู้ขอ", "citizen")
TODAY = date(2026, 11, 2)


@pytest.fixture
def form() -> Questionnaire:
    return questionnaire("family")


@pytest.fixture
def sheet(form: Questionnaire) -> Sheet:
    return start_sheet(by=CITIZEN, at=MOMENT, questionnaire=form)


def keep(sheet: Sheet, form: Questionnaire, **typed: Any) -> Answers:
    save_answers(by=CITIZEN, at=MOMENT, sheet_id=sheet.id, questionnaire=form, typed=typed, page_code="page")
    return answers_of(sheet.id, form, today=TODAY)


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("birth_date", "31/2/2490"),
        ("phone", "12"),
        ("national_id", "๑๒๓"),
        ("full_name", {"title": "", "first_name": "ก" * 10_000, "last_name": "ข\u200bค"}),
        ("hardship", "not an option"),
        ("household_size", "เยอะ"),
        ("story", "\x00\u200b😀 " * 2000),
    ],
)
def test_wrong_answers_are_kept_as_typed_and_never_used(
    sheet: Sheet, form: Questionnaire, code: str, typed: Any
) -> None:
    answers = keep(sheet, form, **{code: typed})
    assert answers.typed(code) == typed
    assert answers.value(code) is None
    assert answers.problem(code) is not None
    assert code not in answers.values()


def test_a_corrected_answer_takes_the_place_of_the_wrong_one(sheet: Sheet, form: Questionnaire) -> None:
    keep(sheet, form, household_size="สอง")
    answers = keep(sheet, form, household_size="๒ คน")
    assert (answers.value("household_size"), answers.problem("household_size")) == (2, None)
    assert Answer.objects.filter(sheet=sheet).count() == 1


def test_answers_are_unreadable_in_the_table(sheet: Sheet, form: Questionnaire) -> None:
    keep(sheet, form, story="ความลับของฉัน", phone="0812345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed, value FROM questionnaires_answer WHERE sheet_id = %s", [sheet.id])
        stored = b"".join(bytes(part) for row in cursor.fetchall() for part in row if part is not None)
    assert "ความลับ".encode() not in stored
    assert b"812345678" not in stored


def test_answers_do_not_stand_in_the_audit(sheet: Sheet, form: Questionnaire) -> None:
    keep(sheet, form, story="ความลับของฉัน")
    with connection.cursor() as cursor:
        cursor.execute("SELECT after::text FROM audit_entry WHERE subject_id = %s", [sheet.id])
        entries = [row[0] or "" for row in cursor.fetchall()]
    assert any("story" in entry for entry in entries)
    assert not any("ความลับ" in entry for entry in entries)


def test_one_statement_saves_a_page(sheet: Sheet, form: Questionnaire, count_queries: Any) -> None:
    with count_queries() as seen:
        keep(sheet, form, full_name={"first_name": "ก", "last_name": "ข"}, phone="1", story="ค", urgency="can_wait")
    assert len([sql for sql in seen if 'INTO "questionnaires_answer"' in sql]) == 1


def test_a_closed_sheet_refuses_unless_an_officer_asked_again(sheet: Sheet, form: Questionnaire) -> None:
    close_sheet(by=CITIZEN, at=MOMENT, sheet_id=sheet.id)
    with pytest.raises(Refused) as refused:
        keep(sheet, form, story="อีกที")
    assert refused.value.problem.code == "sheet_closed"
    save_answers(
        by=CITIZEN, at=MOMENT, sheet_id=sheet.id, questionnaire=form, typed={"story": "ใหม่"}, page_code="", is_correction=True
    )  # fmt: skip
    assert answers_of(sheet.id, form, today=TODAY).value("story") == "ใหม่"


def test_a_question_that_is_not_asked_is_passed_over(sheet: Sheet, form: Questionnaire) -> None:
    keep(sheet, form, no_such_question="x")
    assert not Answer.objects.filter(sheet=sheet).exists()


# --- the same through the inputs of a page --------------------------------------------------------------------------


def posted(**values: Any) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


@pytest.mark.parametrize(
    ("inputs", "iso"),
    [
        ({"birth_date_0": "๑", "birth_date_1": "2", "birth_date_2": "๒๔๙๐"}, "1947-02-01"),
        ({"birth_date_0": "", "birth_date_1": "", "birth_date_2": "2490"}, "1947"),
        ({"birth_date_0": "", "birth_date_1": "5", "birth_date_2": "2490"}, "1947-05"),
        ({"birth_date_0": "1", "birth_date_1": "2", "birth_date_2": "1947"}, "1947-02-01"),
        ({"birth_date": "1 ก.พ. 2490"}, "1947-02-01"),
    ],
)
def test_a_birth_date_is_understood_from_its_boxes(
    sheet: Sheet, form: Questionnaire, inputs: dict[str, str], iso: str
) -> None:
    page = form.page("birth_date")
    typed = typed_from(form, page, posted(**inputs))
    answers = keep(sheet, form, **typed)
    assert answers.value("birth_date") == iso
    shown = str(PageForm(form, page, answers)["birth_date"])
    assert all(value in shown for value in inputs.values() if value and value != "1 ก.พ. 2490")


def test_a_day_without_its_month_is_asked_again_not_taken_for_a_year(sheet: Sheet, form: Questionnaire) -> None:
    page = form.page("birth_date")
    answers = keep(
        sheet, form, **typed_from(form, page, posted(birth_date_0="5", birth_date_1="", birth_date_2="2490"))
    )
    assert answers.problem("birth_date") is not None


def test_typed_names_come_back_into_their_inputs(sheet: Sheet, form: Questionnaire) -> None:
    page = form.page("name")
    inputs = {"full_name.title": "นาง", "full_name.first_name": "ส1", "full_name.last_name": "<b>"}
    answers = keep(sheet, form, **typed_from(form, page, posted(**inputs)))
    shown = PageForm(form, page, answers, with_problems=True)
    assert 'value="ส1"' in str(shown["full_name.first_name"])
    assert "&lt;b&gt;" in str(shown["full_name.last_name"])
    assert list(shown.errors) == ["full_name.first_name"]


def test_a_page_opened_again_does_not_scold(sheet: Sheet, form: Questionnaire) -> None:
    answers = keep(sheet, form, phone="08")
    assert not PageForm(form, form.page("phone"), answers).errors
    assert PageForm(form, form.page("phone"), answers, with_problems=True).errors


def test_another_province_drops_the_old_district(form: Questionnaire) -> None:
    inputs = {
        "stays_at.province": "40",
        "stays_at.district": "9901",
        "stays_at.subdistrict": "990101",
        "stays_at.house_no": "1",
    }
    typed = typed_from(form, form.page("stays_at"), posted(**inputs))["stays_at"]
    assert (typed["province_code"], typed["district_code"], typed["subdistrict_code"]) == ("40", "", "")
    assert typed["house_no"] == "1"

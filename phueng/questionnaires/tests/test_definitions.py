"""Does every form ask in plain words, branch as written, lose nothing, and understand what people really
type?
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phueng.kernel.national_id import demo_national_id
from phueng.kernel.problems import Problem
from phueng.questionnaires.branching import BranchMistake, read_branch
from phueng.questionnaires.definitions import (
    Accepted,
    Question,
    Questionnaire,
    QuestionnaireMistake,
    check_answer,
    column_values,
    first_unfinished_page,
    is_complete,
    load_questionnaire,
    next_page,
    previous_page,
    visible_answers,
    visible_pages,
)

TODAY = date(2026, 11, 20)
SCHEMES = Path(__file__).parents[2] / "schemes"
FORMS = sorted(path.parent.name for path in SCHEMES.glob("*/questions.yaml"))
MOST_WORDS_BEFORE_AN_INPUT = 45
MOST_WORDS_IN_A_SENTENCE = 25


@cache
def form(folder: str) -> Questionnaire:
    return load_questionnaire(SCHEMES / folder / "questions.yaml")


def question(code: str, folder: str = "family_hardship") -> Question:
    return form(folder).questions[code]


def said(code: str, raw: Any, folder: str = "family_hardship", **how: Any) -> Accepted | Problem:
    return check_answer(question(code, folder), raw, today=TODAY, allow_unissued_ids=True, **how)


def good_answers(folder: str, **changed: Any) -> dict[str, Any]:
    """The shortest honest way through a form."""
    plain = {
        "text": "ก", "long_text": "ก", "yes_no": False, "date": "1980", "money": 0, "number": 1,
        "phone": "+66812345678", "national_id": "x", "name": {"first_name": "ก"}, "photo": None,
        "address": {"subdistrict_code": "400101"}, "bank_account": {"bank_code": "006"},
    }  # fmt: skip
    answers: dict[str, Any] = {}
    for code, one in form(folder).questions.items():
        if one.options:
            answers[code] = [one.options[-1].code] if one.kind == "choices" else one.options[0].code
        else:
            answers[code] = plain[one.kind]
    return {**answers, **changed}


# ---------------------------------------------------------------------------------------------- branches


def page_codes(folder: str, answers: dict[str, Any]) -> list[str]:
    return [page.code for page in visible_pages(form(folder), answers)]


def test_pages_appear_by_earlier_answers() -> None:
    alone = page_codes("family_hardship", good_answers("family_hardship"))
    assert "helper" not in alone
    assert "no_national_id" in alone
    assert "contact_person" in alone
    helped = good_answers("family_hardship", applying_for="other", has_national_id=True, has_phone=True, pay_to="cash")
    codes = page_codes("family_hardship", helped)
    assert {"helper", "helper_consent", "national_id", "phone"} <= set(codes)
    assert not {"no_national_id", "contact_person", "bank_account"} & set(codes)


def test_walking_forward_and_back_visits_the_same_pages() -> None:
    for folder in FORMS:
        answers = good_answers(folder)
        shown = visible_pages(form(folder), answers)
        forward = [shown[0]]
        while (page := next_page(form(folder), forward[-1].code, answers)) is not None:
            forward.append(page)
        backward = [shown[-1]]
        while (page := previous_page(form(folder), backward[-1].code, answers)) is not None:
            backward.append(page)
        assert tuple(forward) == shown == tuple(reversed(backward))


def test_going_on_from_a_page_that_has_just_disappeared() -> None:
    answers = good_answers("family_hardship", has_phone=True)
    page = next_page(form("family_hardship"), "contact_person", answers)
    assert page is not None
    assert page.code == "stays_at"


def test_a_hidden_answer_no_longer_counts() -> None:
    answers = good_answers("old_age", has_national_id=False, national_id="1234567890121")
    assert "national_id" not in visible_answers(form("old_age"), answers)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FORMS), st.randoms())
def test_a_break_anywhere_resumes_at_the_first_unanswered_page(folder: str, chance: Any) -> None:
    answers = good_answers(folder)
    assert is_complete(form(folder), answers)
    removed = chance.choice(sorted(visible_answers(form(folder), answers)))
    page = first_unfinished_page(form(folder), {code: value for code, value in answers.items() if code != removed})
    assert page is not None
    assert removed in page.questions


def test_skipping_an_optional_photo_counts_as_an_answer() -> None:
    assert question("photo_home").is_required is False
    assert said("photo_home", []) == Accepted(None, "ไม่ได้ตอบ", "Not answered")
    answers = good_answers("family_hardship")
    del answers["photo_home"]
    page = first_unfinished_page(form("family_hardship"), answers)
    assert page is not None
    assert page.code == "photos"


@pytest.mark.parametrize(
    "wrong",
    [
        "pay_to == 'bank'",
        {"question": "pay_to", "equals": ["bank"]},
        {"question": "pay_to", "in": "bank"},
        {"question": "pay_to", "equals": "bank", "in": ["cash"]},
        {"all": []},
        {"__import__": "os"},
    ],
)
def test_a_branch_that_cannot_be_read_is_refused(wrong: object) -> None:
    with pytest.raises(BranchMistake):
        read_branch(wrong, "somewhere")


def test_the_branch_language() -> None:
    branch = read_branch(
        {"any": [{"all": [{"question": "a", "equals": True}, {"question": "b", "in": [1, 2]}]},
                 {"question": "c", "includes": "x"}]},
        "somewhere",
    )  # fmt: skip
    assert branch is not None
    assert list(branch.questions()) == ["a", "b", "c"]
    assert branch.holds({"a": True, "b": 2})
    assert not branch.holds({"a": 1, "b": 2})  # a number is not a yes
    assert branch.holds({"c": ["x", "y"]})
    assert not branch.holds({"c": "x"})
    assert not branch.holds({})


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("{code: p, questions: [{code: q, kind: riddle, label: {th: ก, en: A}}]}", "riddle"),
        ("{code: p, questions: [{code: q, kind: text, label: {th: ก}}]}", "both th and en"),
        ("{code: p, questions: [{code: q, kind: text, label: {th: ก, en: A}, hnit: {th: ก, en: A}}]}",
         "hnit"),
        ("{code: p, questions: [{code: q, kind: choice, label: {th: ก, en: A}}]}", "options"),
        ("{code: p, title: {th: ก, en: A}, notice: {th: ก, en: A}, shown_when: {question: later, equals: 1}}",
         "later"),
        ("{code: p, title: {th: ก, en: A}}", "asks something or tells something"),
        ("{use: nowhere}", "nowhere"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_asked_is_refused(tmp_path: Path, page: str, message: str) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text(f"code: x\nversion: '1'\npages: [{page}]\n", encoding="utf-8")
    with pytest.raises((QuestionnaireMistake, BranchMistake), match=message):
        load_questionnaire(path)


# ---------------------------------------------------------------------------------------------- plain words


def test_a_shared_question_is_the_same_question_everywhere() -> None:
    asked: dict[str, Question] = {}
    for folder in FORMS:
        for code, one in form(folder).questions.items():
            first = asked.setdefault(code, one)
            assert (first.kind, first.options, first.column) == (one.kind, one.options, one.column), code
    assert {"full_name", "national_id", "birth_date", "stays_at"} <= set(form("old_age").questions)
    assert all(asked[code].prefill for code in ("full_name", "national_id", "birth_date", "phone", "bank_account"))
    assert not any(asked[code].prefill for code in ("story", "hardship", "urgency", "helper_consent"))


@pytest.mark.parametrize("folder", FORMS)
def test_few_thai_words_stand_before_the_first_input(folder: str) -> None:
    from pythainlp.tokenize import word_tokenize

    def words(text: str) -> int:
        return len([word for word in word_tokenize(text, keep_whitespace=False) if word.strip(".,:“”")])

    for page in form(folder).pages:
        if page.questions:
            first = form(folder).questions[page.questions[0]]
            shown = " ".join(dict.fromkeys((page.title_th, first.label_th, first.hint_th, first.why_th)))
            assert words(shown) <= MOST_WORDS_BEFORE_AN_INPUT, page.code
        for code in page.questions:
            one = form(folder).questions[code]
            for sentence in (one.label_th, one.hint_th, one.why_th):
                assert words(sentence) <= MOST_WORDS_IN_A_SENTENCE, (code, sentence)


@pytest.mark.parametrize("folder", FORMS)
def test_the_words_are_thai_first_with_english_and_speak_to_you(folder: str) -> None:
    officialese = ("ข้าพเจ้า", "ท่าน", "ผู้ยื่นคำขอ", "ดำเนินการ", "ดังกล่าว", "ประสงค์", "กรุณา")
    for one in form(folder).questions.values():
        pairs = [(one.label_th, one.label_en), (one.hint_th, one.hint_en), (one.why_th, one.why_en)]
        pairs += [(option.th, option.en) for option in one.options]
        for th, en in pairs:
            assert bool(th) == bool(en), one.code
            assert not any("\u0e00" <= letter <= "\u0e7f" for letter in en), en
            assert not any(word in th for word in officialese), th


# ---------------------------------------------------------------------------------------------- what people
# type


@pytest.mark.parametrize(
    ("code", "raw", "value"),
    [
        ("household_income", "๑๒,๐๐๐ บาท", 1_200_000),
        ("household_income", "ไม่มี", 0),
        ("household_size", " ๔ คน ", 4),
        ("birth_date", "1/2/2490", "1947-02-01"),
        ("birth_date", "๑ ก.พ. ๒๔๙๐", "1947-02-01"),
        ("birth_date", "1947-02-01", "1947-02-01"),
        ("birth_date", "2490", "1947"),
        ("phone", "๐๘๑-234 5678", "+66812345678"),
        ("phone", "+66 81 234 5678", "+66812345678"),
        ("has_phone", "yes", True),
        ("has_phone", "no", False),
        ("hardship", "no_home", "no_home"),
        ("help_received", ["old_age", "state_welfare_card"], ["state_welfare_card", "old_age"]),
        ("help_received", "none", ["none"]),
        ("story", "  บ้าน\u200bไฟไหม้\r\nไม่มีที่นอน ", "บ้านไฟไหม้\nไม่มีที่นอน"),
        ("full_name", {"title": "", "first_name": "นางสมศรี", "last_name": "ใจดี"},
         {"title": "นาง", "first_name": "สมศรี", "last_name": "ใจดี"}),
        ("full_name", {"first_name": "น.ส. สมศรี ใจดี"},
         {"title": "นางสาว", "first_name": "สมศรี", "last_name": "ใจดี"}),
        ("full_name", {"first_name": "นาโพ", "last_name": "-"},
         {"title": "", "first_name": "นาโพ", "last_name": ""}),
        ("bank_account", {"bank_code": "006", "number": "๑๒๓-4-56789-0", "holder": "นางสมศรี ใจดี"},
         {"bank_code": "006", "number": "1234567890", "holder": "นางสมศรี ใจดี"}),
        ("stays_at", {"province_code": "40", "subdistrict_code": "๔๐๐๑๐๑", "house_no": "11/2",
                      "moo": "หมู่ที่ ๗"},
         {"subdistrict_code": "400101", "house_no": "11/2", "moo": "7", "village": "", "street": "",
          "note": ""}),
        ("photo_home", ["a-1", "a-1", "b-2"], ["a-1", "b-2"]),
    ],
)  # fmt: skip
def test_messy_but_right_answers_are_understood(code: str, raw: Any, value: Any) -> None:
    answer = said(code, raw)
    assert isinstance(answer, Accepted), answer
    assert answer.value == value
    assert answer.display_th
    assert answer.display_en


@pytest.mark.parametrize(
    ("code", "raw", "problem"),
    [
        ("household_income", "", "empty"),
        ("household_income", "เยอะ", "not_an_amount"),
        ("household_size", "0", "out_of_range"),
        ("household_size", "สี่", "not_a_number"),
        ("birth_date", "31/2/2520", "no_such_day"),
        ("birth_date", "1/1/2600", "future"),
        ("national_id", "1234567890120", "wrong_check_digit"),
        ("phone", "12345", "wrong_length"),
        ("hardship", "riches", "not_an_option"),
        ("help_received", ["none", "old_age"], "none_and_others"),
        ("help_received", [], "empty"),
        ("story", "ก" * 10_000, "too_long"),
        ("full_name", {"first_name": "", "last_name": "ใจดี"}, "first_name_missing"),
        ("full_name", {"first_name": "สมศรี", "last_name": ""}, "last_name_missing"),
        ("full_name", {"first_name": "<script>", "last_name": "ใจดี"}, "name_has_figures"),
        ("full_name", {"first_name": "ก" * 10_000, "last_name": "ใจดี"}, "too_long"),
        ("stays_at", {"province_code": "40"}, "place_missing"),
        ("stays_at", {"subdistrict_code": "40"}, "no_such_place"),
        ("bank_account", {"bank_code": "", "number": "1234567890", "holder": "ก"}, "bank_missing"),
        ("bank_account", {"bank_code": "006", "number": "12", "holder": "ก"}, "wrong_length"),
        ("bank_account", {"bank_code": "006", "number": "1234567890", "holder": ""}, "holder_missing"),
        ("photo_home", [str(number) for number in range(9)], "too_many_photos"),
        ("photo_home", ["../../etc/passwd"], "not_an_option"),
    ],
)
def test_wrong_answers_are_explained_in_both_languages(code: str, raw: Any, problem: str) -> None:
    answer = said(code, raw)
    assert isinstance(answer, Problem), answer
    assert answer.code == problem
    assert answer.th
    assert answer.en
    assert answer.next_th
    assert answer.next_en


def test_an_invented_identity_number_is_accepted_only_where_allowed() -> None:
    number = demo_national_id(7)
    assert said("national_id", number) == Accepted(number, *[said("national_id", number).display_th] * 2)  # type: ignore[union-attr]
    refused = check_answer(question("national_id"), number, today=TODAY, allow_unissued_ids=False)
    assert isinstance(refused, Problem)


def test_a_place_is_named_and_must_exist() -> None:
    def place_line(code: str, language: str) -> str:
        return {"th": "ต.ในเมือง", "en": "Nai Mueang"}[language] if code == "400101" else ""

    raw = {"subdistrict_code": "400101", "house_no": "11", "note": "ใต้สะพาน"}
    answer = said("stays_at", raw, place_line=place_line)
    assert isinstance(answer, Accepted)
    assert (answer.display_th, answer.display_en) == ("11 ต.ในเมือง (ใต้สะพาน)", "11 Nai Mueang (ใต้สะพาน)")
    missing = said("stays_at", {"subdistrict_code": "400199"}, place_line=place_line)
    assert isinstance(missing, Problem)
    assert missing.code == "no_such_place"


def test_a_bank_account_is_said_back_masked() -> None:
    answer = said("bank_account", {"bank_code": "006", "number": "1234567890", "holder": "สมศรี"})
    assert isinstance(answer, Accepted)
    assert "123456" not in answer.display_th
    assert answer.display_th.endswith("7890 สมศรี")


anything = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.lists(st.text(max_size=10), max_size=4),
    st.dictionaries(
        st.sampled_from(
            ["title", "first_name", "last_name", "subdistrict_code", "bank_code", "number", "holder", "moo"]
        ),
        st.text(max_size=30) | st.sampled_from(["006", "400101", "1234567890", "ก"]),
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.data(), anything)
def test_nothing_typed_ever_breaks_a_reader(folder: str, data: st.DataObject, raw: Any) -> None:
    one = form(folder).questions[data.draw(st.sampled_from(sorted(form(folder).questions)))]
    answer = check_answer(one, raw, today=TODAY)
    assert isinstance(answer, Accepted | Problem)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_an_understood_text_is_understood_the_same_again(raw: str) -> None:
    answer = said("story", raw)
    if isinstance(answer, Accepted):
        assert said("story", answer.value) == answer


# ---------------------------------------------------------------------------------------------- rule columns


def test_answers_become_the_columns_of_the_rules() -> None:
    old_age = good_answers("old_age", birth_date="1947", state_income=["state_pension", "state_shelter"])
    assert column_values(form("old_age"), old_age) == {
        "born_on": date(1947, 1, 1),
        "born_on_precision": "year",
        "has_state_pension": True,
        "has_regular_state_pay": False,
        "lives_in_state_shelter": True,
    }
    family = good_answers("family_hardship", household_income=1_200_000, hardship="no_home", birth_date="1980-05-04")
    assert column_values(form("family_hardship"), family) == {
        "born_on": date(1980, 5, 4),
        "born_on_precision": "day",
        "hardship": "no_home",
        "household_income_year_satang": 1_200_000,
    }


def test_an_unanswered_question_feeds_no_column() -> None:
    assert column_values(form("disability"), {}) == {}

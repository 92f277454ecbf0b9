"""Are label, hint, error and input of a field tied together, and is nothing typed ever lost?"""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from phueng.design import examples
from phueng.design.widgets import DayWidget
from phueng.kernel.thai_dates import PartialDate, parse_date

Draw = Callable[..., str]


class DayForm(forms.Form):
    born_on = forms.CharField(widget=DayWidget)


def test_every_input_has_a_label_and_no_dangling_ids(drawn: Draw) -> None:
    for form in (examples.ExampleForm(), examples.filled_form(), examples.wrong_form()):
        page = drawn(
            "{% error_summary form %}{% for bound in form %}{% field bound unknown=True %}{% endfor %}",
            form=form,
        )
        ids = set(re.findall(r'\sid="([^"]+)"', page))
        inputs = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
        labelled = set(re.findall(r'for="([^"]+)"', page))
        assert inputs
        for tag in inputs:
            assert re.search(r'\sid="([^"]+)"', tag)[1] in labelled, tag  # type: ignore[index]
            assert not re.search(r"\srequired\b", tag), tag
        for named in re.findall(r'aria-describedby="([^"]+)"', page):
            assert set(named.split()) <= ids, named
        assert set(re.findall(r'href="#([^"]+)"', page)) <= ids, "each line of the summary leads to an input"


def test_errors_are_said_twice_in_the_same_words(drawn: Draw, language: str) -> None:
    form = examples.wrong_form()
    words = "เลือกจังหวัด" if language == "th" else "Choose a province"
    summary = drawn("{% error_summary form %}", form=form)
    assert words in summary
    assert 'role="alert"' in summary
    error = re.findall(r'<p class="error".*?</p>', drawn("{% field form.province %}", form=form), re.DOTALL)
    assert len(error) == 1
    assert words in error[0]
    assert 'aria-invalid="true"' in drawn("{% field form.province %}", form=form)


def test_what_was_typed_wrong_is_shown_again(drawn: Draw) -> None:
    form = examples.wrong_form()
    assert 'value="สามพันกว่า"' in drawn("{% field form.income %}", form=form)
    day = drawn("{% field form.born_on %}", form=form)
    assert 'value="31"' in day
    assert 'value="2" selected' in day


def test_no_summary_without_errors(drawn: Draw) -> None:
    assert drawn("{% error_summary form %}", form=examples.ExampleForm()).strip() == ""


def test_options_of_a_field(drawn: Draw, language: str) -> None:
    form = examples.ExampleForm()
    assert "<h1" in drawn("{% field form.lives_with heading=True %}", form=form)
    assert ("(ถ้ามี)" if language == "th" else "(optional)") in drawn("{% field form.phone %}", form=form)
    assert "optional" not in drawn("{% field form.phone optional=False %}", form=form)
    assert 'inputmode="numeric"' in drawn("{% field form.income %}", form=form)
    assert 'type="tel"' in drawn("{% field form.phone %}", form=form)
    assert "data-shrink" in drawn("{% field form.photo %}", form=form)
    ticked = examples.ExampleForm({"income__unknown": "1"})
    assert "income__unknown" in drawn("{% field form.income unknown=True %}", form=ticked)
    assert " checked" in drawn("{% field form.income unknown=True %}", form=ticked)


def test_html_in_answers_stays_text(drawn: Draw) -> None:
    form = examples.ExampleForm({"first_name": '"><script>x</script>', "story": "</textarea><b>"})
    page = drawn("{% for bound in form %}{% field bound %}{% endfor %}", form=form)
    assert "<script>x" not in page
    assert "</textarea><b>" not in page


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 11, 23)))
def test_a_day_comes_back_as_it_went(day: date) -> None:
    shown = DayWidget().decompress(day)
    posted = dict(zip(("d_0", "d_1", "d_2"), shown, strict=True))
    typed = DayWidget().value_from_datadict(posted, {}, "d")
    assert DayWidget().decompress(typed) == shown
    assert parse_date(typed, date(2026, 11, 23)) == PartialDate.of(day)


@pytest.mark.parametrize(
    ("posted", "value"),
    [
        (("", "", "2490"), "2490"), (("", "2", "2490"), "2/2490"), (("31", "2", ""), "31/2/"),
        (("", "", ""), ""), (("๑", "2", "๒๔๙๐"), "๑/2/๒๔๙๐"),
    ],
)  # fmt: skip
def test_parts_of_a_day_are_kept(posted: tuple[str, str, str], value: str) -> None:
    typed = DayWidget().value_from_datadict(dict(zip(("d_0", "d_1", "d_2"), posted, strict=True)), {}, "d")
    assert typed == value
    assert DayWidget().decompress(typed) == list(posted)

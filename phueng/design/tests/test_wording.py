"""Does every text exist in both languages, and is there no text that stands outside?"""

import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError

from phueng.design import wording
from phueng.design.tests.conftest import DESIGN

THAI = re.compile(r"[\u0e01-\u0e5b]")
TEMPLATES = sorted((DESIGN / "templates").rglob("*.html"))


def stray_thai(source: str) -> list[str]:
    """Thai outside tags and comments of the template language."""
    outside = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|\{%.*?%\}", "", source, flags=re.DOTALL)
    return [line for line in outside.splitlines() if THAI.search(line)]


def unpaired(source: str) -> list[str]:
    """`say` calls that do not hold a Thai and an English text."""
    calls = re.findall(r"""\{% say (?:"([^"]*)"|'([^']*)') (?:"([^"]*)"|'([^']*)')""", source)
    pairs = [(a or b, c or d) for a, b, c, d in calls]
    all_calls = re.findall(r"\{% say [^%]*%\}", source)
    bad = [
        th
        for th, en in pairs
        if {th, en} != {"th", "en"} and (not th or not en or (THAI.search(en) and THAI.search(th)))
    ]
    return bad + (["variable"] if len(all_calls) != len(pairs) else [])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_speak_both_languages(path: Path) -> None:
    assert stray_thai(path.read_text()) == []
    assert unpaired(path.read_text()) == []


def test_planted_faults_are_seen() -> None:
    assert stray_thai("<p>สวัสดี</p>")
    assert unpaired('{% say "ก" "" %}')
    assert unpaired('{% say "ก" "ข" %}')
    assert unpaired('{% say "ก" %}')


def test_say_needs_both_languages(drawn) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="both languages"):
        wording.say("ไทย", "")
    with pytest.raises((TemplateSyntaxError, ValueError)):
        drawn('{% say "ไทย" %}')


def test_say_fills_and_escapes(drawn, language: str) -> None:  # type: ignore[no-untyped-def]
    shown = drawn('{% say "คุณ {who}" "You {who}" who=name %}', name="<b>")
    assert shown == ("คุณ &lt;b&gt;" if language == "th" else "You &lt;b&gt;")
    # Braces typed by a person are text, not slots.
    assert "{who}" in drawn('{% say "คุณ {who}" "You {who}" who=name %}', name="{who}")
    assert drawn("{% say a a %}", a="<i>") == "&lt;i&gt;"


def test_lazy_texts_follow_the_reader(language: str) -> None:
    assert str(wording.say_lazily("ชื่อ", "Name")) == ("ชื่อ" if language == "th" else "Name")


@pytest.mark.parametrize(
    ("thing", "field"),
    [({"th": "ก", "en": "a"}, ""), (("ก", "a"), ""), ({"title_th": "ก", "title_en": "a"}, "title")],
)
def test_bilingual_things(thing: object, field: str, language: str) -> None:
    assert wording.in_current_language(thing, field) == ("ก" if language == "th" else "a")


def test_a_missing_side_falls_back_to_the_other() -> None:
    assert wording.in_current_language({"th": "ก", "en": ""}) == "ก"
    assert wording.in_current_language(None) == ""

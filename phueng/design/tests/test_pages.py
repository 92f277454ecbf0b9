"""Is each page whole: language, title, one main heading, a way on?"""

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from phueng.design import views

pytestmark = pytest.mark.urls("phueng.design.tests.addresses")


def assert_whole(page: str, language: str) -> None:
    assert f'<html lang="{language}">' in page
    assert re.search(r"<title>[^<]*\S – (ที่พึ่ง|Phueng)</title>", page)
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert 'href="#main"' in page
    assert "1300" in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page.split("<dialog")[0])]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "an id is given once"


@pytest.mark.parametrize("view", [views.catalogue, views.citizen_example, views.officer_example])
def test_pages_are_whole(rf: RequestFactory, language: str, view) -> None:  # type: ignore[no-untyped-def]
    page = view(rf.get("/design/")).content.decode()
    assert_whole(page, language)
    assert f'href="?lang={"en" if language == "th" else "th"}"' in page


def test_the_title_says_that_something_must_be_corrected(rf: RequestFactory, language: str) -> None:
    page = views.citizen_example(rf.get("/design/citizen/", {"error": "1"})).content.decode()
    assert ("<title>ต้องแก้:" if language == "th" else "<title>Error:") in page
    assert page.index("error-summary") < page.index("choices")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503", "session_expired"])
def test_dead_ends_show_a_way_on_even_without_a_request(language: str, name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert_whole(page, language)
    assert 'href="tel:1300"' in page
    assert 'class="button is-primary"' in page


def test_the_live_region_answers_304_when_nothing_changed(rf: RequestFactory) -> None:
    first = views.live_example(rf.get("/design/live/"))
    again = views.live_example(rf.get("/design/live/", headers={"if-none-match": first.headers["ETag"]}))
    assert (first.status_code, again.status_code) == (200, 304)
    assert b"<html" not in first.content


def test_the_nonce_is_on_each_script(rf: RequestFactory) -> None:
    request = rf.get("/design/")
    request.csp_nonce = "n0nce"  # type: ignore[attr-defined]
    page = views.catalogue(request).content.decode()
    assert page.count("<script") == page.count('nonce="n0nce"') == 1


@pytest.mark.parametrize("template", ["design/base_letter.html", "design/base_print.html"])
def test_paper_names_its_fonts_and_never_draws_the_garuda(template: str) -> None:
    paper = render_to_string(template, {"font_dir": "file:///fonts"})
    assert 'url("file:///fonts/Sarabun-Regular.ttf")' in paper
    assert 'class="garuda"' not in paper
    if "letter" in template:
        assert 'class="garuda"><img src="/agency.png"' in render_to_string(template, {"garuda_url": "/agency.png"})

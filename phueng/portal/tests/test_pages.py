"""Is the front door open to everybody, small, and true to the schemes?"""

from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver

from phueng.portal import urls, views
from phueng.portal.scheme_words import described, described_schemes
from phueng.schemes.catalogue import schemes

PAGES = ("/", "/help/", "/privacy/", "/accessibility/", *(f"/schemes/{one.code}/" for one in schemes()))
ON = date(2026, 11, 22)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_opens_in_both_languages_without_signing_in(client: Client, address: str, language: str) -> None:
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f'<html lang="{language}">' in text
    assert "1300" in text
    assert text.count("<h1") == 1
    assert ("ที่พึ่ง" in text) if language == "th" else ("Phueng" in text)


@pytest.mark.django_db
def test_the_first_page_is_small_and_asks_no_database_about_people(client: Client, count_queries) -> None:  # type: ignore[no-untyped-def]
    with count_queries(most=2):
        answer = client.get("/")
    assert len(answer.content) < 30_000
    for address in ("/apply/", "/track/", "/sign-in/"):
        assert f'href="{address}"' in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_scheme_is_not_there(client: Client) -> None:
    assert client.get("/schemes/lottery/").status_code == 404


def test_numbers_come_from_the_schemes() -> None:
    family = described("family", ON)
    assert "3,000" in family.in_short.th
    assert "3,000" in family.in_short.en
    assert "100,000" in " ".join(line.th for line in family.who)
    # Another day, another sum: the page cannot say what the decision does not.
    assert "2,000" in described("family", date(2015, 1, 1)).in_short.en
    assert "10" in family.promise.th
    assert "15" in family.promise.th
    old_age = described("old_age", ON)
    assert [words.en.split(": ")[1].split(" ")[0] for words in old_age.how_much] == ["600", "700", "800", "1,000"]


def test_every_scheme_is_told_in_both_languages() -> None:
    for one in described_schemes(ON):
        for words in (*one.who, *one.how_much, one.in_short, one.promise, one.appeal, one.kept, one.owner):
            assert words.th
            assert words.en
            assert words.th != words.en
            assert "{" not in words.th + words.en


def test_every_view_is_declared_open() -> None:
    assert get_resolver()
    for pattern in urls.urlpatterns:
        assert pattern.callback.gate_roles == frozenset({"everyone"}), pattern
    assert views.home.gate_roles == frozenset({"everyone"})  # type: ignore[attr-defined]

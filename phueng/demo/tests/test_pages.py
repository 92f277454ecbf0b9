"""Do the demo's pages exist in the demo, and nowhere else?"""

from typing import Any

import pytest
from django.test import Client

from phueng.audit.clock import now
from phueng.demo import control
from phueng.demo.people import PASSWORD, PEOPLE
from phueng.demo.queries import clock_shift

PAGES = ("/demo/", "/demo/messages/", "/demo/stand-ins/", "/demo/clock/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_outside_the_demo_there_is_no_such_page(client: Client, settings: Any, address: str) -> None:
    settings.PHUENG_IS_DEMO = False
    assert client.get(address).status_code == 404
    assert client.post(address).status_code in (404, 405)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_in_the_demo_every_page_opens(client: Client, settings: Any, address: str, language: str) -> None:
    settings.PHUENG_IS_DEMO, settings.PHUENG_STAND_INS = True, {}
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


@pytest.mark.django_db
def test_the_start_page_offers_everybody_to_sign_in_as(client: Client, settings: Any, count_queries: Any) -> None:
    settings.PHUENG_IS_DEMO = True
    with count_queries(most=8):
        text = client.get("/demo/").content.decode()
    assert PASSWORD in text
    for one in PEOPLE:
        assert f'value="{one.username}"' in text


@pytest.mark.django_db
def test_the_clock_moves_on_and_back(client: Client, settings: Any) -> None:
    settings.PHUENG_IS_DEMO = True
    before = now()
    client.post("/demo/clock/", {"days": "7"})
    assert (now() - before).days == 7
    client.post("/demo/clock/", {"days": "999"})
    assert clock_shift().days == 7
    client.post("/demo/clock/", {})
    assert clock_shift().total_seconds() == 0


@pytest.mark.django_db
def test_a_switch_gives_its_orders_and_a_silent_stand_in_is_said_so(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PHUENG_IS_DEMO, settings.PHUENG_STAND_INS = True, {}
    given: list[Any] = []
    monkeypatch.setattr(control, "_ask", lambda *words: given.append(words))
    answer = client.post("/demo/stand-ins/", {"name": "civil_register", "mode": "down"}, follow=True)
    assert given[0] == ("civil_register", "/control", {"mode": "down"})
    assert "ติดต่อระบบจำลองไม่ได้" in answer.content.decode()
    given.clear()
    client.post("/demo/stand-ins/", {"name": "nuclear_plant", "mode": "down"})
    assert given == []

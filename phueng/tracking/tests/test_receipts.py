"""Can a payee say by themselves, alone, whether the money came, and say it again?"""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from phueng.applications import tickets
from phueng.applications.models import Application
from phueng.audit.clock import set_clock_offset
from phueng.audit.models import Entry
from phueng.decisions.models import Decision
from phueng.payments.models import Line
from phueng.payments.tests import scenes as money
from phueng.spotchecks.models import Discrepancy, Receipt
from phueng.spotchecks.tests import scenes
from phueng.spotchecks.tests.conftest import folders, sealed, traced, unasked

__all__ = ["folders", "sealed", "traced", "unasked"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def later() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        set_clock_offset(scenes.LATER - cursor.fetchone()[0])


@pytest.fixture
def open_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has given both things; how they do it is looked at in test_looking_up.py."""
    monkeypatch.setattr(tickets, "may_open", lambda request, reference: True)


def request_of(line: Line) -> Application:
    return Decision.objects.select_related("application").get(pk=line.due.entitlement.decision_id).application


def paid() -> Line:
    run = scenes.paid()
    return Line.objects.select_related("due__entitlement").get(run=run)


def address(line: Line) -> str:
    return f"/track/{request_of(line).reference}/receipts/"


def words(response: Any) -> str:
    return str(response.content.decode())


def test_without_a_ticket_nothing_is_shown_or_said() -> None:
    line = paid()
    assert "ได้รับเงินครบ" not in words(Client().get(address(line)))
    Client().post(address(line), {"line": line.pk, "act": "none"})
    assert not Receipt.objects.exists()


def test_the_timeline_asks_and_the_page_takes_every_answer(open_door: None) -> None:
    line = paid()
    timeline = f"/track/{request_of(line).reference}/"
    assert "เงินถึงคุณแล้วหรือยัง" in words(Client().get(timeline))
    assert words(Client().get(address(line))).count("ได้ไม่ครบ") >= 1
    nothing = Client().post(address(line), {"line": line.pk, "act": "part"})
    assert nothing.status_code == 422
    typed = {"line": line.pk, "act": "part", f"{line.reference}-amount_satang": "๑,๒๐๐"}
    assert Client().post(address(line), typed).status_code == 302
    too_much = Client().post(address(line), typed | {f"{line.reference}-amount_satang": "2,000"})
    assert (too_much.status_code, "2,000" in words(too_much)) == (422, True)
    assert Client().post(address(line), {"line": line.pk, "act": "none"}).status_code == 302
    assert Client().post(address(line), {"line": line.pk, "act": "full"}).status_code == 302
    said = list(Receipt.objects.order_by("round").values_list("answer", "amount_satang"))
    assert said == [("part", 120_000), ("none", None), ("full", None)]
    assert Discrepancy.objects.filter(line=line, closed_at=None).count() == 2
    assert "คุณตอบแล้ว" in words(Client().get(timeline))
    kinds = Entry.objects.filter(act__startswith="spotchecks.").values_list("actor_kind", flat=True)
    assert set(kinds) == {"citizen"}


def test_a_payment_of_somebody_else_is_not_answered(open_door: None) -> None:
    line, other = paid(), paid()
    Client().post(address(line), {"line": other.pk, "act": "none"})
    Client().post(address(line), {"line": "x", "act": "none"})
    Client().post(address(line), {"line": line.pk, "act": "all"})
    assert not Receipt.objects.exists()


def test_before_it_is_paid_nobody_is_asked(open_door: None) -> None:
    line = money.released(1).lines.select_related("due__entitlement").get()
    assert "เงินถึงคุณแล้วหรือยัง" not in words(Client().get(f"/track/{request_of(line).reference}/"))
    assert "ดูสถานะคำขอ" in words(Client().get(address(line)))


def test_it_reads_in_english_too(open_door: None) -> None:
    line = paid()
    client = Client()
    client.cookies["django_language"] = "en"
    assert "Did the money reach you?" in words(client.get(address(line)))

"""Do the pages lead two payers through a pay day, show the right things to the right people, and ask few questions?"""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse

from phueng.advances.models import Advance, Handover
from phueng.advances.tests import scenes
from phueng.audit.clock import set_clock_offset
from phueng.audit.models import Entry
from phueng.demo import people
from phueng.documents.work import examine_evidence, make_letters
from phueng.payments.models import CounterChoice, Run
from phueng.payments.tests import scenes as money
from phueng.payments.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db
PAYERS = (people.PAYER, people.PAYER_2)


@pytest.fixture(autouse=True)
def clock() -> Any:
    """The pages ask what time it is; the scenes play at their own noon."""
    from phueng.audit.clock import now

    set_clock_offset(scenes.NOON - now())


def at(name: str, *args: Any) -> str:
    return reverse(f"advances:{name}", args=args)


def photo(name: str = "signed.jpg") -> BytesIO:
    kept = BytesIO(scenes.PHOTO)
    kept.name = name
    return kept


def typed(**changed: Any) -> dict[str, Any]:
    return {"identity": "card", "mark": "signature", "way": "cash", "photo": photo()} | changed


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_page_is_drawn_for_its_readers(lang: str) -> None:
    scenes.chosen()
    run = scenes.released()
    advance = scenes.drawn(2)
    scenes.paid(advance)
    scenes.handed(advance, 1)
    payees = [at("payee", advance.pk, line.pk) for line in scenes.lines_of(advance)]
    for staff in (people.FINANCE_MAKER, people.FINANCE_CHECKER, people.RELEASER, people.AUDITOR, *PAYERS):
        client = signed_in(staff)
        client.cookies["django_language"] = lang
        for address in (at("board"), at("advance", advance.pk), *payees):
            assert client.get(address).status_code == 200, (staff.username, address)
    client = signed_in(people.FINANCE_MAKER)
    assert client.get(at("draw", run.pk)).status_code == 200
    assert signed_in(people.FRONT_DESK).get(at("board")).status_code == 200
    assert signed_in(people.FRONT_DESK).get(at("advance", advance.pk)).status_code == 403
    assert signed_in(people.STRANGER).get(at("board")).status_code == 403
    assert signed_in(people.MUNICIPAL_MAKER).get(at("advance", advance.pk)).status_code == 404


def test_a_whole_pay_day_by_the_pages() -> None:
    who = money.new_applicant(has_account=False)
    decision = money.approved(who)
    desk = signed_in(people.FRONT_DESK)
    said = {"reference": decision.application.reference, "why": "ไม่มีบัญชี"}
    assert desk.post(at("choose"), said | {"reference": "x"}).status_code == 422
    assert desk.post(at("choose"), said).status_code == 302
    choice = CounterChoice.objects.get()
    desk.post(at("confirm_choice", choice.pk))
    choice.refresh_from_db()
    assert choice.confirmed_at is None
    signed_in(people.SOCIAL_WORKER).post(at("confirm_choice", choice.pk))
    maker = signed_in(people.FINANCE_MAKER)
    assert maker.post(at("prepare", "family", scenes.CENTRE)).status_code == 302
    run = money.release(money.approve(Run.objects.get(pay_route="counter")))
    first, second = (str(payer.account_id) for payer in PAYERS)
    drawing = {"first_payer": first, "second_payer": second, "place": "ศาลากลางบ้าน"}
    drawing |= {"pay_on_0": "3", "pay_on_1": "11", "pay_on_2": "2569"}
    assert maker.post(at("draw", run.pk), drawing | {"second_payer": first}).status_code == 422
    assert maker.post(at("draw", run.pk), drawing).status_code == 302
    advance = Advance.objects.get()
    (line,) = scenes.lines_of(advance)
    payer = signed_in(people.PAYER)
    assert payer.post(at("payee", advance.pk, line.pk), typed(mark="thumbprint")).status_code == 422
    assert payer.post(at("payee", advance.pk, line.pk), typed(photo="")).status_code == 422
    assert payer.post(at("payee", advance.pk, line.pk), typed()).status_code == 302
    assert payer.post(at("withdraw", advance.pk, line.pk), {"why": ""}).status_code == 422
    payer.post(at("confirm", advance.pk, line.pk))
    assert Handover.objects.get().confirmed_at is None
    signed_in(people.PAYER_2).post(at("confirm", advance.pk, line.pk))
    assert Handover.objects.get().confirmed_at is not None
    clearer = signed_in(people.FINANCE_CHECKER)
    assert clearer.post(at("clear", advance.pk), {"returned_satang": "1"}).status_code == 422
    assert clearer.post(at("clear", advance.pk), {"returned_satang": "0"}).status_code == 302
    assert Advance.objects.get().cleared_at is not None


def test_receipt_and_photo_are_shown_and_every_look_leaves_a_trace() -> None:
    advance = scenes.drawn()
    (line,) = scenes.lines_of(advance)
    client = signed_in(people.PAYER)
    assert client.get(at("receipt", advance.pk, line.pk)).status_code == 404
    while make_letters():
        pass
    assert client.get(at("receipt", advance.pk, line.pk)).content.startswith(b"%PDF")
    assert client.get(at("photo", advance.pk, line.pk)).status_code == 404
    scenes.handed(advance)
    while examine_evidence():
        pass
    assert client.get(at("photo", advance.pk, line.pk)).headers["Content-Type"].startswith("image/")
    assert Entry.objects.filter(act="advances.open_photo").count() == 1


def test_an_overdue_advance_leads_the_list_and_says_so() -> None:
    scenes.cleared(scenes.drawn(), 200_000)
    late = scenes.drawn()
    from phueng.audit.clock import now

    set_clock_offset(scenes.NOON.replace(month=12, day=20) - now())
    page = signed_in(people.AUDITOR).get(at("board")).content.decode()
    assert "เลยกำหนดล้าง" in page
    assert page.index(str(late.pk)) < page.index(str(Advance.objects.exclude(cleared_at=None).get().pk))


def test_the_pages_ask_few_questions(count_queries: Any) -> None:
    scenes.chosen()
    advance = scenes.drawn(3)
    client = signed_in(people.FINANCE_MAKER)
    for address in (at("board"), at("advance", advance.pk)):
        with count_queries(most=14):
            client.get(address)

"""Do the finance pages show the right things to the right people, keep what was typed, and ask few questions?"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phueng.access.models import Account
from phueng.access.sessions import SEEN_AT, SIGNED_IN_AT, moment
from phueng.access.tests.factories import give_step_up
from phueng.audit.models import Entry
from phueng.decisions.tests.rawly import run as run_sql
from phueng.demo import people
from phueng.demo.people import Staff
from phueng.payments.files import content_of
from phueng.payments.models import FileTrouble, ResultFile, Run
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import (
    FileTroubleFactory,
    ProgressFactory,
    ResultFileFactory,
    RunFactory,
    SuspenseItemFactory,
)
from phueng.payments.tests.scenes import answer, take_in
from phueng.registry.actions import state_account

pytestmark = pytest.mark.django_db
FINANCE = (people.FINANCE_MAKER, people.FINANCE_CHECKER, people.RELEASER)
READERS = (*FINANCE, people.AUDITOR)
OTHERS = (people.SOCIAL_WORKER, people.APPROVER, people.FRONT_DESK, people.ADMINISTRATOR, people.STRANGER)


def signed_in(staff: Staff) -> Client:
    """A session as the sign-in page opens it."""
    client = Client()
    client.force_login(Account.objects.get(pk=staff.account_id), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = moment()
    session.save()
    return client


def page(staff: Staff, name: str, *args: Any, lang: str = "") -> str:
    client = signed_in(staff)
    if lang:
        client.cookies["django_language"] = lang
    response = client.get(reverse(f"payments:{name}", args=args))
    assert response.status_code == 200
    return str(response.content.decode())


def every_address(run: Run) -> list[str]:
    return [
        reverse("payments:board"), reverse("payments:budget"), reverse("payments:results"),
        reverse("payments:run", args=[run.number]),
    ]  # fmt: skip


def rich_run() -> Run:
    """Paid, returned, waiting, a troubled file and an item in suspense, all on one run."""
    run = scenes.released(4)
    a, b, _, _ = run.lines.order_by("number")
    take_in(answer(a), answer(b, "returned"), answer(a, line_reference="NOBODYS1"))
    FileTroubleFactory.create(file=run.files.get())
    return run


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_page_is_drawn_for_everyone_who_may_read_it(lang: str) -> None:
    run = rich_run()
    for staff in READERS:
        client = signed_in(staff)
        client.cookies["django_language"] = lang
        for address in every_address(run):
            response = client.get(address)
            assert response.status_code == 200, (staff.username, address)
            assert "</html>" in response.content.decode()


def test_others_are_told_no_and_strangers_sign_in() -> None:
    run = scenes.prepared()
    for staff in OTHERS:
        client = signed_in(staff)
        for address in every_address(run):
            assert client.get(address).status_code == 403, (staff.username, address)
    for address in every_address(run):
        assert "/sign-in/" in Client().get(address).headers["Location"]


def test_not_there_and_not_yours_are_the_same_answer() -> None:
    run = scenes.released()
    name = run.files.get().name
    elsewhere, here = signed_in(people.MUNICIPAL_RELEASER), signed_in(people.RELEASER)
    assert here.get(reverse("payments:file", args=[run.number, name])).status_code == 200
    for client, number in ((elsewhere, run.number), (here, "KKN-DPC-70-9999")):
        assert client.get(reverse("payments:run", args=[number])).status_code == 404
        assert client.get(reverse("payments:file", args=[number, name])).status_code == 404
        assert client.post(reverse("payments:release", args=[number]), {"last_of_digest": "0000"}).status_code in (
            302,
            404,
        )
    due = reverse("payments:due", args=["family", "KKN-DPC"])
    assert signed_in(people.MUNICIPAL_MAKER).get(due).status_code == 404
    assert signed_in(people.FINANCE_MAKER).get(due).status_code == 200
    assert signed_in(people.FINANCE_MAKER).get(reverse("payments:due", args=["nothing", "KKN-DPC"])).status_code == 404


def test_answers_and_suspense_of_another_office_stay_there() -> None:
    rich_run()
    unclaimed: ResultFile = ResultFileFactory.create(office=None, name="nobodys.csv")
    mine = page(people.FINANCE_MAKER, "results")
    theirs = page(people.MUNICIPAL_MAKER, "results")
    assert ("result.csv" in mine, "nobodys.csv" in mine) == (True, True)
    assert ("NOBODYS1" in theirs, unclaimed.name in theirs) == (False, True)
    item = SuspenseItemFactory.create()
    settle = reverse("payments:settle_suspense", args=[item.pk])
    assert signed_in(people.MUNICIPAL_RELEASER).post(settle, {"why": "x"}).status_code == 404


def test_from_due_to_released_by_three_people_in_the_pages() -> None:
    for _ in range(2):
        scenes.approved()
    due = reverse("payments:due", args=["family", "KKN-DPC"])
    maker, checker, releaser = (signed_in(staff) for staff in FINANCE)
    assert "4,000" in maker.get(due).content.decode()
    from phueng.audit.clock import now
    from phueng.payments.views.board import _next_bank_day

    day = _next_bank_day(now().date())
    typed = {"effective_on_0": str(day.day), "effective_on_1": str(day.month), "effective_on_2": str(day.year + 543)}
    response = maker.post(due, typed)
    run = Run.objects.get()
    here = reverse("payments:run", args=[run.number])
    assert response.headers["Location"] == here
    assert "ลงชื่ออนุมัติ" not in maker.get(here).content.decode()
    assert "ลงชื่ออนุมัติ" in checker.get(here).content.decode()
    assert checker.post(reverse("payments:approve", args=[run.number])).status_code == 302
    run = Run.objects.get()
    assert "สั่งจ่าย</button>" not in releaser.get(here).content.decode(), "the drawing document is missing"
    draw = reverse("payments:draw", args=[run.number])
    wrong = maker.post(draw, {"gfmis_number": "123"})
    assert (wrong.status_code, 'value="123"' in wrong.content.decode()) == (422, True)
    assert maker.post(draw, {"gfmis_number": "3600012345"}).status_code == 302
    asked = releaser.get(here).content.decode()
    assert f"<mark>{run.files_digest[-4:]}</mark>" in asked
    release = reverse("payments:release", args=[run.number])
    unproved = releaser.post(release, {"last_of_digest": run.files_digest[-4:]})
    assert unproved.headers["Location"].startswith("/sign-in/step-up/")
    assert Run.objects.get().released_at is None
    give_step_up(releaser, "release_payments")
    wrong = releaser.post(release, {"last_of_digest": "zz99"})
    assert (wrong.status_code, 'value="zz99"' in wrong.content.decode()) == (422, True)
    assert releaser.post(release, {"last_of_digest": ""}).status_code == 422
    assert releaser.post(release, {"last_of_digest": run.files_digest[-4:]}).status_code == 302
    assert Run.objects.get().released_by_id == people.RELEASER.account_id
    assert run.files.get().name in releaser.get(here).content.decode()


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (("7", "11", "2569"), "ต้องเป็นวันทำการธนาคาร"),
        (("31", "2", "2569"), ""),
        (("", "11", "2569"), ""),
        (("", "", ""), "ใส่วันที่เงินเข้าบัญชี"),
        (("๙๙", "11", "ปีหน้า"), ""),
    ],
)
def test_a_wrong_day_is_kept_and_explained(day: tuple[str, str, str], says: str) -> None:
    scenes.approved()
    due = reverse("payments:due", args=["family", "KKN-DPC"])
    typed = {f"effective_on_{n}": part for n, part in enumerate(day)}
    response = signed_in(people.FINANCE_MAKER).post(due, typed)
    content = response.content.decode()
    assert response.status_code == 422
    assert says in content
    assert all(f'value="{part}"' in content for part in day if part)
    assert not Run.objects.exists()


def test_abandoning_needs_a_reason_and_keeps_it() -> None:
    run = scenes.prepared()
    abandon = reverse("payments:abandon", args=[run.number])
    client = signed_in(people.FINANCE_CHECKER)
    assert client.post(abandon, {"abandon-why": " "}).status_code == 422
    too_long = client.post(abandon, {"abandon-why": "ย" * 301})
    assert (too_long.status_code, "ย" * 301 in too_long.content.decode()) == (422, True)
    assert client.post(abandon, {"abandon-why": "ยอดผิด"}).status_code == 302
    assert "ยอดผิด" in page(people.FINANCE_MAKER, "run", run.number)


def test_a_returned_payment_names_its_case_and_what_comes_next() -> None:
    who = scenes.new_applicant()
    decision = scenes.approved(who)
    run = scenes.again()
    scenes.answered(run.lines.all(), "returned")
    shown = page(people.FINANCE_MAKER, "run", run.number)
    from phueng.kernel.references import format_reference

    assert format_reference(decision.application.reference) in shown
    assert "รอเลขบัญชีใหม่" in shown
    link = f"/desk/applications/{decision.application.reference}"
    assert (link in shown, link in page(people.AUDITOR, "run", run.number)) == (False, True)
    state_account(
        by=scenes.WORKER, at=scenes.NOON, source="application", person_id=who.person_id, bank_code="006",
        number="9822222222", holder_name=who.name,
    )  # fmt: skip
    assert "พร้อมจ่ายใหม่" in page(people.FINANCE_MAKER, "run", run.number)
    anew = scenes.again()
    assert anew.number in page(people.FINANCE_MAKER, "run", run.number)


def test_trouble_with_a_file_is_the_first_thing_on_the_page_and_can_be_settled() -> None:
    run = scenes.released()
    trouble: FileTrouble = FileTroubleFactory.create(file=run.files.get())
    assert run.number in page(people.FINANCE_CHECKER, "board").split("<table")[0]
    shown = page(people.FINANCE_CHECKER, "run", run.number)
    assert "เลขบัญชีไม่ถูกต้อง" in shown
    give_back = reverse("payments:give_back", args=[run.number, trouble.pk])
    assert give_back in shown
    assert give_back not in page(people.RELEASER, "run", run.number)  # who released it does not judge it
    client = signed_in(people.FINANCE_CHECKER)
    assert client.post(give_back, {"give_back-why": ""}).status_code == 422
    assert client.post(give_back, {"give_back-why": "โทรถามธนาคารแล้ว"}).status_code == 302
    assert "โทรถามธนาคารแล้ว" in page(people.FINANCE_MAKER, "run", run.number)


def test_an_answer_brought_by_hand_is_taken_in_or_explained() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from phueng.gateways.krungthai.result import write_result

    run = scenes.released()
    results, client = reverse("payments:results"), signed_in(people.FINANCE_MAKER)
    good = SimpleUploadedFile("x.csv", write_result([answer(run.lines.get())]))
    assert client.post(results, {"pay_route": "krungthai", "file": good}).status_code == 302
    assert run.lines.get().paid_at is not None
    bad = SimpleUploadedFile("y.csv", b"<html>")
    refused = client.post(results, {"pay_route": "krungthai", "file": bad})
    said = refused.content.decode()
    assert (refused.status_code, "อ่านแฟ้มผลการจ่ายไม่ได้" in said, "อ่านไม่ได้ที่ไหนบ้าง" in said) == (422, True, True)
    assert client.post(results, {"pay_route": "krungthai"}).status_code == 422
    for other in (people.FINANCE_CHECKER, people.AUDITOR):
        again = SimpleUploadedFile("z.csv", write_result([answer(run.lines.get(), "returned")]))
        signed_in(other).post(results, {"pay_route": "krungthai", "file": again})
    assert ResultFile.objects.count() == 1


def test_suspense_is_settled_in_words() -> None:
    item = SuspenseItemFactory.create()
    settle, client = reverse("payments:settle_suspense", args=[item.pk]), signed_in(people.FINANCE_CHECKER)
    too_long = client.post(settle, {"why": "ย" * 301})
    assert (too_long.status_code, "ย" * 301 in too_long.content.decode()) == (422, True)
    assert client.post(settle, {"why": "เป็นรายการของกรมอื่น"}).status_code == 302
    assert client.post(settle, {"why": "อีกครั้ง"}).status_code == 404


def test_a_tampered_file_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    run = scenes.released()
    name = run.files.get().name
    monkeypatch.setattr("phueng.payments.files.is_ours", lambda sha256, signature: False)
    response = signed_in(people.RELEASER).get(reverse("payments:file", args=[run.number, name]))
    assert (response.status_code, "X-Content-SHA256" in response.headers) == (409, False)


def test_the_file_is_given_out_as_it_was_signed_and_the_reading_is_recorded() -> None:
    run = scenes.released()
    file = run.files.get()
    response = signed_in(people.RELEASER).get(reverse("payments:file", args=[run.number, file.name]))
    assert (
        b"".join(response.streaming_content) if response.streaming else response.content,
        response.headers["X-Content-SHA256"],
    ) == (content_of(file), file.sha256)
    assert Entry.objects.filter(act="payments.download_file", subject_id=run.pk, is_read=True).count() == 1
    maker = signed_in(people.FINANCE_MAKER)
    assert maker.get(reverse("payments:file", args=[run.number, file.name])).status_code == 403


@pytest.mark.parametrize("staff", READERS, ids=lambda staff: staff.username)
def test_no_page_asks_more_than_twelve_questions(staff: Staff, count_queries: Any) -> None:
    run = rich_run()
    scenes.approved()
    scenes.written(1)
    prepared = scenes.prepared(1)
    ProgressFactory.create(run=RunFactory.create())
    client = signed_in(staff)
    client.get(reverse("payments:board"))
    for address in [*every_address(run), reverse("payments:run", args=[prepared.number])]:
        with count_queries(most=12):
            assert client.get(address).status_code == 200


def test_the_preview_asks_the_same_questions_for_more_people(count_queries: Any) -> None:
    due, client = reverse("payments:due", args=["family", "KKN-DPC"]), signed_in(people.FINANCE_MAKER)
    scenes.approved()
    client.get(due)
    with count_queries() as few:
        client.get(due)
    for _ in range(3):
        scenes.approved()
    with count_queries() as more:
        client.get(due)
    assert len(few) == len(more)
    assert run_sql("SELECT 1") == 1

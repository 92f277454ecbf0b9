"""Does a file reach only who may see it, and does a letter's check tell the truth and nothing more?"""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from phueng.access.gates import EVERYONE, roles_of
from phueng.access.models import Account
from phueng.access.tests.factories import PASSWORD, AccountFactory, DutyFactory
from phueng.audit.models import Entry
from phueng.documents import views
from phueng.documents.tests.factories import (
    CleanEvidenceFactory,
    ContentFactory,
    EvidenceFactory,
    LetterFactory,
    MadeLetterFactory,
)
from phueng.documents.tickets import evidence_url, letter_url, read_ticket, thumbnail_url, ticket_for
from phueng.kernel.references import format_reference, new_reference

pytestmark = pytest.mark.django_db


def sign_in(client: Client, account: Account) -> None:
    client.post("/sign-in/", {"username": account.username, "password": PASSWORD})


def test_every_view_is_declared_open_because_tickets_decide() -> None:
    for view in (views.evidence, views.letter_pdf, views.ask_code, views.check_letter):
        assert roles_of(view) == EVERYONE


def test_a_ticket_opens_one_file_for_a_quarter_of_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence, other = CleanEvidenceFactory(), CleanEvidenceFactory()
    answer = client.get(evidence_url(evidence.id))
    assert (answer.status_code, answer.content) == (200, bytes(evidence.cleaned.content))
    assert client.get(f"/documents/{evidence.id}/").status_code == 404
    ticket = ticket_for(evidence.id)
    assert client.get(f"/documents/{other.id}/?ticket={ticket}").status_code == 404
    assert client.get(f"/documents/{evidence.id}/?ticket={ticket[:-2]}xx").status_code == 404
    assert client.get(f"/documents/{uuid4()}/?ticket={ticket}").status_code == 404
    later = time.time() + 16 * 60
    assert read_ticket(ticket) is not None
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert read_ticket(ticket) is None


def test_a_served_file_can_do_nothing(client: Client) -> None:
    answer = client.get(evidence_url(CleanEvidenceFactory(original_name='a".html').id))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith('inline; filename="phueng-')
    paper = CleanEvidenceFactory(cleaned=ContentFactory(content=b"%PDF-1.7 x", mime="application/pdf"), thumbnail=None)
    assert client.get(evidence_url(paper.id))["Content-Disposition"].startswith("attachment")


def test_what_was_not_examined_or_is_withdrawn_is_not_there(client: Client) -> None:
    at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    for evidence in (
        EvidenceFactory(),
        EvidenceFactory(examined_at=at, refusal_code="pdf_can_act"),
        CleanEvidenceFactory(withdrawn_at=at),
    ):
        assert client.get(evidence_url(evidence.id)).status_code == 404
        assert client.get(thumbnail_url(evidence.id)).status_code == 404


def test_an_officers_ticket_is_good_for_that_officer_alone_and_looking_leaves_a_trace(client: Client) -> None:
    officer, stranger = AccountFactory(), AccountFactory()
    DutyFactory(account=officer)
    DutyFactory(account=stranger)
    evidence, letter = CleanEvidenceFactory(), MadeLetterFactory()
    address = evidence_url(evidence.id, account_id=officer.id)
    assert client.get(address).status_code == 404  # signed out
    sign_in(client, stranger)
    assert client.get(address).status_code == 404
    sign_in(client, officer)
    assert client.get(thumbnail_url(evidence.id, account_id=officer.id)).status_code == 200
    assert not Entry.objects.filter(act__startswith="documents.read_").exists()
    assert client.get(address).status_code == 200
    assert client.get(letter_url(letter.id, account_id=officer.id)).status_code == 200
    reads = Entry.objects.filter(act__startswith="documents.read_", is_read=True, actor_id=officer.id)
    assert {(entry.act, entry.subject_id) for entry in reads} == {
        ("documents.read_evidence", evidence.id), ("documents.read_letter", letter.id),
    }  # fmt: skip


def test_a_genuine_letter_is_confirmed_without_a_word_about_anybody(client: Client) -> None:
    letter = MadeLetterFactory(context={"name": "นางบุญมี ศรีสุวรรณ", "amount": "3,000 บาท"})
    for typed in (letter.verify_code, format_reference(letter.verify_code).lower()):
        answer = client.get(f"/letters/{typed}/")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "เราเป็นผู้ออกจดหมายนี้จริง" in page
        assert f"พม 0999/{letter.running_no}/2569" in page
        assert "22 พฤศจิกายน 2569" in page
        assert letter.file.sha256[:32] in page
        for private in ("บุญมี", "3,000", str(letter.subject_id), str(letter.id)):
            assert private not in page
    client.cookies["django_language"] = "en"
    assert "We did issue this letter" in client.get(f"/letters/{letter.verify_code}/").content.decode()


@pytest.mark.parametrize("code", ["rubbish", "A" * 500, "0" * 11, "%00", "..%2f"])
def test_what_we_did_not_issue_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/letters/{code}/").status_code == 404


def test_a_right_looking_code_and_a_letter_not_yet_made_look_alike(client: Client) -> None:
    unmade = LetterFactory()
    unknown = client.get(f"/letters/{new_reference()}/")
    promised = client.get(f"/letters/{unmade.verify_code}/")
    assert unknown.status_code == promised.status_code == 404
    assert "เราไม่มีจดหมายที่ใช้รหัสนี้" in promised.content.decode()


def test_trying_codes_has_an_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CHECKS_AN_HOUR", 3)
    letter = MadeLetterFactory()
    answers = [client.get(f"/letters/{letter.verify_code}/").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_a_code_can_be_typed(client: Client) -> None:
    code = new_reference()
    assert client.get("/letters/", {"code": f" {format_reference(code).lower()} "})["Location"] == f"/letters/{code}/"
    assert client.get("/letters/").status_code == 200
    wrong = client.get("/letters/", {"code": "<b>12"}).content.decode()
    assert 'aria-invalid="true"' in wrong
    assert "<b>12" not in wrong


def test_a_letter_needs_its_ticket(client: Client) -> None:
    letter = MadeLetterFactory()
    assert client.get(f"/letters/{letter.id}/pdf/").status_code == 404
    assert client.get(f"/letters/{letter.id}/pdf/?ticket={ticket_for(letter.id)}").status_code == 404  # a file's ticket
    answer = client.get(letter_url(letter.id))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_pages_ask_few_questions(client: Client, count_queries: Any) -> None:
    letter, evidence = MadeLetterFactory(), CleanEvidenceFactory()
    with count_queries(most=12):
        client.get(f"/letters/{letter.verify_code}/")
    with count_queries(most=12):
        client.get(evidence_url(evidence.id))

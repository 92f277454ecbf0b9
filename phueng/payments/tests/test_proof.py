"""Does the daily proof hold when all is well, and does it see each kind of lie, by ledger, lines, files or bank?"""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phueng.audit.actors import SYSTEM
from phueng.demo import people
from phueng.ledger import actions
from phueng.ledger.models import DailyProof, Movement
from phueng.ledger.queries import is_proved
from phueng.payments import proof as proofs
from phueng.payments import proving
from phueng.payments.models import ResultFile, Run
from phueng.payments.proof import Proof, prove
from phueng.payments.settling import fund_of
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import NOON, answer, take_in
from phueng.payments.tests.test_budget_pages import session_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)
BY = SYSTEM("test")


def codes(proof: Proof) -> set[str]:
    return {one.code for one in proof.differences}


def a_day() -> Run:
    """Paid, returned and waiting on one day."""
    run = scenes.released(3)
    a, b, _ = run.lines.order_by("number")
    take_in(answer(a), answer(b, "returned"))
    return run


def test_a_whole_day_is_proved_by_three_witnesses() -> None:
    run = a_day()
    proof = prove(DAY)
    assert codes(proof) == set()
    day = next(one for one in proof.funds if one.fund == fund_of(run))
    each = run.lines.order_by("number").first()
    assert each is not None
    assert day.ledger_paid == day.lines_paid == day.bank_paid == each.amount_satang
    assert day.ledger_returned == day.lines_returned == day.bank_returned > 0
    assert day.debits == day.credits > 0
    assert (day.sent, day.is_even) == (run.total_satang, True)
    assert prove(DAY, ["KKN-DPC"]).funds == proof.of_office("KKN-DPC").funds
    assert prove(DAY, ["CMI-DPC"]).funds == ()


def test_it_can_be_read_by_machines() -> None:
    a_day()
    said = prove(DAY).as_json()
    assert (said["format"], said["is_proved"], said["on"]) == ("phueng-daily-proof-1", True, "2026-11-02")
    assert said["funds"][0]["fund"]["office_code"] == "KKN-DPC"


def test_it_asks_the_same_questions_however_many_payments(count_queries: Any) -> None:
    scenes.answered(scenes.released(1).lines.all())
    with count_queries() as few:
        prove(DAY)
    scenes.answered(scenes.released(4).lines.all())
    with count_queries() as many:
        prove(DAY)
    assert len(many) == len(few) < 16


def test_a_payment_that_the_ledger_does_not_know_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    run = scenes.released(1)
    monkeypatch.setattr("phueng.payments.settling._post", lambda *a, **k: None)
    scenes.answered(run.lines.all())
    assert {"ledger_paid_is_not_lines", "transit_is_not_waiting", "grants_are_not_paid", "disbursed_is_not_paid",
            "committed_is_not_waiting"} <= codes(prove(DAY))  # fmt: skip


def test_what_a_person_paid_back_is_no_difference() -> None:
    run = a_day()
    amounts = {"grants": -50_000, "bank": 50_000}
    actions.move(by=BY, at=NOON, key="back", memo="x", subject=("run", run.pk), fund=fund_of(run), amounts=amounts)
    proof = prove(DAY)
    assert codes(proof) == set()
    assert [day.repaid for day in proof.funds if day.fund == fund_of(run)] == [50_000]


def test_money_that_moves_without_a_payment_is_seen() -> None:
    run = scenes.released(2)
    fund = fund_of(run)
    actions.arrive(by=BY, at=NOON, fund=fund, amount_satang=100, key="x", subject=("run", run.pk))
    assert {"ledger_paid_is_not_lines", "transit_is_not_waiting", "grants_are_not_paid"} <= codes(prove(DAY))


def test_a_payment_that_the_bank_never_mentioned_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    run = a_day()
    monkeypatch.setattr("phueng.payments.proof_bank._words", lambda asked: iter(()))
    proof = prove(DAY)
    assert {"paid_without_the_bank", "returned_without_the_bank", "bank_paid_is_not_lines"} <= codes(proof)
    named = {one.about for one in proof.differences if one.code == "paid_without_the_bank"}
    assert named == set(run.lines.filter(paid_at__isnull=False).values_list("reference", flat=True))


def test_another_sum_in_the_banks_file_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    run = scenes.released(1)
    scenes.answered(run.lines.all())
    line = run.lines.get()
    monkeypatch.setattr(
        "phueng.payments.proof_bank._words", lambda asked: iter([(line.reference, "paid", line.amount_satang + 1)])
    )
    assert "paid_without_the_bank" in codes(prove(DAY))


def test_what_the_bank_said_and_nobody_explained_is_listed_until_it_is() -> None:
    run = scenes.released(1)
    line = run.lines.get()
    take_in(answer(line), answer(line, line_reference="NOBODYS1"))
    found = prove(DAY)
    assert codes(found) == {"in_suspense"}
    assert not found.is_proved


def test_files_that_carry_another_sum_are_seen(owner_connection: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run = a_day()
    rows = proofs._asked

    def other_total(query: str, asked: Any) -> Any:
        found = rows(query, asked)
        return [(*row[:7], row[7] - 1, *row[8:]) for row in found] if "payments_bankfile" in query else found

    monkeypatch.setattr(proofs, "_asked", other_total)
    found = [one for one in prove(DAY).differences if one.code == "files_are_not_the_run"]
    assert [one.about for one in found] == [run.number]


def test_the_night_proves_yesterday_once_and_signs_its_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    from phueng.documents import work as documents

    a_day()
    monkeypatch.setattr(proving, "now", lambda: NOON + timedelta(days=1))
    assert proving.prove_days() == 1
    assert proving.prove_days() == 0
    kept = DailyProof.objects.get(on=DAY, office_code="")
    assert kept.is_proved
    assert DailyProof.objects.filter(on=DAY, office_code="KKN-DPC").count() == 1
    documents.make_letters(limit=10)
    assert proving.prove_days() == 2
    kept.refresh_from_db()
    from phueng.documents.queries import letter_of
    from phueng.payments.signing import is_ours

    letter = letter_of(proving.LETTER, kept.pk)
    assert letter is not None
    assert letter.file is not None
    content = bytes(letter.file.content)
    assert content.startswith(b"%PDF")
    assert kept.pdf_sha256 == hashlib.sha256(content).hexdigest()
    assert is_ours(kept.pdf_sha256, kept.pdf_signature)
    assert not is_ours(hashlib.sha256(content + b" ").hexdigest(), kept.pdf_signature)
    sig = reverse("payments:proof_signature", args=[kept.pk])
    assert session_of(people.AUDITOR.account_id).get(sig).content == bytes.fromhex(kept.pdf_signature)
    assert session_of(people.FINANCE_MAKER.account_id).get(sig).status_code == 404
    assert Client().get(reverse("documents:check_letter", args=[letter.verify_code])).status_code == 200


def test_release_may_ask_whether_the_days_before_are_proved() -> None:
    tomorrow = NOON + timedelta(days=1)
    assert is_proved(NOON)
    assert Movement.objects.filter(moved_at__lt=NOON, postings__account__role="transit").count() == 0
    run = a_day()
    assert not is_proved(tomorrow)
    proving.keep_proof(by=BY, at=tomorrow, on=DAY)
    assert is_proved(tomorrow)
    take_in(answer(run.lines.get(paid_at=None, returned_at=None), line_reference="NOBODYS1"))
    proving.keep_proof(by=BY, at=tomorrow, on=DAY)
    assert not is_proved(tomorrow)


def test_proving_again_keeps_every_round_and_repeats_nothing() -> None:
    a_day()
    first = proving.keep_proof(by=BY, at=NOON, on=DAY)
    assert proving.keep_proof(by=BY, at=NOON, on=DAY).pk == first.pk
    scenes.answered(scenes.released(1).lines.all())
    assert proving.keep_proof(by=BY, at=NOON, on=DAY).round == 2


def page(staff: Any, query: str = "", lang: str = "") -> str:
    client = session_of(staff.account_id)
    if lang:
        client.cookies["django_language"] = lang
    response = client.get(reverse("payments:proof") + query)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_page_shows_differences_first_and_the_way_down_to_the_case(lang: str) -> None:
    run = a_day()
    take_in(answer(run.lines.filter(paid_at=None, returned_at=None).get(), line_reference="NOBODYS1"), name="x.csv")
    proving.keep_proof(by=BY, at=NOON, on=DAY)
    shown = page(people.FINANCE_MAKER, "?on=2026-11-02", lang)
    assert "NOBODYS1" in shown.split("<table")[0]
    lines = reverse("payments:proof_lines", args=["2026-11-02", 2570, "family", "budget", "KKN-DPC"])
    assert lines in shown
    assert lines not in page(people.MUNICIPAL_MAKER, "?on=2026-11-02", lang)
    listed = session_of(people.AUDITOR.account_id).get(lines).content.decode()
    assert run.number in listed
    assert "/desk/applications/" in listed
    assert session_of(people.MUNICIPAL_MAKER.account_id).get(lines).status_code == 404


def test_a_checker_proves_again_a_maker_and_an_auditor_do_not() -> None:
    a_day()

    def again(staff: Any, on: str = "2026-11-02") -> int:
        return session_of(staff.account_id).post(reverse("payments:prove_again", args=[on])).status_code

    assert again(people.FINANCE_MAKER) == 403
    assert again(people.AUDITOR) == 403
    assert again(people.FINANCE_CHECKER) == 302
    assert again(people.FINANCE_CHECKER, "2999-01-01") == 404
    assert again(people.FINANCE_CHECKER, "yesterday") == 404
    assert DailyProof.objects.filter(on=DAY).exists()


@pytest.mark.parametrize(
    "query", ["?on=0001-01-01", "?on=9999-12-31", "?on=เมื่อวาน", "?office=%00", "?on=2026-11-02&office=NO"]
)
def test_nonsense_in_the_address_shows_a_page(query: str) -> None:
    assert "</html>" in page(people.AUDITOR, query)


def test_every_answer_of_the_day_is_read_again_from_its_bytes() -> None:
    a_day()
    assert prove(DAY).checked["answers"] == 2
    assert ResultFile.objects.count() == 1

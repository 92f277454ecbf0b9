"""Is every letter numbered once, written once, readable by people and by programs, and checkable by anybody?"""

import io
import re
import threading
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pypdf
import pytest
from django.db import connection, connections
from django.template import TemplateDoesNotExist

from phueng.audit.actors import SYSTEM
from phueng.audit.models import Entry
from phueng.documents import work
from phueng.documents.actions import ask_for_letter
from phueng.documents.letter_numbers import letter_number
from phueng.documents.lettering import letter_as_html, letter_as_pdf
from phueng.documents.models import Letter
from phueng.documents.queries import letter_by_code, letter_of, letters_in_trouble
from phueng.documents.tests.factories import AT, LetterFactory
from phueng.documents.work import make_letters
from phueng.kernel.references import format_reference
from phueng.kernel.thai_text import clean_text

WORKER = SYSTEM("tests")
# The module, not the action of the same name that the package shows.
WRITING = import_module("phueng.documents.actions.make_letter")
KIND = "decisions/decision_letter"
WORDS = "ครอบครัวมีรายได้ไม่พอค่าใช้จ่ายจำเป็น ผู้ขอดูแลหลาน 2 คนเพียงลำพัง น้ำท่วมบ้าน ต่ำกว่าเกณฑ์ ญาติผู้ใหญ่ปู่ฐานะยากจน"


def said(**more: Any) -> dict[str, Any]:
    return {
        "reference": "7K3M-9QXT-4ZP", "name": "นางบุญมี ศรีสุวรรณ", "scheme_th": "เงินสงเคราะห์", "scheme_en": "Grant",
        "office_th": "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดขอนแก่น", "office_en": "Khon Kaen Centre", "office_address": "ถนนกลาง",
        "office_phone": "043-236-109", "outcome": "approved", "amount": "3,000 บาท", "amount_en": "3,000 baht",
        "amount_in_words": "สามพันบาทถ้วน", "why": WORDS,
        "reasons": [{"th": "รายได้ต่ำกว่าเกณฑ์", "en": "The income is below the limit", "law": "ข้อ 6", "passed": True}],
        "decided_on_th": "22 พฤศจิกายน 2569", "decided_on_en": "22 November 2026", "decided_by": "นายวิชัย กล้าหาญ",
        "appeal_until_th": "7 ธันวาคม 2569", "appeal_until_en": "7 December 2026", **more,
    }  # fmt: skip


def ask(subject: UUID | None = None, **more: Any) -> Letter:
    given = {
        "by": WORKER,
        "at": AT,
        "kind": KIND,
        "office_code": "พม 0999",
        "language": "th",
        "context": said(),
        **more,
    }
    return ask_for_letter(subject=("decision", subject or uuid4()), **given)


def text_of(pdf: bytes) -> str:
    """All text, sara am put together again as any reader's search does."""
    return clean_text(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def test_a_letter_is_asked_for_once_and_numbered_by_office_and_year(db: Any) -> None:
    subject = uuid4()
    first = ask(subject)
    assert ask(subject, context=said(why="อื่น")) == first
    second, elsewhere = ask(), ask(office_code="พม 0001")
    next_year = ask(at=datetime(2026, 12, 31, 17, 30, tzinfo=UTC))  # half past midnight of 1 January in Bangkok
    numbers = [letter_number(letter) for letter in (first, second, elsewhere, next_year)]
    assert numbers == ["พม 0999/1/2569", "พม 0999/2/2569", "พม 0001/1/2569", "พม 0999/1/2570"]
    assert Entry.objects.filter(act="documents.ask_for_letter").count() == 4
    connection.check_constraints()


def test_a_letter_is_written_once(db: Any) -> None:
    letter = ask()
    assert letter_of(KIND, letter.subject_id).file is None  # type: ignore[union-attr]
    assert letter_by_code(letter.verify_code) is None  # a promise is no letter yet
    assert make_letters() == 1
    assert make_letters() == 0
    letter.refresh_from_db()
    assert letter.file is not None
    assert bytes(letter.file.content).startswith(b"%PDF-")
    assert letter_by_code(format_reference(letter.verify_code).lower()) == letter
    assert Entry.objects.filter(act="documents.make_letter").count() == 1
    connection.check_constraints()


@pytest.mark.parametrize("language", ["th", "en"])
def test_programs_read_a_letter_as_people_do(db: Any, language: str) -> None:
    letter = LetterFactory(context=said(), language=language)
    pdf = letter_as_pdf(letter)
    text = text_of(pdf)
    for sentence in (
        WORDS,
        "นางบุญมี ศรีสุวรรณ",
        letter_number(letter),
        format_reference(letter.verify_code),
        "7K3M-9QXT-4ZP",
    ):
        assert sentence.replace(" ", "") in text.replace(" ", "").replace("\n", "")
    assert ("7 ธันวาคม 2569" if language == "th" else "7 December 2026") in text
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == language
    assert b"/StructTreeRoot" in pdf or "/StructTreeRoot" in reader.trailer["/Root"]
    fonts = {str(font["/BaseFont"]) for font in _fonts(reader)}
    assert fonts
    assert all("Sarabun" in name for name in fonts)


def _fonts(reader: pypdf.PdfReader) -> list[Any]:
    found = []
    for page in reader.pages:
        for one in page["/Resources"]["/Font"].values():
            descendant = one.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in descendant["/FontDescriptor"] or "/FontFile3" in descendant["/FontDescriptor"]
            found.append(one.get_object())
    return found


def test_the_ring_stands_below_the_tone_mark(db: Any) -> None:
    html = letter_as_html(LetterFactory(context=said(why="น้ำ ค่ำ คำ")))
    assert "น\u0e4d\u0e49\u0e32" in html
    assert "ค\u0e4d\u0e48\u0e32" in html
    assert "\u0e33" not in html


def test_words_of_citizens_stay_words(db: Any) -> None:
    bad = '<img src="http://127.0.0.1:9/x.png"><script>1</script> {{ 7|add:1 }}'
    html = letter_as_html(LetterFactory(context=said(name=bad)))
    assert "<script>" not in html
    assert "<img src" not in html
    assert letter_as_pdf(LetterFactory(context=said(name=bad))).startswith(b"%PDF-")


def test_one_letter_that_cannot_be_written_does_not_stop_the_others(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, fine = ask(), ask()
    real = letter_as_pdf

    def fails_for_one(letter: Letter) -> bytes:
        if letter.pk == broken.pk:
            raise TemplateDoesNotExist("no such template")
        return real(letter)

    monkeypatch.setattr(WRITING, "letter_as_pdf", fails_for_one)
    assert make_letters() == 1
    fine.refresh_from_db()
    broken.refresh_from_db()
    assert fine.made_at is not None
    assert (broken.made_at, broken.tries) == (None, 1)
    assert make_letters() == 0  # it waits before it is tried again
    for _ in range(2):
        Letter.objects.filter(pk=broken.pk).update(next_try_at=None)
        make_letters()
    assert letters_in_trouble() == 1
    monkeypatch.undo()
    Letter.objects.filter(pk=broken.pk).update(next_try_at=None)
    assert make_letters() == 1


def test_offices_never_give_a_number_twice_even_at_once(committed_db: Any) -> None:
    subject, errors = uuid4(), []
    gate = threading.Barrier(8)

    def run(number: int) -> None:
        try:
            gate.wait(10)
            for _ in range(5):
                ask()
            ask(subject)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert sorted(Letter.objects.values_list("running_no", flat=True)) == list(range(1, 42))
    assert Letter.objects.filter(subject_id=subject).count() == 1


def test_two_workers_write_each_letter_once(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[UUID] = []
    monkeypatch.setattr(WRITING, "letter_as_pdf", lambda letter: written.append(letter.pk) or b"%PDF-1.7")
    for _ in range(12):
        ask()
    gate = threading.Barrier(2)

    def run() -> None:
        gate.wait(10)
        while work.make_letters(limit=3):
            pass
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(written) == len(set(written)) == 12


def test_qr_codes_carry_the_address(db: Any) -> None:
    letter = LetterFactory(context=said(qr_of="http://example.invalid/track"))
    html = letter_as_html(letter)
    assert re.search(r"<svg[^>]*>", html)
    assert f"/letters/{letter.verify_code}/" in html

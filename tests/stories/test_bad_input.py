"""What does each wrong input get for an answer: in words, in both languages, with everything typed still there?"""

import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date

import pytest

from phueng.commandline.folders import ROOT
from phueng.commandline.service import Service
from phueng.demo.people import FINANCE_CHECKER, FINANCE_MAKER, PENSIONER, SOCIAL_WORKER
from tests.stories.answering import answers_of, photo
from tests.stories.applying import apply, begin, fill, follow, place_of, sees
from tests.stories.applying import birth_of as birth_date_of
from tests.stories.outside import Outside
from tests.stories.walking import Walker
from tests.stories.working import Office
from tests.trust.crowd import answers, invented, registered

Someone = Callable[..., Walker]
TYPED = answers_of(PENSIONER)
LANGUAGES = ("th", "en")
PROBLEM = {"th": "ต้องแก้", "en": "Error"}


def at_page(someone: Someone, code: str, language: str) -> Walker:
    """A draft with this page in front."""
    walker = someone(language=language)
    reference = begin(walker, "family")
    fill_to = {"has_national_id": {"has_national_id": "yes"}}
    for page in fill_to if code == "national_id" else ():
        walker.open(f"/apply/{reference}/{page}/")
        walker.submit(walker.own_form(), fill_to[page])
    walker.open(f"/apply/{reference}/{code}/")
    return walker


def says_what_is_wrong(walker: Walker, code: str, language: str) -> str:
    """Still on the page, with an error summary in the reader's language; the words."""
    assert walker.here.status_code in (200, 422)
    assert place_of(walker.path)[1] == code, f"taken: {walker.path}"
    assert PROBLEM[language] in walker.text, walker.text[:800]
    script = re.compile("[ก-๙]{4}")
    summary = walker.text.split("ต้องแก้" if language == "th" else "Error", 1)[1][:200]
    assert bool(script.search(summary)) == (language == "th"), f"in the wrong language: {summary}"
    return summary


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["123", "9000000000011", "๙๐๐๐๐๐๐๐๐๐๐๑๑", "สามสิบ", "9" * 400, "9-0000-00000-09-7 x"])
def test_a_number_that_cannot_be(someone: Someone, typed: str, language: str) -> None:
    """Too short, wrong check digit, in Thai digits, words, far too long."""
    walker = at_page(someone, "national_id", language)
    walker.submit(walker.own_form(), {"national_id": typed})
    says_what_is_wrong(walker, "national_id", language)
    assert walker.own_form().values["national_id"] == [typed], "what was typed stays"


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("19", "8", "2501"), ("๑๙", "8", "๒๕๐๑"), ("19", "8", "1958"), ("", "", "2501"), ("", "8", "2501")],
)
def test_a_birth_date_in_any_era(someone: Someone, day: str, month: str, year: str) -> None:
    """Buddhist or common era, Thai digits, only the year, only month and year: all taken."""
    walker = at_page(someone, "birth_date", "th")
    walker.submit(walker.own_form(), {"birth_date_0": day, "birth_date_1": month, "birth_date_2": year})
    assert place_of(walker.path)[1] != "birth_date", walker.text[:800]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("day", "month", "year"), [("31", "2", "2501"), ("1", "1", "2699"), ("1", "1", "99999"), ("x", "1", "2501")]
)
def test_a_birth_date_that_cannot_be(someone: Someone, day: str, month: str, year: str, language: str) -> None:
    """A day that does not exist, one that is still to come, nonsense."""
    walker = at_page(someone, "birth_date", language)
    walker.submit(walker.own_form(), {"birth_date_0": day, "birth_date_1": month, "birth_date_2": year})
    says_what_is_wrong(walker, "birth_date", language)
    assert walker.own_form().values["birth_date_2"] == [year]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_of_ten_thousand_letters(someone: Someone, language: str) -> None:
    """Refused in words, and kept as it was typed."""
    walker = at_page(someone, "name", language)
    endless = "ก" * 10_000
    walker.submit(walker.own_form(), {"full_name.first_name": endless, "full_name.last_name": "ดี"})
    says_what_is_wrong(walker, "name", language)
    assert walker.own_form().values["full_name.first_name"] == [endless]


def test_a_name_with_what_nobody_sees(someone: Someone) -> None:
    """Zero-width characters, doubled vowels and stray spaces are taken away without a word."""
    walker = at_page(someone, "name", "th")
    reference = place_of(walker.path)[0]
    walker.submit(
        walker.own_form(),
        {"full_name.first_name": "\u200bสม\u200dชาย\ufeff ", "full_name.last_name": "  พรม\u200cเรืองสาย"},
    )
    assert place_of(walker.path)[1] != "name", walker.text[:800]
    walker.open(f"/apply/{reference}/check/")
    assert "สมชาย พรมเรืองสาย" in walker.text


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 30,000 pixels wide and high."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * (3_751 * 2_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("holiday.jpg", b"MZ\x90\x00 this is a program"),
        ("empty.jpg", b""),
        ("huge.jpg", photo() + b"\x00" * (11 * 1024 * 1024)),
        ("bomb.png", bomb()),
        ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("photo.jpg.exe", photo()[:200]),
    ],
    ids=["program", "empty", "huge", "bomb", "svg", "cut off"],
)
def test_a_picture_that_is_none(someone: Someone, name: str, content: bytes, language: str) -> None:
    """A program, nothing, 11 MB, a bomb, a drawing that can act: refused beside the question, the rest stays."""
    walker = at_page(someone, "photos", language)
    walker.submit(walker.own_form(), files=[("photo_home", (name, content, "image/jpeg"))])
    says_what_is_wrong(walker, "photos", language)


def test_a_session_that_ends_in_the_middle_of_a_form(someone: Someone, running_service: Service) -> None:
    """The officer signs in again and finds the note as it was typed."""
    person = invented(60_001)
    Outside(running_service.fakes, running_service.home).steer("civil_register", upsert=registered(person))
    reference = apply(someone(), "family", answers(person))
    office = Office(someone)
    office.wait_for(SOCIAL_WORKER, reference, "triage")
    officer = office.case(SOCIAL_WORKER, reference, "triage")
    form = officer.form(action="/triage/")
    half_an_hour_passes(running_service, officer.client.cookies["phueng"])
    note = "โทรแล้วสามครั้ง ยายรับสายครั้งที่สาม"
    officer.submit(form, {"category": "new", "call_note": note})
    assert "/sign-in/" in officer.path
    officer.submit(officer.form(action="/sign-in/demo/"), button=("username", SOCIAL_WORKER.username))
    assert officer.here.status_code == 200
    assert note in officer.here.text, f"what was typed is lost: {officer.path} {officer.text[:1000]}"


def half_an_hour_passes(service: Service, session_key: str) -> None:
    """Nobody touched the screen for 31 minutes: sessions are aged by the server's own clock, which tests cannot move."""
    aged = """import sys, django; django.setup()
from importlib import import_module
from django.conf import settings
store = import_module(settings.SESSION_ENGINE).SessionStore(sys.argv[1])
store["seen_at"] -= 31 * 60
store.save(must_create=False)"""
    subprocess.run([sys.executable, "-c", aged, session_key], env=service.environment, cwd=ROOT, check=True, timeout=60)


def test_an_answer_of_the_bank_with_lines_that_nobody_knows(someone: Someone) -> None:
    """They wait in suspense for a person; what is no result file at all is refused in words."""
    maker = someone(FINANCE_MAKER.username)
    maker.open("/money/results/")
    garbage = [("file", ("result.csv", b"\x00\xff not a result", "text/csv"))]
    maker.submit(maker.form(having="file"), {"pay_route": "krungthai"}, files=garbage)
    assert maker.here.status_code == 422
    assert re.search("[ก-๙]{6}", maker.text)
    maker.open("/money/results/")
    maker.submit(
        maker.form(having="file"),
        {"pay_route": "krungthai"},
        files=[("file", ("unknown.csv", unknown_lines(), "text/csv"))],
    )
    assert maker.here.status_code == 200, maker.text[:1500]
    checker = someone(FINANCE_CHECKER.username)
    checker.open("/money/results/")
    form = next(one for one in checker.read().forms if "/suspense/" in one.action)
    checker.submit(form, {"why": "ของหน่วยงานอื่น ธนาคารส่งผิดแฟ้ม"})
    assert checker.here.status_code == 200


def unknown_lines() -> bytes:
    """A whole result file about payments that are not ours."""
    from phueng.gateways.krungthai.result import ResultLine, write_result
    from phueng.kernel.references import new_line_reference

    return write_result(
        [
            ResultLine(
                new_line_reference(987_654_321), "09800000017", 123_400, "paid", "", "", date(2026, 11, 20), "KTB0001"
            )
        ]
    )


def test_an_operator_that_hangs_up(someone: Someone, outside: Outside) -> None:
    """The message waits, is tried again and arrives."""
    person = invented(60_002)
    outside.steer("civil_register", upsert=registered(person))
    outside.steer("sms", mode="hang_up")
    try:
        reference = apply(someone(), "family", answers(person))
        assert outside.messages_to(person.phone) == []
    finally:
        outside.steer("sms", mode="ok")
    outside.message_arrives(person.phone, reference[:4], patience=60)


@pytest.mark.parametrize("mode", ["malformed", "wrong_person", "hang_up", "huge"])
def test_a_register_that_talks_nonsense(someone: Someone, outside: Outside, mode: str) -> None:
    """It is asked again, visibly, and nothing passes on its word."""
    person = invented(60_010 + len(mode) * 7 + ord(mode[0]))
    outside.steer("civil_register", upsert=registered(person), mode=mode)
    try:
        walker = someone()
        reference = apply(walker, "family", answers(person))
        follow(walker, reference, birth_date_of(person))
        sees(walker, reference, "ทะเบียนราษฎรยังไม่ตอบ เราจะถามใหม่เอง")
    finally:
        outside.steer("civil_register", mode="ok")
    sees(walker, reference, "ตรวจข้อมูลเหล่านี้แล้ว", patience=70)


def test_nothing_typed_is_lost_between_pages(someone: Someone) -> None:
    """Wrong answers are kept too: the check page names each with a way back to it."""
    walker = someone()
    reference = begin(walker, "family")
    walker.open(f"/apply/{reference}/household_income/")
    walker.submit(walker.own_form(), {"household_income": "ไม่แน่นอน"})
    says_what_is_wrong(walker, "household_income", "th")
    walker.open(f"/apply/{reference}/check/")
    walker.submit(walker.form(action="/submit/"))
    assert "ข้อก่อนส่งคำขอ" in walker.text
    walker.open(f"/apply/{reference}/household_income/")
    assert walker.own_form().values["household_income"] == ["ไม่แน่นอน"]
    walker.open(f"/apply/{reference}/applying_for/")
    fill(walker, {**TYPED})

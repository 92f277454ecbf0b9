"""May every text of ours be read by whoever picks up the phone? (T-26, U-09, G-32)"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.gateways.sms.parts import PART_UNITS, split_message, units
from phueng.kernel.references import new_reference
from phueng.notices.texts import compose, problem_with, texts

LONGEST = {"reference": "MMMM-MMMM-MMM", "day": "30 พฤศจิกายน 2569"}
# Names of programmes, reasons for asking, money, health, violence: what a neighbour must not learn from a screen.
BANNED = re.compile(
    r"สงเคราะห์|เบี้ย|ยังชีพ|ผู้สูงอายุ|คนชรา|พิการ|ความพิการ|ไร้ที่พึ่ง|ยากไร้|ยากจน|ผู้มีรายได้น้อย|บาท|เงินช่วยเหลือ|รุนแรง|ล่วงละเมิด|"
    r"ป่วย|โรค|ติดเชื้อ|เลขบัตร|บัตรประชาชน|วันเกิด|นาง|นาย|ด\.ช\.|"
    r"baht|allowance|disab|elder|old.age|poor|poverty|destitut|hardship|violence|abuse|illness|grant|welfare|income|"
    r"birth|ID card|http|www|\.th\b",
    re.IGNORECASE,
)
EVERY = [(code, language) for code in texts() for language in ("th", "en")]


@pytest.mark.parametrize(("code", "language"), EVERY)
def test_every_text_fits_and_tells_nothing_sensitive(code: str, language: str) -> None:
    text = compose(code, language, LONGEST)
    assert units(text) <= 134
    parts = split_message(text, 7)
    assert len(parts) <= 2
    assert all(units(part.text) <= (70 if len(parts) == 1 else PART_UNITS) for part in parts)
    # "ที่พึ่ง" is the name of the service that the person chose; the programme for the destitute is not named.
    assert not BANNED.search(text), BANNED.search(text)
    assert "1300" in text
    assert LONGEST["reference"] in text
    assert ("ที่พึ่ง:" if language == "th" else "Phueng:") in text
    assert problem_with(text) == ""


def test_every_message_that_packages_send_has_a_text() -> None:
    assert set(texts()) == {
        "application_received", "application_withdrawn", "application_transferred", "missing_thing", "visit_planned",
        "forwarded", "wait_budget", "application_approved", "application_refused", "payment_paid", "payment_returned",
        "appeal_received", "appeal_upheld", "appeal_reversed", "appeal_late",
        "recovery_told", "recovery_ruled", "recovery_appealed", "recovery_planned", "recovery_settled",
    }  # fmt: skip


@pytest.mark.parametrize(
    "bad", ["เบี้ยความพิการเข้าแล้ว", "disability allowance", "ดูที่ https://phueng.go.th", "นางบุญมี", "3,000 บาท"]
)
def test_the_list_of_banned_words_bites(bad: str) -> None:
    assert BANNED.search(bad)


@pytest.mark.parametrize("bad", ["ดู bit.ly/x", "www.phueng.go.th", "บัตร 9100000000014", "โทร 0812345678"])
def test_links_and_long_numbers_are_refused_when_composing(bad: str) -> None:
    assert problem_with(bad)


def test_a_reference_is_written_for_the_ear() -> None:
    real = new_reference()
    assert f"{real[:4]}-{real[4:8]}-{real[8:]}" in compose("wait_budget", "th", {"reference": real})


def test_a_fault_of_ours_is_not_sent() -> None:
    with pytest.raises(LookupError):
        compose("no_such_template", "th", {})
    with pytest.raises(LookupError):
        compose("visit_planned", "th", {"reference": "MMMM-MMMM-MMM"})


@given(st.text(max_size=60))
def test_no_value_smuggles_anything_in(day: str) -> None:
    try:
        text = compose("visit_planned", "en", {"reference": "MMMM-MMMM-MMM", "day": day})
    except ValueError:
        return
    assert not re.search(r"[\x00-\x1f\u200b-\u200f\u202a-\u202e]", text)

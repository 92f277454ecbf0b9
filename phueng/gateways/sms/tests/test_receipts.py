"""Are operators' receipts read as they are meant, however they are written?"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from phueng.gateways.sms.contract import Receipt
from phueng.gateways.sms.receipts import read_receipt

BANGKOK = ZoneInfo("Asia/Bangkok")


def read(text: str, receipted_id: bytes | None = None, state: int | None = None) -> Receipt | None:
    return read_receipt(text.encode(), receipted_id=receipted_id, state=state, timezone=BANGKOK)


def test_the_usual_text() -> None:
    receipt = read("id:07F3 sub:001 dlvrd:001 submit date:2611221001 done date:2611221002 stat:DELIVRD err:000 text:ok")
    assert receipt is not None
    assert receipt.at is not None
    assert (receipt.provider_id, receipt.status, receipt.error_code) == ("07F3", "delivered", "000")
    assert receipt.at.isoformat() == "2026-11-22T10:02:00+07:00"


def test_our_own_words_do_not_count() -> None:
    receipt = read("id:1 stat:UNDELIV err:5 text:id:2 stat:DELIVRD")
    assert receipt is not None
    assert (receipt.provider_id, receipt.status) == ("1", "undeliverable")


def test_optional_parameters_count_first() -> None:
    receipt = read("id:1 stat:ENROUTE", b"ABC\x00", 8)
    assert receipt is not None
    assert (receipt.provider_id, receipt.status) == ("ABC", "rejected")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("EXPIRED", "expired"),
        ("DELETED", "deleted"),
        ("ACCEPTD", "accepted"),
        ("REJECTD", "rejected"),
        ("delivrd", "delivered"),
        ("FANTASY", "unknown"),
        ("", "unknown"),
    ],
)
def test_each_word(word: str, status: str) -> None:
    receipt = read(f"id:1 done date:99999 stat:{word}")
    assert receipt is not None
    assert (receipt.status, receipt.at) == (status, None)


def test_what_names_no_message_is_no_receipt() -> None:
    assert read("stat:DELIVRD") is None
    assert read("สวัสดี") is None

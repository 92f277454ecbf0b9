"""Does a one-time code prove exactly one thing, once, for ten minutes? (T-01, T-20)"""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from phueng.access.actions import CodeToSend, fetch_codes, issue_code, redeem_code
from phueng.access.codes import text_with
from phueng.access.limits import allow
from phueng.access.models import LimitEvent, OneTimeCode
from phueng.access.tests.factories import AT
from phueng.access.work import forget_what_is_over
from phueng.audit import clock
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.models import Entry
from phueng.kernel.problems import Refused

PHONE, OTHER = "+66812345678", "+66898765432"
CITIZEN = Actor("citizen", None, "", "citizen")


def sent_code(subject: UUID, phone: str = PHONE, *, at: Any = AT) -> str:
    """Issue a code and read it as the phone would."""
    issue_code(purpose="tracking", subject_id=subject, phone=phone, by=CITIZEN, at=at)
    code = fetch_codes(by=SYSTEM("notices"), at=at)[-1]
    return "".join(sign for sign in code.text if sign.isdigit())[:6]


def redeem(subject: UUID, code: str, *, phone: str = PHONE, purpose: str = "tracking", at: Any = AT) -> bool:
    return redeem_code(purpose=purpose, subject_id=subject, phone=phone, code=code, by=CITIZEN, at=at)


def test_the_right_code_works_once(db: Any) -> None:
    subject = uuid4()
    code = sent_code(subject)
    assert redeem(subject, f" {code[:3]} {code[3:]} ")
    assert not redeem(subject, code)


def test_thai_digits_are_digits(db: Any) -> None:
    subject = uuid4()
    code = sent_code(subject)
    assert redeem(subject, code.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")))


def test_a_code_is_bound_to_subject_phone_and_purpose(db: Any) -> None:
    subject = uuid4()
    code = sent_code(subject)
    assert not redeem(uuid4(), code)
    assert not redeem(subject, code, phone=OTHER)
    assert not redeem(subject, code, purpose="consent")
    assert redeem(subject, code)


def test_a_code_lives_ten_minutes(db: Any) -> None:
    subject = uuid4()
    code = sent_code(subject)
    assert not redeem(subject, code, at=AT + timedelta(minutes=10))
    assert redeem(subject, code, at=AT + timedelta(minutes=9, seconds=59))


def test_five_wrong_tries_end_a_code(db: Any) -> None:
    subject = uuid4()
    code = sent_code(subject)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert [redeem(subject, wrong) for _ in range(5)] == [False] * 5
    assert not redeem(subject, code)
    assert Entry.objects.filter(act="access.miss_code").count() == 5


def test_a_newer_code_ends_the_older(db: Any) -> None:
    subject = uuid4()
    older = sent_code(subject)
    newer = sent_code(subject)
    if older != newer:
        assert not redeem(subject, older)
    assert redeem(subject, newer)


def test_no_phone_gets_more_than_five_a_day_and_another_phone_is_not_hurt(db: Any) -> None:
    start = clock.now()
    for _ in range(5):
        issue_code(purpose="tracking", subject_id=uuid4(), phone=PHONE, by=CITIZEN, at=start)
    with pytest.raises(Refused) as refused:
        issue_code(purpose="tracking", subject_id=uuid4(), phone=PHONE, by=CITIZEN, at=start)
    assert refused.value.problem.code == "too_many_codes"
    issue_code(purpose="tracking", subject_id=uuid4(), phone=OTHER, by=CITIZEN, at=start)
    clock.set_clock_offset(timedelta(days=1, seconds=1))
    issue_code(purpose="tracking", subject_id=uuid4(), phone=PHONE, by=CITIZEN, at=clock.now())


def test_a_landline_gets_no_code(db: Any) -> None:
    with pytest.raises(Refused) as refused:
        issue_code(purpose="tracking", subject_id=uuid4(), phone="+6643123456", by=CITIZEN, at=AT)
    assert refused.value.problem.code == "not_a_mobile"


def test_the_readable_code_is_gone_once_fetched_and_never_in_the_audit(db: Any) -> None:
    code_id = issue_code(purpose="tracking", subject_id=uuid4(), phone=PHONE, language="en", by=CITIZEN, at=AT)
    handed = fetch_codes(by=SYSTEM("notices"), at=AT)
    assert [type(code) for code in handed] == [CodeToSend]
    digits = "".join(sign for sign in handed[0].text if sign.isdigit())[:6]
    assert (handed[0].id, handed[0].phone) == (code_id, PHONE)
    assert fetch_codes(by=SYSTEM("notices"), at=AT) == []
    row = OneTimeCode.objects.get(id=code_id)
    assert row.text_to_send == ""
    assert digits not in row.code_hash[:6]
    for entry in Entry.objects.all():
        assert digits not in str(entry.after)
        assert PHONE not in str(entry.after)


def test_a_code_whose_time_is_over_is_forgotten_unsent(db: Any) -> None:
    issue_code(purpose="tracking", subject_id=uuid4(), phone=PHONE, by=CITIZEN, at=AT)
    assert fetch_codes(by=SYSTEM("notices"), at=AT + timedelta(minutes=11)) == []
    assert not OneTimeCode.objects.exclude(text_to_send="").exists()


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_message_fits_one_part_and_has_no_link(language: str) -> None:
    text = text_with("123456", language)
    assert len(text) <= 70
    assert "http" not in text
    assert "www" not in text


def test_a_limit_slides(db: Any) -> None:
    within = timedelta(minutes=10)
    assert [allow("track 10.0.0.1", most=3, within=within) for _ in range(5)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert allow("track 10.0.0.2", most=3, within=within)
    clock.set_clock_offset(timedelta(minutes=10, seconds=1))
    assert allow("track 10.0.0.1", most=3, within=within)
    assert not LimitEvent.objects.filter(key_hash__contains="10.0.0").exists()


def test_what_is_over_is_forgotten(db: Any) -> None:
    allow("x", most=3, within=timedelta(minutes=1))
    issue_code(purpose="tracking", subject_id=uuid4(), phone=PHONE, by=CITIZEN, at=clock.now())
    assert forget_what_is_over() == 0
    clock.set_clock_offset(timedelta(days=8))
    assert forget_what_is_over() == 3
    assert forget_what_is_over() == 0

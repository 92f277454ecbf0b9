"""Does the client believe good answers only, about the account it asked for, and in time? (The bank is a process.)"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from phueng.gateways.name_inquiry.checks import KnownAccounts, check_inquiry
from phueng.gateways.name_inquiry.contract import AccountNotFound, HolderAnswer, InquiryUnavailable
from phueng.gateways.name_inquiry.live import NameInquiryService
from phueng.gateways.name_inquiry.wire import Malformed, account_as_json, read_answer
from phueng.gateways.rehearsal import RunningStandIn, running
from phueng.kernel.names import compare_names

FAKE = "phueng.gateways.name_inquiry.fake"
TOKEN = "demo-name-inquiry-token"
BOONMEE, VARIANT, OTHER, CLOSED = (
    ("006", "1234567890"),
    ("004", "1112223334"),
    ("014", "5556667778"),
    ("030", "020123456789"),
)
ACCOUNTS = [
    account_as_json(*BOONMEE, "นางบุญมี ศรีสุข"),
    account_as_json(*VARIANT, "นางบุญมี สีสุข"),
    account_as_json(*OTHER, "นายส*** ใ***", is_masked=True),
    account_as_json(*CLOSED, "นางบุญมี ศรีสุข", "closed"),
]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStandIn]:
    accounts = tmp_path_factory.mktemp("accounts") / "accounts.jsonl"
    accounts.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in ACCOUNTS), encoding="utf-8")
    with running(FAKE, "--accounts", str(accounts)) as one:
        yield one


@pytest.fixture
def inquiry(bank: RunningStandIn) -> Iterator[NameInquiryService]:
    bank.steer(mode="ok", delay=0)
    with NameInquiryService(bank.addresses[0], TOKEN, timeout=0.6, deadline=2.0, pause=0.02) as service:
        yield service


def ask(service: NameInquiryService, account: tuple[str, str] = BOONMEE) -> HolderAnswer | AccountNotFound:
    return service.holder_of(*account, reason="first payment", asked_by="officer.kkn", request_id="R-1")


def test_the_stand_in_keeps_the_contract(inquiry: NameInquiryService) -> None:
    check_inquiry(inquiry, KnownAccounts(BOONMEE, CLOSED, ("006", "4040404040")))


def test_demo_people_match_vary_and_differ(inquiry: NameInquiryService) -> None:
    said = []
    for account in (BOONMEE, VARIANT, OTHER):
        answer = ask(inquiry, account)
        assert isinstance(answer, HolderAnswer)
        said.append(compare_names("นางบุญมี ศรีสุข", answer.holder_name).verdict)
    assert said == ["same", "variant", "different"]


def test_the_bank_is_told_why_and_who(bank: RunningStandIn, inquiry: NameInquiryService) -> None:
    ask(inquiry)
    assert bank.look("/asked")[-1] == {
        "bank_code": "006",
        "account": "1234567890",
        "reason": "first payment",
        "asked_by": "officer.kkn",
        "request_id": "R-1",
    }


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("slow", "timeout"),
        ("down", "http"),
        ("busy", "busy"),
        ("malformed", "malformed"),
        ("html", "malformed"),
        ("huge", "malformed"),
        ("drip", "slow"),
        ("wrong_account", "malformed"),
        ("wrong_request", "malformed"),
        ("unauthorised", "http"),
        ("redirect", "http"),
        ("hang_up", "refused"),
    ],
)
def test_no_bad_day_of_the_bank_passes_for_an_answer(
    bank: RunningStandIn, inquiry: NameInquiryService, mode: str, kind: str
) -> None:
    bank.steer(mode=mode)
    began = time.monotonic()
    with pytest.raises(InquiryUnavailable) as trouble:
        ask(inquiry)
    assert trouble.value.kind == kind
    assert time.monotonic() - began < 4
    assert trouble.value.problem.th
    assert trouble.value.problem.next_en


def test_a_hiccup_is_asked_again_and_a_refusal_is_not(bank: RunningStandIn, inquiry: NameInquiryService) -> None:
    bank.steer(mode="flaky")
    for _ in range(4):
        assert isinstance(ask(inquiry), HolderAnswer)
    bank.steer(mode="unauthorised")
    before = len(bank.look("/asked"))
    with pytest.raises(InquiryUnavailable):
        ask(inquiry)
    assert len(bank.look("/asked")) == before + 1


def test_nobody_listens() -> None:
    with (
        NameInquiryService("http://127.0.0.1:9", TOKEN, pause=0.01) as service,
        pytest.raises(InquiryUnavailable) as trouble,
    ):
        ask(service)
    assert (trouble.value.kind, trouble.value.may_pass) == ("refused", True)


def test_accounts_change_while_it_runs(bank: RunningStandIn, inquiry: NameInquiryService) -> None:
    new = ("002", "7778889990")
    assert isinstance(ask(inquiry, new), AccountNotFound)
    bank.steer(upsert={"bank_code": new[0], "account": new[1], "holder_name": "นายใหม่ ใจดี", "standing": "unknown"})
    answer = ask(inquiry, new)
    assert isinstance(answer, HolderAnswer)
    assert (answer.holder_name, answer.standing) == ("นายใหม่ ใจดี", "unknown")
    bank.steer(forget={"bank_code": new[0], "account": new[1]})
    assert isinstance(ask(inquiry, new), AccountNotFound)
    with pytest.raises(ValueError, match="holder_name"):
        bank.steer(upsert={"bank_code": "006", "account": "1"})


def test_an_answer_has_an_age_and_keeps_the_name_out_of_logs(inquiry: NameInquiryService) -> None:
    answer = ask(inquiry)
    assert isinstance(answer, HolderAnswer)
    now = datetime.now(UTC) + timedelta(seconds=5)
    assert answer.is_fresh(now, most_days=30)
    assert not answer.is_fresh(now + timedelta(days=31), most_days=30)
    assert not answer.is_fresh(now - timedelta(days=1), most_days=30)
    assert "บุญมี" not in repr(answer)
    assert "1234567890" not in repr(answer)


@pytest.mark.parametrize(("bank_code", "account"), [("๐๐๖", "12345"), ("006", "12 345"), ("6", "12345"), ("006", "1")])
def test_a_question_that_makes_no_sense_is_not_asked(inquiry: NameInquiryService, bank_code: str, account: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        ask(inquiry, (bank_code, account))


GOOD = {
    "version": 1,
    "request_id": "R-1",
    "bank_reference": "NI1",
    "answered_at": "2026-11-22T10:00:00+07:00",
    "outcome": "found",
    "account": ACCOUNTS[0],
}


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 2},
        {"version": True},
        {"answered_at": "2026-11-22T10:00:00"},
        {"answered_at": "2569-11-22T10:00:00+07:00"},
        {"outcome": "maybe"},
        {"outcome": "not_found"},
        {"more": 1},
        {"account": {**ACCOUNTS[0], "standing": "asleep"}},
        {"account": {**ACCOUNTS[0], "is_masked": "no"}},
        {"account": {**ACCOUNTS[0], "holder_name": None}},
        {"account": {**ACCOUNTS[0], "holder_name": "ก" * 301}},
        {"account": {**ACCOUNTS[0], "extra": 1}},
        {"bank_reference": ""},
    ],
)
def test_an_answer_with_anything_odd_in_it_is_none(changed: dict[str, object]) -> None:
    read_answer(json.dumps(GOOD).encode(), bank_code="006", account="1234567890", request_id="R-1")
    with pytest.raises(Malformed):
        read_answer(json.dumps(GOOD | changed).encode(), bank_code="006", account="1234567890", request_id="R-1")

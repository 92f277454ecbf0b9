"""Does the client believe a good register, and nothing but a good register? (The register is a separate
process.)"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from phueng.gateways.civil_register.checks import KnownPeople, check_register
from phueng.gateways.civil_register.contract import NotFound, RegisterAnswer, RegisterUnavailable
from phueng.gateways.civil_register.live import CivilRegister
from phueng.gateways.civil_register.tests.people import BOONMEE, DEPARTED, NOBODY, write_people
from phueng.gateways.rehearsal import RunningStandIn, running, start

FAKE = "phueng.gateways.civil_register.fake"


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStandIn]:
    records = write_people(tmp_path_factory.mktemp("register"))
    with running(FAKE, "--records", str(records), "--token", "letmein", "--control") as one:
        yield one


@pytest.fixture
def register(stand_in: RunningStandIn) -> Iterator[CivilRegister]:
    with CivilRegister(stand_in.addresses[0], "letmein", timeout=0.5, deadline=1.0) as client:
        yield client
    stand_in.steer(mode="ok", delay=0)


def ask(register: CivilRegister, national_id: str = BOONMEE, request_id: str = "r-1") -> RegisterAnswer | NotFound:
    return register.lookup(national_id, reason="ตรวจคำขอ", asked_by="worker", request_id=request_id)


def test_the_stand_in_keeps_the_contract(register: CivilRegister) -> None:
    check_register(register, KnownPeople(alive=BOONMEE, dead=DEPARTED, nobody=NOBODY))


def test_every_fact_arrives(register: CivilRegister, stand_in: RunningStandIn) -> None:
    answer = ask(register)
    assert isinstance(answer, RegisterAnswer)
    assert (answer.title, answer.first_name, answer.last_name) == ("นาง", "บุญมี", "ศรีสุข")
    assert (answer.born.iso, answer.born.precision) == ("1948", "year")
    assert (answer.address.house_no, answer.address.moo, answer.address.subdistrict_code) == (
        "99/1",
        7,
        "400101",
    )
    assert answer.household_members == (BOONMEE, "9400100000038")
    assert stand_in.look("/asked")[-1] == {
        "national_id": BOONMEE,
        "reason": "ตรวจคำขอ",
        "asked_by": "worker",
        "request_id": "r-1",
    }
    assert BOONMEE not in repr(answer)
    assert "บุญมี" not in repr(answer)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("down", "http"),
        ("unauthorised", "http"),
        ("redirect", "http"),
        ("malformed", "malformed"),
        ("html", "malformed"),
        ("huge", "malformed"),
        ("wrong_person", "malformed"),
        ("wrong_request", "malformed"),
        ("wrong_types", "malformed"),
        ("hang_up", "malformed"),
        ("slow", "timeout"),
        ("drip", "slow"),
    ],
)
def test_no_fault_passes_for_an_answer(register: CivilRegister, stand_in: RunningStandIn, mode: str, kind: str) -> None:
    stand_in.steer(mode=mode, delay=1.5 if mode == "slow" else 0)
    begun = time.monotonic()
    with pytest.raises(RegisterUnavailable) as caught:
        ask(register)
    assert caught.value.kind == kind
    assert time.monotonic() - begun < 1.9
    assert caught.value.problem.th
    assert caught.value.problem.next_en
    assert BOONMEE not in str(caught.value)
    stand_in.steer(mode="ok", delay=0)
    assert isinstance(ask(register), RegisterAnswer), "the same client works again afterwards"


def test_a_late_answer_is_refused_even_when_complete(stand_in: RunningStandIn) -> None:
    stand_in.steer(delay=0.6)
    with (
        CivilRegister(stand_in.addresses[0], "letmein", timeout=2.0, deadline=0.3) as impatient,
        pytest.raises(RegisterUnavailable) as caught,
    ):
        ask(impatient)
    assert caught.value.kind == "slow"
    stand_in.steer(mode="ok", delay=0)


def test_a_flaky_register_answers_on_the_second_try(register: CivilRegister, stand_in: RunningStandIn) -> None:
    stand_in.steer(mode="flaky")
    outcomes = []
    for _ in range(4):
        try:
            outcomes.append(type(ask(register)).__name__)
        except RegisterUnavailable as wrong:
            outcomes.append(wrong.kind)
    assert sorted(outcomes) == ["RegisterAnswer", "RegisterAnswer", "http", "http"]


def test_a_wrong_token_is_turned_away(stand_in: RunningStandIn) -> None:
    with (
        CivilRegister(stand_in.addresses[0], "guess") as stranger,
        pytest.raises(RegisterUnavailable) as caught,
    ):
        ask(stranger)
    assert (caught.value.kind, caught.value.status) == ("http", 401)


def test_nobody_listening_is_refused() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with (
        CivilRegister(f"http://127.0.0.1:{port}", "letmein") as register,
        pytest.raises(RegisterUnavailable) as caught,
    ):
        ask(register)
    assert caught.value.kind == "refused"


@pytest.mark.parametrize("wrong", ["", "๙๔๐๐๑๐๐๐๐๐๐๑๑", "940010000001", "9400100000011\n", "9400100000011 OR 1=1"])
def test_only_thirteen_ascii_digits_are_asked_about(register: CivilRegister, wrong: str) -> None:
    with pytest.raises(ValueError, match="thirteen"):
        ask(register, wrong)


def test_a_death_reported_meanwhile_is_seen(register: CivilRegister, stand_in: RunningStandIn) -> None:
    stand_in.steer(upsert={"national_id": BOONMEE, "vital_status": "dead", "died": "25690301"})
    try:
        answer = ask(register)
        assert isinstance(answer, RegisterAnswer)
        assert answer.died is not None
        assert not answer.is_alive
        assert answer.died.iso == "2026-03-01"
    finally:
        stand_in.steer(upsert={"national_id": BOONMEE, "vital_status": "alive", "died": None})


def test_the_stand_in_ends_cleanly_when_asked(tmp_path_factory: pytest.TempPathFactory) -> None:
    stand_in = start(FAKE, "--records", str(write_people(tmp_path_factory.mktemp("register"))))
    assert stand_in.stop() == 0

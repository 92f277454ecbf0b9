"""Which JSON do we believe, and how are incomplete Thai dates read?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.gateways.civil_register.contract import RegisterAnswer
from phueng.gateways.civil_register.tests.people import BOONMEE, person
from phueng.gateways.civil_register.wire import Malformed, person_as_json, read_answer, read_birth_date


def envelope(**changed: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "request_id": "r-1",
        "register_reference": "TR1",
        "answered_at": "2026-11-22T10:00:00+07:00",
        "outcome": "found",
        "person": person(BOONMEE),
    } | changed


def read(answer: object) -> Any:
    return read_answer(json.dumps(answer).encode(), national_id=BOONMEE, request_id="r-1")


@pytest.mark.parametrize(
    ("written", "iso", "precision"),
    [
        ("24910000", "1948", "year"),
        ("24910300", "1948-03", "month"),
        ("24910315", "1948-03-15", "day"),
        ("25430229", "2000-02-29", "day"),
    ],
)
def test_incomplete_dates_keep_their_precision(written: str, iso: str, precision: str) -> None:
    date = read_birth_date(written)
    assert (date.iso, date.precision) == (iso, precision)


@pytest.mark.parametrize(
    "written",
    [
        "19480315",
        "2491-3-1",
        "24910015",
        "24911301",
        "24910230",
        "๒๔๙๑๐๓๑๕",
        "2491031",
        "",
        None,
        24910315,
    ],
)
def test_dates_that_mean_nothing_are_refused(written: object) -> None:
    with pytest.raises(Malformed):
        read_birth_date(written)


@pytest.mark.parametrize(
    ("written", "doubtful"),
    [
        ("24830215", True),
        ("24830000", False),
        ("24830415", False),
        ("24840215", False),
        ("24800100", True),
    ],
)
def test_a_january_before_2484_is_marked_doubtful(written: str, doubtful: bool) -> None:
    assert read_birth_date(written).is_year_doubtful is doubtful


PERSON_FAULTS: list[dict[str, Any]] = [
    {"national_id": "9400100000020"},
    {"vital_status": "unknown"},
    {"vital_status": "dead"},
    {"died": "25690101"},
    {"vital_status": "dead", "died": "24900101"},
    {"born": "26000101"},
    {"first_name": ""},
    {"first_name": "ก" * 101},
    {"first_name": "บุญ\u200bมี"},
    {"first_name": "a\x00b"},
    {"first_name": 5},
    {"sex": "F"},
    {"nationality": "thai"},
    {"nationality": None},
    {"house_code": "123"},
    {"household_members": []},
    {"household_members": ["9400100000020"]},
    {"household_members": [BOONMEE, BOONMEE]},
    {"household_members": [BOONMEE, 5]},
    {"extra": 1},
    {"address": {"house_no": "1", "moo": True, "subdistrict_code": "400101"}},
    {"address": {"house_no": "1", "moo": 1, "subdistrict_code": "040101"}},
    {"address": "99/1"},
]


@pytest.mark.parametrize("fault", PERSON_FAULTS, ids=lambda fault: ",".join(fault))
def test_a_person_with_one_fault_is_refused(fault: dict[str, Any]) -> None:
    read(envelope())
    with pytest.raises(Malformed):
        read(envelope(person=person(BOONMEE, **fault)))


@pytest.mark.parametrize(
    "fault",
    [
        {"version": 2},
        {"version": True},
        {"request_id": "other"},
        {"outcome": "maybe"},
        {"answered_at": "today"},
        {"answered_at": "2026-11-22T10:00:00"},
        {"outcome": "not_found"},
        {"more": 1},
        {"register_reference": ""},
    ],
    ids=str,
)
def test_an_envelope_with_one_fault_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        read(envelope(**fault))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"<html>",
        b"\xff\xfe",
        b'{"version":1,"version":1}',
        b'{"version":NaN}',
        b"[" * 50_000,
    ],
    ids=lambda body: repr(body[:12]),
)
def test_bytes_that_are_no_answer_are_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        read_answer(body, national_id=BOONMEE, request_id="r-1")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    ),
    st.sampled_from(sorted(person(BOONMEE))),
)
def test_no_value_in_any_field_does_worse_than_being_refused(value: object, name: str) -> None:
    try:
        answer = read(envelope(person=person(BOONMEE, **{name: value})))
    except Malformed:
        return
    assert answer.national_id == BOONMEE


def test_what_we_write_for_the_stand_in_is_what_it_meant() -> None:
    answer = read(envelope())
    assert isinstance(answer, RegisterAnswer)
    assert person_as_json(answer) == person(BOONMEE)

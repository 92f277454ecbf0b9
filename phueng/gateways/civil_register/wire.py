"""How is a person of the register written as JSON, and which JSON do we believe?

An answer is `{"version": 1, "request_id": …, "register_reference": …, "answered_at": …, "outcome": "found",
"person": {…}}`, or outcome `not_found` without a person. Dates are eight digits of the Buddhist era, `00`
where the register knows no month or day. Every field is required, none may be added: an answer with
something new in it comes from a register that changed its mind, and somebody has to look at that before it
decides about money.
"""

from __future__ import annotations

import json
import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from phueng.gateways.civil_register.contract import (
    NotFound,
    PartialDate,
    RegisterAnswer,
    RegisteredAddress,
    Sex,
    VitalStatus,
)

VERSION = 1
LARGEST_ANSWER = 65_536
LARGEST_HOUSEHOLD = 500
# Years of the Buddhist era in which someone now on a register can have been born or died. A year of the
# Christian era (1948) falls outside, and so is found out instead of making somebody 543 years older.
FIRST_YEAR, LAST_YEAR = 2420, 2643
LAST_YEAR_BEGINNING_IN_APRIL = 2483

_NATIONAL_ID = re.compile(r"[0-9]{13}", re.ASCII)
_HOUSE_CODE = re.compile(r"[0-9]{11}", re.ASCII)
_SUBDISTRICT = re.compile(r"[1-9][0-9]{5}", re.ASCII)
_NATIONALITY = re.compile(r"[A-Z]{3}", re.ASCII)
_DATE = re.compile(r"[0-9]{8}", re.ASCII)

_ENVELOPE = {"version", "request_id", "register_reference", "answered_at", "outcome"}
_PERSON = {
    "national_id",
    "vital_status",
    "died",
    "title",
    "first_name",
    "last_name",
    "born",
    "sex",
    "nationality",
    "address",
    "house_code",
    "household_members",
}
_ADDRESS = {"house_no", "moo", "subdistrict_code"}


class Malformed(Exception):
    """The JSON is not an answer to our question. The sentence names the field, never the person's facts."""


def read_answer(body: bytes, *, national_id: str, request_id: str) -> RegisterAnswer | NotFound:
    """The answer in `body`, if it is one and is about this person and this request."""
    envelope = _parsed(body)
    outcome = envelope.get("outcome")
    expected = _ENVELOPE | ({"person"} if outcome == "found" else set())
    _insist(set(envelope) == expected, "fields of the answer")
    _insist(type(envelope["version"]) is int and envelope["version"] == VERSION, "version")
    _insist(envelope["request_id"] == request_id, "request_id")
    reference = _words(envelope, "register_reference", most=100)
    answered_at = _moment(envelope["answered_at"])
    if outcome == "not_found":
        return NotFound(request_id, reference, answered_at)
    _insist(outcome == "found", "outcome")
    person = _fields(envelope["person"], _PERSON, "person")
    _insist(person["national_id"] == national_id, "national_id: another person's answer")
    return _person(person, request_id, reference, answered_at)


def read_birth_date(written: object) -> PartialDate:
    """`24910000` is the year 2491 (1948) without month and day; `24910315` is 15 March 2491."""
    _insist(isinstance(written, str) and bool(_DATE.fullmatch(written)), "date")
    text = cast(str, written)
    year_be, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    _insist(FIRST_YEAR <= year_be <= LAST_YEAR, "year of a date")
    _insist(month <= 12 and not (month == 0 and day), "month of a date")
    year_ce = year_be - 543
    _insist(month == 0 or day <= monthrange(year_ce, month)[1], "day of a date")
    doubtful = year_be <= LAST_YEAR_BEGINNING_IN_APRIL and 1 <= month <= 3
    return PartialDate(year_ce, month or None, day or None, doubtful)


def person_as_json(answer: RegisterAnswer) -> dict[str, Any]:
    """The same person as the register would write it: one line of a records file for the stand-in."""
    members = answer.household_members
    return {
        "national_id": answer.national_id,
        "vital_status": answer.vital_status,
        "died": _written(answer.died),
        "title": answer.title,
        "first_name": answer.first_name,
        "last_name": answer.last_name,
        "born": _written(answer.born),
        "sex": answer.sex,
        "nationality": answer.nationality,
        "address": {
            "house_no": answer.address.house_no,
            "moo": answer.address.moo,
            "subdistrict_code": answer.address.subdistrict_code,
        },
        "house_code": answer.house_code,
        "household_members": None if members is None else list(members),
    }


def _person(person: Mapping[str, Any], request_id: str, reference: str, answered_at: datetime) -> RegisterAnswer:
    born = read_birth_date(person["born"])
    died = None if person["died"] is None else read_birth_date(person["died"])
    status = person["vital_status"]
    _insist(status in ("alive", "dead"), "vital_status")
    _insist((died is None) == (status == "alive"), "died")
    _insist(died is None or died.iso[: len(born.iso)] >= born.iso[: len(died.iso)], "died before being born")
    latest = f"{answered_at.year:04d}-{answered_at.month:02d}-{answered_at.day:02d}"
    _insist(born.iso <= latest and (died is None or died.iso <= latest), "a date in the future")
    _insist(person["sex"] in ("male", "female", "unknown"), "sex")
    return RegisterAnswer(
        national_id=person["national_id"],
        request_id=request_id,
        register_reference=reference,
        answered_at=answered_at,
        vital_status=cast(VitalStatus, status),
        died=died,
        title=_words(person, "title", most=60, least=0),
        first_name=_words(person, "first_name"),
        last_name=_words(person, "last_name", least=0),  # some people have one name only
        born=born,
        sex=cast(Sex, person["sex"]),
        nationality=_pattern(person, "nationality", _NATIONALITY),
        address=_address(person["address"]),
        house_code=None if person["house_code"] is None else _pattern(person, "house_code", _HOUSE_CODE),
        household_members=_household(person["household_members"], person["national_id"]),
    )


def _address(value: object) -> RegisteredAddress:
    address = _fields(value, _ADDRESS, "address")
    moo = address["moo"]
    _insist(moo is None or (type(moo) is int and 1 <= moo <= 99), "moo")
    return RegisteredAddress(
        _words(address, "house_no", most=40), moo, _pattern(address, "subdistrict_code", _SUBDISTRICT)
    )


def _household(value: object, national_id: str) -> tuple[str, ...] | None:
    if value is None:
        return None
    _insist(isinstance(value, list) and 0 < len(value) <= LARGEST_HOUSEHOLD, "household_members")
    members = tuple(cast(list[object], value))
    _insist(all(isinstance(one, str) and _NATIONAL_ID.fullmatch(one) for one in members), "household_members")
    _insist(len(set(members)) == len(members) and national_id in members, "household_members")
    return cast(tuple[str, ...], members)


def _parsed(body: bytes) -> Mapping[str, Any]:
    _insist(len(body) <= LARGEST_ANSWER, "size of the answer")
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise Malformed("not JSON") from wrong
    _insist(isinstance(value, dict), "not an object")
    return cast(Mapping[str, Any], value)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two readers may disagree about which of two equal names counts, so neither does."""
    _insist(len({name for name, _ in pairs}) == len(pairs), "a name stands twice")
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise Malformed(f"{name} is not JSON")


def _fields(value: object, names: set[str], where: str) -> Mapping[str, Any]:
    _insist(isinstance(value, dict) and set(value) == names, f"fields of {where}")
    return cast(Mapping[str, Any], value)


def _words(source: Mapping[str, Any], name: str, *, most: int = 100, least: int = 1) -> str:
    """Visible words of a bounded length; control and invisible characters do not belong in a register."""
    value = source[name]
    _insist(isinstance(value, str) and least <= len(value) <= most and value == value.strip(), name)
    _insist(not any(unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Cn") for one in value), name)
    return unicodedata.normalize("NFC", cast(str, value))


def _pattern(source: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> str:
    value = source[name]
    _insist(isinstance(value, str) and bool(pattern.fullmatch(value)), name)
    return cast(str, value)


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(cast(str, value))
    except (TypeError, ValueError) as wrong:
        raise Malformed("answered_at") from wrong
    _insist(moment.tzinfo is not None and 2000 <= moment.year <= 2200, "answered_at")
    return moment


def _written(moment: PartialDate | None) -> str | None:
    if moment is None:
        return None
    return f"{moment.year_ce + 543:04d}{moment.month or 0:02d}{moment.day or 0:02d}"


def _insist(holds: object, what: str) -> None:
    if not holds:
        raise Malformed(what)

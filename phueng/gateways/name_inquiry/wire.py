"""How is an answer about an account written as JSON, and which JSON do we believe?

`{"version": 1, "request_id": …, "bank_reference": …, "answered_at": …, "outcome": "found", "account": {"bank_code",
"account", "standing", "holder_name", "is_masked"}}`, or outcome `not_found` without an account. Every field is
required, none may be added.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from phueng.gateways.name_inquiry.contract import AccountNotFound, HolderAnswer
from phueng.kernel.thai_text import clean_text

VERSION = 1
LARGEST_ANSWER = 16_384
LONGEST_NAME = 300
STANDINGS = ("open", "closed", "unknown")
_ENVELOPE = {"version", "request_id", "bank_reference", "answered_at", "outcome"}
_ACCOUNT = {"bank_code", "account", "standing", "holder_name", "is_masked"}


class Malformed(Exception):
    """The JSON is not an answer to our question. The sentence names the field, never what stands in it."""


def read_answer(body: bytes, *, bank_code: str, account: str, request_id: str) -> HolderAnswer | AccountNotFound:
    """The answer in `body`, if it is one and is about this account and this request."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise Malformed("not JSON") from wrong
    _insist(isinstance(said, dict), "not an object")
    is_found = said.get("outcome") == "found"
    _insist(set(said) == _ENVELOPE | ({"account"} if is_found else set()), "fields of the answer")
    _insist(type(said["version"]) is int and said["version"] == VERSION, "version")
    _insist(said["request_id"] == request_id, "request_id: another question's answer")
    reference, answered_at = _words(said, "bank_reference", 100), _moment(said["answered_at"])
    if not is_found:
        _insist(said["outcome"] == "not_found", "outcome")
        return AccountNotFound(request_id, reference, answered_at)
    held = said["account"]
    _insist(isinstance(held, dict) and set(held) == _ACCOUNT, "fields of the account")
    _insist(held["bank_code"] == bank_code and held["account"] == account, "another account's answer")
    _insist(held["standing"] in STANDINGS, "standing")
    _insist(type(held["is_masked"]) is bool, "is_masked")
    _insist(isinstance(held["holder_name"], str) and len(held["holder_name"]) <= LONGEST_NAME, "holder_name")
    return HolderAnswer(
        bank_code=bank_code,
        account=account,
        request_id=request_id,
        standing=held["standing"],
        holder_name=clean_text(held["holder_name"]),
        is_masked=held["is_masked"],
        bank_reference=reference,
        answered_at=answered_at,
    )


def account_as_json(
    bank_code: str, account: str, holder_name: str, standing: str = "open", *, is_masked: bool = False
) -> dict[str, Any]:
    """One line of the stand-in's accounts file."""
    return {
        "bank_code": bank_code,
        "account": account,
        "standing": standing,
        "holder_name": holder_name,
        "is_masked": is_masked,
    }


def _words(said: dict[str, Any], name: str, most: int) -> str:
    value = said[name]
    _insist(isinstance(value, str) and 0 < len(value) <= most and value.isprintable(), name)
    return str(value)


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as wrong:
        raise Malformed("answered_at") from wrong
    _insist(isinstance(value, str) and moment.tzinfo is not None and 2000 <= moment.year <= 2200, "answered_at")
    return moment


def _insist(holds: object, field: str) -> None:
    if not holds:
        raise Malformed(field)

"""Does a ticket open one stream for a minute, and nothing else?"""

import base64
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.tracking.stream_tickets import LIVES_FOR_SECONDS, StreamTicket, issue, opened

KEY, AT = b"k" * 32, 1_800_000_000.0
CASE = uuid4()


def test_a_ticket_says_which_application_and_which_version() -> None:
    assert opened(issue(CASE, "abc", key=KEY, at=AT), key=KEY, at=AT + 1) == StreamTicket(CASE, "abc")


def test_it_lives_a_minute() -> None:
    ticket = issue(CASE, "abc", key=KEY, at=AT)
    assert opened(ticket, key=KEY, at=AT + LIVES_FOR_SECONDS) is not None
    assert opened(ticket, key=KEY, at=AT + LIVES_FOR_SECONDS + 1) is None


def test_another_key_opens_nothing() -> None:
    assert opened(issue(CASE, "abc", key=b"x" * 32, at=AT), key=KEY, at=AT) is None


@given(st.integers(0, 90), st.integers(1, 255))
def test_one_changed_byte_spoils_it(place: int, change: int) -> None:
    ticket = issue(CASE, "abc", key=KEY, at=AT)
    whole = bytearray(base64.urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4)))
    whole[place % len(whole)] ^= change
    assert opened(base64.urlsafe_b64encode(bytes(whole)).decode().rstrip("="), key=KEY, at=AT) is None


@given(st.text(max_size=60))
def test_nonsense_is_no_ticket(text: str) -> None:
    assert opened(text, key=KEY, at=AT) is None


@pytest.mark.parametrize("ticket", ["", "a" * 401, "====", "ก"])
def test_odd_shapes_are_no_ticket(ticket: str) -> None:
    assert opened(ticket, key=KEY, at=AT) is None

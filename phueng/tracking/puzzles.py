"""What does a try cost once a network has guessed often? A little computing, or a little waiting.

The page hands out a signed challenge. A browser finds a number whose hash with it begins with enough zero bits, within
two minutes; without JavaScript a person waits half a minute and presses the button. Both ways serve everybody behind a
shared connection, however many were wrong before; each challenge opens one try.
"""

import hashlib
import secrets
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest

from phueng.access import sessions
from phueng.access.limits import address_of, allow
from phueng.tracking.limits import QUARTER, network_of

SALT = "phueng.tracking.puzzle"
ZERO_BITS = 14
SOLVED_WITHIN_SECONDS = 120
WAIT_SECONDS = 30
WAITED_WITHIN_SECONDS = 15 * 60
WAITED_MOST = 100


def new_challenge(request: HttpRequest) -> str:
    """A fresh challenge for the network that asks; letters, digits, "-", "_" and ":" only."""
    network = network_of(address_of(request.META))
    return signing.dumps([secrets.token_urlsafe(12), int(sessions.moment()), network], salt=SALT)


def is_solved(challenge: str, number: str) -> bool:
    """Does the hash of both begin with enough zero bits?"""
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        return False
    digest = hashlib.sha256(f"{challenge} {number}".encode()).digest()
    return int.from_bytes(digest) >> (256 - ZERO_BITS) == 0


def has_paid(request: HttpRequest) -> bool:
    """Was this try paid for: a number found in time, or waited long enough? A challenge is spent by being shown here."""
    challenge = request.POST.get("challenge", "")[:400]
    network = network_of(address_of(request.META))
    try:
        nonce, issued, given_to = signing.loads(challenge, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    age = sessions.moment() - issued
    solved = age <= SOLVED_WITHIN_SECONDS and is_solved(challenge, request.POST.get("solution", ""))
    waited = WAIT_SECONDS <= age <= WAITED_WITHIN_SECONDS
    if given_to != network or not (solved or waited) or not _first_use(str(nonce)):
        return False
    # Challenges can be collected and waited for side by side: this way through has room for people, not for programs.
    return solved or allow(f"track waited {network}", most=WAITED_MOST, within=QUARTER)


def _first_use(nonce: str) -> bool:
    return allow(f"puzzle {nonce}", most=1, within=timedelta(seconds=WAITED_WITHIN_SECONDS))

"""Is this the person? The first step of signing in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.contrib.auth import authenticate
from django.http import HttpRequest

from phueng.access.actions.give_password import GIVEN_FOR
from phueng.access.limits import address_of, hashed
from phueng.access.models import Account, SignInEvent
from phueng.access.throttling import subject_of
from phueng.access.viewers import viewer_of
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor

Outcome = Literal["signed_in", "wrong", "throttled", "wrong_factor", "signed_out", "demo", "over"]


@dataclass(frozen=True, slots=True)
class SignIn:
    """What came of it; the account only when the password was right."""

    outcome: Outcome
    account: Account | None = None


@action
def sign_in(*, request: HttpRequest, username: str, password: str, by: Actor, at: datetime) -> SignIn:
    """Check username and password; a wrong one is returned, never raised (that would undo its count).

    The answer does not tell an unknown username from a wrong password, in words or in time.
    """
    account = authenticate(request, username=username.strip().lower(), password=password)
    if isinstance(account, Account) and _is_over(account, at):
        _note(request, "wrong", account, by, at)
        return SignIn("over")
    if isinstance(account, Account):
        # The session opens only when the second factor is given too; note_sign_in writes that.
        return SignIn("signed_in", account)
    is_throttled = bool(getattr(request, "axes_locked_out", False))
    request.axes_locked_out = False  # type: ignore[attr-defined]  # our own page says it, in Thai
    # The username as typed is not kept: people type passwords into that field.
    known = Account.objects.filter(username=username.strip().lower()).first()
    outcome: Outcome = "throttled" if is_throttled else "wrong"
    _note(request, outcome, known, by, at)
    return SignIn(outcome)


@action
def note_sign_in(*, request: HttpRequest, outcome: Outcome, account: Account, by: Actor, at: datetime) -> None:
    """Write that a session opened or ended, or that the second factor was wrong."""
    _note(request, outcome, account, by, at)


def _is_over(account: Account, at: datetime) -> bool:
    given_at = account.password_given_at
    return given_at is not None and at - given_at > GIVEN_FOR


def _note(request: HttpRequest, outcome: Outcome, account: Account | None, by: Actor, at: datetime) -> None:
    came_from = hashed(f"address {address_of(request.META)}")
    SignInEvent.objects.create(account=account, outcome=outcome, at=at, came_from=came_from, request_id=by.request_id)
    act = {"signed_in": "access.sign_in", "demo": "access.sign_in", "signed_out": "access.sign_out"}.get(
        outcome, "access.miss_sign_in"
    )
    if account is not None and act == "access.sign_in":
        # Whoever has just proved who they are did this, not the stranger who opened the page.
        by = viewer_of(account, request_id=by.request_id).actor()
    subject = subject_of(account.id if account else None)
    record(by=by, at=at, act=act, subject=subject, after={"outcome": outcome, "came_from": came_from[:16]})

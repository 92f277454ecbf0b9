"""Who sits at the terminal? Name, password and second factor, as on the sign-in page.

The same checks, the same throttling, the same trace. Secrets are asked, never taken from words of the command or from
the environment: those stay in histories and process lists. Without a terminal they are read from standard input, a line
each.
"""

import getpass
import sys
from uuid import uuid4

from django.http import HttpRequest

from phueng.access import actions, factors, queries
from phueng.access.gates import factors_are_required
from phueng.access.limits import allow, forget
from phueng.access.models import Account
from phueng.access.problems import (
    GIVEN_PASSWORD_OVER,
    SIGN_IN_THROTTLED,
    STEP_UP_THROTTLED,
    WRONG_FACTOR,
    WRONG_OWN_PASSWORD,
    WRONG_SIGN_IN,
)
from phueng.access.roles import SECOND_FACTOR_ROLES
from phueng.access.viewers import Viewer, anonymous, viewer_of
from phueng.access.views.step_up import MOST_WRONG, WITHIN
from phueng.audit.clock import now
from phueng.kernel.problems import Problem, Refused

OWES_PASSWORD = Problem(
    "owes_password",
    "รหัสผ่านนี้ผู้อื่นตั้งให้ ต้องเปลี่ยนก่อน",
    "Somebody else gave this password; it must be changed first",
    "เข้าสู่ระบบในหน้าเว็บแล้วตั้งรหัสผ่านของคุณเอง",
    "Sign in on the web pages and choose your own",
)
NO_FACTOR = Problem(
    "no_second_factor",
    "หน้าที่นี้ต้องใช้รหัสจากแอป แต่บัญชียังไม่ได้ผูกแอป",
    "This duty needs a code from an app, and the account has none yet",
    "เข้าสู่ระบบในหน้าเว็บแล้วผูกแอปก่อน",
    "Sign in on the web pages and enrol an app first",
)


def signed_in(username: str) -> Viewer:
    """Ask for password and code and say who it is. Refused with the words of the sign-in page."""
    request, number = _request(), f"terminal-{uuid4().hex[:24]}"
    by = anonymous(number).actor()
    password = ask("รหัสผ่าน / Password: ")
    came = actions.sign_in(request=request, username=username, password=password, by=by, at=now())
    if came.account is None:
        raise Refused({"throttled": SIGN_IN_THROTTLED, "over": GIVEN_PASSWORD_OVER}.get(came.outcome, WRONG_SIGN_IN))
    account, by_app = came.account, factors.has_device(came.account.pk)
    if by_app and not factors.is_right(account.pk, ask("รหัสจากแอป / Code of the app: ")):
        actions.note_sign_in(request=request, outcome="wrong_factor", account=account, by=by, at=now())
        raise Refused(WRONG_FACTOR)
    viewer = viewer_of(account, request_id=number)
    if viewer.owes_password:
        raise Refused(OWES_PASSWORD)
    if not by_app and factors_are_required() and viewer.has_role(*SECOND_FACTOR_ROLES):
        raise Refused(NO_FACTOR)
    actions.note_sign_in(request=request, outcome="signed_in", account=account, by=by, at=now())
    return viewer


def prove_again(viewer: Viewer, purpose: str) -> None:
    """Just before an act of weight: the app's next code, or the password of an account without an app."""
    account = _account(viewer)
    by_app = factors.has_device(account.pk)
    if not by_app and factors_are_required():
        raise Refused(NO_FACTOR)
    tries = f"step-up {account.pk}"
    if not allow(tries, most=MOST_WRONG, within=WITHIN):
        raise Refused(STEP_UP_THROTTLED)
    proof = ask("รหัสใหม่จากแอป / A new code of the app: " if by_app else "รหัสผ่านอีกครั้ง / Password again: ")
    if not actions.step_up(account_id=account.pk, purpose=purpose, proof=proof, by=viewer.actor(), at=now()):
        raise Refused(WRONG_FACTOR if by_app else WRONG_OWN_PASSWORD)
    forget(tries)


def ask(question: str, *, is_secret: bool = True) -> str:
    """One answer. Questions go to the terminal or to standard error: standard output belongs to the answer."""
    if sys.stdin.isatty() and is_secret:
        return getpass.getpass(question)
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().rstrip("\r\n")


def _account(viewer: Viewer) -> Account:
    account = queries.account_by_id(viewer.account_id)
    if account is None:
        raise Refused(WRONG_SIGN_IN)
    return account


def _request() -> HttpRequest:
    request = HttpRequest()  # throttling and the trace of a sign-in ask where somebody comes from
    request.method, request.path = "POST", "/sign-in/"
    request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "phueng", "REQUEST_METHOD": "POST"}
    return request

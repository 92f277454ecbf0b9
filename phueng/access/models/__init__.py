"""Which rows make up access? Accounts and duties, hands on a case, one-time codes, and traces of sign-ins."""

from phueng.access.models.accounts import Account
from phueng.access.models.codes import OneTimeCode
from phueng.access.models.duties import ROLES, STAFF_ROLES, Delegation, Duty
from phueng.access.models.hands import HANDS, Hand
from phueng.access.models.parked_forms import ParkedForm
from phueng.access.models.sign_ins import LimitEvent, SignInEvent

__all__ = [
    "HANDS",
    "ROLES",
    "STAFF_ROLES",
    "Account",
    "Delegation",
    "Duty",
    "Hand",
    "LimitEvent",
    "OneTimeCode",
    "ParkedForm",
    "SignInEvent",
]

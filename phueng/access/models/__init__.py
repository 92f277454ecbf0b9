"""Which rows make up access? Accounts and duties, hands on a case and borrowed ones, one-time codes, and traces of sign-ins."""

from phueng.access.models.accounts import Account
from phueng.access.models.baits import BaitReference
from phueng.access.models.borrowed_hands import BorrowedHand
from phueng.access.models.codes import OneTimeCode
from phueng.access.models.duties import Delegation, Duty
from phueng.access.models.hands import Hand
from phueng.access.models.parked_forms import ParkedForm
from phueng.access.models.sign_ins import LimitEvent, SignInEvent
from phueng.access.roles import HANDS, ROLES, STAFF_ROLES

__all__ = [
    "HANDS",
    "ROLES",
    "STAFF_ROLES",
    "Account",
    "BaitReference",
    "BorrowedHand",
    "Delegation",
    "Duty",
    "Hand",
    "LimitEvent",
    "OneTimeCode",
    "ParkedForm",
    "SignInEvent",
]

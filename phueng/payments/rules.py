"""Which dues can be paid now, and what exactly is frozen? Plain functions over plain facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from rapidfuzz.fuzz import token_sort_ratio

from phueng.gateways.iso20022.codes import is_reason, reason_of
from phueng.kernel.bank_accounts import normalise_account
from phueng.kernel.canonical import canonical_json
from phueng.kernel.merkle import leaf_hash, merkle_root
from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import clean_text, unencodable
from phueng.kernel.titles import strip_title
from phueng.payments.account_looks import AccountLook

# Below this likeness (0–100) the holder is another name, not another spelling; a person looks at it.
HOLDER_LIKENESS = 80


# The bank has not said yet whose account it is: the run waits for the answer, and nobody is paid without it.
NOT_ASKED = "holder_not_asked"
# What the bank may say of an account that nothing can be paid into.
USELESS = ("closed", "not_found", "unusable")

# Returns that say something about the person or the file, not about the account.
DEAD = "D01"
FILE_REFUSED = "file_refused"
OTHER_REASON = "X99"
NOT_COLLECTED = "not_collected"


def blames_account(returned_code: str) -> bool:
    """Whether a return with this code means that the account cannot be used again.

    Of the standard's codes those that ask the payee for something do; the others are the office's or the bank's business.
    """
    known = reason_of(returned_code) if is_reason(returned_code) else None
    if known is not None:
        return known.next in ("new_account", "ask_person")
    return returned_code not in (DEAD, FILE_REFUSED, OTHER_REASON, NOT_COLLECTED)


@dataclass(frozen=True, slots=True)
class Payee:
    """What we know about the person behind a due at the moment of preparing."""

    name: str
    died_on: date | None
    bank_code: str = ""
    account: str = ""
    holder: str = ""
    national_id: str = ""


@dataclass(frozen=True, slots=True)
class WayToPay:
    """What a pay route asks of a payee: certified lists name everybody by number; some routes reach PromptPay."""

    is_listed: bool = False
    takes_promptpay: bool = False
    pays_in_hand: bool = False


WAYS = {
    "krungthai": WayToPay(),
    "iso20022": WayToPay(takes_promptpay=True),
    "comptroller": WayToPay(is_listed=True, takes_promptpay=True),
    "counter": WayToPay(pays_in_hand=True),
}


def reason_to_leave_out(
    payee: Payee,
    way: WayToPay,
    *,
    rests: str = "",
    amount_satang: int = 0,
    cap_satang: int | None = None,
    is_owed_elsewhere: bool = False,
    promptpay_failed: bool = False,
    is_said_dead: bool = False,
    is_unknown: bool = False,
    look: AccountLook | None = None,
) -> str | None:
    """The code of the reason why this due cannot be paid now (see problems.EXCLUSIONS), or None.

    `rests`: why the entitlement does not pay (suspended, or how it ended); `cap_satang`: the scheme's ceiling.
    """
    if payee.died_on is not None or is_said_dead or rests == "death":
        return "dead"
    if rests == "move":
        return "moved"
    if rests:
        return rests
    if is_unknown:
        return "not_in_register"
    if is_owed_elsewhere:
        return "other_record"
    if cap_satang is not None and amount_satang > cap_satang:
        return "over_cap"
    if not payee.name or unencodable(payee.name):
        return "name_not_encodable"
    if way.is_listed and not payee.national_id:
        return "no_national_id"
    if way.pays_in_hand:
        return None
    if not payee.account:
        if not (way.takes_promptpay and payee.national_id):
            return "account_invalid" if look is not None and look.standing in USELESS else "no_account"
        return "no_promptpay" if promptpay_failed else None
    if isinstance(normalise_account(payee.bank_code, payee.account), Problem):
        return "account_invalid"
    return reason_about_holder(payee, look or AccountLook())


def reason_about_holder(payee: Payee, look: AccountLook) -> str | None:
    """Whose account it is, by the bank's word where a bank answers, else by the holder's name as it was typed."""
    if look.is_shared_by_too_many:
        return "shared_account"
    if not look.is_inquired:
        return None if is_same_holder(payee.name, payee.holder) else "name_mismatch"
    if look.standing in USELESS:
        return "account_invalid"
    is_cleared = look.verdict in ("same", "variant") or (
        look.is_confirmed and look.ruling in ("same_person", "third_party")
    )
    if look.was_paid:
        return None if is_cleared or is_same_holder(payee.name, payee.holder) else "name_mismatch"
    if not look.standing or not look.is_fresh or look.stated_name != payee.name:
        return NOT_ASKED
    return None if is_cleared else "name_mismatch"


def is_same_holder(name: str, holder: str) -> bool:
    """Whether account holder and payee are one name, spelling variants and titles aside."""
    if name == holder:
        return True  # the usual case, a million times a run
    stated, held = (strip_title(clean_text(text))[1] for text in (name, holder))
    return token_sort_ratio(stated, held) >= HOLDER_LIKENESS


class FrozenLine(NamedTuple):
    """What a line says, in this order; changing any of it changes the run's root."""

    number: int
    reference: str
    due_id: UUID
    bank_code: str
    branch: str
    account: str
    national_id: str
    payee_name: str
    amount_satang: int


def leaf_of(line: FrozenLine) -> bytes:
    """The leaf that stands for one line."""
    return leaf_hash(canonical_json(list(line)))


def root_of(lines: Sequence[FrozenLine]) -> str:
    """Merkle root (hex) over the lines in their order."""
    return merkle_root([leaf_of(line) for line in sorted(lines, key=lambda line: line.number)]).hex()

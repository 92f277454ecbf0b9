"""Which dues can be paid now, and what exactly is frozen? Plain functions over plain facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rapidfuzz.fuzz import token_sort_ratio

from phueng.kernel.bank_accounts import normalise_account
from phueng.kernel.canonical import canonical_json
from phueng.kernel.merkle import leaf_hash, merkle_root
from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import clean_text, unencodable
from phueng.kernel.titles import strip_title

# Below this likeness (0–100) the holder is another name, not another spelling; a person looks at it.
HOLDER_LIKENESS = 80


# Returns that say something about the person or the file, not about the account.
DEAD = "D01"
FILE_REFUSED = "file_refused"


def blames_account(returned_code: str) -> bool:
    """Whether a return with this code means that the account cannot be used again."""
    return returned_code not in (DEAD, FILE_REFUSED)


@dataclass(frozen=True)
class Payee:
    """What we know about the person behind a due at the moment of preparing."""

    name: str
    died_on: date | None
    bank_code: str = ""
    account: str = ""
    holder: str = ""
    national_id: str = ""


def reason_to_leave_out(
    payee: Payee,
    *,
    is_listed: bool,
    is_owed_elsewhere: bool = False,
    promptpay_failed: bool = False,
    is_said_dead: bool = False,
) -> str | None:
    """The code of the reason why this due cannot be paid now (see problems.EXCLUSIONS), or None.

    `is_listed`: paid by certified list, which names everybody by national ID and needs no account.
    """
    if payee.died_on is not None or is_said_dead:
        return "dead"
    if is_owed_elsewhere:
        return "other_record"
    if not payee.name or unencodable(payee.name):
        return "name_not_encodable"
    if is_listed and not payee.national_id:
        return "no_national_id"
    if not payee.account:
        if not is_listed:
            return "no_account"
        return "no_promptpay" if promptpay_failed else None
    if isinstance(normalise_account(payee.bank_code, payee.account), Problem):
        return "account_invalid"
    if not is_same_holder(payee.name, payee.holder):
        return "name_mismatch"
    return None


def is_same_holder(name: str, holder: str) -> bool:
    """Whether account holder and payee are one name, spelling variants and titles aside."""
    stated, held = (strip_title(clean_text(text))[1] for text in (name, holder))
    return token_sort_ratio(stated, held) >= HOLDER_LIKENESS


@dataclass(frozen=True)
class FrozenLine:
    """What a line says; changing any of it changes the run's root."""

    number: int
    reference: str
    due_id: UUID
    bank_code: str
    branch: str
    account: str
    national_id: str
    payee_name: str
    amount_satang: int


def root_of(lines: Sequence[FrozenLine]) -> str:
    """Merkle root (hex) over the lines in their order."""
    leaves = [
        leaf_hash(
            canonical_json(
                [
                    line.number,
                    line.reference,
                    line.due_id,
                    line.bank_code,
                    line.branch,
                    line.account,
                    line.national_id,
                    line.payee_name,
                    line.amount_satang,
                ]
            )
        )
        for line in sorted(lines, key=lambda line: line.number)
    ]
    return merkle_root(leaves).hex()

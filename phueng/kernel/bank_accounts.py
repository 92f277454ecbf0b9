"""Which bank is this, can this be an account number there, and how does it stand in a bank file?

No check digit of Thai account numbers is public: a number that passes here is well formed, no more. Whose account it is
is confirmed elsewhere (passbook photo, the bank's answer).

The bank table is data (`banks.yaml`), read once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from phueng.kernel.languages import is_english
from phueng.kernel.problems import Problem
from phueng.kernel.thai_text import without_spacing

KRUNGTHAI = "006"
FILE_DIGITS = 11
BRANCH_DIGITS = 4


@dataclass(frozen=True, slots=True)
class AccountRule:
    """What happens to a number of one of these lengths on its way into a bank file."""

    lengths: tuple[int, ...]
    drop: int
    prefix: str = ""
    branch_before_drop: bool = False


@dataclass(frozen=True, slots=True)
class Bank:
    code: str
    short: str
    name_th: str
    name_en: str
    bic: str | None
    source: str
    closed_into: str | None
    rules: tuple[AccountRule, ...]

    def name(self, lang: str) -> str:
        return self.name_en if is_english(lang) else self.name_th

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many digits a number may have as it stands in the passbook."""
        return tuple(sorted(length for rule in self.rules for length in rule.lengths))


@dataclass(frozen=True, slots=True)
class AccountNumber:
    """An account as a bank file wants it. `branch4` is read off the number."""

    bank_code: str
    account11: str
    branch4: str


def _rules(rows: list[dict[str, Any]]) -> tuple[AccountRule, ...]:
    return tuple(
        AccountRule(tuple(row["digits"]), row["drop"], row.get("prefix", ""), row.get("branch") == "before_drop")
        for row in rows
    )


@cache
def banks() -> Mapping[str, Bank]:
    """Every bank by its 3-digit code, the closed ones too (old passbooks name them)."""
    table = yaml.safe_load(files("phueng.kernel").joinpath("banks.yaml").read_text("utf-8"))
    return MappingProxyType(
        {
            code: Bank(
                code=code,
                short=row["short"],
                name_th=row["th"],
                name_en=row["en"],
                bic=row.get("bic"),
                source=row["source"],
                closed_into=row.get("closed_into"),
                rules=_rules(row.get("accounts", table["default_accounts"])),
            )
            for code, row in table["banks"].items()
        }
    )


def open_banks() -> list[Bank]:
    """Banks that money can be sent to, for a list to choose from: Krungthai first, then by code."""
    return sorted(
        (bank for bank in banks().values() if bank.closed_into is None and bank.code != "000"),
        key=lambda bank: (bank.code != KRUNGTHAI, bank.code),
    )


_EMPTY = Problem(
    "empty",
    "ยังไม่ได้กรอกเลขที่บัญชี",
    "The account number is missing.",
    "กรอกเลขที่บัญชีตามหน้าแรกของสมุดบัญชี",
    "Type the account number from the first page of the passbook.",
)
_NOT_DIGITS = Problem(
    "not_digits",
    "เลขที่บัญชีมีตัวอักษรหรือเครื่องหมายที่ไม่ใช่ตัวเลข",
    "The account number contains something other than digits.",
    "กรอกเฉพาะตัวเลขตามสมุดบัญชี",
    "Type only the digits in the passbook.",
)
_UNKNOWN_BANK = Problem(
    "unknown_bank",
    "ไม่รู้จักธนาคารนี้",
    "This bank is not known.",
    "เลือกธนาคารจากรายการ",
    "Choose the bank from the list.",
)
_ALL_ZEROS = Problem(
    "all_zeros",
    "เลขที่บัญชีเป็นศูนย์ทั้งหมด",
    "The account number is all zeros.",
    "กรอกเลขที่บัญชีตามหน้าแรกของสมุดบัญชี",
    "Type the account number from the first page of the passbook.",
)


def _closed_bank(bank: Bank) -> Problem:
    successor = banks()[bank.closed_into or ""]
    return Problem(
        "closed_bank",
        f"{bank.name_th}รวมกิจการกับ{successor.name_th}แล้ว",
        f"{bank.name_en} has become part of {successor.name_en}.",
        f"เลือก{successor.name_th} และกรอกเลขที่บัญชีใหม่",
        f"Choose {successor.name_en} and type the new account number.",
    )


def _lengths_said(lengths: tuple[int, ...], word: str) -> str:
    """10 · 7-11 หรือ 12: runs of three or more are shortened."""
    runs: list[list[int]] = []
    for length in lengths:
        if runs and length == runs[-1][-1] + 1:
            runs[-1].append(length)
        else:
            runs.append([length])
    return f" {word} ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _wrong_length(bank: Bank, count: int) -> Problem:
    return Problem(
        "wrong_length",
        f"เลขที่บัญชี{bank.name_th}ต้องมี {_lengths_said(bank.lengths, 'หรือ')} หลัก แต่กรอกมา {count} หลัก",
        f"An account number of {bank.name_en} has {_lengths_said(bank.lengths, 'or')} digits; this has {count}.",
        "นับดูว่าขาดหรือเกิน และดูว่าเลือกธนาคารถูกหรือไม่ แล้วกรอกใหม่",
        "Check which digits are missing or extra and whether the bank is right, then type it again.",
    )


def account_digits(text: str) -> str:
    """Thai digits become 0-9; spaces, dashes and invisible characters go; anything else stays."""
    return without_spacing(text)


def normalise_account(bank_code: str, digits: str) -> AccountNumber | Problem:
    """The 11 digits and branch for a bank file, by the bank's own rule.

    Problems: empty, not_digits, unknown_bank, closed_bank, wrong_length, all_zeros.
    """
    bank = banks().get(bank_code)
    if bank is None:
        return _UNKNOWN_BANK
    if bank.closed_into is not None:
        return _closed_bank(bank)
    number = account_digits(digits)
    if not number:
        return _EMPTY
    if not re.fullmatch(r"[0-9]+", number):
        return _NOT_DIGITS
    rule = next((rule for rule in bank.rules if len(number) in rule.lengths), None)
    if rule is None:
        return _wrong_length(bank, len(number))
    if not number.strip("0"):
        return _ALL_ZEROS
    whole = rule.prefix + number
    account11 = whole[rule.drop :].zfill(FILE_DIGITS)
    branch4 = (whole if rule.branch_before_drop else account11)[:BRANCH_DIGITS]
    return AccountNumber(bank_code, account11, branch4)


def mask_account(digits: str) -> str:
    """xxxxxx7890: the last four digits only; a number of fewer than eight is hidden whole."""
    number = account_digits(digits)
    if len(number) < 8:
        return "x" * len(number)
    return "x" * (len(number) - 4) + number[-4:]

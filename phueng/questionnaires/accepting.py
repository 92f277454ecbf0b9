"""What did a person mean by what they typed, or what is wrong with it and what can they do?

Every kind of question has one reader. Readers are generous with form (Thai digits, spaces, dashes, both
eras) and strict with meaning. None of them raises for anything typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from phueng.kernel.bank_accounts import account_digits, banks, mask_account, normalise_account
from phueng.kernel.money import format_baht, parse_baht, problem_with_baht
from phueng.kernel.national_id import format_national_id, normalise_national_id, problem_with_national_id
from phueng.kernel.phones import format_phone, normalise_phone
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import format_date, parse_date, problem_with_birth_date
from phueng.kernel.thai_text import ascii_digits, clean_text
from phueng.kernel.titles import strip_title
from phueng.questionnaires.shapes import Question
from phueng.questionnaires.wrong_answers import (
    BANK_MISSING,
    EMPTY,
    FIRST_NAME_MISSING,
    HOLDER_MISSING,
    LAST_NAME_MISSING,
    MOST_PHOTOS,
    NAME_HAS_FIGURES,
    NO_SUCH_PLACE,
    NONE_AND_OTHERS,
    NOT_A_NUMBER,
    NOT_AN_OPTION,
    PLACE_MISSING,
    TOO_MANY_PHOTOS,
    outside,
    too_long,
)

Raw = str | list[str] | Mapping[str, str] | None
PlaceLine = Callable[[str, str], str]

_NOTHING_WORDS = frozenset({"ไม่มี", "ไม่มีรายได้", "ไม่มีเลย", "none", "nothing", "no income"})
_NO_LAST_NAME = frozenset({"-", "–", "ไม่มี", "none"})
_YES = frozenset({"yes", "true", "1", "ใช่", "มี"})
_NO = frozenset({"no", "false", "0", "ไม่", "ไม่ใช่", "ไม่มี"})


@dataclass(frozen=True)
class Accepted:
    """An understood answer. `value` is plain JSON; the displays say it back to the person."""

    value: Any
    display_th: str
    display_en: str

    def display(self, language: str) -> str:
        return self.display_en if language.startswith("en") else self.display_th


@dataclass(frozen=True)
class _Setting:
    """What a reader may need besides the question and what was typed."""

    today: date
    allow_unissued_ids: bool
    place_line: PlaceLine | None


Reader = Callable[[Question, Any, _Setting], Accepted | Problem]


def understood_answer(
    question: Question, raw: Raw, *, today: date, allow_unissued_ids: bool, place_line: PlaceLine | None
) -> Accepted | Problem:
    """See `definitions.check_answer`, which is the door to this file."""
    if _is_blank(raw):
        if question.is_required:
            return _READ_BLANK.get(question.kind, EMPTY)
        return Accepted(None, "ไม่ได้ตอบ", "Not answered")
    setting = _Setting(today, allow_unissued_ids, place_line)
    wants = _SHAPES.get(question.kind, str)
    if not isinstance(raw, wants):
        # A form sends one value where several were possible; anything else was not made by our pages.
        if wants is list and isinstance(raw, str):
            raw = [raw]
        else:
            return _READ_BLANK.get(question.kind, EMPTY)
    return _READERS[question.kind](question, raw, setting)


def _is_blank(raw: Raw) -> bool:
    if raw is None:
        return True
    if isinstance(raw, str):
        return not clean_text(raw, 1000)
    if isinstance(raw, Mapping):
        return all(_is_blank(value) for value in raw.values())
    return all(_is_blank(value) for value in raw)


def _text(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    written = clean_text(raw, keep_lines=question.kind == "long_text")
    if len(written) > question.max_length:
        return too_long(question.max_length)
    return Accepted(written, written, written)


def _choice(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    for option in question.options:
        if option.code == raw.strip():
            return Accepted(option.code, option.th, option.en)
    return NOT_AN_OPTION


def _choices(question: Question, raw: list[str], setting: _Setting) -> Accepted | Problem:
    asked = {code.strip() for code in raw if isinstance(code, str) and code.strip()}
    chosen = [option for option in question.options if option.code in asked]
    if len(chosen) != len(asked):
        return NOT_AN_OPTION
    if len(chosen) > 1 and any(option.is_exclusive for option in chosen):
        return NONE_AND_OTHERS
    return Accepted(
        [option.code for option in chosen],
        ", ".join(option.th for option in chosen),
        ", ".join(option.en for option in chosen),
    )


def _yes_no(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    written = clean_text(raw, 20).lower()
    if written in _YES:
        return Accepted(True, "ใช่", "Yes")
    if written in _NO:
        return Accepted(False, "ไม่ใช่", "No")
    return NOT_AN_OPTION


def _date(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    day = parse_date(raw, setting.today)
    if isinstance(day, Problem):
        return day
    if question.is_in_the_past and (problem := problem_with_birth_date(day, setting.today)):
        return problem
    return Accepted(day.iso(), format_date(day, "th"), format_date(day, "en"))


def _money(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    if clean_text(raw, 40).lower() in _NOTHING_WORDS:
        raw = "0"
    if problem := problem_with_baht(raw):
        return problem
    satang = parse_baht(raw)
    return Accepted(satang, format_baht(satang, "th"), format_baht(satang, "en"))


def _number(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    written = re.sub(r"\s*(คน|ครั้ง|ปี|people|persons)$", "", ascii_digits(clean_text(raw, 40)).replace(",", ""))
    if not re.fullmatch(r"[0-9]{1,9}", written):
        return NOT_A_NUMBER
    number = int(written)
    least, most = question.least, question.most
    if (least is not None and number < least) or (most is not None and number > most):
        return outside(least, most)
    return Accepted(number, f"{number:,}", f"{number:,}")


def _national_id(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    if problem := problem_with_national_id(raw, allow_unissued=setting.allow_unissued_ids):
        return problem
    digits = normalise_national_id(raw)
    shown = format_national_id(digits)
    return Accepted(digits, shown, shown)


def _phone(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    number = normalise_phone(raw)
    if isinstance(number, Problem):
        return number
    shown = format_phone(number)
    return Accepted(number, shown, shown)


def _part(raw: Mapping[str, str], key: str) -> str:
    """One field of an answer with several; whatever is not text counts as empty."""
    value = raw.get(key, "")
    return clean_text(value) if isinstance(value, str) else ""


def _name(question: Question, raw: Mapping[str, str], setting: _Setting) -> Accepted | Problem:
    title, first, last = (_part(raw, key) for key in ("title", "first_name", "last_name"))
    title_in_first, first = strip_title(first)
    title = title or title_in_first
    if first and not last and " " in first:  # "สมศรี ใจดี" typed into one box
        first, last = first.split(" ", 1)
    if not first:
        return FIRST_NAME_MISSING
    if not last:
        return LAST_NAME_MISSING
    last = "" if last.lower() in _NO_LAST_NAME else last
    if any(len(part) > question.max_length for part in (title, first, last)):
        return too_long(question.max_length)
    if re.search(r"[0-9๐-๙<>@#$%^&*=_+{}\[\]|\\/~!?;:]", first + last):
        return NAME_HAS_FIGURES
    shown = " ".join(part for part in (f"{title}{first}" if _is_glued(title) else f"{title} {first}", last) if part)
    return Accepted({"title": title, "first_name": first, "last_name": last}, shown.strip(), shown.strip())


def _is_glued(title: str) -> bool:
    """Civil titles are joined to the name in Thai (นายสมชาย); ranks and English titles stand apart."""
    return title in {"นาย", "นาง", "นางสาว", "เด็กชาย", "เด็กหญิง"}


def _address(question: Question, raw: Mapping[str, str], setting: _Setting) -> Accepted | Problem:
    code = ascii_digits(_part(raw, "subdistrict_code"))
    if not code:
        return PLACE_MISSING
    if not re.fullmatch(r"[1-9][0-9]{5}", code):
        return NO_SUCH_PLACE
    value = {"subdistrict_code": code}
    for key in ("house_no", "moo", "village", "street", "note"):
        value[key] = _part(raw, key)
        if len(value[key]) > question.max_length:
            return too_long(question.max_length)
    value["moo"] = re.sub(r"^(หมู่ที่|หมู่|ม\.)\s*", "", ascii_digits(value["moo"]))
    lines = {"th": "", "en": ""}
    if setting.place_line is not None:
        lines = {language: setting.place_line(code, language) for language in ("th", "en")}
        if not lines["th"]:
            return NO_SUCH_PLACE
    return Accepted(value, _address_line(value, lines["th"], "หมู่ "), _address_line(value, lines["en"], "Moo "))


def _address_line(value: Mapping[str, str], place: str, moo_word: str) -> str:
    moo = f"{moo_word}{value['moo']}" if value["moo"] else ""
    parts = (value["house_no"], moo, value["village"], value["street"], place or value["subdistrict_code"])
    line = " ".join(part for part in parts if part)
    return f"{line} ({value['note']})" if value["note"] else line


def _bank_account(question: Question, raw: Mapping[str, str], setting: _Setting) -> Accepted | Problem:
    bank_code, number, holder = (_part(raw, key) for key in ("bank_code", "number", "holder"))
    if not bank_code:
        return BANK_MISSING
    account = normalise_account(bank_code, number)
    if isinstance(account, Problem):
        return account
    if not holder:
        return HOLDER_MISSING
    if len(holder) > question.max_length:
        return too_long(question.max_length)
    digits = account_digits(number)
    bank = banks()[bank_code]
    value = {"bank_code": bank_code, "number": digits, "holder": holder}
    return Accepted(
        value,
        f"{bank.name('th')} {mask_account(digits)} {holder}",
        f"{bank.name('en')} {mask_account(digits)} {holder}",
    )


def _photo(question: Question, raw: list[str], setting: _Setting) -> Accepted | Problem:
    documents = list(dict.fromkeys(one.strip() for one in raw if isinstance(one, str) and one.strip()))
    if len(documents) > MOST_PHOTOS:
        return TOO_MANY_PHOTOS
    if any(not re.fullmatch(r"[0-9A-Za-z-]{1,64}", one) for one in documents):
        return NOT_AN_OPTION
    count = len(documents)
    return Accepted(documents, f"{count} ภาพ", "1 photo" if count == 1 else f"{count} photos")


_SHAPES: dict[str, type] = {
    "choices": list,
    "photo": list,
    "name": Mapping,
    "address": Mapping,
    "bank_account": Mapping,
}
_READERS: dict[str, Reader] = {
    "text": _text,
    "long_text": _text,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "date": _date,
    "money": _money,
    "number": _number,
    "national_id": _national_id,
    "phone": _phone,
    "address": _address,
    "bank_account": _bank_account,
    "photo": _photo,
    "name": _name,
}
# The kernel words its own "missing" for some kinds: "the account number is missing" says more than "not
# answered".
_READ_BLANK: dict[str, Problem] = {
    "name": FIRST_NAME_MISSING,
    "address": PLACE_MISSING,
    "bank_account": BANK_MISSING,
    "money": problem_with_baht("") or EMPTY,
    "national_id": problem_with_national_id("", allow_unissued=False) or EMPTY,
}

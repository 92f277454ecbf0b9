"""What did a person mean by what they typed, or what is wrong with it and what can they do?

Every kind of question has one reader. Readers are generous with form (Thai digits, spaces, dashes, both eras) and
strict with meaning. None of them raises for anything typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from phueng.kernel.bank_accounts import account_digits, banks, mask_account, normalise_account
from phueng.kernel.money import format_baht, parse_baht, problem_with_baht
from phueng.kernel.national_id import format_national_id, normalise_national_id, problem_with_national_id
from phueng.kernel.phones import format_phone, normalise_phone
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import format_date, parse_date, problem_with_birth_date
from phueng.kernel.thai_text import ascii_digits, clean_text
from phueng.kernel.titles import strip_title

if TYPE_CHECKING:
    from phueng.questionnaires.definitions import Question

Raw = str | list[str] | Mapping[str, str] | None
PlaceLine = Callable[[str, str], str]

MOST_PHOTOS = 5
_NOTHING_WORDS = frozenset({"ไม่มี", "ไม่มีรายได้", "ไม่มีเลย", "none", "nothing", "no income"})
_NO_LAST_NAME = frozenset({"-", "–", "ไม่มี", "none"})
_YES = frozenset({"yes", "true", "1", "ใช่", "มี"})
_NO = frozenset({"no", "false", "0", "ไม่", "ไม่ใช่", "ไม่มี"})

EMPTY = Problem(
    "empty",
    "ยังไม่ได้ตอบคำถามนี้",
    "This question is not answered yet.",
    "ตอบคำถามนี้แล้วกดต่อไป",
    "Answer the question, then continue.",
)
_NOT_AN_OPTION = Problem(
    "not_an_option",
    "คำตอบนี้ไม่อยู่ในรายการ",
    "This answer is not in the list.",
    "เลือกคำตอบจากรายการ",
    "Choose an answer from the list.",
)
_NONE_AND_OTHERS = Problem(
    "none_and_others",
    "เลือก “ไม่มี” พร้อมกับข้ออื่นไม่ได้",
    "“None” cannot be chosen together with other answers.",
    "เลือกเฉพาะข้อที่มี หรือเลือก “ไม่มี” ข้อเดียว",
    "Choose what applies, or choose only “none”.",
)
_NOT_A_NUMBER = Problem(
    "not_a_number",
    "คำตอบนี้ไม่ใช่จำนวน",
    "This is not a number.",
    "กรอกเป็นตัวเลข เช่น 4",
    "Type a number, for example 4.",
)
_FIRST_NAME_MISSING = Problem(
    "first_name_missing",
    "ยังไม่ได้กรอกชื่อ",
    "The first name is missing.",
    "กรอกชื่อตามบัตรประชาชน หรือชื่อที่คนเรียก",
    "Type the name on the ID card, or the name people call you.",
)
_LAST_NAME_MISSING = Problem(
    "last_name_missing",
    "ยังไม่ได้กรอกนามสกุล",
    "The last name is missing.",
    "กรอกนามสกุล หากไม่มีนามสกุลให้ใส่ -",
    "Type the last name; if there is none, type -.",
)
_NAME_HAS_FIGURES = Problem(
    "name_has_figures",
    "ชื่อมีตัวเลขหรือเครื่องหมายที่ไม่ใช่ตัวอักษร",
    "The name contains figures or signs that are not letters.",
    "กรอกชื่อเป็นตัวอักษรเท่านั้น",
    "Type the name in letters only.",
)
_PLACE_MISSING = Problem(
    "place_missing",
    "ยังไม่ได้เลือกจังหวัด อำเภอ และตำบล",
    "The province, district and subdistrict are not chosen yet.",
    "เลือกให้ถึงตำบล เพื่อให้เรื่องไปถึงหน่วยงานในพื้นที่ของคุณ",
    "Choose down to the subdistrict, so that your request reaches the office in your area.",
)
_NO_SUCH_PLACE = Problem(
    "no_such_place",
    "ไม่พบตำบลนี้",
    "This subdistrict was not found.",
    "เลือกจังหวัด อำเภอ และตำบลอีกครั้ง",
    "Choose the province, district and subdistrict again.",
)
_HOLDER_MISSING = Problem(
    "holder_missing",
    "ยังไม่ได้กรอกชื่อบัญชี",
    "The name on the account is missing.",
    "กรอกชื่อตามหน้าแรกของสมุดบัญชี",
    "Type the name on the first page of the passbook.",
)
_BANK_MISSING = Problem(
    "bank_missing",
    "ยังไม่ได้เลือกธนาคาร",
    "The bank is not chosen yet.",
    "เลือกธนาคารจากรายการ",
    "Choose the bank from the list.",
)
_TOO_MANY_PHOTOS = Problem(
    "too_many_photos",
    f"แนบได้ไม่เกิน {MOST_PHOTOS} ภาพ",
    f"At most {MOST_PHOTOS} photos can be attached.",
    "ลบภาพที่ไม่จำเป็นออก",
    "Remove the photos that are not needed.",
)


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


Reader = Callable[["Question", Any, _Setting], Accepted | Problem]


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


def _too_long(most: int) -> Problem:
    return Problem(
        "too_long",
        f"คำตอบยาวเกิน {most:,} ตัวอักษร",
        f"The answer is longer than {most:,} characters.",
        "ย่อให้สั้นลง เรายังเก็บที่คุณพิมพ์ไว้ครบ",
        "Make it shorter; everything you typed is still here.",
    )


def _text(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    written = clean_text(raw, keep_lines=question.kind == "long_text")
    if len(written) > question.max_length:
        return _too_long(question.max_length)
    return Accepted(written, written, written)


def _choice(question: Question, raw: str, setting: _Setting) -> Accepted | Problem:
    for option in question.options:
        if option.code == raw.strip():
            return Accepted(option.code, option.th, option.en)
    return _NOT_AN_OPTION


def _choices(question: Question, raw: list[str], setting: _Setting) -> Accepted | Problem:
    asked = {code.strip() for code in raw if isinstance(code, str) and code.strip()}
    chosen = [option for option in question.options if option.code in asked]
    if len(chosen) != len(asked):
        return _NOT_AN_OPTION
    if len(chosen) > 1 and any(option.is_exclusive for option in chosen):
        return _NONE_AND_OTHERS
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
    return _NOT_AN_OPTION


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
        return _NOT_A_NUMBER
    number = int(written)
    least, most = question.least, question.most
    if (least is not None and number < least) or (most is not None and number > most):
        return _outside(least, most)
    return Accepted(number, f"{number:,}", f"{number:,}")


def _outside(least: int | None, most: int | None) -> Problem:
    from_th, from_en = (f"ตั้งแต่ {least:,} ", f"at least {least:,} ") if least is not None else ("", "")
    to_th, to_en = (f"ไม่เกิน {most:,}", f"at most {most:,}") if most is not None else ("", "")
    joined_en = " and ".join(part.strip() for part in (from_en, to_en) if part)
    return Problem(
        "out_of_range",
        f"จำนวนนี้เป็นไปไม่ได้ ต้อง{from_th}{to_th}".strip(),
        f"This number is not possible; it must be {joined_en}.",
        "ดูตัวเลขอีกครั้งแล้วกรอกใหม่",
        "Check the number and type it again.",
    )


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
        return _FIRST_NAME_MISSING
    if not last:
        return _LAST_NAME_MISSING
    last = "" if last.lower() in _NO_LAST_NAME else last
    if any(len(part) > question.max_length for part in (title, first, last)):
        return _too_long(question.max_length)
    if re.search(r"[0-9๐-๙<>@#$%^&*=_+{}\[\]|\\/~!?;:]", first + last):
        return _NAME_HAS_FIGURES
    shown = " ".join(part for part in (f"{title}{first}" if _is_glued(title) else f"{title} {first}", last) if part)
    return Accepted({"title": title, "first_name": first, "last_name": last}, shown.strip(), shown.strip())


def _is_glued(title: str) -> bool:
    """Civil titles stand directly before the name in Thai (นายสมชาย); ranks and English titles stand apart."""
    return title in {"นาย", "นาง", "นางสาว", "เด็กชาย", "เด็กหญิง"}


def _address(question: Question, raw: Mapping[str, str], setting: _Setting) -> Accepted | Problem:
    code = ascii_digits(_part(raw, "subdistrict_code"))
    if not code:
        return _PLACE_MISSING
    if not re.fullmatch(r"[1-9][0-9]{5}", code):
        return _NO_SUCH_PLACE
    value = {"subdistrict_code": code}
    for key in ("house_no", "moo", "village", "street", "note"):
        value[key] = _part(raw, key)
        if len(value[key]) > question.max_length:
            return _too_long(question.max_length)
    value["moo"] = re.sub(r"^(หมู่ที่|หมู่|ม\.)\s*", "", ascii_digits(value["moo"]))
    lines = {"th": "", "en": ""}
    if setting.place_line is not None:
        lines = {language: setting.place_line(code, language) for language in ("th", "en")}
        if not lines["th"]:
            return _NO_SUCH_PLACE
    return Accepted(value, _address_line(value, lines["th"], "หมู่ "), _address_line(value, lines["en"], "Moo "))


def _address_line(value: Mapping[str, str], place: str, moo_word: str) -> str:
    moo = f"{moo_word}{value['moo']}" if value["moo"] else ""
    parts = (value["house_no"], moo, value["village"], value["street"], place or value["subdistrict_code"])
    line = " ".join(part for part in parts if part)
    return f"{line} ({value['note']})" if value["note"] else line


def _bank_account(question: Question, raw: Mapping[str, str], setting: _Setting) -> Accepted | Problem:
    bank_code, number, holder = (_part(raw, key) for key in ("bank_code", "number", "holder"))
    if not bank_code:
        return _BANK_MISSING
    account = normalise_account(bank_code, number)
    if isinstance(account, Problem):
        return account
    if not holder:
        return _HOLDER_MISSING
    if len(holder) > question.max_length:
        return _too_long(question.max_length)
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
        return _TOO_MANY_PHOTOS
    if any(not re.fullmatch(r"[0-9A-Za-z-]{1,64}", one) for one in documents):
        return _NOT_AN_OPTION
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
# The kernel words its own "missing" for some kinds: "the account number is missing" says more than "not answered".
_READ_BLANK: dict[str, Problem] = {
    "name": _FIRST_NAME_MISSING,
    "address": _PLACE_MISSING,
    "bank_account": _BANK_MISSING,
    "money": problem_with_baht("") or EMPTY,
    "national_id": problem_with_national_id("", allow_unissued=False) or EMPTY,
}

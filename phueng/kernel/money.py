"""How is money read, written, spoken and divided, without ever losing a satang?

Money is an integer of satang (100 satang = 1 baht). No float comes in or goes out.
"""

from __future__ import annotations

import re

from phueng.kernel.languages import is_english
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_text import ascii_digits, clean_text

SATANG_PER_BAHT = 100
_MOST_DIGITS = 12  # a trillion baht: typed by mistake, never meant; keeps sums inside a 64-bit column

_WHOLE = r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_AMOUNT = re.compile(
    rf"฿? ?{_WHOLE}(?:\.(?P<part>[0-9]*))?"
    r" ?(?:(?:บาท|baht|thb|บ\.)(?: ?ถ้วน)?(?: ?(?P<satang>[0-9]{1,2}) ?(?:สตางค์|satang))?|\.?-|/-)?",
    re.IGNORECASE | re.ASCII,
)

_EMPTY = Problem(
    "empty",
    "ยังไม่ได้กรอกจำนวนเงิน",
    "The amount is missing.",
    "กรอกจำนวนเงินเป็นบาท เช่น 3,000",
    "Type the amount in baht, for example 3,000.",
)
_NEGATIVE = Problem(
    "negative",
    "จำนวนเงินติดลบไม่ได้",
    "An amount cannot be negative.",
    "กรอกจำนวนเงินเป็นตัวเลขบวก หรือ 0 ถ้าไม่มี",
    "Type a positive amount, or 0 if there is none.",
)
_NOT_AN_AMOUNT = Problem(
    "not_an_amount",
    "อ่านจำนวนเงินนี้ไม่ได้",
    "This cannot be read as an amount.",
    "กรอกเป็นตัวเลขบาท เช่น 3,000 หรือ 3000.50",
    "Type baht in figures, for example 3,000 or 3000.50.",
)
_TOO_FINE = Problem(
    "too_fine",
    "จำนวนเงินมีทศนิยมเกิน 2 ตำแหน่ง เงินที่เล็กที่สุดคือ 1 สตางค์",
    "The amount has more than 2 decimals; the smallest amount is 1 satang.",
    "กรอกทศนิยมไม่เกิน 2 ตำแหน่ง เช่น 3000.50",
    "Use at most 2 decimals, for example 3000.50.",
)
_TOO_LARGE = Problem(
    "too_large",
    "จำนวนเงินมากเกินกว่าที่เป็นไปได้",
    "The amount is larger than can be meant.",
    "ดูว่ากดเลขเกินหรือไม่ แล้วกรอกใหม่",
    "Check for extra digits and type it again.",
)


def satang(baht: int) -> int:
    """Whole baht in satang. TypeError for a float: 0.1 + 0.2 has no place in money."""
    if isinstance(baht, bool) or not isinstance(baht, int):
        raise TypeError("satang() takes whole baht as an integer")
    return baht * SATANG_PER_BAHT


def _read_baht(text: str) -> int | Problem:
    written = ascii_digits(clean_text(text, 200)).replace("\u2212", "-")
    if not written:
        return _EMPTY
    if re.match(r"(?:฿ ?)?[-–] ?[0-9.]|ลบ", written):
        return _NEGATIVE
    found = _AMOUNT.fullmatch(written)
    if found is None or (found["part"] and found["satang"]):
        return _NOT_AN_AMOUNT
    whole = found["whole"].replace(",", "").lstrip("0") or "0"
    part = found["part"] or ""
    if len(part) > 2:
        return _TOO_FINE
    if len(whole) > _MOST_DIGITS:
        return _TOO_LARGE
    return int(whole) * SATANG_PER_BAHT + int(found["satang"] or part.ljust(2, "0"))


def problem_with_baht(text: str) -> Problem | None:
    """What is wrong with an amount as typed, or None; codes empty, negative, not_an_amount, too_fine, too_large."""
    amount = _read_baht(text)
    return amount if isinstance(amount, Problem) else None


def parse_baht(text: str) -> int:
    """Satang from what a person typed: ๓,๐๐๐, 3000.50, 3,000 บาท, 3,000.-, 50 บาท 25 สตางค์. Raises `Refused`.

    A comma separates thousands only: "1,5" is refused, since it could mean 1.5 or 15.
    """
    amount = _read_baht(text)
    if isinstance(amount, Problem):
        raise Refused(amount)
    return amount


def format_amount(satang: int) -> str:
    """3,000.00: always two decimals and no unit, for tables, where figures stand under each other."""
    sign = "-" if satang < 0 else ""
    baht, rest = divmod(abs(satang), SATANG_PER_BAHT)
    return f"{sign}{baht:,}.{rest:02d}"


def format_baht(satang: int, lang: str) -> str:
    """3,000 บาท / 3,000 baht; decimals only when there are satang."""
    figure = format_amount(satang).removesuffix(".00")
    return f"{figure} baht" if is_english(lang) else f"{figure} บาท"


_DIGIT_WORDS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACE_WORDS = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


def _below_a_million(number: int, *, something_before: bool) -> str:
    words = []
    for place in range(5, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            continue
        if place == 1 and digit == 1:
            words.append("สิบ")
        elif place == 1 and digit == 2:
            words.append("ยี่สิบ")
        elif place == 0 and digit == 1 and (words or something_before):
            words.append("เอ็ด")
        else:
            words.append(_DIGIT_WORDS[digit] + _PLACE_WORDS[place])
    return "".join(words)


def _number_in_words(number: int) -> str:
    millions, rest = divmod(number, 1_000_000)
    if millions == 0:
        return _below_a_million(rest, something_before=False)
    return _number_in_words(millions) + "ล้าน" + _below_a_million(rest, something_before=True)


def baht_in_words(satang: int) -> str:
    """The amount as read aloud, for letters and receipts: สามพันบาทถ้วน, สิบเอ็ดบาทห้าสิบสตางค์, ยี่สิบห้าสตางค์.

    ValueError for a negative amount: nobody is sent a letter about one.
    """
    if satang < 0:
        raise ValueError("only amounts of zero or more are read aloud")
    baht, rest = divmod(satang, SATANG_PER_BAHT)
    if satang == 0:
        return "ศูนย์บาทถ้วน"
    whole = _number_in_words(baht) + "บาท" if baht else ""
    return whole + (_number_in_words(rest) + "สตางค์" if rest else "ถ้วน")


def split_satang(total: int, parts: int) -> list[int]:
    """`total` in `parts` shares that add up to it exactly and differ by at most one satang, the larger ones first."""
    if parts < 1:
        raise ValueError("there must be at least one part")
    share, left_over = divmod(total, parts)
    return [share + 1] * left_over + [share] * (parts - left_over)

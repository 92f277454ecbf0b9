"""Do two written Thai names mean the same person, one stated by the payee and one held by a bank?

Banks write titles or leave them out, drop tone marks in short statements, turn the order around and mask what they
do not tell. Each such difference is named, so that a person can judge it; none is passed over in silence. A masked
name can agree, but it never proves: the verdict is then `variant` at most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from phueng.kernel.thai_text import clean_text, without_spacing
from phueng.kernel.titles import strip_title

Verdict = Literal["same", "variant", "different"]

# Marks that statements leave out or that are typed in the wrong place: tones, the silencing mark, the short-vowel mark.
_LIGHT_MARKS = re.compile("[็่้๊๋์ฺํ๎]")
# A silenced letter with its mark (and the vowel under it) is not spoken: ศักดิ์ is ศัก, จันทร์ is จัน.
_SILENCED = re.compile("(?:[กคดตท]ร|[ก-ฮ][ิุ]?)์")
# Letters of one sound, which spellings of one family name exchange: ศรี and สี, ณ and น, ฐ and ถ.
_SOUNDS = str.maketrans("ศษฆณญฎฏฐฑฒภฬ", "สสคนยดตถททพล")
_MASK = re.compile(r"[*xX•●_.#]{2,}|[*•●#]|[xX]{2,}")
_MASKED_WORD = re.compile(r"[*•●#]|[xX_.]{2,}")

# Two names of one family name and at least this much alike may be a slip of the pen.
_SLIP_OF_ALL = 0.8


@dataclass(frozen=True, slots=True)
class NameReason:
    """One difference, or what was not seen; `code` is stable."""

    code: str
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """How alike two names are. `score` runs from 0 to 100 and only sorts; the verdict and its reasons decide."""

    verdict: Verdict
    score: int
    reasons: tuple[NameReason, ...]

    @property
    def is_same(self) -> bool:
        return self.verdict == "same"


_REASONS = {
    "exact": ("ชื่อเหมือนกันทุกตัวอักษร", "The names are the same, letter for letter."),
    "title": ("ต่างกันที่คำนำหน้าชื่อ", "The titles differ."),
    "tone_marks": ("ต่างกันที่วรรณยุกต์หรือเครื่องหมาย", "Tone marks or other marks differ."),
    "spelling": ("สะกดต่างกันแต่อ่านเหมือนกัน", "Spelt differently, spoken alike."),
    "slip": ("ต่างกันเล็กน้อย อาจพิมพ์ผิด", "A letter or two differ; it may be a slip of the pen."),
    "order": ("ลำดับชื่อและชื่อสกุลสลับกัน", "First name and family name stand in another order."),
    "spacing": ("เว้นวรรคต่างกัน", "The words are parted differently."),
    "shortened": ("ชื่อที่ธนาคารส่งมาถูกตัดสั้น", "The name held is cut short."),
    "masked": ("ธนาคารปิดบังชื่อบางส่วน จึงยืนยันได้ไม่ครบ", "The bank hides part of the name, so it cannot be fully confirmed."),
    "initial": ("มีเพียงอักษรย่อ", "Only an initial is given."),
    "first_name": ("ชื่อตัวไม่ตรงกัน", "The first names differ."),
    "family_name": ("ชื่อสกุลไม่ตรงกัน", "The family names differ."),
    "whole_name": ("เป็นคนละชื่อ", "These are different names."),
    "no_name": ("ไม่มีชื่อให้เทียบ", "There is no name to compare with."),
    "other_script": (
        "เขียนด้วยอักษรคนละภาษา ต้องให้คนเทียบ",
        "They are written in different scripts; a person must compare.",
    ),
}


def compare_names(stated: str, held: str) -> NameLikeness:
    """`stated` by the payee, `held` by the bank. Same, a variant that a person should look at, or different."""
    one_title, one = _parts(stated)
    other_title, other = _parts(held)
    if not one or not other:
        return _likeness("different", 0, "no_name")
    if _script(one) != _script(other) and not _is_masked(held):
        return _likeness("variant", 40, "other_script")
    titles = ["title"] if one_title and other_title and one_title != other_title else []
    if _is_masked(held) or _is_masked(stated):
        return _compare_masked(one, other, titles)
    return _compare_plain(one, other, titles)


def _compare_plain(one: list[str], other: list[str], titles: list[str]) -> NameLikeness:
    differences = list(titles)
    if one == other:
        return _likeness("same", 100, *(differences or ["exact"]))
    if "".join(one) == "".join(other):
        return _likeness("same", 99, *differences, "spacing")
    if sorted(one) == sorted(other):
        return _likeness("same", 98, *differences, "order")
    straight = _word_by_word(one, other)
    turned = _word_by_word(one, other[1:] + other[:1]) if len(one) == len(other) > 1 else None
    if turned is not None and (straight is None or turned[0] > straight[0]):
        straight = turned[0] - 1, ["order", *turned[1]]
    if straight is not None:
        score, found = straight
        return _likeness("variant" if _is_doubtful(found) else "same", score, *differences, *found)
    alike = _alike("".join(one), "".join(other))
    if alike >= _SLIP_OF_ALL and len(one) != len(other):
        return _likeness("variant", round(alike * 90), *differences, "slip", "spacing")
    return _likeness("different", round(alike * 70), *differences, _what_differs(one, other))


def _word_by_word(one: list[str], other: list[str]) -> tuple[int, list[str]] | None:
    """The differences, when every word has its like at the same place; else None."""
    if len(one) != len(other):
        return None
    found: list[str] = []
    score = 100
    for stated, held in zip(one, other, strict=True):
        said = _word(stated, held)
        if said is None:
            return None
        if said:
            found.append(said)
            score -= {"tone_marks": 2, "spelling": 5, "slip": 12, "shortened": 15, "initial": 25}[said]
    # Two words that are each a letter off are two different people more often than one clumsy clerk.
    if found.count("slip") > 1:
        return None
    return score, list(dict.fromkeys(found))


def _word(stated: str, held: str) -> str | None:
    """ "" for the same word, the code of a small difference, or None."""
    if stated == held:
        return ""
    if _LIGHT_MARKS.sub("", stated) == _LIGHT_MARKS.sub("", held):
        return "tone_marks"
    if _spoken(stated) == _spoken(held):
        return "spelling"
    if len(held.rstrip(".")) == 1 and stated.startswith(held.rstrip(".")):
        return "initial"
    if 4 <= len(held) < len(stated) and stated.startswith(held):
        return "shortened"
    letters = max(len(stated), len(held))
    if letters >= 4 and DamerauLevenshtein.distance(stated, held) <= (1 if letters < 8 else 2):
        return "slip"
    return None


def _compare_masked(one: list[str], other: list[str], titles: list[str]) -> NameLikeness:
    """Every letter that is shown must agree; what is hidden is neither for nor against."""
    shown = sum(len(_MASK.sub("", word)) for word in other)
    if shown == 0:
        return _likeness("variant", 30, *titles, "masked")
    for order, turned in ((other, []), (other[1:] + other[:1], ["order"])):
        if len(one) == len(order) and all(_fits(word, mask) for word, mask in zip(one, order, strict=True)):
            return _likeness("variant", min(60 + 2 * shown, 90), *titles, *turned, "masked")
    if _fits("".join(one), "".join(other)):
        return _likeness("variant", min(55 + 2 * shown, 85), *titles, "masked")
    return _likeness("different", 10, *titles, "masked", _what_differs(one, other))


def _fits(word: str, mask: str) -> bool:
    """Could this word look like that once part of it is hidden? Marks are left out of the look: masks cut through them."""
    pieces = [_LIGHT_MARKS.sub("", piece) for piece in _MASK.split(mask)]
    pattern = ".*".join(re.escape(piece) for piece in pieces)
    return re.fullmatch(pattern, _LIGHT_MARKS.sub("", word)) is not None


def _what_differs(one: list[str], other: list[str]) -> str:
    if len(one) > 1 and len(other) > 1:
        if _word_or_mask(one[-1], other[-1]):
            return "first_name"
        if _word_or_mask(one[0], other[0]):
            return "family_name"
    return "whole_name"


def _word_or_mask(stated: str, held: str) -> bool:
    return _fits(stated, held) if _MASK.search(held) else _word(stated, held) is not None


def _is_doubtful(found: list[str]) -> bool:
    """Marks and order are clerks' habits; another spelling, a cut or a slip is for a person to see."""
    return bool({"spelling", "slip", "shortened", "initial"} & set(found))


def _parts(name: str) -> tuple[str, list[str]]:
    """Title, and the words of the name in small letters without marks of punctuation inside."""
    title, rest = strip_title(clean_text(name))
    words = [_plain(word) for word in rest.split(" ")]
    return title, [word for word in words if word]


def _plain(word: str) -> str:
    if _MASKED_WORD.search(word):
        return word.casefold()
    return without_spacing(word).strip(".,()'\"").casefold()


def _is_masked(name: str) -> bool:
    return _MASKED_WORD.search(strip_title(clean_text(name))[1]) is not None


def _spoken(word: str) -> str:
    """Roughly how it is said: silenced letters gone, letters of one sound alike, doubled letters once."""
    said = (
        _SILENCED.sub("", word)
        .replace("ญญ", "นย")
        .replace("ทร", "ซ")
        .replace("ศร", "ส")
        .replace("สร", "ส")
        .replace("รร", "ั")
    )
    said = _LIGHT_MARKS.sub("", said).translate(_SOUNDS).replace("ใ", "ไ").replace("ไย", "ไ").replace("ฤ", "ริ")
    said = re.sub("ัม", "ำ", said)
    return re.sub(r"(.)\1+", r"\1", said)


def _script(words: list[str]) -> str:
    joined = "".join(words)
    thai, latin = sum("ก" <= one <= "๛" for one in joined), sum(one.isascii() and one.isalpha() for one in joined)
    return "thai" if thai >= latin else "latin"


def _alike(one: str, other: str) -> float:
    return float(DamerauLevenshtein.normalized_similarity(one, other))


def _likeness(verdict: Verdict, score: int, *codes: str) -> NameLikeness:
    return NameLikeness(verdict, max(0, min(score, 100)), tuple(NameReason(code, *_REASONS[code]) for code in codes))

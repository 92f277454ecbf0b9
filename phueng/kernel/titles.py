"""Which part of a written name is its title (นาย, น.ส., ว่าที่ ร.ต., พระ), and which part is the name?

Titles are written glued to the name (นายสมชาย) or apart. A few words are titles only when written apart, because given
names begin with them as well (พระพาย, คุณากร, แม่น).
"""

from __future__ import annotations

import re
import unicodedata

# Short forms and what they stand for; long forms stand for themselves.
_CIVIL = {
    "นางสาว": "นางสาว",
    "น.ส.": "นางสาว",
    "นส.": "นางสาว",
    "นาง": "นาง",
    "นาย": "นาย",
    "เด็กชาย": "เด็กชาย",
    "ด.ช.": "เด็กชาย",
    "ดช.": "เด็กชาย",
    "เด็กหญิง": "เด็กหญิง",
    "ด.ญ.": "เด็กหญิง",
    "ดญ.": "เด็กหญิง",
}

# Ranks, degrees and nobility stay short: that is how they stand on the card.
_SHORT = [
    "พล.อ.",
    "พล.ท.",
    "พล.ต.",
    "พ.อ.",
    "พ.ท.",
    "พ.ต.",
    "ร.อ.",
    "ร.ท.",
    "ร.ต.",
    "จ.ส.อ.",
    "จ.ส.ท.",
    "จ.ส.ต.",
    "ส.อ.",
    "ส.ท.",
    "ส.ต.",
    "พล.ร.อ.",
    "พล.ร.ท.",
    "พล.ร.ต.",
    "น.อ.",
    "น.ท.",
    "น.ต.",
    "พ.จ.อ.",
    "พ.จ.ท.",
    "พ.จ.ต.",
    "จ.อ.",
    "จ.ท.",
    "จ.ต.",
    "พล.อ.อ.",
    "พล.อ.ท.",
    "พล.อ.ต.",
    "พ.อ.อ.",
    "พ.อ.ท.",
    "พ.อ.ต.",
    "พล.ต.อ.",
    "พล.ต.ท.",
    "พล.ต.ต.",
    "พ.ต.อ.",
    "พ.ต.ท.",
    "พ.ต.ต.",
    "ร.ต.อ.",
    "ร.ต.ท.",
    "ร.ต.ต.",
    "ด.ต.",
    "ส.ต.อ.",
    "ส.ต.ท.",
    "ส.ต.ต.",
    "ม.จ.",
    "ม.ร.ว.",
    "ม.ล.",
    "ดร.",
    "ผศ.",
    "รศ.",
    "ศ.",
    "นพ.",
    "พญ.",
    "ทพ.",
    "ทพญ.",
    "ภก.",
    "ภญ.",
    "สพ.ญ.",
    "น.สพ.",
    "อ.",
]

_RANK_WORDS = [
    "พลเอก",
    "พลโท",
    "พลตรี",
    "พันเอก",
    "พันโท",
    "พันตรี",
    "ร้อยเอก",
    "ร้อยโท",
    "ร้อยตรี",
    "จ่าสิบเอก",
    "จ่าสิบโท",
    "จ่าสิบตรี",
    "สิบเอก",
    "สิบโท",
    "สิบตรี",
    "พลตำรวจเอก",
    "พลตำรวจโท",
    "พลตำรวจตรี",
    "พันตำรวจเอก",
    "พันตำรวจโท",
    "พันตำรวจตรี",
    "ร้อยตำรวจเอก",
    "ร้อยตำรวจโท",
    "ร้อยตำรวจตรี",
    "ดาบตำรวจ",
    "จ่าสิบตำรวจ",
    "สิบตำรวจเอก",
    "สิบตำรวจโท",
    "สิบตำรวจตรี",
    "หม่อมราชวงศ์",
    "หม่อมหลวง",
]

_ONLY_APART = [
    "พระ",
    "พระครู",
    "พระมหา",
    "พระอธิการ",
    "พระปลัด",
    "พระสมุห์",
    "พระใบฎีกา",
    "สามเณร",
    "แม่ชี",
    "บาทหลวง",
    "ซิสเตอร์",
    "คุณ",
    "Mr.",
    "Mr",
    "Mrs.",
    "Mrs",
    "Ms.",
    "Ms",
    "Miss",
    "Master",
    "Dr.",
    "Dr",
    "Rev.",
    "Rev",
]


def _loose(word: str) -> str:
    """The word as a pattern that lets spaces stand after its full stops."""
    return r"\.\s*".join(re.escape(part) for part in word.split("."))


def _either(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(_loose(word) for word in sorted(words, key=len, reverse=True))


_RANKS = _either([*_SHORT, *_RANK_WORDS])
_GLUED = re.compile(
    rf"(?P<acting>ว่าที่\s*)?(?:(?P<rank>{_RANKS})\s*(?P<woman>หญิง)?|(?P<civil>{_either(list(_CIVIL))}))\s*"
)
_APART = re.compile(rf"(?P<title>{_either(_ONLY_APART)})\s+", re.IGNORECASE)


def _may_begin_a_name(rest: str) -> bool:
    """A name cannot begin with a vowel mark: นายิกา is a name, not นาย and ิกา."""
    return rest != "" and unicodedata.category(rest[0]) in ("Lo", "Lu", "Ll") and rest[0] not in "ะาำๅๆ"


def _glued_title(found: re.Match[str]) -> str | None:
    if found["civil"]:
        return None if found["acting"] else _CIVIL[re.sub(r"\s", "", found["civil"])]
    rank = re.sub(r"\s", "", found["rank"]) + (found["woman"] or "")
    return f"ว่าที่ {rank}" if found["acting"] else rank


def strip_title(name: str) -> tuple[str, str]:
    """(title, name without it); the title is "" when there is none.

    น.ส., ด.ช. and ด.ญ. come back in full; ranks stay short; several ranks are joined by a space (ร.ต.อ. ดร.). A name
    that really begins with a title's letters (นางลักษณ์ written without a title) cannot be told apart: a person decides.
    """
    rest = name.strip()
    titles: list[str] = []
    while True:
        found = _GLUED.match(rest)
        title = _glued_title(found) if found else None
        if found is None or title is None or not _may_begin_a_name(rest[found.end() :]):
            break
        if titles and found["civil"]:
            break
        titles.append(title)
        rest = rest[found.end() :]
        if found["civil"]:
            break
    if not titles:
        apart = _APART.match(rest)
        if apart and _may_begin_a_name(rest[apart.end() :]):
            return apart["title"], rest[apart.end() :]
    return " ".join(titles), rest

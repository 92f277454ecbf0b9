"""How is a scheme told to somebody who has never heard of it?

Sentences stand in scheme_words.yaml; every number in them is a parameter of the scheme, read for the day of reading, so
that the page and the decision cannot say different things.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from phueng.schemes.catalogue import scheme, schemes
from phueng.schemes.definition import Scheme
from phueng.schemes.words import Words

_FILE = Path(__file__).with_name("scheme_words.yaml")


@dataclass(frozen=True)
class Described:
    """One scheme, ready for a page."""

    scheme: Scheme
    who: tuple[Words, ...]
    how_much: tuple[Words, ...]
    in_short: Words
    promise: Words
    appeal: Words
    kept: Words

    @property
    def owner(self) -> Words:
        """Which office decides."""
        return _OWNERS[self.scheme.owner_kind]


_OWNERS = {
    "centre": Words("ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัด", "The provincial protection centre"),
    "municipality": Words("เทศบาล อบต. หรือสำนักงานเขตที่คุณมีชื่อในทะเบียนบ้าน", "The municipality where you are registered"),
}


def described_schemes(on: date) -> tuple[Described, ...]:
    """Every scheme as it stands on a day, in the order in which people are offered them."""
    return tuple(described(one.code, on) for one in schemes())


def described(code: str, on: date) -> Described:
    """One scheme as it stands on a day. Raises UnknownScheme."""
    known = scheme(code)
    written = _words()[code]
    numbers = _numbers(known, on)
    return Described(
        scheme=known,
        who=tuple(_filled(line, numbers) for line in written["who"]),
        how_much=tuple(_filled(line, numbers) for line in written["how_much"]),
        in_short=_filled(written["in_short"], numbers),
        promise=_promise(known, on),
        appeal=_appeal(known, on),
        kept=_kept(known, on),
    )


@cache
def _words() -> Mapping[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def _filled(line: Mapping[str, str], numbers: Mapping[str, str]) -> Words:
    return Words(line["th"].format(**numbers), line["en"].format(**numbers))


def _numbers(known: Scheme, on: date) -> dict[str, str]:
    """The scheme's numbers as people write them; steps of a list as <name>_<step>."""
    numbers: dict[str, str] = {}
    for name in _words()[known.code]["numbers"]:
        value = known.parameters.value(name, on)
        if isinstance(value, (list, tuple)):
            numbers |= {f"{name}_{step}": f"{amount:,}" for step, amount in value}
        else:
            numbers[name] = f"{value:,}"
    return numbers


def _promise(known: Scheme, on: date) -> Words:
    rule = known.clock("decide", on)
    short, long = rule.length("known"), rule.length("new")
    if short == long:
        return Words(f"ภายใน {short} วัน หลังเจ้าหน้าที่โทรกลับ", f"Within {short} days of our call")
    return Words(
        f"ภายใน {short} วัน หลังเจ้าหน้าที่โทรกลับ ถ้าเป็นคนใหม่ ภายใน {long} วัน",
        f"Within {short} days of our call; {long} days if we do not know you yet",
    )


def _appeal(known: Scheme, on: date) -> Words:
    window, answer = known.clock("appeal_window", on), known.clock("appeal_answer", on)
    return Words(
        f"ไม่เห็นด้วย อุทธรณ์ได้ภายใน {window.length('new')} วัน เราตอบภายใน {answer.length('new')} วัน โดยคนที่ไม่เคยพิจารณาเรื่องนี้",
        f"If you disagree, appeal within {window.length('new')} days. Somebody new to the case answers within"
        f" {answer.length('new')} days.",
    )


def _kept(known: Scheme, on: date) -> Words:
    years = known.parameters.value("personal_data_kept", on)
    return Words(f"เก็บไว้ {years} ปีหลังเรื่องสิ้นสุด", f"Kept for {years} years after the case ends")

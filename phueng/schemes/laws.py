"""Which law stands behind a number, a condition or a clock?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from phueng.schemes.words import Words, words_from

LAWS_FILE = Path(__file__).parent / "laws.yaml"


@dataclass(frozen=True)
class Law:
    """One legal source. `is_law` is false for a general default that an office may change."""

    code: str
    name: Words
    is_law: bool = True

    @property
    def th(self) -> str:
        return self.name.th

    @property
    def en(self) -> str:
        return self.name.en


class UnknownLaw(LookupError):
    """A file names a law that laws.yaml does not hold."""


@cache
def _laws() -> dict[str, Law]:
    written = yaml.safe_load(LAWS_FILE.read_text(encoding="utf-8"))
    return {
        code: Law(
            code=code,
            name=words_from({"th": entry["th"], "en": entry["en"]}, f"laws.yaml: {code}"),
            is_law=bool(entry.get("is_law", True)),
        )
        for code, entry in written.items()
    }


def law(code: str) -> Law:
    """The law with this code; raises UnknownLaw with the codes that exist."""
    try:
        return _laws()[code]
    except KeyError:
        raise UnknownLaw(f"laws.yaml has no {code!r}; it has: {', '.join(sorted(_laws()))}") from None

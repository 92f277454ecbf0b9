"""How is one meaning said in Thai and in English?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The same words in both languages; neither may be empty."""

    th: str
    en: str

    def __post_init__(self) -> None:
        if not self.th.strip() or not self.en.strip():
            raise ValueError(f"Words need both Thai and English: th={self.th!r} en={self.en!r}")

    def in_language(self, language: str) -> str:
        """Thai unless English is asked for ('en', 'en-gb', …)."""
        return self.en if language.startswith("en") else self.th

    def filled(self, th: Mapping[str, str], en: Mapping[str, str]) -> Words:
        """The same words with their {gaps} filled."""
        return Words(self.th.format(**th), self.en.format(**en))


def words_from(written: object, where: str) -> Words:
    """Read `{th: …, en: …}` from YAML; `where` names the place for whoever made the mistake."""
    if not isinstance(written, Mapping) or set(written) != {"th", "en"}:
        raise ValueError(f"{where}: expected th and en, found {written!r}")
    return Words(th=str(written["th"]).strip(), en=str(written["en"]).strip())

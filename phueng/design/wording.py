"""How does one text exist in Thai and English at once?

Both texts stand side by side where they are used, so whoever changes one sees the other. Message
catalogues were refused: a reader of a template would not see the sentence, and a missing translation
would stay silent.
"""

from collections.abc import Mapping
from typing import Literal

from django.utils.functional import lazy
from django.utils.translation import get_language

Language = Literal["th", "en"]


def current_language() -> Language:
    """The language of the person looking; Thai unless English was chosen."""
    return "en" if (get_language() or "th").startswith("en") else "th"


def say(th: str, en: str, **values: object) -> str:
    """The text for the person looking, with `{name}` slots filled. ValueError when a language is missing."""
    if not th or not en:
        raise ValueError(f"a text needs both languages: th={th!r} en={en!r}")
    text = en if current_language() == "en" else th
    return text.format(**values) if values else text


def _say_when_shown(th: str, en: str) -> str:
    return say(th, en)


#: For texts declared at import time (labels, choices): the language is known only when the page is shown.
say_lazily = lazy(_say_when_shown, str)


def in_current_language(thing: object, field: str = "") -> str:
    """The Thai or English side of a bilingual thing: `.th/.en`, `name_th/name_en`, a mapping, a pair.

    Falls back to the side that exists: a Thai place name helps an English reader more than nothing does.
    """
    chosen = current_language()
    other = "th" if chosen == "en" else "en"
    return _side(thing, field, chosen) or _side(thing, field, other)


def _side(thing: object, field: str, language: str) -> str:
    if thing is None or isinstance(thing, str):
        return thing or ""
    name = f"{field}_{language}" if field else language
    if isinstance(thing, Mapping):
        return str(thing.get(name) or "")
    if isinstance(thing, (tuple, list)) and len(thing) == 2:
        return str(thing[0 if language == "th" else 1] or "")
    found = getattr(thing, name, None)
    if found is None and not field:
        found = getattr(thing, f"name_{language}", None)
    return str(found or "")

"""How does a template become a PDF that reads well on paper, on a screen reader and in a search?

WeasyPrint is imported inside the function: only the worker draws letters, and web processes stay small.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from phueng.design.fonts import letter_font_url
from phueng.documents.letter_numbers import letter_number
from phueng.documents.models import Letter
from phueng.kernel.references import format_reference
from phueng.kernel.thai_text import NIKHAHIT, SARA_AA, SARA_AM, decompose_sara_am

_TONE_BEFORE_AM = re.compile(f"([\u0e48-\u0e4b]){SARA_AM}")


def verify_url(code: str) -> str:
    """Where anybody can check a letter."""
    return f"{settings.PHUENG_PUBLIC_URL}/letters/{code}/"


def letter_context(letter: Letter) -> dict[str, Any]:
    """What the template is given beyond what the asking act said.

    Moments and days (`…_at`, `…_on` as ISO text) become real ones, so that templates can show them in the reader's
    calendar. `asked_qr_svg` is the code for the address that the act put into `qr_of`.
    """
    said = {name: _revived(name, value) for name, value in letter.context.items()}
    url = verify_url(letter.verify_code)
    return {
        **said,
        "number": letter_number(letter),
        "verify_code": format_reference(letter.verify_code),
        "verify_url": url,
        "qr_svg": qr_svg(url),
        "asked_qr_svg": qr_svg(str(said["qr_of"])) if said.get("qr_of") else "",
        "font_dir": letter_font_url(),
        "asked_at": letter.asked_at,
    }


def letter_as_html(letter: Letter) -> str:
    """The letter in its own language, with sara am taken apart: PDF viewers copy the joined form as "คาขอ"."""
    with translation.override(letter.language):
        return _taken_apart(render_to_string(f"{letter.kind}.html", letter_context(letter)))


def letter_as_pdf(letter: Letter) -> bytes:
    """Tagged PDF with its fonts inside."""
    return _as_pdf(letter_as_html(letter))


def paper_as_pdf(template: str, context: dict[str, Any], language: str) -> bytes:
    """Another paper than a letter (a register): it has no number and is verified nowhere. Drawn by the worker only."""
    with translation.override(language):
        html = render_to_string(template, context | {"font_dir": letter_font_url()})
    return _as_pdf(_taken_apart(html))


def _taken_apart(html: str) -> str:
    # The ring stands below the tone mark, as fonts draw it; taken apart the other way the two collide.
    return decompose_sara_am(_TONE_BEFORE_AM.sub(rf"{NIKHAHIT}\1{SARA_AA}", html))


def _as_pdf(html: str) -> bytes:
    from weasyprint import HTML

    return bytes(HTML(string=html, url_fetcher=_only_our_fonts()).write_pdf(pdf_tags=True))


def qr_svg(text: str) -> str:
    """The code as SVG without XML head; medium error correction survives a fold."""
    import segno

    return str(segno.make(text, error="m").svg_inline(border=2, omitsize=True))


def _only_our_fonts() -> Any:
    """A letter holds words of citizens: whatever address they contain, nothing but our fonts is ever fetched."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class OnlyOurFonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith((f"{letter_font_url()}/", "data:")):
                # Fatal, because a letter in another typeface must not go out unnoticed.
                raise FatalURLFetchingError("letters fetch nothing from outside")
            return super().fetch(url, headers)

    return OnlyOurFonts()


def _revived(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        if name.endswith("_at"):
            return datetime.fromisoformat(value)
        if name.endswith("_on"):
            return date.fromisoformat(value)
    except ValueError:
        return value
    return value

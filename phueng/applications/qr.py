"""How does an address become a square that a phone can read?"""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str) -> SafeString:
    """An inline SVG, always dark on light: scanners fail on inverted codes, so a dark page keeps the white square."""
    kept = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(kept, kind="svg", xmldecl=False, svgns=True, border=3, dark="#0b1f2a", light="#ffffff", omitsize=True,
              svgclass="qr", lineclass=None)  # fmt: skip
    return mark_safe(kept.getvalue().decode())  # noqa: S308  made of squares only; the address is not text in it

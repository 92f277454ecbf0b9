"""Is everything our own, small, and fit for a strict Content-Security-Policy?"""

import re
from pathlib import Path

import pytest

from phueng.design.fonts import SUBSETS, WEIGHTS
from phueng.design.tests.conftest import DESIGN

STATIC = DESIGN / "static/design"
TEMPLATES = sorted((DESIGN / "templates").rglob("*.html"))
# Rendered to PDF by WeasyPrint, never sent to a browser.
PAPER = DESIGN / "templates/design/paper"
KIBIBYTE = 1024


def offences(source: str) -> list[str]:
    """What a nonce policy would block."""
    source = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", source, flags=re.DOTALL)
    return re.findall(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)[^>]*>", source)


def test_the_style_sheet_is_small_and_asks_no_other_host() -> None:
    css = (STATIC / "phueng.css").read_text()
    assert len(css.encode()) <= 26 * KIBIBYTE
    assert "http" not in css
    assert "@import" not in css
    fonts = {f"../fonts/sarabun-{weight}-{subset}.woff2" for weight in WEIGHTS for subset in SUBSETS}
    for address in re.findall(r"url\((.*?)\)", css):
        assert address in fonts or (STATIC / address).is_file(), address


def test_the_rules_of_the_look_are_in_the_style_sheet() -> None:
    css = (STATIC / "phueng.css").read_text()
    for rule in (
        "prefers-reduced-motion",
        "prefers-color-scheme: dark",
        "@media print",
        ":focus-visible",
        "tabular-nums",
    ):
        assert rule in css
    assert re.search(r"html \{ font-size: 118\.75%", css), "19 px on phones"
    assert "400 1rem/1.7 Sarabun" in css


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_inline_style_or_script(path: Path) -> None:
    if path.parent != PAPER:
        assert offences(path.read_text()) == []
        assert not re.search(r"(src|href)=\"(https?:)?//", path.read_text())


@pytest.mark.parametrize(
    "planted",
    ["<p style='x'>", "<style>", "<script>a()</script>", '<a href="javascript:a()">', "<b onclick=a()>"],
)
def test_planted_offences_are_seen(planted: str) -> None:
    assert offences(planted)


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_run_under_a_strict_policy(path: Path) -> None:
    script = path.read_text()
    assert not re.search(r"\beval\(|new Function|https?://|\.style\.|document\.write", script)
    assert "innerHTML =" not in script or path.name == "live.js", "only our own fragments are put into a page"
    for imported in re.findall(r"import\(\"\./(.*?)\"\)", script):
        assert (STATIC / imported).is_file()


@pytest.mark.parametrize("path", sorted(DESIGN.rglob("*.svg")), ids=lambda path: path.name)
def test_drawings_are_plain(path: Path) -> None:
    assert not re.search(r"<script|<style|style=|href|<image|on\w+=", path.read_text())

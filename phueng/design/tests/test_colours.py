"""Can old eyes read the colours, in light and in dark?

The pairs are computed from the style sheet itself (WCAG 2.2, relative luminance), so a token cannot drift.
"""

import re

import pytest

from phueng.design.tests.conftest import DESIGN

CSS = (DESIGN / "static/design/phueng.css").read_text()
BODY, CONTROL, EDGE = 7.0, 4.5, 3.0

TEXT_PAIRS = [
    *[(text, ground, BODY) for text in ("ink", "soft") for ground in ("paper", "sheet", "shade")],
    ("ink", "honey-pale", BODY), ("soft", "honey-pale", BODY),
    *[(text, ground, BODY) for text in ("teal", "teal-strong") for ground in ("paper", "sheet")],
    *[(state, f"{state}-pale", BODY) for state in ("done", "waiting", "late", "stopped", "action")],
    *[("ink", f"{state}-pale", BODY) for state in ("done", "waiting", "late", "stopped", "action")],
    ("teal", "honey-pale", CONTROL), ("teal", "shade", CONTROL), ("teal-strong", "waiting-pale", CONTROL),
    ("late", "sheet", BODY), ("late", "paper", BODY), ("on-honey", "honey", BODY), ("on-bar", "bar", BODY),
    ("edge", "sheet", CONTROL), ("edge", "paper", CONTROL),
    ("sheet", "teal", CONTROL), ("honey", "bar", EDGE),
]  # fmt: skip


def tokens(mode: str) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0]))
    dark = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[1]))
    assert light.keys() == dark.keys(), "each colour needs a light and a dark side"
    return light if mode == "light" else dark


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), TEXT_PAIRS)
def test_pairs_can_be_read(mode: str, text: str, ground: str, least: float) -> None:
    known = tokens(mode)
    assert contrast(known[text], known[ground]) >= least, f"{text} on {ground} in {mode}"


def test_colours_outside_the_tokens_are_not_used() -> None:
    after_tokens = CSS[CSS.index("/* ground */") : CSS.index("@media print")]
    # Shadows and the mix under the pointer are the only ones: they carry no text of their own.
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", after_tokens)) <= {"#5e3f00"}

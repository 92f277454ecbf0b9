"""Within how many days must something happen, counted from what, and which law says so?

Only the rule is here; counting days over weekends and holidays belongs to `calendars`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml

from phueng.schemes.laws import Law, law
from phueng.schemes.words import Words, words_from

ClockUnit = Literal["calendar_days", "working_days"]
LIGHTS = ("green", "yellow", "orange")


@dataclass(frozen=True)
class ClockRule:
    """A promise with a length for each category of person ('known' or 'new')."""

    code: str
    label: Words
    starts_at: str
    stops_at: str
    unit: ClockUnit
    lengths: Mapping[str, int]
    lights: Mapping[str, tuple[int, ...]]
    law: Law
    starts_on: date
    ends_before: date | None

    def holds_on(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_before is None or on < self.ends_before)

    def length(self, category: str) -> int:
        """Days promised to a person of this category; raises LookupError for an unknown category."""
        return self.lengths[category]

    def light(self, days_used: int, category: str) -> str:
        """green, yellow, orange, or red once the promise is broken."""
        for colour, most in zip(LIGHTS, self.lights[category], strict=True):
            if days_used <= most:
                return colour
        return "red"


def load_clocks(path: Path) -> tuple[ClockRule, ...]:
    """Read the clock rules of one file; raises ValueError naming the clock that is wrong."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_clock(code, entry, f"{path.parent.name}/{path.name}: {code}") for code, entry in written.items())


def _clock(code: str, written: Mapping[str, Any], where: str) -> ClockRule:
    unit: ClockUnit = written["unit"]
    if unit not in ("calendar_days", "working_days"):
        raise ValueError(f"{where}: unknown unit {unit!r}")
    lengths = {str(category): int(days) for category, days in written["lengths"].items()}
    lights = {str(category): tuple(int(day) for day in days) for category, days in written["lights"].items()}
    for category, days in lights.items():
        # The last light before red ends with the promise itself, else "orange" would hide a broken promise.
        if list(days) != sorted(days) or len(days) != len(LIGHTS) or days[-1] != lengths.get(category):
            raise ValueError(f"{where}: lights of {category!r} must rise and end at its length")
    if set(lights) != set(lengths):
        raise ValueError(f"{where}: every category needs both a length and lights")
    return ClockRule(
        code=code,
        label=words_from(written["label"], where),
        starts_at=written["starts_at"],
        stops_at=written["stops_at"],
        unit=unit,
        lengths=lengths,
        lights=lights,
        law=law(written["law"]),
        starts_on=written["starts_on"],
        ends_before=written.get("ends_before"),
    )

"""May this benefit be had together with what a person already receives?

A table of dated lines, each with its law. A benefit that no line names is "unknown": an officer looks,
nothing passes by silence. A benefit that has ended, or lies outside the line's window of days, says nothing
at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from phueng.schemes.laws import Law, law
from phueng.schemes.words import Words, words_from

COMBINATIONS_FILE = Path(__file__).parent / "combinations.yaml"

VerdictKind = Literal["excludes", "caps", "together", "unknown"]


class UnknownBenefit(LookupError):
    """The table does not hold this benefit."""


@dataclass(frozen=True)
class Benefit:
    """Something a person can receive from anyone. A sensitive one is never named to a third person."""

    code: str
    name: Words
    agency: Words
    is_sensitive: bool


@dataclass(frozen=True)
class Received:
    """A benefit somebody receives or received. A single sum starts and ends on the day it was given."""

    benefit_code: str
    agency: str
    starts_on: date
    ends_before: date | None = None
    amount_satang: int | None = None

    def is_running(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_before is None or on < self.ends_before)

    def was_within(self, days: int, on: date) -> bool:
        """Running now, or begun at most this many days ago (the day itself counts as zero)."""
        return self.is_running(on) or on - timedelta(days=days) <= self.starts_on <= on


@dataclass(frozen=True)
class Verdict:
    """What one received benefit means for the benefit asked for."""

    kind: VerdictKind
    with_code: str
    law: Law
    sentence_th: str
    sentence_en: str


@dataclass(frozen=True)
class Combination:
    """One line of the table: asking for `scheme` while receiving `with_code`."""

    scheme: str
    with_code: str
    kind: VerdictKind
    within_days: int | None
    starts_on: date
    ends_before: date | None
    law: Law
    sentence: Words

    def holds_on(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_before is None or on < self.ends_before)

    def concerns(self, received: Received, on: date) -> bool:
        if self.within_days is None:
            return received.is_running(on)
        return received.was_within(self.within_days, on)


def benefits() -> tuple[Benefit, ...]:
    """Every benefit the table knows, ours and other agencies'."""
    return tuple(_table()[0].values())


def benefit(code: str) -> Benefit:
    """The benefit with this code; raises UnknownBenefit."""
    try:
        return _table()[0][code]
    except KeyError:
        raise UnknownBenefit(f"combinations.yaml has no benefit {code!r}") from None


def combinations() -> tuple[Combination, ...]:
    return _table()[1]


def verdicts(code: str, received: Iterable[Received], on: date) -> list[Verdict]:
    """What each received benefit means for asking for `code` on this day, the most serious first."""
    found: list[Verdict] = []
    for one in received:
        lines = [line for line in combinations() if line.scheme == code and line.with_code == one.benefit_code]
        in_force = [line for line in lines if line.holds_on(on)]
        if not in_force:
            if one.is_running(on):
                found.append(_unknown(one))
            continue
        found.extend(
            Verdict(line.kind, line.with_code, line.law, line.sentence.th, line.sentence.en)
            for line in in_force
            if line.concerns(one, on)
        )
    order = ("excludes", "unknown", "caps", "together")
    return sorted(found, key=lambda verdict: order.index(verdict.kind))


def _unknown(received: Received) -> Verdict:
    return Verdict(
        kind="unknown",
        with_code=received.benefit_code,
        law=law("office_default"),
        sentence_th="ยังไม่มีกติกาว่ารับพร้อมกันได้หรือไม่ เจ้าหน้าที่ต้องดูก่อน",
        sentence_en="No rule says whether both may be received; an officer must look first.",
    )


@cache
def _table() -> tuple[dict[str, Benefit], tuple[Combination, ...]]:
    written = yaml.safe_load(COMBINATIONS_FILE.read_text(encoding="utf-8"))
    known = {code: _benefit(code, entry) for code, entry in written["benefits"].items()}
    lines = tuple(line for entry in written["combinations"] for line in _lines(entry, known))
    return known, lines


def _benefit(code: str, written: Mapping[str, Any]) -> Benefit:
    where = f"combinations.yaml: {code}"
    return Benefit(
        code=code,
        name=words_from(written["name"], where),
        agency=words_from(written["agency"], where),
        is_sensitive=bool(written.get("is_sensitive", False)),
    )


def _lines(written: Mapping[str, Any], known: Mapping[str, Benefit]) -> Iterable[Combination]:
    """One entry may name several benefits that share the law and the sentence."""
    where = f"combinations.yaml: {written['scheme']} with {written['with']}"
    if written["kind"] not in ("excludes", "caps", "together"):
        raise ValueError(f"{where}: unknown kind {written['kind']!r}")
    for code in (written["scheme"], *written["with"]):
        if code not in known:
            raise UnknownBenefit(f"{where}: no benefit {code!r}")
    for with_code in written["with"]:
        yield Combination(
            scheme=written["scheme"],
            with_code=with_code,
            kind=written["kind"],
            within_days=written.get("within_days"),
            starts_on=written["starts_on"],
            ends_before=written.get("ends_before"),
            law=law(written["law"]),
            sentence=words_from(written["sentence"], where),
        )

"""What is a welfare scheme, as data: names, owner, checks, clocks, documents and ceilings?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from phueng.kernel.problems import Problem
from phueng.schemes.clocks import ClockRule, load_clocks
from phueng.schemes.laws import Law
from phueng.schemes.parameters import SATANG_IN_A_BAHT, NoParameter, Parameters, load_parameters
from phueng.schemes.words import Words

OwnerKind = Literal["centre", "municipality"]
PayRoute = Literal["krungthai", "comptroller"]
BenefitKind = Literal["lump_sum", "monthly"]
Decider = Literal["one_approver", "committee"]

CHECKS = ("identifier", "civil_register", "same_person", "other_benefits", "eligibility", "home_visit")
SHARED_CLOCKS = Path(__file__).parent / "clocks.yaml"


@dataclass(frozen=True)
class DocumentWanted:
    """A picture or paper to attach. `question` is the photo question that collects it."""

    code: str
    name: Words
    why: Words
    is_required: bool
    question: str


@dataclass(frozen=True)
class Retention:
    """How long personal data stays: this many years after `counted_from`."""

    years: int
    counted_from: str
    law: Law


@dataclass(frozen=True)
class Scheme:
    """One scheme. Its numbers stand in parameters.yaml beside it, never here."""

    code: str
    folder: Path
    name: Words
    short_name: Words
    message_name: Words
    purpose: Words
    legal_basis: tuple[Law, ...]
    owner_kind: OwnerKind
    pay_route: PayRoute
    benefit_kind: BenefitKind
    checks_required: tuple[str, ...]
    documents: tuple[DocumentWanted, ...]

    def __post_init__(self) -> None:
        ordered = tuple(check for check in CHECKS if check in self.checks_required)
        if ordered != self.checks_required:
            raise ValueError(f"{self.code}: checks must be known and stand in the order {CHECKS}")

    @cached_property
    def parameters(self) -> Parameters:
        return load_parameters(self.folder / "parameters.yaml")

    @cached_property
    def clocks(self) -> tuple[ClockRule, ...]:
        """The scheme's own clocks, then those that every scheme shares (appeals)."""
        return (*load_clocks(self.folder / "clocks.yaml"), *load_clocks(SHARED_CLOCKS))

    def clock(self, code: str, on: date) -> ClockRule:
        """The clock in force on this day; raises LookupError."""
        for rule in self.clocks:
            if rule.code == code and rule.holds_on(on):
                return rule
        raise LookupError(f"{self.code} has no clock {code!r} on {on.isoformat()}")

    def decider(self, on: date) -> Decider:
        """Does one approver decide, or a committee? Dated, because regulations change this."""
        decider: Decider = self.parameters.value("decided_by", on)
        return decider

    def retention(self, on: date) -> Retention:
        dated = self.parameters.dated("personal_data_kept", on)
        return Retention(years=dated.value, counted_from="last_act", law=dated.law)

    def ceiling_satang(self, on: date) -> int | None:
        """The most for one sum, or None where the amount is fixed by the rules."""
        return self._satang_or_none("ceiling_per_time", on)

    def times_a_year(self, on: date) -> int | None:
        """How often a household may receive it in a fiscal year, or None for monthly benefits."""
        try:
            return int(self.parameters.value("times_per_fiscal_year", on))
        except NoParameter:
            return None

    def delegation_ceiling_satang(self, level: str, on: date) -> int | None:
        """The most that this level of decider may approve; None: this level may not decide at all."""
        for entry in self.parameters.value("delegation", on):
            if entry["level"] == level:
                return int(entry["baht"]) * SATANG_IN_A_BAHT
        return None

    def problem_with_amount(self, amount_satang: int, on: date) -> Problem | None:
        """Why an officer may not propose this sum, or None. A sum over the ceiling is refused, never cut
        silently.
        """
        ceiling = self.ceiling_satang(on)
        if ceiling is None:
            return None
        if amount_satang <= 0 or amount_satang % SATANG_IN_A_BAHT:
            return Problem(
                code="amount_not_whole_baht",
                th="จำนวนเงินต้องเป็นบาทเต็ม และมากกว่าศูนย์",
                en="The amount must be whole baht and more than zero.",
                next_th="กรอกจำนวนเงินเป็นบาทเต็ม",
                next_en="Enter a whole number of baht.",
            )
        if amount_satang > ceiling:
            most = f"{ceiling // SATANG_IN_A_BAHT:,}"
            return Problem(
                code="amount_over_ceiling",
                th=f"จำนวนเงินเกินเพดานครั้งละ {most} บาท",
                en=f"The amount is over the ceiling of {most} baht a time.",
                next_th=f"กรอกจำนวนเงินไม่เกิน {most} บาท",
                next_en=f"Enter at most {most} baht.",
            )
        return None

    def _satang_or_none(self, name: str, on: date) -> int | None:
        try:
            return self.parameters.satang(name, on)
        except NoParameter:
            return None

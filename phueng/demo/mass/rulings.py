"""What do the schemes' own rules say about the cases of the mass? The same rules as for anybody, asked once a register.

Sums and failed conditions come from `decide_register`; the worded reasons from `decide`, asked once for each kind of
answer, with each person's own values filled in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from phueng.demo.mass.plan import Case, happened
from phueng.demo.registering import born_on, precision
from phueng.kernel.thai_dates import age_on, in_bangkok
from phueng.schemes.catalogue import scheme
from phueng.schemes.evaluate import decide, decide_register
from phueng.schemes.facts import Fact

_REGISTER, _APPLICANT, _PHUENG = "civil_register", "applicant", "phueng"


@dataclass
class Ruling:
    """The rules' answer for one case."""

    outcome: str  # eligible not_eligible
    amount_satang: int | None
    failed: tuple[str, ...]
    reasons: list[dict[str, Any]] = field(default_factory=list)


def facts_of(case: Case) -> dict[str, Fact]:
    """What verification would have put together for this case."""
    facts = {
        "is_alive": Fact(True, _REGISTER),
        "born_on": Fact(born_on(case.applicant), _REGISTER),
        "born_on_precision": Fact(precision(case.applicant), _REGISTER),
    }
    if case.scheme == "family":
        return facts | {
            "hardship": Fact(case.hardship, _APPLICANT),
            "household_income_year_satang": Fact(case.income_satang, _APPLICANT),
            "grants_this_fiscal_year": Fact(0, _PHUENG),
            "proposed_amount_satang": Fact(case.proposed_satang, _APPLICANT),
        }
    facts |= {
        "is_thai": Fact(True, _REGISTER),
        "is_registered_here": Fact(True, _REGISTER),
        "lives_in_state_shelter": Fact(False, _APPLICANT),
    }
    if case.scheme == "old_age":
        return facts | {
            "has_state_pension": Fact(case.has_pension, _APPLICANT),
            "has_regular_state_pay": Fact(False, _APPLICANT),
        }
    return facts | {
        "has_disability_card": Fact(case.has_card, _APPLICANT),
        "has_state_welfare_card": Fact(case.applicant.has_state_welfare_card, _APPLICANT),
    }


def rule_on(cases: Iterable[Case], today: date) -> dict[Any, Ruling]:
    """Case id → ruling, for every submitted case."""
    rulings: dict[Any, Ruling] = {}
    for code in ("family", "old_age", "disability"):
        ours = [case for case in cases if case.scheme == code and case.is_submitted]
        # A sum depends on the fiscal year of the day; cases of one month share a register.
        months: dict[date, list[Case]] = {}
        for case in ours:
            months.setdefault(_asked_on(case).replace(day=1), []).append(case)
        for month in sorted(months):
            rulings |= _rule_on_month(code, months[month])
    return rulings


def _asked_on(case: Case) -> date:
    return in_bangkok(happened(case.submitted_at)).date()


def _rule_on_month(code: str, cases: Sequence[Case]) -> dict[Any, Ruling]:
    rows = [{"case": str(case.id)} | {name: fact.value for name, fact in facts_of(case).items()} for case in cases]
    rows = [row | {"registered_on": _asked_on(case)} for row, case in zip(rows, cases, strict=True)]
    answered = decide_register(scheme(code), pl.DataFrame(rows), _asked_on(cases[0]))
    found: dict[Any, Ruling] = {}
    for case, row in zip(cases, answered.iter_rows(named=True), strict=True):
        ruling = Ruling("eligible" if row["eligible"] else "not_eligible", row["amount_satang"], tuple(row["failed"]))
        ruling.reasons = _worded(case, ruling)
        found[case.id] = ruling
    return found


_WORDED: dict[tuple[Any, ...], list[dict[str, Any]]] = {}


def _worded(case: Case, ruling: Ruling) -> list[dict[str, Any]]:
    # A failed condition may say the sum itself, so those cases are asked one by one.
    key = (case.scheme, ruling.failed, case.income_satang if ruling.failed else 0)
    if key not in _WORDED:
        _WORDED[key] = _reasons(scheme(case.scheme), facts_of(case), _asked_on(case))
    own: Mapping[str, Any] = {
        "adult": age_on(born_on(case.applicant), _asked_on(case)),
        "old_enough": age_on(born_on(case.applicant), _asked_on(case)),
        "in_hardship": case.hardship,
        "low_income": case.income_satang,
    }
    return [reason | {"value": own.get(str(reason["code"]), reason["value"])} for reason in _WORDED[key]]


def _reasons(rule: Any, facts: Mapping[str, Fact], on: date) -> list[dict[str, Any]]:
    return [
        {
            "code": r.code, "label_th": r.label.th, "label_en": r.label.en, "law": r.law.code, "law_th": r.law.th,
            "law_en": r.law.en, "passed": r.passed, "value": r.value, "source": r.source, "as_of": None,
            "sentence_th": r.sentence_th, "sentence_en": r.sentence_en,
        }
        for r in decide(rule, facts, on).reasons
    ]  # fmt: skip

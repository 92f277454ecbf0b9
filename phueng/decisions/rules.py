"""What hinders a recommendation, and from when is a monthly benefit owed? Plain functions over plain facts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from phueng.kernel.problems import Problem
from phueng.schemes.definition import Scheme

NO_AMOUNT = Problem(
    "amount_is_missing",
    "ยังไม่ได้ระบุจำนวนเงินที่เสนอ",
    "The proposed amount is missing",
    "ใส่จำนวนเงินเป็นบาท",
    "Enter the amount in baht",
)
RULES_SAY_NO = Problem(
    "rules_say_no",
    "เงื่อนไขของโครงการไม่ผ่าน จึงเสนออนุมัติไม่ได้",
    "The scheme's conditions are not met, so approval cannot be recommended",
    "เสนอไม่อนุมัติพร้อมเหตุผล หรือแก้ข้อเท็จจริงที่ผิดก่อน",
    "Recommend refusal with the reasons, or correct the facts first",
)


RULES_SAY_OTHERWISE = Problem(
    "rules_say_otherwise",
    "จำนวนเงินรายเดือนกำหนดโดยเงื่อนไขของโครงการ เสนอยอดอื่นไม่ได้",
    "The monthly amount follows from the scheme's conditions; another amount cannot be recommended",
    "ใช้จำนวนที่ผลตรวจเงื่อนไขบอก หรือแก้ข้อเท็จจริงที่ผิดก่อน",
    "Use the amount that the eligibility check gives, or correct the facts first",
)


def amount_to_recommend(
    scheme: Scheme, outcome: str, amount_satang: int | None, eligibility: Mapping[str, Any] | None
) -> int | None:
    """The amount (satang) that the recommendation carries: none for a refusal; for a monthly benefit what the rules
    say when nothing was typed; for one sum what the officer proposes."""
    if outcome == "refuse":
        return None
    if scheme.benefit_kind == "monthly" and amount_satang is None:
        ruled = (eligibility or {}).get("amount_satang")
        return int(ruled) if ruled else None
    return amount_satang


def problem_with_recommendation(
    scheme: Scheme, outcome: str, amount_satang: int | None, eligibility: Mapping[str, Any] | None, on: date
) -> Problem | None:
    """Why this recommendation cannot stand, or None. Amounts in satang; a monthly amount is what the rules say."""
    if outcome == "refuse":
        return None
    if outcome == "approve" and eligibility is not None and eligibility.get("outcome") == "not_eligible":
        return RULES_SAY_NO
    if not amount_satang:
        # Waiting for budget, the sum may still be open.
        return NO_AMOUNT if outcome == "approve" else None
    if scheme.benefit_kind == "lump_sum":
        return scheme.problem_with_amount(amount_satang, on)
    return None if (eligibility or {}).get("amount_satang") == amount_satang else RULES_SAY_OTHERWISE


def first_day_owed(scheme: Scheme, eligibility: Mapping[str, Any] | None, decided_on: date) -> date:
    """The first day of the entitlement: the decision's day for one sum, the first month owed for a monthly benefit."""
    if scheme.benefit_kind == "lump_sum":
        return decided_on
    stated = (eligibility or {}).get("first_month")
    if stated:
        return date.fromisoformat(str(stated)).replace(day=1)
    following = decided_on.month % 12 + 1
    return date(decided_on.year + (1 if following == 1 else 0), following, 1)


def reasons_from(eligibility: Mapping[str, Any] | None) -> Sequence[Mapping[str, Any]]:
    """The rule reasons kept with the eligibility check, ready to be copied into a decision."""
    reasons = (eligibility or {}).get("reasons", [])
    return reasons if isinstance(reasons, list) else []

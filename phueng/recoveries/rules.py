"""How much of a wrong payment is asked back, why, by which law, and in which instalments? Arithmetic only.

Administrative Procedure Act B.E. 2539 s.49-51 and, through s.51, unjust enrichment in the Civil and Commercial Code
(s.412: whoever received money in good faith gives back only what is left of it). The order of the questions matters:
first whom one does not ask at all, then whether it is too late, then fault and good faith, then what life allows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

FAULTS = ("state", "person", "both")
# Nobody who can be asked ever held this money: the bank is asked, not the person or the family.
ENQUIRY_CAUSES = frozenset({"paid_after_death", "wrong_account"})
CAUSES = ("paid_after_death", "ended_entitlement", "double_benefit", "wrong_amount", "wrong_account")
SATANG_IN_A_BAHT = 100


@dataclass(frozen=True)
class Numbers:
    """The legal numbers of one day. Sums in satang, shares in percent; `laws` is reason → (Thai, English)."""

    revoke_days: int
    revoking_causes: frozenset[str]
    claim_years: int
    claim_years_at_most: int
    share_when_both: int
    instalment_share: int
    most_instalments: int
    instalments_unknown: int
    least_instalment_satang: int
    hardship_satang: int
    laws: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Situation:
    """Everything that is looked at. `left_satang`: what is still there of the money; None when nobody knows."""

    cause: str
    amount_satang: int
    returned_satang: int
    first_paid_on: date
    known_on: date
    on: date
    fault: str
    acted_in_good_faith: bool
    said_falsely: bool
    is_dead: bool = False
    left_satang: int | None = None
    income_satang: int | None = None
    household_size: int | None = None


@dataclass(frozen=True)
class Reason:
    """One step of the reasoning, in both languages, with its law."""

    code: str
    th: str
    en: str
    law_th: str = ""
    law_en: str = ""


@dataclass(frozen=True)
class Outcome:
    """What is asked back and what is let go, in satang; both together are what was not returned yet."""

    kind: str  # nothing part whole
    asked_satang: int
    waived_satang: int
    reasons: tuple[Reason, ...]


_SECTION_51 = (
    "พระราชบัญญัติวิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 มาตรา 51",
    "Administrative Procedure Act, B.E. 2539 (1996), section 51",
)
_CIVIL_412 = (
    "ประมวลกฎหมายแพ่งและพาณิชย์ มาตรา 412",
    "Civil and Commercial Code, section 412",
)


def outcome_of(facts: Situation, numbers: Numbers) -> Outcome:
    """The outcome with every reason that led to it, in the order of the questions."""
    open_satang = max(facts.amount_satang - facts.returned_satang, 0)
    for found in (_nobody_to_ask(facts), _too_late(facts, numbers)):
        if found is not None:
            return Outcome("nothing", 0, open_satang, (found,))
    reasons = [_fault(facts)]
    asked, why = _by_fault(facts, numbers, open_satang)
    reasons.append(why)
    if asked and not facts.said_falsely:
        asked, more = _within_life(facts, numbers, asked)
        reasons += more
    kind = "nothing" if asked == 0 else "whole" if asked == open_satang else "part"
    return Outcome(kind, asked, open_satang - asked, tuple(reasons))


def _nobody_to_ask(facts: Situation) -> Reason | None:
    if facts.is_dead or facts.cause == "paid_after_death":
        return Reason(
            "estate_not_chased",
            "ผู้รับเสียชีวิตแล้ว เราไม่เรียกเงินจากครอบครัวหรือกองมรดก รับคืนเฉพาะที่ธนาคารหรือครอบครัวส่งคืนเอง",
            "The person has died. We ask nothing of the family or the estate, and take only what bank or family returned",
            *_CIVIL_412,
        )
    if facts.cause == "wrong_account":
        return Reason(
            "never_reached_them",
            "เงินไม่เคยถึงมือผู้มีสิทธิ จึงไม่มีอะไรให้ผู้มีสิทธิคืน",
            "The money never reached the person, so there is nothing for the person to give back",
            *_CIVIL_412,
        )
    return None


def last_day_to_ask(facts: Situation, numbers: Numbers) -> date:
    """The last day on which the claim may still be made (Civil and Commercial Code s.419)."""
    return min(
        years_later(facts.known_on, numbers.claim_years), years_later(facts.first_paid_on, numbers.claim_years_at_most)
    )


def last_day_to_revoke(facts: Situation, numbers: Numbers) -> date | None:
    """The last day on which the order may be revoked; None when it need not be, or when somebody spoke falsely."""
    if facts.said_falsely or facts.cause not in numbers.revoking_causes:
        return None
    return facts.known_on + timedelta(days=numbers.revoke_days)


def _too_late(facts: Situation, numbers: Numbers) -> Reason | None:
    revoke_until = last_day_to_revoke(facts, numbers)
    if revoke_until is not None and facts.on > revoke_until:
        return Reason(
            "too_late_to_revoke",
            f"รู้เหตุมาเกิน {numbers.revoke_days} วันแล้ว เพิกถอนคำสั่งเดิมไม่ได้ จึงเรียกเงินคืนไม่ได้",
            f"The reason has been known for more than {numbers.revoke_days} days: the order stands, nothing is asked",
            *numbers.laws.get("revoke", ("", "")),
        )
    if facts.on > last_day_to_ask(facts, numbers):
        return Reason(
            "too_late_to_claim",
            "พ้นเวลาที่กฎหมายให้เรียกคืนแล้ว",
            "The time in which the law lets us ask has passed",
            *numbers.laws.get("claim", ("", "")),
        )
    return None


def _fault(facts: Situation) -> Reason:
    words = {
        "state": ("ความผิดพลาดเกิดจากหน่วยงาน", "The mistake was the agency's"),
        "person": ("ข้อมูลที่ให้ไว้ไม่ตรงกับความจริงในสาระสำคัญ", "What we were told was wrong in something that mattered"),
        "both": ("ความผิดพลาดเกิดจากทั้งหน่วยงานและข้อมูลที่ได้รับ", "The agency and what it was told were both wrong"),
    }
    return Reason(f"fault_{facts.fault}", *words[facts.fault], *_SECTION_51)


def _by_fault(facts: Situation, numbers: Numbers, open_satang: int) -> tuple[int, Reason]:
    left = max(facts.left_satang or 0, 0)
    if facts.said_falsely or facts.fault == "person" or not facts.acted_in_good_faith:
        return open_satang, Reason(
            "no_good_faith",
            "ผู้รับรู้หรือควรรู้ว่าไม่มีสิทธิ จึงต้องคืนเต็มจำนวน",
            "The person knew, or should have known, that it was not owed: the law asks for all of it",
            *_SECTION_51,
        )
    if facts.fault == "state":
        return min(left, open_satang), Reason(
            "only_what_is_left",
            "ผู้รับสุจริต คืนเฉพาะส่วนที่ยังเหลืออยู่ ส่วนที่ใช้เลี้ยงชีพไปแล้วไม่ต้องคืน",
            "Received in good faith: only what is still there is asked back, not what was spent on living",
            *_CIVIL_412,
        )
    share = open_satang * numbers.share_when_both // 100
    return min(max(share, left), open_satang), Reason(
        "shared_fault",
        f"ผิดทั้งสองฝ่ายและผู้รับสุจริต ขอคืนร้อยละ {numbers.share_when_both} หรือเท่าที่ยังเหลืออยู่ถ้ามากกว่า",
        f"Both were at fault and it was received in good faith: {numbers.share_when_both} percent, or what is left if more",
        *numbers.laws.get("both", ("", "")),
    )


def _within_life(facts: Situation, numbers: Numbers, asked: int) -> tuple[int, list[Reason]]:
    """What hardship and means leave of it. Nobody's silence counts against them: unknown means nothing is cut."""
    if facts.income_satang is None:
        return asked, []
    cap = monthly_cap(facts.income_satang, numbers)
    heads = max(facts.household_size or 1, 1)
    if facts.income_satang // heads < numbers.hardship_satang or cap < numbers.least_instalment_satang:
        return 0, [
            Reason(
                "hardship",
                "รายได้ต่อคนในบ้านต่ำกว่าเกณฑ์ยังชีพ จึงไม่ขอคืน",
                "The household lives on less than the line below which nothing is asked",
                *numbers.laws.get("hardship", ("", "")),
            )
        ]
    most = cap * numbers.most_instalments
    if asked <= most:
        return asked, []
    return most, [
        Reason(
            "beyond_means",
            f"ขอคืนเท่าที่ผ่อนได้ใน {numbers.most_instalments} เดือนตามรายได้ ส่วนที่เกินไม่ขอ",
            f"Only what the income can carry in {numbers.most_instalments} months is asked; the rest is let go",
            *numbers.laws.get("means", ("", "")),
        )
    ]


def monthly_cap(income_satang: int, numbers: Numbers) -> int:
    """The most one month may cost: a share of the income, rounded down to whole baht."""
    return income_satang * numbers.instalment_share // 100 // SATANG_IN_A_BAHT * SATANG_IN_A_BAHT


def cap_for(asked_satang: int, income_satang: int | None, numbers: Numbers) -> int:
    """The most one instalment may be; without a stated income the sum is spread over a default number of months."""
    if income_satang is not None:
        return monthly_cap(income_satang, numbers)
    months = max(numbers.instalments_unknown, 1)
    each = -(-asked_satang // months)
    return -(-each // SATANG_IN_A_BAHT) * SATANG_IN_A_BAHT


def instalments(asked_satang: int, monthly_satang: int) -> tuple[int, ...]:
    """Equal instalments that sum to what is asked, to the satang; the last one takes the (smaller) remainder."""
    if asked_satang <= 0:
        return ()
    if monthly_satang <= 0:
        raise ValueError("an instalment is more than nothing")
    full, rest = divmod(asked_satang, monthly_satang)
    return (monthly_satang,) * full + ((rest,) if rest else ())


def due_days(first_on: date, count: int) -> tuple[date, ...]:
    """The same day of each month from the first on; a month without that day ends earlier."""
    return tuple(months_later(first_on, number) for number in range(count))


def months_later(day: date, count: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


def years_later(day: date, count: int) -> date:
    """The same day so many years later; 29 February becomes the 28th."""
    return months_later(day, 12 * count)

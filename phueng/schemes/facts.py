"""Which facts about a person do the schemes look at, and where did a given fact come from?

A condition sees only these plain columns, so the same condition reads one application or a whole register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from phueng.schemes.words import Words

ColumnKind = Literal["boolean", "date", "money", "count", "text"]


@dataclass(frozen=True)
class Fact:
    """A value as we know it, who says so, and as of when. A value of None means: not known."""

    value: Any
    source: str = ""
    as_of: date | datetime | None = None


@dataclass(frozen=True)
class Column:
    """One plain column: money is integer satang, dates are CE days."""

    code: str
    kind: ColumnKind
    label: Words


_COLUMNS = (
    Column("is_alive", "boolean", Words("ยังมีชีวิตอยู่ตามทะเบียนราษฎร", "Alive in the civil register")),
    Column("is_thai", "boolean", Words("สัญชาติไทยตามทะเบียนราษฎร", "Thai nationality in the civil register")),
    Column("born_on", "date", Words("วันเกิด", "Date of birth")),
    Column("born_on_precision", "text", Words("วันเกิดรู้ถึงวัน เดือน หรือปี", "Birth known to the day, month or year")),
    Column("household_income_year_satang", "money", Words("รายได้ครอบครัวต่อปี", "Yearly family income")),
    Column("hardship", "text", Words("ความเดือดร้อนที่พบ", "The hardship met")),
    Column(
        "grants_this_fiscal_year",
        "count",
        Words("จำนวนครั้งที่ครัวเรือนได้รับในปีงบประมาณนี้", "Grants to the household this fiscal year"),
    ),
    Column(
        "proposed_amount_satang",
        "money",
        Words("จำนวนเงินที่นักสังคมสงเคราะห์เสนอ", "Amount proposed by the social worker"),
    ),
    Column(
        "is_registered_here",
        "boolean",
        Words("มีชื่อในทะเบียนบ้านในเขตเทศบาลหรือ อบต. นี้", "In a house register of this municipality"),
    ),
    Column("has_state_pension", "boolean", Words("ได้รับบำนาญจากรัฐ", "Receives a state pension")),
    Column(
        "has_regular_state_pay",
        "boolean",
        Words("ได้รับเงินเดือนหรือค่าตอบแทนประจำจากรัฐ", "Receives regular pay from the state"),
    ),
    Column("lives_in_state_shelter", "boolean", Words("อยู่ในสถานสงเคราะห์ของรัฐ", "Lives in a state shelter")),
    Column(
        "is_income_insufficient",
        "boolean",
        Words("ไม่มีรายได้หรือรายได้ไม่พอยังชีพ", "Has no income or too little to live on"),
    ),
    Column("has_disability_card", "boolean", Words("มีบัตรประจำตัวคนพิการที่ยังใช้ได้", "Holds a valid disability card")),
    Column("has_state_welfare_card", "boolean", Words("มีบัตรสวัสดิการแห่งรัฐ", "Holds a state welfare card")),
    Column("registered_on", "date", Words("วันที่ยื่นลงทะเบียน", "Day of registration")),
)

COLUMNS: dict[str, Column] = {column.code: column for column in _COLUMNS}

"""What does a check, a settlement or a visit look like in a test? And a register with one woman on file."""

# mypy: allow-untyped-calls

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from factory.declarations import LazyFunction, SubFactory
from factory.django import DjangoModelFactory

from phueng.applications.tests.factories import SUBDISTRICT, SubmittedApplicationFactory, family_answers
from phueng.kernel.national_id import demo_national_id
from phueng.questionnaires.tests.factories import SheetFactory
from phueng.verification.models import Check, Settlement, Visit

# A number, a name and a birth date that nobody of the cast has.
NUMBER = demo_national_id(98_765_432_10)
HOUSEMATE = demo_national_id(98_765_432_11)
AT = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


class CheckFactory(DjangoModelFactory[Check]):
    """A question to the civil register that waits for its answer."""

    class Meta:
        model = Check

    application = SubFactory(SubmittedApplicationFactory)
    kind = "civil_register"
    asked_at = AT
    next_try_at = AT


class SettlementFactory(DjangoModelFactory[Settlement]):
    """An officer called and found the name changed by marriage."""

    class Meta:
        model = Settlement

    check_asked = SubFactory(
        CheckFactory, outcome="attention", answered_at=AT, source="civil_register", answer={"code": "register_differs"}
    )
    outcome = "accepted"
    why = "โทรถามแล้ว เปลี่ยนนามสกุลหลังสมรส"
    settled_at = AT
    settled_by_id = LazyFunction(uuid4)
    settled_by_name = "นักสังคมสงเคราะห์"


class VisitFactory(DjangoModelFactory[Visit]):
    """A visit with an empty form."""

    class Meta:
        model = Visit

    application = SubFactory(SubmittedApplicationFactory)
    sheet = SubFactory(SheetFactory, questionnaire_code="visit")
    started_at = AT
    visited_by_id = LazyFunction(uuid4)
    visited_by_name = "นักสังคมสงเคราะห์"


def woman_on_file(**changed: Any) -> dict[str, Any]:
    """The applicant as the civil register holds her."""
    person: dict[str, Any] = {
        "national_id": NUMBER, "vital_status": "alive", "died": None, "title": "นาง",
        "first_name": "ละมุนศรี", "last_name": "ทดสอบใจ", "born": "24910209", "sex": "female", "nationality": "THA",
        "address": {"house_no": "99/1", "moo": 3, "subdistrict_code": SUBDISTRICT},
        "house_code": "99010000011", "household_members": [NUMBER, HOUSEMATE],
    }  # fmt: skip
    return person | changed


def answers_of_woman(**changed: Any) -> dict[str, Any]:
    """What she types for the family grant."""
    return family_answers(
        **{
            "national_id": NUMBER, "birth_date": "9/2/2491",
            "full_name": {"title": "นาง", "first_name": "ละมุนศรี", "last_name": "ทดสอบใจ"}, **changed,
        }
    )  # fmt: skip


def visit_answers(**changed: Any) -> dict[str, Any]:
    """What an officer types at her home."""
    typed: dict[str, Any] = {
        "met_whom": "applicant", "visited_on": "2/11/2569", "who_else_came": "", "home_kind": "house",
        "home_owner": "own", "home_state": "worn", "utilities": ["water", "electricity"], "family_size": "2",
        "family_members": "ละมุนศรี 78 ปี ไม่มีรายได้\nมานะ 12 ปี หลาน เรียน", "in_need_of_care": ["older_person"],
        "household_income_year": "12,000", "income_from": "เบี้ยยังชีพ", "spending_month": "", "debts": "0",
        "debts_to": [], "health": ["chronic_illness"], "health_note": "", "problem": "ขายของไม่ได้ ไม่มีรายได้",
        "tried_locally": "", "wants_of_person": "เงินซื้ออาหาร", "opinion": "เดือดร้อนจริง ควรช่วยเหลือ",
        "should_help": "help", "other_help": "", "photo_outside": [], "photo_inside": [], "photo_person": [],
    }  # fmt: skip
    return typed | changed

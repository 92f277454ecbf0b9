"""How does a test get a request that waits for a recommendation or a decision? Through the acts that lead there.

The office is the centre of Khon Kaen (the municipality for monthly benefits); officers are the cast; every applicant is
somebody of their own, so that any number of requests can stand side by side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from phueng.applications.actions import (
    link_person,
    save_application_answers,
    start_application,
    submit_application,
    triage_application,
)
from phueng.applications.models import Application
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM, Actor
from phueng.decisions.actions import decide, recommend
from phueng.decisions.models import Decision, Recommendation
from phueng.demo import people
from phueng.demo.people import Staff
from phueng.kernel.national_id import demo_national_id
from phueng.registry.actions import join_household, register_household, register_person, state_account
from phueng.schemes.catalogue import questionnaire, scheme
from phueng.verification.actions import answer_check, start_checks
from phueng.verification.models import Check

# A Monday in fiscal year 2570.
MOMENT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
CITIZEN = Actor("citizen", None, "ผู้ขอ", "citizen")
WORKER = SYSTEM("test")
AMOUNT = 200_000
WHY = "รายได้ไม่พอกับค่าอาหารของคนในบ้าน"
_NUMBERS = count(600_001)


def actor(staff: Staff) -> Actor:
    """Somebody of the cast, acting in their first duty."""
    return Actor("staff", staff.account_id, staff.name_th, staff.role, staff.office_code, "test")


FRONT_DESK = actor(people.FRONT_DESK)
SOCIAL_WORKER = actor(people.SOCIAL_WORKER)
APPROVER = actor(people.APPROVER)
RELATED_APPROVER = actor(people.RELATED_APPROVER)
OTHER_APPROVER = actor(people.OTHER_APPROVER)
MUNICIPAL_OFFICER = actor(people.MUNICIPAL_OFFICER)
MUNICIPAL_APPROVER = actor(people.MUNICIPAL_APPROVER)


@dataclass(frozen=True)
class Applicant:
    """Who asks, as the registry knows them."""

    number: int
    person_id: UUID
    household_id: UUID
    national_id: str
    first_name: str = "บุญมี"
    last_name: str = "ทดสอบดี"
    born_on: date = date(1950, 3, 12)
    bank_code: str = "006"
    account: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def trace() -> None:
    """Rows arranged without an action need an entry in their transaction."""
    record(by=WORKER, at=MOMENT, act="tests.arrange", subject=("test", uuid4()))


def grandmother() -> Applicant:
    """The woman of the cast, whose grandson is an approver."""
    her = people.GRANDMOTHER
    return Applicant(
        her.number, her.person_id, her.household_id, her.national_id or "", her.first_name, her.last_name, her.born_on,
        her.bank_code, her.account,
    )  # fmt: skip


def new_applicant(*, bank_code: str = "006", has_account: bool = True, has_number: bool = True) -> Applicant:
    """Somebody in a house of their own in the city of Khon Kaen."""
    number = next(_NUMBERS)
    national_id, account = demo_national_id(number), f"98{number:08d}"
    said: dict[str, Any] = {"by": WORKER, "at": MOMENT, "source": "application"}
    with transaction.atomic():
        person = register_person(
            **said, title="นาง", first_name="บุญมี", last_name="ทดสอบดี", sex="f", nationality="THA",
            born_on=date(1950, 3, 12), born_precision="day", national_id=national_id if has_number else None,
            no_id_reason="" if has_number else "never_registered",
        )  # fmt: skip
        household = register_household(
            **said, house_code=f"{number:011d}", house_no=str(number), moo="3", subdistrict_code="400101"
        )
        join_household(**said, person_id=person.pk, household_id=household.pk, role="head", starts_on=date(2020, 1, 1))
        if has_account:
            state_account(**said, person_id=person.pk, bank_code=bank_code, number=account, holder_name="นางบุญมี ทดสอบดี")
    return Applicant(number, person.pk, household.pk, national_id, bank_code=bank_code, account=account)


def typed(who: Applicant, **changed: Any) -> dict[str, Any]:
    """What the applicant types, for any of the schemes."""
    return {
        "applying_for": "self",
        "full_name": {"title": "นาง", "first_name": who.first_name, "last_name": who.last_name},
        "has_national_id": "yes", "national_id": who.national_id,
        "birth_date": f"{who.born_on.day}/{who.born_on.month}/{who.born_on.year + 543}",
        "has_phone": "yes", "phone": f"0800{who.number % 1_000_000:06d}",
        "stays_at": {
            "province_code": "40", "district_code": "4001", "subdistrict_code": "400101", "house_no": "1", "moo": "3",
        },
        "household_size": "2", "hardship": "lost_income", "urgency": "can_wait", "story": "ขายของไม่ได้",
        "household_income": "12,000", "help_received": ["none"], "pay_to": "bank", "state_income": ["none"],
        "bank_account": {"bank_code": who.bank_code, "number": who.account, "holder": who.name},
    } | changed  # fmt: skip


def submitted(who: Applicant | None = None, *, scheme_code: str = "family", **changed: Any) -> Application:
    """A request as the citizen sends it."""
    who = who or new_applicant()
    application = start_application(
        by=CITIZEN, at=MOMENT, scheme_code=scheme_code, channel="web", device_key=f"device {who.number}"
    )
    answers = typed(who, **changed)
    for page in questionnaire(scheme_code).pages:
        on_page = {code: answers[code] for code in page.questions if code in answers}
        if on_page:
            save_application_answers(
                by=CITIZEN, at=MOMENT, application_id=application.pk, page_code=page.code, typed=on_page
            )
    return submit_application(by=CITIZEN, at=MOMENT, application_id=application.pk)


def verified(
    who: Applicant | None = None, *, scheme_code: str = "family", monthly_satang: int = 70_000, **changed: Any
) -> Application:
    """Triaged, linked to its person, and every check passed."""
    who = who or new_applicant()
    application = submitted(who, scheme_code=scheme_code, **changed)
    officer = MUNICIPAL_OFFICER if scheme(scheme_code).owner_kind == "municipality" else FRONT_DESK
    triage_application(by=officer, at=MOMENT, application_id=application.pk, category="known")
    start_checks(by=WORKER, at=MOMENT, application_id=application.pk)
    link_person(
        by=WORKER, at=MOMENT, application_id=application.pk, person_id=who.person_id, household_id=who.household_id
    )
    for check in Check.objects.filter(application=application):
        answer: dict[str, Any] = {"code": "right", "th": "ถูกต้อง", "en": "Right"}
        if check.kind == "eligibility":
            reason = {"code": "alive", "passed": True, "sentence_th": "มีชีวิตอยู่", "sentence_en": "Is alive", "law": "ก"}
            answer |= {"outcome": "eligible", "amount_satang": monthly_satang, "reasons": [reason]}
        answer_check(by=WORKER, at=MOMENT, check_id=check.pk, outcome="passed", answer=answer, source="test")
    return Application.objects.get(pk=application.pk)


def recommended(
    who: Applicant | None = None,
    *,
    outcome: str = "approve",
    amount_satang: int | None = AMOUNT,
    scheme_code: str = "family",
    **changed: Any,
) -> Recommendation:
    """A verified request on which the social worker has said something."""
    application = verified(who, scheme_code=scheme_code, **changed)
    monthly = scheme(scheme_code).benefit_kind == "monthly"
    return recommend(
        by=MUNICIPAL_OFFICER if monthly else SOCIAL_WORKER,
        at=MOMENT,
        application_id=application.pk,
        outcome=outcome,
        amount_satang=None if monthly or outcome == "refuse" else amount_satang,
        why=WHY,
    )


def approved(who: Applicant | None = None, *, scheme_code: str = "family", **changed: Any) -> Decision:
    """An approved request: entitlement, budget, letter and message are there."""
    recommendation = recommended(who, scheme_code=scheme_code, **changed)
    monthly = scheme(scheme_code).benefit_kind == "monthly"
    return decide(
        by=MUNICIPAL_APPROVER if monthly else APPROVER,
        at=MOMENT,
        application_id=recommendation.application_id,
        outcome="approve",
        why="",
    )


def refused() -> Decision:
    """A request that was refused with a reason."""
    recommendation = recommended(outcome="refuse")
    return decide(
        by=APPROVER, at=MOMENT, application_id=recommendation.application_id, outcome="refuse", why="มีรายได้เพียงพอ"
    )


def fresh_actors(accounts: list[UUID], role: str, office_code: str) -> Iterator[Actor]:
    """Actors for accounts made by a test."""
    return (Actor("staff", one, f"เจ้าหน้าที่ {n}", role, office_code, "test") for n, one in enumerate(accounts))

"""How does one woman's request come to each stage of its story, through the acts that real people and workers do?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from phueng.access.models import Account
from phueng.access.tests.factories import AccountFactory, DelegationFactory, DutyFactory
from phueng.applications.actions import (
    answer_missing_thing,
    ask_for_missing_thing,
    link_person,
    transfer_application,
    triage_application,
)
from phueng.applications.models import Application
from phueng.applications.tests.factories import CITIZEN, settle_area, submitted
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM, Actor
from phueng.calendars.queries import holidays
from phueng.decisions.actions import decide, lodge_appeal, recommend, settle_appeal
from phueng.decisions.models import Appeal, Decision
from phueng.gateways.krungthai.result import ResultLine, write_result
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.kernel.working_days import next_bank_day
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import allot
from phueng.payments.actions import approve_run, import_result, prepare_run, record_gfmis, release_run
from phueng.payments.models import Line, Run
from phueng.places.models import Office
from phueng.places.tests.factories import OfficeFactory, ProvinceFactory
from phueng.registry.actions import state_account
from phueng.registry.tests.factories import HouseholdFactory, PersonFactory, PersonNameFactory
from phueng.verification.actions import answer_check, postpone_check, start_checks, start_visit
from phueng.verification.models import Check

SENT_AT = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
ELIGIBLE = {
    "code": "eligible", "th": "มีคุณสมบัติครบทุกข้อ", "en": "Every condition is met.", "outcome": "eligible",
    "amount_satang": None, "stops_others": False, "facts": [], "parameters_used": {},
    "reasons": [
        {
            "code": "low_income", "label_th": "รายได้ครอบครัวน้อย", "label_en": "Low family income", "law": "dsdw_2552",
            "law_th": "ระเบียบ พ.ศ. 2552 ข้อ 6", "law_en": "Regulation B.E. 2552, 6", "passed": True, "value": 1_200_000,
            "source": "applicant", "as_of": "2026-11-16", "sentence_th": "รายได้ครอบครัวน้อย", "sentence_en": "Low family income",
        }
    ],
}  # fmt: skip


class Story:
    """A family grant of a woman of 78 in an invented province. Every act is an hour after the one before."""

    def __init__(self, **said: Any) -> None:
        self.at = SENT_AT
        self.office: Office = settle_area()
        self.staff: dict[str, Actor] = {}
        self.application: Application = submitted(at=self.at, **said)

    @property
    def id(self) -> UUID:
        return self.application.id

    @property
    def reference(self) -> str:
        return self.application.reference

    def later(self, **length: float) -> datetime:
        self.at += timedelta(**length or {"hours": 1})
        return self.at

    @contextmanager
    def arranged(self) -> Iterator[None]:
        """Rows by factory, with the entry that audited tables insist on."""
        with transaction.atomic():
            yield
            record(by=SYSTEM("test"), at=self.at, act="tests.arrange", subject=("application", self.id))

    def officer(self, role: str, office: Office | None = None) -> Actor:
        """One account for each role, with its duty."""
        place = office or self.office
        key = f"{role} {place.code}"
        if key not in self.staff:
            with self.arranged():
                account: Account = AccountFactory(display_name_th=f"ชื่อลับ {role}")
                DutyFactory(account=account, role=role, office=place)
            self.staff[key] = Actor("staff", account.pk, account.display_name_th, role, place.code)
        return self.staff[key]

    # --- the desk -----------------------------------------------------------------------------------------

    def checks_begin(self) -> None:
        start_checks(by=SYSTEM("verification.run_checks"), at=self.later(minutes=1), application_id=self.id)

    def register_is_silent(self) -> None:
        check = Check.objects.get(application_id=self.id, kind="civil_register")
        postpone_check(
            by=SYSTEM("verification.run_checks"), at=self.later(minutes=1), check_id=check.pk, failure="timeout"
        )

    def called(self) -> None:
        by = self.officer("front_desk")
        triage_application(by=by, at=self.later(), application_id=self.id, category="new", call_note="โทรแล้ว")

    def asked(self) -> None:
        ask_for_missing_thing(
            by=self.officer("social_worker"),
            at=self.later(),
            application_id=self.id,
            question_code="story",
            note="ช่วยเล่าเพิ่ม",
        )

    def answered(self) -> None:
        answer_missing_thing(by=CITIZEN, at=self.later(), application_id=self.id, typed={"story": "ป่วย"}, note="")

    def moved(self) -> Office:
        with self.arranged():
            other: Office = OfficeFactory(
                code="TEST-OTHER",
                kind="centre",
                province=ProvinceFactory(code="98"),
                name_th="ศูนย์ปลายทาง",
                name_en="Other Centre",
            )
        by = self.officer("front_desk")
        transfer_application(by=by, at=self.later(), application_id=self.id, to_office_id=other.pk, why="ย้ายบ้าน")
        return other

    def machine_checks_pass(self) -> None:
        for check in Check.objects.filter(application_id=self.id).exclude(kind__in=("home_visit",)):
            self._pass(check, "civil_register")
        with self.arranged():
            person, household = PersonFactory(), HouseholdFactory()
            PersonNameFactory(person=person, first_name="สมศรี", last_name="ใจดี")
        by, at = SYSTEM("verification.run_checks"), self.later(minutes=1)
        state_account(
            by=by,
            at=at,
            source="answer",
            person_id=person.pk,
            bank_code="006",
            number="1234567890",
            holder_name="สมศรี ใจดี",
        )
        link_person(by=by, at=at, application_id=self.id, person_id=person.pk, household_id=household.pk)

    def _pass(self, check: Check, source: str) -> None:
        answer = (
            ELIGIBLE
            if check.kind == "eligibility"
            else {"code": "ok", "th": "ตรง", "en": "Fits", "stops_others": False, "facts": []}
        )
        by = SYSTEM("verification.run_checks")
        answer_check(by=by, at=self.later(seconds=1), check_id=check.pk, outcome="passed", answer=answer, source=source)

    def visit_begins(self) -> None:
        start_visit(by=self.officer("social_worker"), at=self.later(), application_id=self.id)

    def visit_done(self) -> None:
        check = Check.objects.get(application_id=self.id, kind="home_visit")
        answer = {"code": "visited", "th": "เยี่ยมแล้ว", "en": "Visited", "stops_others": False, "facts": []}
        by = self.officer("social_worker")
        answer_check(by=by, at=self.later(), check_id=check.pk, outcome="passed", answer=answer, source="home_visit")

    # --- the decision -------------------------------------------------------------------------------------

    def verified(self) -> None:
        """All that comes before a recommendation."""
        self.checks_begin()
        self.called()
        self.machine_checks_pass()
        self.visit_done()

    def recommended(self, outcome: str = "approve") -> None:
        amount = 200_000 if outcome == "approve" else None
        recommend(
            by=self.officer("social_worker"), at=self.later(), application_id=self.id, outcome=outcome, why="เดือดร้อนจริง",
            amount_satang=amount,
        )  # fmt: skip

    def decided(self, outcome: str = "approve") -> Decision:
        on = in_bangkok(self.at).date()
        with self.arranged():
            DelegationFactory(office=self.office, role="approver", up_to_satang=300_000)
        fund = Fund(fiscal_year_be(on), "family", self.office.code)
        allot(
            by=SYSTEM("test"),
            at=self.at,
            fund=fund,
            amount_satang=10_000_000,
            key=f"allot {self.id}",
            subject=("office", self.office.pk),
        )
        return decide(
            by=self.officer("approver"),
            at=self.later(),
            application_id=self.id,
            outcome=outcome,
            why="ตามระเบียบ",
            office_id=self.office.pk,
        )

    def appealed(self) -> Appeal:
        decision = Decision.objects.filter(application_id=self.id).latest("round")
        return lodge_appeal(by=CITIZEN, at=self.later(), decision_id=decision.pk, grounds="รายได้ไม่ถึงตามที่เขียน")

    def appeal_settled(self, appeal: Appeal, outcome: str) -> None:
        with self.arranged():
            other: Office = OfficeFactory(kind="centre", code="TEST-JUDGE", province=ProvinceFactory(code="97"))
        judge = self.officer("approver", other)
        with self.arranged():
            DutyFactory(account_id=judge.id, role="approver", office=self.office)
        settle_appeal(by=judge, at=self.later(), appeal_id=appeal.pk, outcome=outcome, why="เอกสารใหม่")

    # --- the money ----------------------------------------------------------------------------------------

    def prepared(self) -> Run:
        on = in_bangkok(self.later()).date()
        effective_on = next_bank_day(on, holidays("bank", on, on + timedelta(days=30)))
        by = self.officer("finance_maker")
        return prepare_run(by=by, at=self.at, scheme_code="family", office_id=self.office.pk, effective_on=effective_on)

    def released(self, run: Run) -> Run:
        """Needs a sealed audit: tests that roll back say so with `sealed_audit`."""
        approved = approve_run(by=self.officer("finance_checker"), at=self.later(), run_id=run.pk)
        by, number = self.officer("finance_maker"), f"36{int(run.number[-4:]):08d}"
        record_gfmis(by=by, at=self.later(), run_id=run.pk, gfmis_number=number)
        by = self.officer("releaser")
        return release_run(by=by, at=self.later(), run_id=run.pk, last_of_digest=approved.files_digest[-4:])

    def bank_answers(self, outcome: str, reason_code: str = "") -> None:
        line = Line.objects.filter(due__entitlement__decision_id__in=self._decision_ids()).latest("run__prepared_at")
        said = ResultLine(
            line_reference=line.reference, account=line.account, amount_satang=line.amount_satang, outcome=outcome,
            reason_code=reason_code, reason=reason_code, settled_on=self._today(), bank_reference="KTB1",
        )  # fmt: skip
        content = write_result([said])
        by = SYSTEM("payments.collect_results")
        import_result(by=by, at=self.later(), name=f"result-{line.reference}", content=content)

    def _decision_ids(self) -> list[UUID]:
        return list(Decision.objects.filter(application_id=self.id).values_list("pk", flat=True))

    def _today(self) -> date:
        return in_bangkok(self.at).date()

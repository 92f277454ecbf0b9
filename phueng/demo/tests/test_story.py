"""Do the cast's cases stand where the demo says they stand, by real actions and worker steps?"""

from phueng.applications.models import Application
from phueng.audit.models import Entry
from phueng.commandline.testing import TestDatabase
from phueng.decisions.models import Appeal, Decision, Recommendation
from phueng.demo.invariants import broken_promises
from phueng.demo.people import (
    AWAITING_PAYMENT,
    CARED_FOR,
    GRANDMOTHER,
    MOTHER,
    NAME_DIFFERS,
    PAID,
    PENSIONER,
    RETURNED,
    WHEELCHAIR,
    WITHOUT_ID,
    Citizen,
)
from phueng.demo.queries import clock_shift, told_cases
from phueng.demo.story.cases import load_cast_cases
from phueng.entitlements.models import Due
from phueng.payments.models import HolderCheck, Line
from phueng.verification.queries import checks_of, open_visit


def test_every_case_of_the_cast_stands_where_the_demo_says(committed_db: TestDatabase) -> None:
    load_cast_cases()
    assert broken_promises() == []
    assert clock_shift().total_seconds() == 0
    assert {case.citizen.key for case in told_cases()} >= {WITHOUT_ID.key, GRANDMOTHER.key, MOTHER.key}
    assert _decided(PAID) == _decided(RETURNED) == _decided(AWAITING_PAYMENT) == "approved"
    assert Line.objects.get(person_id=PAID.person_id).paid_at is not None
    assert Line.objects.get(person_id=RETURNED.person_id).returned_code
    assert not Line.objects.filter(person_id=AWAITING_PAYMENT.person_id).exists()
    verdicts = dict(HolderCheck.objects.values_list("person_id", "verdict"))
    payees = (PAID, RETURNED, AWAITING_PAYMENT, CARED_FOR)
    assert [verdicts[one.person_id] for one in payees] == ["same", "same", "same", "different"]
    assert _decided(PENSIONER) == "refused"
    assert Appeal.objects.filter(decision__application__person_id=PENSIONER.person_id, settled_at=None).exists()
    assert Recommendation.objects.filter(application=_case(WHEELCHAIR, "disability"), outcome="approve").exists()
    assert _decided(WHEELCHAIR) == ""
    assert open_visit(_case(MOTHER, "family").id) is not None
    assert Due.objects.filter(person_id=GRANDMOTHER.person_id, scheme_code="old_age").exists()
    assert _standing(_case(GRANDMOTHER, "family"), "eligibility") == "passed"
    assert _standing(_case(NAME_DIFFERS, "family"), "civil_register") == "passed"
    assert _standing(Application.objects.get(applicant_name=WITHOUT_ID.name_th), "identifier") == "attention"

    entries = Entry.objects.count()
    load_cast_cases()
    assert Entry.objects.count() == entries


def _case(one: Citizen, scheme_code: str) -> Application:
    return Application.objects.get(person_id=one.person_id, scheme_code=scheme_code)


def _decided(one: Citizen) -> str:
    decisions = Decision.objects.filter(application__person_id=one.person_id)
    return decisions.get().outcome if decisions.exists() else ""


def _standing(application: Application, kind: str) -> str:
    return next(check.standing for check in checks_of([application.id])[application.id] if check.kind == kind)

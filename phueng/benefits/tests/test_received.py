"""Do we know everything a person receives, ours and other agencies', under any of their records?"""

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.benefits.actions import state_received_benefit
from phueng.benefits.models import ReceivedBenefit
from phueng.benefits.queries import received_by
from phueng.benefits.tests.factories import ReceivedBenefitFactory
from phueng.entitlements.tests.factories import EndingFactory, EntitlementFactory
from phueng.registry.tests.factories import PersonFactory, SamePersonFactory
from phueng.schemes.combinations import verdicts

AT = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
ON = date(2026, 11, 2)
BY = SYSTEM("test")


def traced() -> None:
    record(by=BY, at=AT, act="tests.arrange", subject=("test", uuid.uuid4()))


@pytest.mark.django_db
def test_ours_and_theirs_under_every_record_of_the_person() -> None:
    traced()
    person, old = PersonFactory(), PersonFactory()
    SamePersonFactory(person=old, canonical=person)
    EntitlementFactory(person=person, scheme_code="old_age")
    EntitlementFactory(person=old, scheme_code="family", kind="lump_sum", starts_on=date(2026, 10, 20))
    ReceivedBenefitFactory(person=old, benefit_code="state_pension")
    found = {one.benefit_code: one for one in received_by(person.pk, ON)}
    assert set(found) == {"old_age", "family", "state_pension"}
    assert found["family"].ends_before == date(2026, 10, 21), "a single sum ends on the day it was given"
    kinds = {verdict.with_code: verdict.kind for verdict in verdicts("old_age", found.values(), ON)}
    assert kinds["state_pension"] == "excludes"


@pytest.mark.django_db
def test_what_ended_is_told_as_ended_and_the_households_sums_count() -> None:
    traced()
    ended = EntitlementFactory(scheme_code="disability")
    EndingFactory(entitlement=ended, ends_before=date(2026, 11, 1))
    assert [one.ends_before for one in received_by(ended.person_id, ON)] == [date(2026, 11, 1)]
    assert verdicts("disability", received_by(ended.person_id, ON), ON) == []
    spouse = PersonFactory()
    EntitlementFactory(
        person=spouse, household=ended.household, scheme_code="family", kind="lump_sum", starts_on=date(2026, 10, 20)
    )
    codes = [one.benefit_code for one in received_by(ended.person_id, ON, household_id=ended.household_id)]
    assert sorted(codes) == ["disability", "family"]


@pytest.mark.django_db
def test_a_statement_is_kept_once_and_learns_its_end() -> None:
    traced()
    person = PersonFactory()
    said: dict[str, Any] = {
        "by": BY, "at": AT, "source": "oss", "person_id": person.pk, "benefit_code": "state_pension",
        "agency_name": "กรมบัญชีกลาง", "starts_on": date(2020, 1, 1),
    }  # fmt: skip
    first = state_received_benefit(**said)
    assert state_received_benefit(**said).pk == first.pk
    assert state_received_benefit(**said, ends_before=date(2026, 12, 1)).ends_before == date(2026, 12, 1)
    again = state_received_benefit(**said, ends_before=date(2027, 12, 1))
    assert again.ends_before == date(2026, 12, 1), "an end that was stated is not overwritten"
    assert ReceivedBenefit.objects.filter(person=person).count() == 1


def test_a_benefit_without_its_trace_does_not_commit(committed_db: object) -> None:
    with transaction.atomic():
        traced()
        person = PersonFactory()
    with pytest.raises(DatabaseError, match="left no audit entry"), transaction.atomic():
        ReceivedBenefitFactory(person=person)

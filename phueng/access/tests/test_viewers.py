"""Does a viewer hold exactly the duties of today?"""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from phueng.access import queries
from phueng.access.actions import end_duty, give_delegation, give_duty, open_account
from phueng.access.problems import DUTY_HELD, OWN_DUTY, USERNAME_TAKEN
from phueng.access.tests.factories import AT, AccountFactory, DelegationFactory, DutyFactory, staff_viewer
from phueng.access.viewers import anonymous, viewer_of
from phueng.audit import clock
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.models import Entry
from phueng.kernel.problems import Refused
from phueng.places.tests.factories import OfficeFactory

BY = Actor("staff", uuid4(), "ผู้ดูแล", "administrator", "HQ")


def test_an_anonymous_viewer_holds_nothing() -> None:
    viewer = anonymous("r1")
    assert not viewer.is_signed_in
    assert not viewer.has_role("citizen", "administrator")
    assert viewer.office_ids() == frozenset()
    assert viewer.actor() == Actor("citizen", None, "", "citizen", "", "r1")


def test_only_duties_of_today_count(db: Any) -> None:
    today = clock.now().date()
    account = AccountFactory.create()
    held = DutyFactory.create(account=account, role="approver", starts_on=today - timedelta(days=1))
    DutyFactory.create(account=account, role="releaser", starts_on=today + timedelta(days=2))
    DutyFactory.create(
        account=account, role="auditor", starts_on=date(2020, 1, 1), ends_before=today - timedelta(days=1)
    )
    viewer = viewer_of(account)
    assert viewer.roles == {"approver"}
    assert viewer.office_ids("approver") == {held.office_id}
    assert viewer.office_ids("releaser") == frozenset()
    assert viewer.province_codes() == {held.office.province_id}
    clock.set_clock_offset(timedelta(days=3))
    assert viewer_of(account).roles == {"approver", "releaser"}


def test_a_closed_account_holds_nothing(db: Any) -> None:
    account = AccountFactory.create(is_active=False)
    DutyFactory.create(account=account)
    assert viewer_of(account).duties == ()


def test_a_viewer_costs_one_query_besides_the_account(db: Any) -> None:
    account = AccountFactory.create()
    for _ in range(3):
        DutyFactory.create(account=account)
    with CaptureQueriesContext(connection) as seen:
        assert len(viewer_of(account).duties) == 3
    assert len(seen) == 1


def test_an_actor_claims_no_role_that_is_not_held(db: Any) -> None:
    office = OfficeFactory.create()
    viewer = staff_viewer("approver", "auditor", office=office)
    assert viewer.actor("approver") == Actor("staff", viewer.account_id, viewer.name, "approver", office.code, "test")
    with pytest.raises(ValueError, match="releaser"):
        viewer.actor("releaser")
    with pytest.raises(ValueError, match="approver"):
        viewer.actor("approver", uuid4())


def test_a_duty_is_given_once_ended_and_audited(db: Any) -> None:
    account, office = AccountFactory.create(), OfficeFactory.create()
    wanted: dict[str, Any] = {
        "account_id": account.id,
        "role": "approver",
        "office_id": office.id,
        "starts_on": date(2026, 10, 1),
    }
    duty = give_duty(**wanted, by=BY, at=AT)
    assert give_duty(**wanted, by=BY, at=AT).id == duty.id
    with pytest.raises(Refused) as overlap:
        give_duty(**{**wanted, "starts_on": date(2026, 12, 1)}, by=BY, at=AT)
    assert overlap.value.problem == DUTY_HELD
    end_duty(duty_id=duty.id, ends_before=date(2026, 11, 1), why="ย้าย", by=BY, at=AT)
    end_duty(duty_id=duty.id, ends_before=date(2026, 11, 5), why="ย้าย", by=BY, at=AT)
    duty.refresh_from_db()
    assert duty.ends_before == date(2026, 11, 1), "an ended duty is not made longer"
    give_duty(**{**wanted, "starts_on": date(2026, 12, 1)}, by=BY, at=AT)
    acts = Entry.objects.filter(subject_id=account.id).order_by("id").values_list("act", flat=True)
    assert list(acts) == ["access.give_duty", "access.end_duty", "access.give_duty"]


def test_nobody_gives_a_duty_to_themselves(db: Any) -> None:
    account, office = AccountFactory.create(), OfficeFactory.create()
    me = Actor("staff", account.id, "ผู้ดูแล", "administrator")
    with pytest.raises(Refused) as refused:
        give_duty(
            account_id=account.id,
            role="approver",
            office_id=office.id,
            starts_on=date(2026, 1, 1),
            by=me,
            at=AT,
        )
    assert refused.value.problem == OWN_DUTY
    with pytest.raises(Refused):
        give_delegation(
            office_id=office.id,
            role="approver",
            account_id=account.id,
            up_to_satang=1,
            starts_on=date(2026, 1, 1),
            reference="x",
            by=me,
            at=AT,
        )


def test_an_account_is_opened_once(db: Any) -> None:
    wanted: dict[str, Any] = {"username": " T.Orathai ", "display_name_th": "อรทัย", "display_name_en": "Orathai"}
    first = open_account(**wanted, by=SYSTEM("test"), at=AT)
    assert open_account(**wanted, by=SYSTEM("test"), at=AT).id == first.id
    assert first.username == "t.orathai"
    assert not first.check_password("")
    with pytest.raises(Refused) as taken:
        open_account(**{**wanted, "username": "T.ORATHAI", "display_name_th": "คนอื่น"}, by=SYSTEM("test"), at=AT)
    assert taken.value.problem == USERNAME_TAKEN
    assert Entry.objects.filter(act="access.open_account", subject_id=first.id).count() == 1


def test_the_database_refuses_impossible_rows(db: Any) -> None:
    for wrong in (
        lambda: AccountFactory.create(username="Upper"),
        lambda: DutyFactory.create(role="king"),
        lambda: DutyFactory.create(starts_on=date(2026, 2, 1), ends_before=date(2026, 1, 1)),
        lambda: DelegationFactory.create(up_to_satang=0),
        lambda: DelegationFactory.create(is_deputy=True),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_a_delegation_holds_for_amount_office_scheme_and_day(db: Any) -> None:
    office = OfficeFactory.create()
    viewer = staff_viewer("approver", office=office)
    DelegationFactory.create(office=office, scheme_code="family_grant", ends_before=date(2027, 1, 1))
    asked: dict[str, Any] = {
        "office_id": office.id,
        "scheme_code": "family_grant",
        "amount_satang": 300_000,
        "on": date(2026, 11, 22),
    }
    assert queries.delegation_for(viewer, **asked) is not None
    assert queries.delegation_for(viewer, **{**asked, "amount_satang": 300_001}) is None
    assert queries.delegation_for(viewer, **{**asked, "scheme_code": "old_age"}) is None
    assert queries.delegation_for(viewer, **{**asked, "on": date(2027, 1, 1)}) is None
    assert queries.delegation_for(viewer, **{**asked, "office_id": OfficeFactory.create().id}) is None
    assert queries.delegation_for(staff_viewer("approver"), **asked) is None, "an approver of another office"
    assert queries.delegation_for(staff_viewer("social_worker", office=office), **asked) is None
    assert queries.delegation_for(anonymous(), **asked) is None


def test_a_deputy_decides_by_name(db: Any) -> None:
    office, deputy = OfficeFactory.create(), AccountFactory.create()
    named = DelegationFactory.create(office=office, account=deputy, is_deputy=True, up_to_satang=500_000)
    DelegationFactory.create(office=office, up_to_satang=900_000)
    asked: dict[str, Any] = {
        "office_id": office.id,
        "scheme_code": "x",
        "amount_satang": 400_000,
        "on": date(2026, 11, 22),
    }
    assert queries.delegation_for(viewer_of(deputy), **asked) == named

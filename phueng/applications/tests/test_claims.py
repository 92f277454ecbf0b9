"""Does one officer at a time work on a case, and does nobody have to wait for a closed laptop?"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, connections, transaction

from phueng.applications.actions import claim_case, close_application, release_case, take_over_case
from phueng.applications.models import Claim
from phueng.applications.queries import running_claims
from phueng.applications.tests.factories import MOMENT, ClaimFactory, officer, submitted
from phueng.audit.models import Entry
from phueng.kernel.problems import Refused

LATER = MOMENT + timedelta(minutes=29)
OVER = MOMENT + timedelta(minutes=30)
FIRST, SECOND = officer(number=1), officer(number=2)


def holder(application_id: UUID, at: Any) -> Any:
    claim = running_claims([application_id], at).first()
    return claim and claim.account_id


@pytest.mark.usefixtures("db")
def test_a_claim_holds_for_its_minutes_and_ends_by_itself(settings: Any) -> None:
    settings.PHUENG_CLAIM_MINUTES = 30
    case = submitted()
    claim = claim_case(by=FIRST, at=MOMENT, application_id=case.pk)
    assert (claim.ends_at, holder(case.pk, LATER), holder(case.pk, OVER)) == (OVER, FIRST.id, None)
    with pytest.raises(Refused) as refused:
        claim_case(by=SECOND, at=LATER, application_id=case.pk)
    assert refused.value.problem.code == "claimed_by_another"
    assert FIRST.name in refused.value.problem.th
    assert "10.30" in refused.value.problem.th, "until when, as Thai clocks are read"
    claim_case(by=SECOND, at=OVER, application_id=case.pk)
    assert holder(case.pk, OVER) == SECOND.id


@pytest.mark.usefixtures("db")
def test_claiming_ones_own_again_starts_the_minutes_anew() -> None:
    case = submitted()
    first = claim_case(by=FIRST, at=MOMENT, application_id=case.pk)
    again = claim_case(by=FIRST, at=LATER, application_id=case.pk)
    assert (again.pk, holder(case.pk, OVER)) == (first.pk, FIRST.id)


@pytest.mark.usefixtures("db")
def test_taking_over_keeps_who_took_it() -> None:
    case = submitted()
    before = claim_case(by=FIRST, at=MOMENT, application_id=case.pk)
    take_over_case(by=SECOND, at=LATER, application_id=case.pk)
    before.refresh_from_db()
    assert (before.released_why, before.released_by_id, before.released_at) == ("taken_over", SECOND.id, LATER)
    assert holder(case.pk, LATER) == SECOND.id
    assert Entry.objects.filter(act="applications.take_over", subject_id=case.pk, actor_id=SECOND.id).count() == 1
    take_over_case(by=SECOND, at=LATER, application_id=case.pk)
    assert Claim.objects.filter(application=case).count() == 2, "a double click takes over once"


@pytest.mark.usefixtures("db")
def test_only_the_holder_gives_it_back() -> None:
    case = submitted()
    claim_case(by=FIRST, at=MOMENT, application_id=case.pk)
    release_case(by=SECOND, at=LATER, application_id=case.pk)
    assert holder(case.pk, LATER) == FIRST.id
    release_case(by=FIRST, at=LATER, application_id=case.pk)
    assert holder(case.pk, LATER) is None
    assert Entry.objects.filter(act="applications.release", subject_id=case.pk).count() == 1


@pytest.mark.usefixtures("db")
def test_a_closed_case_and_a_citizen_claim_nothing() -> None:
    case = submitted()
    with pytest.raises(Refused):
        claim_case(by=officer("citizen"), at=MOMENT, application_id=case.pk)
    close_application(by=FIRST, at=MOMENT, application_id=case.pk, why="duplicate")
    with pytest.raises(Refused):
        claim_case(by=FIRST, at=MOMENT, application_id=case.pk)


@pytest.mark.usefixtures("db")
def test_the_table_refuses_a_second_claim_of_the_same_minutes() -> None:
    one = ClaimFactory.create()
    with pytest.raises(IntegrityError, match="one_claim_of_an_application_at_a_time"), transaction.atomic():
        ClaimFactory.create(application=one.application, claimed_at=LATER, ends_at=OVER + timedelta(minutes=5))
    ClaimFactory.create(application=one.application, claimed_at=OVER, ends_at=OVER + timedelta(minutes=5))


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM applications_claim WHERE id = %s",
        "UPDATE applications_claim SET account_id = gen_random_uuid() WHERE id = %s",
        "UPDATE applications_claim SET claimed_at = claimed_at - interval '1 hour' WHERE id = %s",
    ],
)
def test_raw_sql_of_the_app_changes_no_claim(statement: str) -> None:
    claim = ClaimFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [claim.pk])


@pytest.mark.usefixtures("db")
def test_a_claim_that_ended_stays_ended() -> None:
    case = submitted()
    claim_case(by=FIRST, at=MOMENT, application_id=case.pk)
    release_case(by=FIRST, at=LATER, application_id=case.pk)
    with pytest.raises(IntegrityError, match="stays as it ended"), transaction.atomic():
        Claim.objects.filter(application=case).update(released_at=None, released_why="", released_by_id=None)


def test_a_claim_without_a_trace_is_refused(committed_db: Any) -> None:
    case = submitted()
    claim_case(by=FIRST, at=MOMENT, application_id=case.pk)
    with pytest.raises(IntegrityError, match="left no audit entry"):
        Claim.objects.filter(application=case).update(ends_at=OVER + timedelta(minutes=1))


def test_of_many_claims_at_once_one_holds(committed_db: Any) -> None:
    case = submitted()

    def claim(number: int) -> str:
        try:
            claim_case(by=officer(number=number), at=MOMENT, application_id=case.pk)
        except Refused as refused:
            return refused.problem.code
        finally:
            connections.close_all()
        return "claimed"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(claim, range(1, 9)))
    assert sorted(answers) == ["claimed", *["claimed_by_another"] * 7]
    assert Claim.objects.filter(application=case).count() == 1

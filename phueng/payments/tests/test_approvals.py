"""Does a run get exactly the approvals that its total asks for, from the right people and offices, and no sooner?"""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from phueng.access.models import Duty, Hand
from phueng.audit.actors import Actor
from phueng.audit.models import Entry
from phueng.decisions.tests.rawly import guard_that_refuses, insert, refused_with
from phueng.decisions.tests.rawly import run as run_sql
from phueng.payments.actions import abandon_run, record_gfmis, release_run
from phueng.payments.bands import all_bands, approvals_needed, band_of
from phueng.payments.models import Approval, Run
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import CHECKER, CHECKERS, MAKER, NOON, RELEASER
from phueng.payments.tests.signers import DAY, HOME, PAIRED, approve, raw_approval, someone, worth
from phueng.places.identity import HEADQUARTERS_CODE, centre_code, office_id

pytestmark = pytest.mark.django_db
ELSEWHERE = centre_code("CMI")
SECOND, LENDER = CHECKERS[1], CHECKERS[2]


# ------------------------------------------------------------------------------------------------------- the bands


@pytest.mark.parametrize(
    ("baht", "approvals", "elsewhere"),
    [("0.01", 1, 0), ("50000", 1, 0), ("50000.01", 2, 0), ("1000000", 2, 0), ("1000000.01", 3, 1), ("999999999", 3, 1)],
)
def test_a_band_ends_where_it_is_written(baht: str, approvals: int, elsewhere: int) -> None:
    band = band_of(round(float(baht) * 100), DAY)
    assert (band.approvals, band.from_elsewhere) == (approvals, elsewhere)


@given(total=st.integers(1, 10**13), on=st.dates(date(2015, 1, 1), date(2040, 1, 1)))
@with_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_database_knows_the_same_bands(total: int, on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT approvals, from_elsewhere FROM payments_band(%s, %s)", [total, on])
        asked = cursor.fetchone()
    if on < all_bands()[-1].starts_on:
        assert asked is None or asked == (None, None)
        with pytest.raises(LookupError):
            band_of(total, on)
    else:
        band = band_of(total, on)
        assert asked == (band.approvals, band.from_elsewhere)


def test_the_application_cannot_change_the_bands() -> None:
    soften = "CREATE OR REPLACE FUNCTION payments_band(total bigint, on_day date, OUT approvals integer, OUT from_elsewhere integer) LANGUAGE sql AS 'SELECT 1, 0'"
    assert guard_that_refuses(partial(run_sql, soften)) == "42501"


# -------------------------------------------------------------------------------------------- so many, and no sooner


def test_a_small_total_takes_one_approval_and_its_files_are_written() -> None:
    run = approve(scenes.prepared(), CHECKER)
    assert (run.approvals_needed, run.checked_at, run.written_at, len(run.files_digest)) == (1, NOON, NOON, 64)
    assert not run.files.exclude(signature="").exists()
    assert refused_with(partial(approve, run, SECOND)) == "wrong_step"


def test_a_middle_total_takes_two() -> None:
    run = worth(5_000_100)
    before = scenes.money()
    run = approve(run, CHECKER)
    assert (run.approvals_needed, run.checked_at, scenes.money()) == (2, None, before)
    assert approve(run, CHECKER).approvals.count() == 1, "once more by the same person changes nothing"
    assert refused_with(partial(scenes.release, run)) == "wrong_step"
    close = partial(run_sql, "UPDATE payments_run SET checked_at = now() WHERE id = %s", run.pk)
    assert guard_that_refuses(close) == "run_lacks_approvals"
    run = approve(run, SECOND)
    assert run.checked_at == NOON
    assert scenes.money().committed - before.committed == run.total_satang
    assert [entry.after["nth"] for entry in Entry.objects.filter(act="payments.approve_run").order_by("pk")] == [1, 2]


def test_a_high_total_takes_three_and_the_last_place_belongs_to_another_office() -> None:
    run = worth(100_000_100)
    third_at_home = someone("finance_checker", HOME)
    for by in (CHECKER, SECOND):
        run = approve(run, by)
    assert refused_with(partial(approve, run, third_at_home)) == "needs_another_office"
    assert guard_that_refuses(raw_approval(run, third_at_home, 3)) == "approval_from_another_office"
    run = approve(run, LENDER)
    assert run.checked_at == NOON
    assert [one.office_id == run.office_id for one in run.approvals.order_by("nth")] == [True, True, False]
    scenes.record_draw(run)
    assert scenes.release(run).released_at == NOON


def test_another_office_may_come_first_and_more_than_once() -> None:
    run = worth(100_000_100)
    for by in (LENDER, someone("finance_checker", PAIRED), someone("finance_checker", HOME)):
        run = approve(run, by)
    assert run.checked_at == NOON


def test_who_works_here_too_does_not_count_as_another_office() -> None:
    run = worth(100_000_100)
    both = someone("finance_checker", PAIRED)
    Duty.objects.create(account_id=both.id, role="releaser", office_id=office_id(HOME), starts_on=date(2024, 10, 1))
    for by in (CHECKER, SECOND):
        run = approve(run, by)
    assert refused_with(partial(approve, run, both)) == "needs_another_office"
    assert guard_that_refuses(raw_approval(run, both, 3, PAIRED)) == "approval_from_another_office"


@pytest.mark.parametrize(
    ("offices", "is_taken"),
    [((HOME,), True), ((PAIRED,), True), ((HEADQUARTERS_CODE,), True), ((ELSEWHERE,), False)],
)
def test_hands_are_lent_by_the_paired_office_and_headquarters_only(offices: tuple[str, ...], is_taken: bool) -> None:
    run, by = scenes.prepared(), someone("finance_checker", *offices)
    if is_taken:
        assert approve(run, by).checked_at == NOON
        assert Approval.objects.get().office_id == office_id(offices[0])
    else:
        assert refused_with(partial(approve, run, by)) == "outside_area"
        assert guard_that_refuses(raw_approval(run, by, 1, ELSEWHERE)) == "signer_outside_area"
        assert guard_that_refuses(raw_approval(run, by, 1, HOME)) == "signer_outside_area", "nor under a foreign name"


@pytest.mark.parametrize(("office_code", "is_taken"), [(PAIRED, True), (HEADQUARTERS_CODE, True), (ELSEWHERE, False)])
def test_a_release_is_lent_in_the_same_way(office_code: str, is_taken: bool) -> None:
    run, by = scenes.written(), someone("releaser", office_code)
    if is_taken:
        assert scenes.release(run, by).released_by_id == by.id
    else:
        assert refused_with(partial(scenes.release, run, by)) == "outside_area"


# ------------------------------------------------------------------------------------------------- by raw statements


def test_approvals_are_counted_kept_and_given_to_frozen_runs_only() -> None:
    run = worth(5_000_100)
    assert guard_that_refuses(raw_approval(run, CHECKER, 2)) == "approvals_are_counted"
    assert guard_that_refuses(raw_approval(run, MAKER, 1)) == "run_is_approved_by_somebody_else"
    approve(run, CHECKER)
    assert guard_that_refuses(raw_approval(run, CHECKER, 2)) == "nobody_approves_a_run_twice"
    for change in ("UPDATE payments_approval SET nth = 3", "DELETE FROM payments_approval"):
        assert guard_that_refuses(partial(run_sql, change)) == "42501"
    approve(run, SECOND)
    assert guard_that_refuses(raw_approval(run, LENDER, 3, HEADQUARTERS_CODE)) == "run_waits_for_no_approval"


def test_a_run_cannot_be_frozen_for_fewer_approvals_than_its_band_asks() -> None:
    run = worth(5_000_100)
    assert approvals_needed(run.total_satang, DAY) == run.approvals_needed == 2
    fewer = partial(run_sql, "UPDATE payments_run SET approvals_needed = 1 WHERE id = %s", run.pk)
    assert guard_that_refuses(fewer) == "run_is_frozen"
    line, columns = run.lines.get(), {f.column: getattr(run, f.attname) for f in Run._meta.local_concrete_fields}
    abandon_run(by=MAKER, at=NOON, run_id=run.pk, why="ทดสอบ")
    unfrozen = {
        "id": line.pk, "number": "KKN-DPC-70-X1", "frozen_at": None, "line_count": 0, "total_satang": 0,
        "lines_root": "", "approvals_needed": 1,
    }  # fmt: skip
    insert(Run, **columns | unfrozen)
    lined = {f.column: getattr(line, f.attname) for f in line._meta.local_concrete_fields}
    insert(type(line), **lined | {"id": run.pk, "run_id": line.pk, "reference": "X1"})
    freeze = (
        "UPDATE payments_run SET frozen_at = %s, line_count = 1, total_satang = %s, lines_root = %s,"
        " approvals_needed = %s WHERE id = %s"
    )
    cheap = partial(run_sql, freeze, NOON, run.total_satang, run.lines_root, 1, line.pk)
    assert guard_that_refuses(cheap) == "run_asks_enough_approvals"
    other_total = partial(run_sql, freeze, NOON, run.total_satang - 1, run.lines_root, 2, line.pk)
    assert guard_that_refuses(other_total) == "run_is_what_was_frozen"
    run_sql(freeze, NOON, run.total_satang, run.lines_root, 2, line.pk)


# ------------------------------------------------------------------------------------------- the document that draws


def draw(run: Run, number: str, by: Actor = MAKER) -> Run:
    return record_gfmis(by=by, at=NOON, run_id=run.pk, gfmis_number=number)


@pytest.mark.parametrize("typed", ["3600012345", " 3600012345 ", "๓๖๐๐๐๑๒๓๔๕", "36-0001-2345"])
def test_a_document_number_is_kept_as_digits(typed: str) -> None:
    run = draw(scenes.prepared(), typed)
    assert run.gfmis_number == "3600012345"


@pytest.mark.parametrize("typed", ["", "1234", "36000123456", "36000O2345", "3" * 40])
def test_what_is_no_document_number_is_refused(typed: str) -> None:
    assert refused_with(partial(draw, scenes.prepared(), typed)) == "not_a_draw_document"


def test_nothing_is_released_without_its_document_and_it_may_be_corrected_until_then() -> None:
    run = scenes.checked()
    last = run.files_digest[-4:]
    attempt = partial(release_run, by=RELEASER, at=NOON, run_id=run.pk, last_of_digest=last)
    assert refused_with(attempt) == "no_draw_document"
    sign = "UPDATE payments_run SET released_at = %s, released_by_id = %s WHERE id = %s"
    assert guard_that_refuses(partial(run_sql, sign, NOON, RELEASER.id, run.pk)) == "release_needs_a_draw_document"
    assert refused_with(partial(draw, run, "3600012345", RELEASER)) == "outside_area"
    draw(run, "3600012345")
    draw(run, "3600012346", CHECKER)
    before, after = Entry.objects.filter(act="payments.record_gfmis").order_by("pk")
    assert (before.after, after.before) == ({"gfmis_number": "3600012345"}, {"gfmis_number": "3600012345"})
    attempt()
    assert refused_with(partial(draw, run, "3600012347")) == "wrong_step"
    late = partial(run_sql, "UPDATE payments_run SET gfmis_number = '1' WHERE id = %s", run.pk)
    assert guard_that_refuses(late) == "run_is_frozen"


def test_a_number_stands_beside_one_run_of_an_office_and_an_abandoned_run_gives_it_back() -> None:
    first = draw(scenes.prepared(), "3600012345")
    second = scenes.prepared()
    assert refused_with(partial(draw, second, "3600012345")) == "draw_document_taken"
    abandon_run(by=MAKER, at=NOON, run_id=first.pk, why="ผิดวัน")
    assert draw(second, "3600012345").gfmis_number == "3600012345"


# ---------------------------------------------------------------------------------------------------------- the hands


def test_every_signer_lays_a_hand_on_the_run_and_on_each_case() -> None:
    run = worth(2_600_000, 2_600_000)
    approve(run, CHECKER)
    run = approve(run, SECOND)
    scenes.record_draw(run)
    scenes.release(run)
    for hand, by in (("payer", MAKER), ("checker", CHECKER), ("checker", SECOND), ("releaser", RELEASER)):
        assert Hand.objects.filter(hand=hand, account_id=by.id).count() == 3  # two cases and the run


def test_hands_of_many_cases_are_laid_in_as_many_statements_as_those_of_one(count_queries: Any) -> None:
    approve(scenes.prepared(1), CHECKER)  # what is asked once and kept
    one = scenes.prepared(1)
    with count_queries() as few:
        approve(one, CHECKER)
    many = scenes.prepared(6)
    with count_queries() as more:
        approve(many, CHECKER)
    assert len(more) == len(few)


def test_only_the_own_office_gives_a_run_up() -> None:
    run = scenes.prepared()
    assert refused_with(partial(abandon_run, by=LENDER, at=NOON, run_id=run.pk, why="x")) == "outside_area"
    assert abandon_run(by=SECOND, at=NOON, run_id=run.pk, why="x").abandoned_at == NOON

"""What happens to somebody who goes round the service, with the application's own rights in the database?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from phueng.decisions.tests.rawly import guard_that_refuses, run
from phueng.demo import people
from phueng.payments.models import SampleSeed
from phueng.payments.tests import factories as paying
from phueng.payments.tests import scenes as money
from phueng.places.identity import office_id
from phueng.registry.actions import link_account
from phueng.spotchecks.models import Draw
from phueng.spotchecks.rules import key_of, order
from phueng.spotchecks.sql import APPEND_ONLY_TABLES, AUDITED_TABLES
from phueng.spotchecks.tests import factories, scenes
from phueng.spotchecks.tests.scenes import LATER, NOON

pytestmark = pytest.mark.django_db
NO_PRIVILEGE = "42501"


def refused(attempt: Callable[[], object]) -> str:
    """Which guard refuses, with everything that is deferred looked at too."""

    def whole() -> None:
        attempt()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    return guard_that_refuses(whole)


@pytest.mark.parametrize(
    "factory",
    [factories.DrawFactory, factories.InterviewFactory, factories.TryFactory, factories.SheetFactory,
     factories.ReceiptFactory, factories.DiscrepancyFactory, paying.SampleSeedFactory],
)  # fmt: skip
def test_the_guards_let_an_honest_row_pass(factory: Any) -> None:
    """The control of every test below: what is refused there is refused for its fault, not for being raw."""
    with transaction.atomic():
        assert factory.create().pk
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_money_leaves_without_a_seed_and_no_seed_comes_afterwards() -> None:
    released = money.released(1)
    seed = SampleSeed.objects.get(run=released)
    again = lambda: paying.SampleSeedFactory.create(run=released)  # noqa: E731
    assert refused(again) == "seed_comes_before_release"
    assert refused(lambda: run("UPDATE payments_sampleseed SET commitment = %s", "0" * 64)) == NO_PRIVILEGE
    assert refused(lambda: run("DELETE FROM payments_sampleseed WHERE id = %s", seed.pk)) == NO_PRIVILEGE


def test_a_run_without_its_seed_is_not_released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phueng.payments.batching.commit_seeds", lambda runs: None)
    from phueng.decisions.tests.rawly import refused_with

    written = money.written(1)
    assert refused_with(lambda: money.release(written)) == "no_seed_yet"
    sign = "UPDATE payments_run SET released_at = %s, released_by_id = %s WHERE id = %s"
    assert refused(lambda: run(sign, NOON, people.RELEASER.account_id, written.pk)) == "release_needs_a_seed"


def test_the_sample_is_drawn_from_the_committed_seed_and_from_what_arrived() -> None:
    paid = scenes.paid()
    assert refused(lambda: factories.DrawFactory.create(run=paid, seed="07" * 32)) == "seed_is_not_the_committed_one"
    assert refused(lambda: factories.DrawFactory.create(run=paid, paid_count=2)) == "run_is_not_answered"
    assert refused(lambda: factories.DrawFactory.create(run=paid, wanted=0)) == "sample_is_part_of_the_run"
    waiting = money.released(1)
    assert refused(lambda: factories.DrawFactory.create(run=waiting, paid_count=1)) == "run_is_not_answered"


def test_the_database_orders_as_the_arithmetic_does() -> None:
    seed = "0f" * 31 + "ff"
    with connection.cursor() as cursor:
        for reference in ("T0000000001", "Z", "A1B2C3D4E5F6G7H8I9"):
            cursor.execute("SELECT spotchecks_key(%s, %s)", [seed, reference])
            assert cursor.fetchone()[0] == key_of(seed, reference).hex()


def test_nobody_is_picked_by_hand_or_out_of_order() -> None:
    draw: Draw = factories.DrawFactory.create(run=scenes.paid(3), wanted=2)
    lines = {line.reference: line for line in draw.run.lines.all()}
    ranked = [lines[one] for one in order(draw.seed, lines, 3)]

    def put(place: int, line: Any, **changed: Any) -> Any:
        return factories.InterviewFactory.create(draw=draw, place=place, line=line, **changed)

    assert refused(lambda: put(2, ranked[1])) == "out_of_order"
    assert refused(lambda: put(1, ranked[0], sort_key="0" * 64)) == "line_was_not_drawn"
    assert refused(lambda: put(1, scenes.paid().lines.all()[0])) == "line_was_not_drawn"
    assert refused(lambda: put(1, ranked[0], office_id=office_id("KKN-DPC"))) == "of_the_paying_office"
    put(1, ranked[0])
    put(2, ranked[1])
    assert refused(lambda: put(3, ranked[2])) == "out_of_order"  # nobody was given up


def test_a_place_is_given_up_only_after_days_of_trying() -> None:
    tried = factories.TryFactory.create()
    give_up = "UPDATE spotchecks_interview SET unreached_at = %s WHERE id = %s"
    assert refused(lambda: run(give_up, LATER, tried.interview_id)) == "not_tried_enough"
    other_day = {"interview": tried.interview, "tried_on": LATER.date() + timedelta(days=1)}
    assert refused(lambda: factories.TryFactory.create(**other_day)) == "never_edited"
    assert refused(lambda: factories.TryFactory.create(interview=tried.interview)) == "one_try_a_day"
    move = "UPDATE spotchecks_interview SET office_id = %s WHERE id = %s"
    assert refused(lambda: run(move, office_id("UDN-DPC"), tried.interview_id)) == "never_edited"


def test_only_a_stranger_asks() -> None:
    one = factories.InterviewFactory.create()
    both = scenes.officer_of(one.draw.run.office, "auditor")
    with transaction.atomic():
        from phueng.access.models import Duty

        Duty.objects.create(account_id=both.id, role="social_worker", office_id=one.office_id, starts_on=NOON.date())
    for who, code in (
        (people.SOCIAL_WORKER.account_id, "of_the_paying_office"),
        (people.RELEASER.account_id, "of_the_paying_office"),
        (both.id, "of_the_paying_office"),
        (people.AUDITOR.account_id, "outside_area"),
        (people.PAIRED_APPROVER.account_id, "outside_area"),
    ):
        assert refused(lambda who=who: factories.SheetFactory.create(interview=one, asked_by_id=who)) == code  # type: ignore[misc]
        assert refused(lambda who=who: factories.TryFactory.create(interview=one, tried_by_id=who)) == code  # type: ignore[misc]


def test_a_hand_in_the_case_and_kinship_bar_from_asking() -> None:
    from phueng.access.models import Hand

    one = factories.InterviewFactory.create()
    helper = scenes.officer_of(one.office, "social_worker")
    with transaction.atomic():
        Hand.objects.create(case_id=one.draw.run_id, hand="checker", account_id=helper.id, laid_at=NOON)
    said = {"interview": one, "asked_by_id": helper.id}
    assert refused(lambda: factories.SheetFactory.create(**said)) == "had_a_hand_before"
    cousin = scenes.officer_of(one.office, "social_worker")
    link_account(by=scenes.WORKER, at=NOON, account_id=cousin.id, person_id=one.line.person_id)  # type: ignore[arg-type]
    said = {"interview": one, "asked_by_id": cousin.id}
    assert refused(lambda: factories.SheetFactory.create(**said)) == "related_to_person"


@pytest.mark.parametrize(
    "said",
    [
        {"received": "none"},
        {"received": "part"},
        {"amount_satang": 1},
        {"asked_back": "yes"},
        {"knows_application": "no"},
    ],
)
def test_what_was_said_cannot_be_kept_off_the_list(said: dict[str, Any]) -> None:
    one = factories.InterviewFactory.create()
    assert refused(lambda: factories.SheetFactory.create(interview=one, **said)) == "discrepancy_is_hidden"


def test_a_payee_disputes_only_what_was_paid_and_no_dispute_is_hidden() -> None:
    line = scenes.paid().lines.get()
    assert refused(lambda: factories.ReceiptFactory.create(line=line, answer="none")) == "discrepancy_is_hidden"
    whole = {"line": line, "answer": "part", "amount_satang": line.amount_satang}
    assert refused(lambda: factories.ReceiptFactory.create(**whole)) == "not_less_than_paid"
    assert refused(lambda: factories.ReceiptFactory.create(line=line, round=2)) == "receipts_of_a_line_are_counted"
    unpaid = money.released(1).lines.get()
    assert refused(lambda: factories.ReceiptFactory.create(line=unpaid)) == "not_paid_yet"


def test_a_discrepancy_is_closed_once_by_an_auditor_elsewhere() -> None:
    one = factories.DiscrepancyFactory.create()
    close = (
        "UPDATE spotchecks_discrepancy SET outcome = 'explained', why = 'x', closed_at = %s, closed_by_id = %s,"
        " closed_by_name = 'x' WHERE id = %s"
    )
    local = scenes.officer_of(one.line.run.office, "auditor")
    assert refused(lambda: run(close, LATER, local.id, one.pk)) == "of_the_paying_office"
    assert refused(lambda: run(close, LATER, people.OTHER_APPROVER.account_id, one.pk)) == "outside_area"
    assert (
        refused(lambda: run("UPDATE spotchecks_discrepancy SET kind = 'kickback' WHERE id = %s", one.pk))
        == "never_edited"
    )
    assert refused(lambda: run("DELETE FROM spotchecks_discrepancy WHERE id = %s", one.pk)) == NO_PRIVILEGE
    other = {"receipt": one.receipt, "line": scenes.paid().lines.all()[0]}
    assert refused(lambda: factories.DiscrepancyFactory.create(**other)) == "discrepancy_is_of_its_line"
    run(close, LATER, people.AUDITOR.account_id, one.pk)
    assert refused(lambda: run(close, LATER, people.AUDITOR.account_id, one.pk)) == "never_edited"


@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
def test_what_was_said_is_never_changed(table: str) -> None:
    assert refused(lambda: run(f"UPDATE {table} SET id = id")) == NO_PRIVILEGE  # noqa: S608  # our own names
    assert refused(lambda: run(f"DELETE FROM {table}")) == NO_PRIVILEGE  # noqa: S608  # our own names


def test_every_table_owes_an_entry() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT tgrelid) FROM pg_trigger WHERE tgname LIKE 'spotchecks%%_require_audit'")
        assert cursor.fetchone()[0] == len(AUDITED_TABLES) == 6

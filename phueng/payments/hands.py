"""Whose hands are on the cases of a run, and what does the database say when they are the wrong ones?

A single sum is one case with one payment: maker, approvers and releaser lay their hands on it like everybody before
them. A monthly benefit is paid again and again: there a month's hands would forbid next month's colleagues to change
places, so only the hands that judged the case are looked at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from phueng.access.actions import lay_hands_on
from phueng.access.problems import SAME_HANDS
from phueng.audit.actors import Actor
from phueng.decisions.models import Decision
from phueng.entitlements.models import Due, Entitlement
from phueng.kernel.problems import Problem, Refused
from phueng.payments import problems
from phueng.payments.models import Run
from phueng.payments.settling import is_monthly

_BY_CONSTRAINT = {
    "signer_outside_area": problems.OUTSIDE_AREA,
    "signer_has_a_hand": SAME_HANDS,
    "run_is_approved_by_somebody_else": problems.SAME_SIGNER,
    "run_is_released_by_somebody_else": problems.SAME_SIGNER,
    "approver_does_not_release": problems.SAME_SIGNER,
    "approval_from_another_office": problems.NEEDS_ANOTHER_OFFICE,
    "approvals_are_counted": problems.WRONG_STEP,
    "approvals_of_a_run_are_counted": problems.WRONG_STEP,
    "nobody_approves_a_run_twice": problems.WRONG_STEP,
    "run_waits_for_no_approval": problems.WRONG_STEP,
    "run_lacks_approvals": problems.WRONG_STEP,
    "release_needs_a_draw_document": problems.NO_DRAW_DOCUMENT,
    "run_has_its_own_draw_document": problems.DRAW_DOCUMENT_TAKEN,
    "run_is_what_was_frozen": problems.LIST_CHANGED,
    "release_needs_a_seed": problems.NO_SEED_YET,
    "files_hold_the_whole_run": problems.LIST_CHANGED,
    "digest_is_that_of_the_files": problems.LIST_CHANGED,
    "run_is_frozen": problems.WRONG_STEP,
    "released_run_is_not_abandoned": problems.WRONG_STEP,
    "due_has_one_live_instruction": problems.LINES_TAKEN,
    "ruler_outside_area": problems.OUTSIDE_AREA,
    "ruler_has_a_hand": problems.RULER_HAS_A_HAND,
    "ruling_is_confirmed_by_somebody_else": problems.SECOND_PERSON,
    "holder_is_ruled_on_once": problems.ALREADY_RULED,
    "sharing_is_ruled_on_once_at_a_time": problems.ALREADY_RULED,
    "ruling_is_about_another_name": problems.ALREADY_RULED,
    "ruling_is_frozen": problems.ALREADY_RULED,
    "choice_outside_area": problems.OUTSIDE_AREA,
    "counter_choice_is_confirmed_by_somebody_else": problems.SECOND_PERSON,
    "person_has_one_counter_choice": problems.WRONG_STEP,
}


def problem_in(error: DatabaseError) -> Problem | None:
    """The problem that a guard's refusal means, or None when the error is something else."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return _BY_CONSTRAINT.get(getattr(diagnosis, "constraint_name", None) or "")


@contextmanager
def said_plainly() -> Iterator[None]:
    """Write within it: what a guard of the database refuses comes out as Refused, in plain words."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        problem = problem_in(error)
        if problem is None:
            raise
        raise Refused(problem) from error


def lay_hands_on_run(*, by: Actor, at: datetime, run: Run, hand: str, account_id: UUID | None = None) -> None:
    """Lay a hand on the run and on the case of each of its lines; Refused(same_hands) when this account has another.

    `account_id` is whose hand it is when a worker finishes what a maker asked for. The lines are there already. One
    statement for any number of cases; of a monthly run the cases are only looked at.
    """
    signer = account_id or by.id
    if signer is None:
        raise ValueError("only an account can lay a hand on a case")
    itself = Run.objects.filter(pk=run.pk).values_list("pk", flat=True)
    lay_hands_on(by=by, at=at, cases=itself, hand=hand, account_id=signer)
    if not is_monthly(run):
        lay_hands_on(by=by, at=at, cases=cases_behind(run), hand=hand, account_id=signer)
    elif has_a_hand(run, signer, hand):
        raise Refused(SAME_HANDS)


def has_a_hand(run: Run, account_id: UUID, own_hand: str) -> bool:
    """Whether this account had another part in a case of the run, as the database's guards see it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT payments_has_a_hand(%s, %s, %s)", [run.pk, account_id, own_hand])
        return bool(cursor.fetchone()[0])


def cases_behind(run: Run) -> "QuerySet[Decision, UUID]":
    """The applications that the run's lines go back to, as a query: there may be a million of them."""
    dues = Due.objects.filter(pk__in=run.lines.values("due_id"))
    decisions = Entitlement.objects.filter(pk__in=dues.values("entitlement_id")).values("decision_id")
    return Decision.objects.filter(pk__in=decisions).values_list("application_id", flat=True)

"""Whose hands are on the cases of a run, and what does the database say when they are the wrong ones?

A single sum is one case with one payment: maker, checker and releaser lay their hands on it like everybody before
them. A monthly benefit is paid again and again: there a month's hands would forbid next month's colleagues to change
places, so only the hands that judged the case are looked at.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from phueng.access.actions import lay_hand, lay_hands
from phueng.access.models import Hand
from phueng.access.problems import SAME_HANDS
from phueng.audit.actors import Actor
from phueng.kernel.problems import Problem, Refused
from phueng.payments import problems
from phueng.payments.models import Run
from phueng.payments.settling import is_monthly

JUDGING_HANDS = ("recorder", "verifier", "approver")
_BY_CONSTRAINT = {
    "signer_outside_area": problems.OUTSIDE_AREA,
    "signer_has_a_hand": SAME_HANDS,
    "run_is_checked_by_somebody_else": problems.SAME_SIGNER,
    "run_is_released_by_a_third_person": problems.SAME_SIGNER,
    "run_is_what_was_frozen": problems.LIST_CHANGED,
    "run_is_frozen": problems.WRONG_STEP,
    "released_run_is_not_abandoned": problems.WRONG_STEP,
    "due_has_one_live_instruction": problems.LINES_TAKEN,
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


def sign_run(run: Run, *, by: Actor, at: datetime, step: str) -> None:
    """Write `<step>_at` and `<step>_by`; what the database refuses comes back as a Refused."""
    setattr(run, f"{step}_at", at)
    setattr(run, f"{step}_by_id", by.id)
    with said_plainly():
        run.save(update_fields=[f"{step}_at", f"{step}_by"])


def lay_hands_on_run(*, by: Actor, at: datetime, run: Run, hand: str, cases: Collection[UUID]) -> None:
    """Lay a hand on the run and on its cases; Refused(same_hands) when this account has another hand there."""
    lay_hand(by=by, at=at, case_id=run.pk, hand=hand)
    if not is_monthly(run):
        lay_hands(by=by, at=at, case_ids=cases, hand=hand)
    elif by.id and Hand.objects.filter(case_id__in=set(cases), account_id=by.id, hand__in=JUDGING_HANDS).exists():
        raise Refused(SAME_HANDS)

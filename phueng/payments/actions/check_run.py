"""How does a second person check a frozen list?"""

from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.entitlements.models import Due
from phueng.kernel.problems import Refused
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import commit
from phueng.payments import problems
from phueng.payments.frozen import is_as_frozen
from phueng.payments.gathering import cases_of
from phueng.payments.hands import lay_hands_on_run, problem_in
from phueng.payments.models import Run


@action
def check_run(*, by: Actor, at: datetime, run_id: UUID) -> Run:
    """Sign the list as right and commit its budget. Checking again by the same person changes nothing.

    Refused: same_signer, same_hands, wrong_step, list_changed, outside_area.
    """
    run = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    if run.checked_by_id == by.id and run.abandoned_at is None:
        return run
    if run.checked_at is not None or run.abandoned_at is not None:
        raise Refused(problems.WRONG_STEP)
    if run.prepared_by_id == by.id:
        raise Refused(problems.SAME_SIGNER)
    if not is_as_frozen(run):
        raise Refused(problems.LIST_CHANGED)
    sign_run(run, by=by, at=at, step="checked")
    lay_hands_on_run(by=by, at=at, run=run, hand="checker", cases=cases_of_run(run))
    commit(
        by=by,
        at=at,
        fund=fund_of(run),
        amount_satang=run.total_satang,
        key=f"run:{run.pk}:commit",
        subject=("run", run.pk),
    )
    record(by=by, at=at, act="payments.check_run", subject=("run", run.pk), after={"root": run.lines_root})
    return run


def fund_of(run: Run) -> Fund:
    """Whose budget the run spends."""
    return Fund(run.fiscal_year, run.scheme_code, run.office.code)


def cases_of_run(run: Run) -> set[UUID]:
    """The applications behind the run's lines."""
    dues = Due.objects.filter(pk__in=run.lines.values("due_id")).select_related("entitlement")
    return set(cases_of(list(dues)).values())


def sign_run(run: Run, *, by: Actor, at: datetime, step: str) -> None:
    """Write `<step>_at` and `<step>_by`; what the database refuses comes back as a Refused."""
    setattr(run, f"{step}_at", at)
    setattr(run, f"{step}_by_id", by.id)
    try:
        with transaction.atomic():
            run.save(update_fields=[f"{step}_at", f"{step}_by"])
    except DatabaseError as error:
        problem = problem_in(error)
        if problem is None:
            raise
        raise Refused(problem) from error

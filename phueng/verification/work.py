"""What does this package do on its own clock? It starts the checks of new requests and runs those that are due.

A check of our own runs inside one transaction that holds its row. The civil register is asked outside any transaction:
claim the question and put it on record, ask, keep the answer. Killed anywhere, the next run goes on from there; run
twice, the second run finds the answer and changes nothing.
"""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from phueng.applications.models import Application
from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.kernel.problems import Refused
from phueng.verification import sql
from phueng.verification.actions.answer_check import answer_check
from phueng.verification.actions.postpone_check import postpone_check
from phueng.verification.actions.start_checks import start_checks
from phueng.verification.asking import Run, ask
from phueng.verification.cases import case_of
from phueng.verification.checking import CHECKERS
from phueng.verification.corrections import ask_again_after_answers
from phueng.verification.findings import Finding
from phueng.verification.models import Check

WORKER = SYSTEM("verification.run_checks")
log = logging.getLogger(__name__)


def run_checks(*, limit: int = 50) -> int:
    """Start the checks of new requests, then answer up to `limit` checks that are due; returns how many were tried."""
    _start_new(limit)
    ask_again_after_answers(limit=limit)
    with _run(limit) as run:
        while run.left > 0 and _answer_next(run):
            run.left -= 1
            run.done += 1
    return run.done


@contextmanager
def _run(limit: int) -> Iterator[Run]:
    run = Run(left=limit)
    try:
        yield run
    finally:
        if run.register is not None:
            run.register.close()


def _start_new(limit: int) -> None:
    has_checks = Exists(Check.objects.filter(application_id=OuterRef("pk")))
    new = Application.objects.filter(~has_checks, state="submitted", closed_at=None)
    for application_id in new.order_by("-is_emergency", "submitted_at").values_list("id", flat=True)[:limit]:
        try:
            start_checks(by=WORKER, at=now(), application_id=application_id)
        except Refused:
            continue  # closed or withdrawn in this very moment


def _answer_next(run: Run) -> bool:
    """Answer the next due check; False when none is due."""
    chosen: tuple[UUID, str] | None = None
    try:
        with transaction.atomic():
            chosen = _next_due(run)
            if chosen is None:
                return False
            if chosen[1] in CHECKERS:
                _answer_ourselves(chosen[0], chosen[1])
                return True
        finding = ask(run, chosen[0], WORKER)
        if finding is not None:
            _keep(chosen[0], finding)
    except Exception as broken:
        # One case that breaks a check must not stand before all others: it waits, visibly, and the rest go on.
        if chosen is None:
            raise
        place = traceback.extract_tb(broken.__traceback__)[-1]  # never the message: it may hold a name or a number
        log.error("check %s broke with %s at %s:%s", chosen[1], type(broken).__name__, place.name, place.lineno)
        postpone_check(by=WORKER, at=now(), check_id=chosen[0], failure=f"unexpected:{type(broken).__name__}")
    return True


def _next_due(run: Run) -> tuple[UUID, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql.NEXT_DUE, {"at": now(), "leave_out": sorted(run.leave_out)})
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1])


def _answer_ourselves(check_id: UUID, kind: str) -> None:
    """Inside the transaction that holds the row: what the check registers and its answer commit together."""
    at = now()
    check = Check.objects.select_related("application__office").get(pk=check_id)
    _keep(check_id, CHECKERS[kind](case_of(check.application, by=WORKER, at=at)))


def _keep(check_id: UUID, finding: Finding) -> None:
    answer_check(
        by=WORKER, at=now(), check_id=check_id, outcome=finding.outcome, answer=finding.answer, source=finding.source,
        question=finding.question,
    )  # fmt: skip

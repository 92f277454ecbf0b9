"""What does the worker do for a run before anybody signs it, and between the approval and the release?

Gather a large run batch by batch, write the intent of its files, and compare it again and again with what was frozen,
so that nobody who signs waits for a million rows. Killed anywhere, the next round goes on where this one was cut off.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, OuterRef

from phueng.audit.actions import action, record
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.clock import now
from phueng.kernel.problems import Refused
from phueng.payments.batching import freeze, is_gathered, take_next
from phueng.payments.files import intend_files
from phueng.payments.freezing import derived_root
from phueng.payments.holders import ask_holders_ahead, ask_holders_of_run
from phueng.payments.models import Progress, Run, Verification
from phueng.payments.register import ask_about_run, ask_ahead

GATHERING = SYSTEM("payments.gather_runs")
WRITING = SYSTEM("payments.write_files")
VERIFYING = SYSTEM("payments.verify_runs")
_ASKED_AT_ONCE = 200


def gather_runs(*, limit: int = 20) -> int:
    """Put up to `limit` batches into runs that are not frozen yet, oldest run first. Returns how many were put."""
    done = 0
    for run in Run.objects.filter(frozen_at=None, abandoned_at=None).select_related("office").order_by("prepared_at"):
        is_begun = Progress.objects.filter(run=run, step="gather", done__gt=0).exists()
        if not is_begun and not (
            ask_about_run(run, most=_ASKED_AT_ONCE) and ask_holders_of_run(run, most=_ASKED_AT_ONCE)
        ):
            continue
        while done < limit:
            try:
                moved = _gather(by=GATHERING, at=now(), run_id=run.pk)
            except Refused as refused:
                # Another run was faster with a due, or the budget does not do: the next round looks anew.
                _wait(run.pk, "gather", refused.problem.code)
                break
            done += moved != "waits"
            if moved != "on":
                break
    return done


@action
def _gather(*, by: Actor, at: datetime, run_id: UUID) -> Literal["on", "frozen", "waits"]:
    """One batch of one run ("on"), or its freezing when no batch is left; "waits" when nothing can be done now."""
    waiting = Run.objects.select_for_update(of=("self",), skip_locked=True).select_related("office")
    run = waiting.filter(pk=run_id, frozen_at=None, abandoned_at=None).first()
    if run is None:
        return "waits"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '15min'")  # nobody sits before it, and a guard counts every line
    progress = Progress.objects.get(run=run, step="gather")
    if not is_gathered(progress):
        count = take_next(run, progress, at)
        after = {"looked_at": count, "lines": progress.place["lines"]}
        record(by=by, at=at, act="payments.gather_batch", subject=("run", run.pk), after=after)
        return "on"
    if progress.place["lines"] == 0:
        _wait(run.pk, "gather", "nothing_due")
        return "waits"
    freeze(by=by, at=at, run=run, progress=progress)
    after = {"lines": run.line_count, "total_satang": run.total_satang, "root": run.lines_root}
    record(by=by, at=at, act="payments.freeze_run", subject=("run", run.pk), after=after)
    return "frozen"


def ask_register(*, limit: int = 200) -> int:
    """Ask the civil register about people who will be paid soon."""
    return ask_ahead(limit=limit)


def ask_holders(*, limit: int = 200) -> int:
    """Ask the bank whose accounts those are that will be paid soon for the first time."""
    return ask_holders_ahead(limit=limit)


def write_files(*, limit: int = 5) -> int:
    """Store the intent of the files of approved large runs. Returns how many runs were written."""
    done = 0
    waiting = Run.objects.filter(checked_at__isnull=False, written_at=None, released_at=None, abandoned_at=None)
    for run_id in list(waiting.order_by("checked_at").values_list("pk", flat=True)[:limit]):
        at = now()
        progress, _ = Progress.objects.get_or_create(
            run_id=run_id, step="write", defaults={"began_at": at, "last_at": at, "wanted": 1}
        )
        try:
            done += _write(run_id)
        except Refused as refused:
            _wait(run_id, "write", refused.problem.code)
            continue
        progress.done, progress.ended_at = progress.wanted, now()
        progress.last_at = progress.ended_at
        progress.trouble = ""
        progress.save(update_fields=["done", "ended_at", "last_at", "trouble"])
    return done


def _write(run_id: UUID) -> int:
    run = Run.objects.select_related("office").get(pk=run_id)
    if run.written_at is not None or run.abandoned_at is not None:
        return 0
    # Each file is a transaction of its own, so that a crash repeats one file and not all of them.
    intend_files(by=WRITING, at=now(), run=run)
    return 1


def verify_runs(*, limit: int = 5) -> int:
    """Compare large runs that wait for a signature with what was frozen, while the last comparison is half worn off."""
    at = now()
    worn_off = at - timedelta(minutes=settings.PHUENG_VERIFICATION_MINUTES) / 2
    fresh = Verification.objects.filter(run=OuterRef("pk"), verified_at__gt=worn_off)
    signed = F("checked_at")
    waiting = (
        Run.objects.filter(frozen_at__isnull=False, released_at=None, abandoned_at=None)
        .filter(wanted_count__gt=settings.PHUENG_RUN_BATCH)
        .filter(~Exists(fresh))
        .order_by(signed.asc(nulls_last=True), "frozen_at")
    )
    done = 0
    for run in list(waiting[:limit]):
        Progress.objects.update_or_create(
            run=run,
            step="verify",
            defaults={"began_at": now(), "last_at": now(), "ended_at": None, "done": 0, "wanted": run.line_count},
        )
        _keep(by=VERIFYING, at=now(), run=run, found=derived_root(run))
        done += 1
    return done


@action
def _keep(*, by: Actor, at: datetime, run: Run, found: tuple[str, int, int]) -> None:
    root, count, _ = found
    is_right = found == (run.lines_root, run.line_count, run.total_satang)
    Verification.objects.create(run=run, lines_root=root, line_count=count, is_right=is_right, verified_at=at)
    Progress.objects.filter(run=run, step="verify").update(done=count, last_at=at, ended_at=at)
    record(
        by=by, at=at, act="payments.verify_run", subject=("run", run.pk),
        after={"root": root, "is_right": is_right, "lines": count},
    )  # fmt: skip


def _wait(run_id: UUID, step: str, why: str) -> None:
    """Say on the run's page why it does not go on."""
    Progress.objects.filter(run_id=run_id, step=step).update(trouble=why, last_at=now())

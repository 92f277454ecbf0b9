"""How far has the work on a run come, how fast is it, and when will it be done?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from phueng.payments.models import BankFile, Progress, Run

# In the order in which a run goes through them.
STEPS = ("ask", "gather", "verify", "write", "send")


@dataclass(frozen=True)
class WorkProgress:
    """One step of the worker's work on a run; `trouble` is a key of problems.WAITS, or "" when it moves."""

    step: str
    done: int
    wanted: int
    rows_per_second: int
    seconds_left: int | None
    trouble: str


def progress_of_work(run: Run) -> WorkProgress | None:
    """The step that is under way, or None when the worker has nothing to do for this run; one query."""
    under_way = {progress.step: progress for progress in Progress.objects.filter(run=run, ended_at=None)}
    progress = next((under_way[step] for step in STEPS if step in under_way), None)
    return None if progress is None or run.abandoned_at is not None else _worked_out(progress)


def _worked_out(progress: Progress) -> WorkProgress:
    seconds = (progress.last_at - progress.began_at).total_seconds()
    speed = progress.done / seconds if seconds > 0 else 0.0
    left = max(progress.wanted - progress.done, 0)
    return WorkProgress(
        progress.step,
        progress.done,
        progress.wanted,
        round(speed),
        round(left / speed) if speed else None,
        progress.trouble,
    )


def note_sending(run_id: UUID, at: datetime, trouble: str = "") -> None:
    """Note how many files of a run have left, and why the next one waits. Two workers may note it at once."""
    files = BankFile.objects.filter(run_id=run_id)
    wanted, done = files.count(), files.filter(sent_at__isnull=False).count()
    note(run_id, "send", at, done, wanted, trouble=trouble, is_over=done == wanted)


def note(run_id: UUID, step: str, at: datetime, done: int, wanted: int, *, trouble: str = "", is_over: bool) -> None:
    """Note how far a step has come; the moment it began stays."""
    Progress.objects.bulk_create(
        [
            Progress(
                run_id=run_id,
                step=step,
                began_at=at,
                last_at=at,
                ended_at=at if is_over else None,
                done=done,
                wanted=wanted,
                trouble=trouble,
            )
        ],
        update_conflicts=True,
        unique_fields=["run", "step"],
        update_fields=["last_at", "ended_at", "done", "wanted", "trouble"],
    )

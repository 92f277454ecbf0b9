"""How is the worker's progress on a run shown: gathering, comparing, writing, sending?"""

import hashlib
from dataclasses import dataclass

from phueng.design.wording import current_language, say
from phueng.kernel.canonical import canonical_json
from phueng.payments.models import Run
from phueng.payments.progress import WorkProgress, progress_of_work

# What the worker is at → (Thai, English).
STEP_WORDS = {
    "ask": ("กำลังถามทะเบียนราษฎร", "Asking the civil register"),
    "gather": ("กำลังรวบรวมรายการ", "Gathering the list"),
    "verify": ("กำลังเทียบรายการกับที่แช่แข็งไว้", "Comparing the list with what was frozen"),
    "write": ("กำลังเขียนแฟ้ม", "Writing the files"),
    "send": ("กำลังส่งแฟ้ม", "Sending the files"),
}
# The states in which the worker may be busy with a run.
BUSY = frozenset({"gathering", "prepared", "checked", "written", "released"})


@dataclass(frozen=True)
class ShownWork:
    """One bar with its sentences."""

    words: str
    done: int
    wanted: int
    percent: int
    pace: str
    trouble: str


def shown_work(run: Run, state: str) -> ShownWork | None:
    """What the worker is doing for this run, or None when it has nothing to do."""
    work = progress_of_work(run) if state in BUSY else None
    return None if work is None else shown(work)


def shown(work: WorkProgress) -> ShownWork:
    """The bar of one piece of work."""
    percent = min(100, work.done * 100 // work.wanted) if work.wanted else 0
    return ShownWork(say(*STEP_WORDS[work.step]), work.done, work.wanted, percent, _pace(work), work.trouble)


def _pace(work: WorkProgress) -> str:
    if not work.rows_per_second:
        return ""
    pace = say("{n} รายการต่อวินาที", "{n} a second", n=f"{work.rows_per_second:,.0f}")
    if work.seconds_left is None:
        return pace
    if work.seconds_left < 90:
        left = say("เหลืออีกราว {n} วินาที", "about {n} seconds left", n=max(1, round(work.seconds_left)))
    else:
        left = say("เหลืออีกราว {n} นาที", "about {n} minutes left", n=round(work.seconds_left / 60))
    return f"{pace} · {left}"


def version_of(work: ShownWork | None) -> str:
    """Changes when what the bar says changes, or the language in which it says it."""
    shown = None if work is None else [work.words, work.done, work.pace, work.trouble]
    return hashlib.sha256(canonical_json([current_language(), shown])).hexdigest()[:16]

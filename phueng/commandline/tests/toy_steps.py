"""A worker with four toy steps, run as a process of its own by test_worker.py."""

import time
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Step:
    """As the worker wants it (see phueng.commandline.worker.Step)."""

    name: str
    path: str
    wakes_on: tuple[str, ...]
    every_seconds: int


HERE = "phueng.commandline.tests.toy_steps"
STEPS = (
    Step("quick", f"{HERE}.quick", ("toys.",), 3600),
    Step("broken", f"{HERE}.broken", ("breakables.",), 3600),
    Step("slow", f"{HERE}.slow", ("slow.",), 3600),
    Step("clock", f"{HERE}.clock", (), 1),
)


def _note(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO toy_run (name) VALUES (%s)", [name])


def quick(*, limit: int) -> int:
    _note("quick")
    return 0


def broken(*, limit: int) -> int:
    _note("broken")
    raise ValueError("the account of Somsri Jaidee, 9-1234-56789-01-2")


def slow(*, limit: int) -> int:
    _note("slow begun")
    time.sleep(1)
    _note("slow ended")
    return 0


def clock(*, limit: int) -> int:
    _note("clock")
    return 0


if __name__ == "__main__":
    from phueng.commandline.worker import run

    raise SystemExit(run(STEPS))

"""Do steps start at once on news, come back after errors, and survive a killed worker?"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from phueng.commandline.testing import TestDatabase
from phueng.commandline.tests.toy_steps import Step
from phueng.commandline.worker import Failures, run_step, woken_by

CHECKS = Step("checks", "x", ("applications.", "verification.asked"), 10)
LETTERS = Step("letters", "y", ("decisions.",), 10)


class Toys:
    """The toy worker as a process, and its notes."""

    def __init__(self, database: TestDatabase, log: Path) -> None:
        self.database, self.log = database, log
        self.connection = psycopg.connect(database.owner_url, autocommit=True)
        self.connection.execute("CREATE TABLE toy_run (name text, at timestamptz DEFAULT clock_timestamp())")
        self.connection.execute("GRANT SELECT, INSERT ON toy_run TO PUBLIC")
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            begins_at = log.tell()
            self.running = subprocess.Popen(
                [sys.executable, "-m", "phueng.commandline.tests.toy_steps"],
                env={**os.environ, "DATABASE_URL": self.database.url},
                stdout=log,
                stderr=log,
            )
        until_true(lambda: b"ready" in self.log.read_bytes()[begins_at:])

    def ran(self, name: str) -> list[Any]:
        rows = self.connection.execute("SELECT at FROM toy_run WHERE name = %s ORDER BY at", [name]).fetchall()
        return [row[0] for row in rows]

    def news(self, act: str) -> Any:
        self.connection.execute("SELECT pg_notify('phueng_news', %s)", [act])
        row = self.connection.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None
        return row[0]


def until_true(holds: Callable[[], bool], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def toys(committed_db: TestDatabase, tmp_path: Path) -> Iterator[Toys]:
    toys = Toys(committed_db, tmp_path / "worker.log")
    yield toys
    toys.running.kill()
    toys.running.wait()
    toys.connection.close()


def test_every_step_runs_once_at_the_start_and_then_on_news_at_once(toys: Toys) -> None:
    until_true(lambda: len(toys.ran("quick")) == 1 and len(toys.ran("slow ended")) == 1)
    delays = []
    for count in range(2, 7):
        sent_at = toys.news("toys.arrived")
        until_true(lambda count=count: len(toys.ran("quick")) >= count)  # type: ignore[misc]
        delays.append((toys.ran("quick")[-1] - sent_at).total_seconds())
    assert sorted(delays)[2] < 0.5, f"seconds from commit to step: {delays}"
    assert len(toys.ran("clock")) >= 2, "the clock wakes a step that no news announces"


def test_news_of_others_wakes_nothing(toys: Toys) -> None:
    until_true(lambda: len(toys.ran("quick")) == 1)
    toys.news("strangers.came")
    time.sleep(0.6)
    assert len(toys.ran("quick")) == 1


def test_a_failing_step_is_tried_again_and_the_log_names_nobody(toys: Toys) -> None:
    until_true(lambda: len(toys.ran("broken")) >= 3)
    moments = toys.ran("broken")
    first, second = (moments[1] - moments[0]).total_seconds(), (moments[2] - moments[1]).total_seconds()
    assert 0.9 < first < 2.2 < second + 0.5, (first, second)
    toys.news("breakables.repaired")  # news do not wait for the pause to end
    until_true(lambda: len(toys.ran("broken")) >= 4, seconds=2)
    written = toys.log.read_text()
    assert "step 'broken' failed: ValueError" in written
    assert "Somsri" not in written
    assert "56789" not in written


def test_a_killed_worker_loses_nothing(toys: Toys) -> None:
    until_true(lambda: len(toys.ran("slow begun")) == 1)
    toys.running.kill()
    toys.running.wait()
    toys.news("toys.arrived")  # while nobody listens
    assert toys.ran("slow ended") == []
    before = len(toys.ran("quick"))
    toys.start()
    until_true(lambda: len(toys.ran("slow ended")) == 1 and len(toys.ran("quick")) > before, seconds=6)


def test_asked_to_stop_it_finishes_what_runs(toys: Toys) -> None:
    until_true(lambda: len(toys.ran("slow begun")) == 1)
    toys.running.send_signal(signal.SIGTERM)
    assert toys.running.wait(15) == 0
    assert len(toys.ran("slow ended")) == 1


def test_news_wakes_the_steps_that_asked_for_it_each_once() -> None:
    steps = [CHECKS, LETTERS]
    assert woken_by(steps, ["applications.submit", "applications.correct"]) == [CHECKS]
    assert woken_by(steps, ["decisions.approve", "verification.asked"]) == [CHECKS, LETTERS]
    assert woken_by(steps, ["verification.answered", "appl"]) == []


def test_a_step_is_run_again_while_it_finds_full_batches() -> None:
    batches = iter([50, 50, 7, 50])
    assert run_step(CHECKS, lambda *, limit: next(batches), Failures()) == 107
    assert next(batches) == 50, "the run ended with the batch that was not full"

"""kill -9 at every labelled step: is nothing lost, nothing doubled, and does the next round finish what was begun?

Each case lets a copy of this process do the work and kills it, without a word, just before or just after one step.
"""

import os
import signal
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from phueng.gateways.dropfolders import result_name
from phueng.gateways.krungthai.result import write_result
from phueng.payments import preparing, work
from phueng.payments.files import content_of
from phueng.payments.models import BankFile, Exclusion, FileTrouble, Line, ResultFile, Run
from phueng.payments.tests import scenes

Act = Callable[[], object]


def killed(where: str, when: str, act: Act) -> None:
    """Do the act in a child that dies by SIGKILL right before or after `where` (module:name) is called."""
    module_name, name = where.split(":")
    child = os.fork()
    if child == 0:
        try:
            # The parent's connection stays the parent's: closing it here would hang up on both.
            inherited, connection.connection = connection.connection, None
            module = import_module(module_name)
            target, _, attribute = name.rpartition(".")
            holder = getattr(module, target) if target else module
            real = getattr(holder, attribute)

            def dies(*args: Any, **said: Any) -> Any:
                if when == "before":
                    os.kill(os.getpid(), signal.SIGKILL)
                real(*args, **said)
                os.kill(os.getpid(), signal.SIGKILL)

            setattr(holder, attribute, dies)
            act()
            del inherited
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"{where} was never reached"
    assert os.WTERMSIG(status) == signal.SIGKILL


def everything_holds(run: Run, payees: int) -> None:
    """One live line for each due, money balanced, no trouble that a person would have to look at."""
    assert list(run.lines.order_by("number").values_list("number", flat=True)) == list(range(1, payees + 1))
    assert Line.objects.values("due_id").distinct().count() == Line.objects.count() == payees
    assert scenes.is_balanced()
    assert not FileTrouble.objects.exists()


GATHERING = (
    "phueng.payments.batching:frozen_lines",
    "phueng.payments.batching:write_lines",
    "phueng.payments.batching:_leave_out",
    "phueng.payments.batching:grown",
    "phueng.payments.preparing:record",
    "phueng.payments.batching:lay_hands_on_run",
    "phueng.payments.preparing:freeze",
    "phueng.payments.preparing:_gather",
)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("where", GATHERING)
def test_gathering_killed_anywhere_goes_on(committed_db: Any, settings: Any, where: str, when: str) -> None:
    settings.PHUENG_RUN_BATCH = 2
    scenes.approved(scenes.new_applicant(has_account=False))
    run = scenes.prepared(3)
    for _ in range(2):
        killed(where, when, lambda: [preparing.gather_runs() for _ in range(9)])
        if Run.objects.get(pk=run.pk).frozen_at is not None or "lay_hands" in where or "freeze" in where:
            break
    while preparing.gather_runs():
        pass
    run = Run.objects.get(pk=run.pk)
    assert (run.line_count, run.total_satang) == (3, 600_000)
    assert Exclusion.objects.filter(run=run).count() == 1
    everything_holds(run, 3)


WRITING = (
    "phueng.payments.files:_intend",
    "phueng.payments.files:fingerprint",
    "phueng.payments.files:_add_up",
    "phueng.payments.preparing:_write",
)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("where", WRITING)
def test_intent_killed_anywhere_is_stored_once(committed_db: Any, settings: Any, where: str, when: str) -> None:
    settings.PHUENG_RUN_BATCH = 1
    settings.PHUENG_KRUNGTHAI_FILE = settings.PHUENG_KRUNGTHAI_FILE | {"most_lines": 1}
    run = scenes.prepared(2)
    while preparing.gather_runs():
        pass
    preparing.verify_runs()
    run = scenes.approve(run)
    killed(where, when, preparing.write_files)
    preparing.write_files()
    run = scenes.release(Run.objects.select_related("office").get(pk=run.pk))
    assert [file.part for file in run.files.order_by("part")] == [1, 2]
    assert work.transmit_files() == 2
    everything_holds(run, 2)


SENDING = (
    "phueng.payments.work:is_as_intended",
    "phueng.gateways.dropfolders:_write_pieces_beside",
    "phueng.gateways.dropfolders:os.fsync",
    "phueng.gateways.dropfolders:put_once",
    "phueng.gateways.dropfolders:os.link",
    "phueng.gateways.dropfolders:os.unlink",
    "phueng.payments.work:record",
    "phueng.payments.work:_transmit",
    "phueng.payments.work:note_sending",
)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("where", SENDING)
def test_sending_killed_anywhere_sends_the_file_once(committed_db: Any, where: str, when: str) -> None:
    run = scenes.released(2)
    killed(where, when, work.transmit_files)
    if not BankFile.objects.get(run=run).sent_at:
        assert work.transmit_files() == 1
    assert work.transmit_files() == 0
    file = run.files.select_related("run__office").get()
    seen = {path.name: path for path in scenes.outbox().iterdir() if not path.name.startswith(".")}
    assert set(seen) == {file.name, f"{file.name}.sig"}
    assert seen[file.name].read_bytes() == content_of(file)
    assert seen[f"{file.name}.sig"].read_bytes().hex() == file.signature
    everything_holds(run, 2)


TAKING_IN = (
    "phueng.payments.work:import_result",
    "phueng.gateways.dropfolders:DropFolder.acknowledge",
)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("where", TAKING_IN)
def test_an_answer_is_taken_in_once_however_often_the_worker_dies(
    committed_db: Any, folders: Path, where: str, when: str
) -> None:
    run = scenes.released(2)
    work.transmit_files()
    said = write_result([scenes.answer(line) for line in run.lines.all()])
    (scenes.inbox() / result_name(run.files.get().name)).write_bytes(said)
    killed(where, when, work.collect_results)
    work.collect_results()
    assert work.collect_results() == 0
    assert ResultFile.objects.count() == 1
    assert {line.standing for line in run.lines.select_related("run")} == {"paid"}
    assert scenes.cash(run)["grants"] == 400_000
    everything_holds(run, 2)

"""Does a second demo step aside, and does a child that dies come back?"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from phueng.commandline import demo
from phueng.commandline.processes import Child, restart_dead, stop_all, wait_until_ready


def _child(tmp_path: Path, program: str) -> Child:
    return Child("toy", "ของเล่น", [sys.executable, "-c", program], dict(os.environ), tmp_path / "toy.log")


SLEEPER = "import time; print('ready', flush=True); time.sleep(60)"
PARENT = (
    "import subprocess, sys, time;"
    "c = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print('ready', c.pid, flush=True); time.sleep(60)"
)


def _gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def until_true(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_second_demo_says_where_the_first_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PHUENG_VAR", str(tmp_path))
    with demo._alone() as note:
        note.write_text('{"address": "http://127.0.0.1:8123"}')
        second = subprocess.run(
            [sys.executable, "-m", "phueng.commandline.main", "demo"],
            env={**os.environ, "PHUENG_SETTING": "demo"},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    assert second.returncode == 1
    assert "http://127.0.0.1:8123" in second.stderr
    assert "already running" in second.stderr
    assert "เปิดอยู่แล้ว" in second.stderr
    assert not note.exists(), "the note goes with the demo"
    with demo._alone():
        pass  # the lock is free again


def test_a_child_that_dies_is_started_again_and_that_is_said(tmp_path: Path) -> None:
    child, said = _child(tmp_path, SLEEPER), []
    child.start()
    wait_until_ready([child], 10)
    first = child.pid
    os.kill(first, signal.SIGKILL)
    until_true(child.has_died)
    assert not child.is_ready(), "what an earlier run wrote does not make this one ready"
    restart_dead([child], lambda th, en: said.append(en))
    wait_until_ready([child], 10)
    assert child.pid != first
    assert said
    assert "started again" in said[0]
    stop_all([child])
    assert child.has_died()


def test_stopping_leaves_no_grandchild(tmp_path: Path) -> None:
    child = _child(tmp_path, PARENT)
    child.start()
    wait_until_ready([child], 10)
    grandchild = int(child.last_words().split()[1])
    assert not _gone(grandchild)
    stop_all([child])
    until_true(lambda: _gone(grandchild))


def test_a_child_that_cannot_start_shows_what_it_said(tmp_path: Path) -> None:
    child = _child(tmp_path, "raise SystemExit('no such port')")
    child.start()
    with pytest.raises(RuntimeError, match="no such port"):
        wait_until_ready([child], 10)

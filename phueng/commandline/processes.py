"""How are the processes of a running service started, watched, restarted and stopped, each by its own id?"""

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from phueng.commandline.words import tell


@dataclass
class Child:
    """One process. It is ready when its log has a line beginning with `ready`, or when `health` answers."""

    name: str
    name_th: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    health: str = ""
    running: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    begun_at: float = field(default=0.0, init=False)
    written_before: int = field(default=0, init=False)
    restarts: int = field(default=0, init=False)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches us alone, and we stop it in order."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        # If we are killed outright, the kernel asks the child to stop: nobody else would.
        bound = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        with self.log.open("ab" if self.restarts else "wb") as log:
            self.written_before = log.tell()  # the log of an earlier run does not make this one ready
            self.running = subprocess.Popen(
                [*bound, *self.command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.begun_at = time.monotonic()

    @property
    def pid(self) -> int:
        return self.running.pid if self.running else 0

    def has_died(self) -> bool:
        return self.running is not None and self.running.poll() is not None

    def is_ready(self) -> bool:
        """Whether it can be used now."""
        if self.running is None or self.has_died():
            return False
        if self.health:
            return _answers(self.health)
        written = self.log.read_bytes()[self.written_before :]
        return written.startswith(b"ready") or b"\nready" in written

    def last_words(self, lines: int = 12) -> str:
        """The end of its log."""
        with suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        return ""

    def ask_to_stop(self) -> None:
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()

    def finish(self, seconds: float = 10) -> None:
        """Wait for its end; then make sure that nothing it started outlives it."""
        if self.running is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(seconds)
        self.end_group()
        self.running.wait()

    def end_group(self) -> None:
        """End what is left of its own session (workers whose parent was killed keep the port otherwise)."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  # nosec B310  # our own
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def wait_until_ready(children: Sequence[Child], seconds: float = 60) -> None:
    """Until every child is ready; raises RuntimeError with the log of the one that is not."""
    until = time.monotonic() + seconds
    waiting = list(children)
    while waiting:
        waiting = [child for child in waiting if not child.is_ready()]
        for child in waiting:
            if child.has_died() or time.monotonic() > until:
                raise RuntimeError(f"{child.name} did not start:\n{child.last_words(30)}")
        if waiting:
            time.sleep(0.05)


def restart_dead(children: Sequence[Child], say: Callable[[str, str], None] = tell) -> None:
    """Start again whatever has died; more slowly when it keeps dying."""
    for child in children:
        if not child.has_died():
            continue
        pause = min(5.0, 0.5 * child.restarts) if time.monotonic() - child.begun_at < 10 else 0.0
        if time.monotonic() - child.begun_at < pause:
            continue
        if time.monotonic() - child.begun_at > 60:
            child.restarts = 0
        child.end_group()
        status = child.running.returncode if child.running else 0
        child.restarts += 1
        child.start()
        say(
            f"{child.name_th}หยุดไปเอง (รหัส {status}) เปิดใหม่แล้ว",
            f"{child.name} stopped by itself (status {status}); it has been started again.",
        )


def stop_all(children: Sequence[Child]) -> None:
    """Ask all of them at once, then wait for each."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.finish()

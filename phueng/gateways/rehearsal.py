"""How do tests and the demo start a stand-in as a process of its own, steer it and end it?"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class StandInFailed(Exception):
    """The stand-in ended or stayed silent instead of saying that it is ready."""


class RunningStandIn:
    """A stand-in that listens, with the addresses it announced."""

    def __init__(self, process: subprocess.Popen[str], addresses: tuple[str, ...]) -> None:
        self.process = process
        self.addresses = addresses

    @property
    def url(self) -> str:
        """The address of its control panel (the last one announced)."""
        return self.addresses[-1]

    def steer(self, **orders: Any) -> Any:
        return _ask(f"{self.url}/control", orders)

    def look(self, path: str) -> Any:
        return _ask(f"{self.url}{path}", None)

    def stop(self) -> int:
        """End it politely; the exit status tells whether it took the hint."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            status = self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status

    def kill(self) -> None:
        """End it the way a power cut does."""
        self.process.kill()
        self.process.wait()


def start(module: str, *arguments: str, patience: float = 20.0) -> RunningStandIn:
    """Start `python -m module arguments` and wait for its ready line."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ, PYTHONUNBUFFERED="1"),
    )
    try:
        line = _first_line(process, patience)
    except StandInFailed:
        process.kill()
        process.wait()
        raise
    return RunningStandIn(process, tuple(line.split()[1:]))


@contextmanager
def running(module: str, *arguments: str) -> Iterator[RunningStandIn]:
    """A stand-in for the length of a `with` block."""
    stand_in = start(module, *arguments)
    try:
        yield stand_in
    finally:
        stand_in.stop()


def wait_until(question: Any, patience: float = 10.0, pause: float = 0.05) -> Any:
    """Ask again and again until the answer is truthy; a silent wait would hide a fault."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        answer = question()
        if answer:
            return answer
        time.sleep(pause)
    raise AssertionError("waited in vain")


def _first_line(process: subprocess.Popen[str], patience: float) -> str:
    assert process.stdout is not None  # noqa: S101 - tells the type checker
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(patience):
            raise StandInFailed("no ready line")
    line = process.stdout.readline()
    if not line.startswith("ready "):
        raise StandInFailed(f"ended with {process.poll()} after saying {line!r}")
    return line


def _ask(url: str, orders: dict[str, Any] | None) -> Any:
    body = None if orders is None else json.dumps(orders).encode()
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # the loopback address needs no proxy
    try:
        with opener.open(request, timeout=10) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise ValueError(refused.read().decode()) from refused

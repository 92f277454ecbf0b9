"""How do tests start the web and the event stream as processes of their own?"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection

from django.conf import settings

from phueng.gateways.rehearsal import wait_until


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int, path: str) -> bool:
    """Does the program say that it is well?"""
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
    except OSError:
        return False
    return status == 200


@contextmanager
def running(command: str, port: int, health: str, **environment: str) -> Iterator[None]:
    """`phueng <command> --port …` with this environment, until the block ends."""
    words = [sys.executable, "-m", "phueng.commandline.main", command, "--port", str(port)]
    program = subprocess.Popen(
        words, env={**os.environ, **environment}, cwd=settings.PHUENG_ROOT, start_new_session=True
    )
    try:
        wait_until(lambda: answers(port, health), patience=40)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGTERM)
        try:
            program.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait(5)

"""Does everything that must always hold still hold after a story? Asked of the database and of the sealed audit."""

import subprocess
import sys

from phueng.commandline.folders import ROOT
from phueng.commandline.service import Service
from tests.stories.outside import eventually

_ASK = """
import django; django.setup()
from phueng.demo.invariants import broken_promises
print("\\n".join(broken_promises()))
"""


def _run(service: Service, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *words],
        env=service.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def broken_promises_of(service: Service) -> str:
    """What the invariants say about this service's database; "" when all hold."""
    answer = _run(service, "-c", _ASK)
    if answer.returncode:
        raise AssertionError(answer.stderr[-3000:])
    return answer.stdout.strip()


def audit_is_clean(service: Service) -> bool:
    """`phueng audit verify`, as an operator runs it."""
    answer = _run(service, "-m", "phueng.commandline.main", "audit", "verify")
    if answer.returncode:
        raise AssertionError(answer.stdout[-2000:] + answer.stderr[-2000:])
    return True


def assert_promises_hold(service: Service) -> None:
    """Both. The last entries may still wait for their seal, so the audit is asked more than once."""
    assert broken_promises_of(service) == ""
    assert eventually(lambda: audit_is_clean(service), patience=30, what="a clean audit", every=1)

"""An entry for rows that a test arranges without an action, a fresh seal, and folders for the files."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from phueng.decisions.tests.scenes import trace


def _rolls_back(request: pytest.FixtureRequest) -> bool:
    uses_database = "db" in request.fixturenames or request.node.get_closest_marker("django_db")
    return bool(uses_database) and "committed_db" not in request.fixturenames


@pytest.fixture(autouse=True)
def traced(request: pytest.FixtureRequest) -> None:
    """Only in tests that roll back: those that commit show that the entry is really needed."""
    if _rolls_back(request):
        request.getfixturevalue("db")
        trace()


@pytest.fixture(autouse=True)
def sealed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test has not committed cannot be sealed; the seal itself is looked at in test_seal.py."""
    if "test_seal" not in request.node.nodeid:
        monkeypatch.setattr(import_module("phueng.payments.actions.release_run"), "sealing_is_fresh", lambda at: True)


@pytest.fixture(autouse=True)
def unasked(settings: Any) -> None:
    """The civil register is asked again before a run in test_register.py only."""
    settings.PHUENG_REGISTER_WORD_HOURS = 0


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    """Outboxes and inboxes of this test."""
    for name in ("KRUNGTHAI", "ISO20022", "COMPTROLLER"):
        for box in ("OUTBOX", "INBOX"):
            folder = tmp_path / name.lower() / box.lower()
            folder.mkdir(parents=True)
            setattr(settings, f"PHUENG_{name}_{box}", folder)
    return tmp_path

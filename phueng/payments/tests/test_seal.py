"""Does money stop when the evidence stops? The real seal, on a database of its own."""

from datetime import timedelta
from typing import Any

import pytest

from phueng.audit.clock import now
from phueng.audit.work import publish_heads, seal_entries
from phueng.decisions.tests.rawly import refused_with
from phueng.payments.actions import release_run
from phueng.payments.models import BankFile
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import RELEASER


def seal() -> None:
    while seal_entries():
        pass
    publish_heads()


def test_nothing_is_released_while_the_audit_is_not_sealed(
    committed_db: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PHUENG_OUTSIDE_HEADS_SECONDS = 0
    run = scenes.written()
    last = run.files_digest[-4:]
    later = now() + timedelta(minutes=2)
    attempt = lambda at: lambda: release_run(by=RELEASER, at=at, run_id=run.pk, last_of_digest=last)  # noqa: E731
    assert refused_with(attempt(later)) == "seal_is_old"
    seal()
    assert refused_with(attempt(now() + timedelta(hours=5))) == "seal_is_old"  # the last head outside is too old
    assert not BankFile.objects.filter(signed_at__isnull=False).exists()
    attempt(now())()
    assert BankFile.objects.filter(signed_at__isnull=False).count() == 1

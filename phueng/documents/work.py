"""What does documents do on its own clock? It examines what came in, writes letters, and lets go of what is over."""

import logging
from typing import Any

from django.db.models import Q

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.documents import actions
from phueng.documents.models import Evidence, Letter
from phueng.kernel.thai_dates import in_bangkok

log = logging.getLogger("phueng.documents")


def examine_evidence(*, limit: int = 10) -> int:
    """Open files from quarantine, each in its own transaction: a kill costs at most the one in hand."""
    waiting = Evidence.objects.filter(examined_at__isnull=True).order_by("received_at")
    by = SYSTEM("documents.examine_evidence")
    return sum(actions.examine_evidence(by=by, at=now(), evidence_id=one) is not None for one in _ids(waiting, limit))


def make_letters(*, limit: int = 5) -> int:
    """Write letters that were asked for. One that cannot be written waits longer each time, the others go on."""
    at = now()
    waiting = Letter.objects.filter(made_at__isnull=True).filter(Q(next_try_at=None) | Q(next_try_at__lte=at))
    by, made = SYSTEM("documents.make_letters"), 0
    for one in _ids(waiting.order_by("asked_at"), limit):
        try:
            made += actions.make_letter(by=by, at=now(), letter_id=one) is not None
        except Exception as failure:
            # Class only: the message may quote the letter.
            log.error("letter %s cannot be written: %s", one, type(failure).__name__)
            actions.postpone_letter(by=by, at=now(), letter_id=one, failure=type(failure).__name__)
    return made


def expire_evidence(*, limit: int = 50) -> int:
    """Wipe files whose last day is over."""
    at = now()
    over = Evidence.objects.filter(expires_on__lt=in_bangkok(at).date()).exclude(
        Q(raw__wiped_at__isnull=False) & (Q(cleaned=None) | Q(cleaned__wiped_at__isnull=False))
    )
    by, ids = SYSTEM("documents.expire_evidence"), _ids(over.order_by("expires_on"), limit)
    for one in ids:
        actions.expire_evidence(by=by, at=now(), evidence_id=one)
    return len(ids)


def _ids(rows: Any, limit: int) -> list[Any]:
    return list(rows.values_list("pk", flat=True)[:limit])

"""Which connection to the operator does this worker process use?

One bound session for the whole process: binding anew for each batch would cost a second a message, and operators count
binds. The session knows nothing of threads, so whoever uses it holds it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from phueng.gateways.sms.contract import SmsGateway

_held = threading.Lock()
_session: SmsGateway | None = None


@contextmanager
def the_line(*, waits: bool) -> Iterator[SmsGateway | None]:
    """The session, for this thread alone; None when another thread has it and `waits` is False."""
    if not _held.acquire(blocking=waits):
        yield None
        return
    try:
        yield _opened()
    finally:
        _held.release()


def _opened() -> SmsGateway:
    global _session
    if _session is None:
        from phueng.gateways.sms.live import SmppSession

        _session = SmppSession(
            settings.PHUENG_SMSC_HOST,
            settings.PHUENG_SMSC_PORT,
            settings.PHUENG_SMSC_SYSTEM_ID,
            settings.PHUENG_SMSC_PASSWORD,
            settings.PHUENG_SMS_SENDER,
        )
    return _session


def hang_up() -> None:
    """Close the session; the next use opens a new one with the settings of that moment."""
    global _session
    with _held:
        if _session is not None:
            _session.close()
        _session = None

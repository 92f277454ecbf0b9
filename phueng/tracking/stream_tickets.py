"""May this browser listen for news about this application?

The page that was opened with both factors hands out a ticket: application, the version it shows, and a minute's time,
signed. The stream's own process reads it with the same key and needs no session and no cookie. The address of a stream
can end in a log file; a minute later it opens nothing, and it never opened more than "something has changed".
Plain Python: the stream's process imports this without Django.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

LIVES_FOR_SECONDS = 60
_SEAL_BYTES = 32
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class StreamTicket:
    """What the holder may hear about, and which version they are looking at."""

    application_id: UUID
    version: str


def issue(application_id: UUID, version: str, *, key: bytes, at: float) -> str:
    """A ticket that opens a stream until a minute after `at` (seconds of the server's clock)."""
    said = f"{application_id.hex}.{version}.{int(at) + LIVES_FOR_SECONDS}".encode()
    return base64.urlsafe_b64encode(_seal(said, key) + said).decode().rstrip("=")


def opened(ticket: str, *, key: bytes, at: float) -> StreamTicket | None:
    """What the ticket says; None when it is forged, over, or not a ticket at all."""
    if not ticket or len(ticket) > _LONGEST:
        return None
    try:
        whole = base64.b64decode(ticket + "=" * (-len(ticket) % 4), altchars=b"-_", validate=True)
        seal, said = whole[:_SEAL_BYTES], whole[_SEAL_BYTES:]
        if not hmac.compare_digest(seal, _seal(said, key)):
            return None
        application_id, version, until = said.decode("ascii").split(".")
        return StreamTicket(UUID(application_id), version) if at <= int(until) else None
    except ValueError:
        return None


def _seal(said: bytes, key: bytes) -> bytes:
    return hmac.new(key, b"phueng event stream " + said, hashlib.sha256).digest()

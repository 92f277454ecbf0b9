"""What does an operator's delivery receipt say?

The text form of SMPP 3.4 appendix B (`id:… submit date:… done date:… stat:DELIVRD err:000 text:…`) is a
habit, not a rule; the two optional parameters that say the same count first where an operator sends them.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from phueng.gateways.sms.contract import Receipt, ReceiptStatus

_BY_WORD: dict[str, ReceiptStatus] = {
    "DELIVRD": "delivered",
    "EXPIRED": "expired",
    "DELETED": "deleted",
    "UNDELIV": "undeliverable",
    "ACCEPTD": "accepted",
    "UNKNOWN": "unknown",
    "REJECTD": "rejected",
    "ENROUTE": "enroute",
}
_BY_STATE: dict[int, ReceiptStatus] = {
    1: "enroute",
    2: "delivered",
    3: "expired",
    4: "deleted",
    5: "undeliverable",
    6: "accepted",
    7: "unknown",
    8: "rejected",
}
_FIELD = re.compile(r"\b(id|done date|stat|err):([^ ]*)", re.IGNORECASE | re.ASCII)


def read_receipt(text: bytes, *, receipted_id: bytes | None, state: int | None, timezone: tzinfo) -> Receipt | None:
    """The receipt, or None when this is no receipt (a message from a phone, or nothing that names a
    message)."""
    # What follows "text:" repeats our own message and could hold "stat:DELIVRD" by accident.
    said = re.split(r"\btext:", text.decode("latin-1"), maxsplit=1, flags=re.IGNORECASE)[0]
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(said):
        fields.setdefault(name.lower(), value)
    provider_id = (receipted_id or b"").rstrip(b"\x00").decode("latin-1") or fields.get("id", "")
    if not provider_id:
        return None
    status = _BY_STATE.get(state) if state is not None else None
    status = status or _BY_WORD.get(fields.get("stat", "").upper()[:7], "unknown")
    return Receipt(provider_id, status, _moment(fields.get("done date", ""), timezone), fields.get("err", ""))


def _moment(written: str, timezone: tzinfo) -> datetime | None:
    for form, length in (("%y%m%d%H%M", 10), ("%y%m%d%H%M%S", 12)):
        if len(written) == length and written.isascii() and written.isdigit():
            try:
                return datetime.strptime(written, form).replace(tzinfo=timezone)
            except ValueError:
                return None
    return None

"""What has arrived on the phones of the stand-in, and which receipts does it still owe?"""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import smpp34

from phueng.gateways.standins import OrderRefused, Orders, chosen, seconds

MODES = (
    "ok",
    "hang_up",
    "lost_answer",
    "reject",
    "no_receipt",
    "undeliverable",
    "expired",
    "slow",
    "silent",
    "garbage",
    "refuse_bind",
)
BANGKOK = timezone(timedelta(hours=7))
_WORDS = {2: "DELIVRD", 3: "EXPIRED", 5: "UNDELIV"}
_FATES = {2: "delivered", 3: "expired", 5: "undeliverable"}


@dataclass
class Mood:
    """How the operator behaves just now: towards everybody, or towards one number only."""

    mode: str = "ok"
    only_phone: str = ""
    code: int = 0x0B  # invalid destination address
    delay: float = 0.0
    receipt_delay: float = 0.1

    def for_phone(self, phone: str) -> str:
        return self.mode if self.only_phone in ("", phone) else "ok"

    def control(self, orders: Orders) -> object:
        self.mode = chosen(orders, "mode", MODES, self.mode)
        self.delay = seconds(orders, "delay", self.delay)
        self.receipt_delay = seconds(orders, "receipt_delay", self.receipt_delay)
        self.only_phone = str(orders.get("for_phone") or "").removeprefix("+")
        code = orders.get("code", self.code)
        if not isinstance(code, int) or not 0 < code < 2**32:
            raise OrderRefused("code must be an SMPP status")
        self.code = code
        return self.standing({})

    def standing(self, _: Orders) -> object:
        return {
            "mode": self.mode,
            "for_phone": self.only_phone,
            "code": self.code,
            "delay": self.delay,
            "receipt_delay": self.receipt_delay,
        }


@dataclass
class PendingReceipt:
    """A receipt that the customer has not confirmed yet."""

    provider_id: str
    phone: str
    sender: str
    state: int
    due: float
    submitted_at: datetime
    # Operators differ: every second receipt comes with the optional parameters, the others as text only.
    with_parameters: bool

    def text(self) -> bytes:
        done = datetime.now(BANGKOK)
        error = "000" if self.state == 2 else "001"
        return (
            f"id:{self.provider_id} sub:001 dlvrd:{'001' if self.state == 2 else '000'} "
            f"submit date:{self.submitted_at:%y%m%d%H%M} done date:{done:%y%m%d%H%M} "
            f"stat:{_WORDS[self.state]} err:{error} text:stat:REJECTD"
        ).encode()


@dataclass
class _Arrival:
    """The parts of one message, until all are there."""

    pieces: dict[int, tuple[str, str]] = field(default_factory=dict)


class Letterbox:
    """Messages as phones show them: joined, in a file of lines, shared by the SMPP side and the control
    panel."""

    def __init__(self, store: Path) -> None:
        store.parent.mkdir(parents=True, exist_ok=True)
        self._store = store
        self._lock = threading.Lock()
        self._messages: list[dict[str, Any]] = []
        self._arriving: dict[tuple[str, str, int, int], _Arrival] = {}
        self._pending: list[PendingReceipt] = []
        if store.exists():
            lines = store.read_text(encoding="utf-8").splitlines()
            self._messages = [json.loads(line) for line in lines if line.strip()]
        self._numbers = itertools.count(time.time_ns() // 1_000)

    def messages(self) -> list[dict[str, Any]]:
        with self._lock:
            return [dict(message) for message in self._messages]

    def take(self, message: smpp34.SubmitSm, mode: str, receipt_delay: float) -> str:
        """Keep one part; the number it gets is what receipts will name."""
        provider_id = f"{next(self._numbers):X}"
        total, number, reference, text = _opened(message)
        now = datetime.now(BANGKOK)
        with self._lock:
            key = (message.source_addr, message.destination_addr, reference, total)
            arrival = self._arriving.setdefault(key, _Arrival())
            arrival.pieces[number] = (provider_id, text)
            if len(arrival.pieces) == total:
                del self._arriving[key]
                self._keep(message, [arrival.pieces[one] for one in range(1, total + 1)])
            state = {"undeliverable": 5, "expired": 3}.get(mode, 2)
            if mode != "no_receipt" and message.registered_delivery & 1:
                self._pending.append(
                    PendingReceipt(
                        provider_id,
                        message.destination_addr,
                        message.source_addr,
                        state,
                        time.monotonic() + receipt_delay,
                        now,
                        with_parameters=len(self._pending) % 2 == 0,
                    )
                )
        return provider_id

    def receipts_due(self) -> list[PendingReceipt]:
        """Take out what is due now; `give_back` returns what was not confirmed."""
        now = time.monotonic()
        with self._lock:
            due = [receipt for receipt in self._pending if receipt.due <= now]
            self._pending = [receipt for receipt in self._pending if receipt.due > now]
        return due

    def give_back(self, receipts: Iterable[PendingReceipt]) -> None:
        with self._lock:
            self._pending.extend(receipts)

    def receipt_confirmed(self, receipt: PendingReceipt) -> None:
        with self._lock:
            for message in self._messages:
                if receipt.provider_id in message["provider_ids"]:
                    message["receipts"] = {**message["receipts"], receipt.provider_id: _FATES[receipt.state]}

    def _keep(self, message: smpp34.SubmitSm, pieces: list[tuple[str, str]]) -> None:
        kept = {
            "phone": f"+{message.destination_addr}",
            "sender": message.source_addr,
            "text": "".join(text for _, text in pieces),
            "parts": [text for _, text in pieces],
            "provider_ids": [provider_id for provider_id, _ in pieces],
            "data_coding": message.data_coding,
            "received_at": datetime.now(UTC).isoformat(),
            "receipts": {},
        }
        self._messages.append(kept)
        with self._store.open("a", encoding="utf-8") as file:
            file.write(json.dumps(kept, ensure_ascii=False) + "\n")


def _opened(message: smpp34.SubmitSm) -> tuple[int, int, int, str]:
    """Total, number, reference and text of one part, as a phone would take them from the bytes."""
    body = message.short_message
    total, number, reference = 1, 1, -1
    if message.esm_class & 0x40:
        header, body = body[1 : 1 + body[0]], body[1 + body[0] :]
        if header[:2] != b"\x00\x03" or len(header) != 5:
            raise ConnectionError("not a header that phones know")
        reference, total, number = header[2], header[3], header[4]
    return total, number, reference, body.decode("utf-16-be" if message.data_coding == 8 else "ascii")

"""How does a stand-in behind a drop folder notice files, answer them once, and survive being killed?

The stand-ins of the bank and of the Comptroller General share this: they watch the outbox, read the bytes,
and put one answer for each file into the inbox. Which files were taken is remembered by the answers
themselves and by a small ledger, so a stand-in that is killed and started again neither forgets a file nor
pays it twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from phueng.gateways.dropfolders import NameTaken, put_once
from phueng.gateways.faults import FileFault
from phueng.gateways.standins import Orders, Panel, announce, seconds, stop_signal, switch


class NotAccepted(Exception):
    """The file is turned away as a whole, with reasons."""

    def __init__(self, reasons: Sequence[Mapping[str, object]]) -> None:
        super().__init__(str(reasons[:1]))
        self.reasons = list(reasons)


Answer = tuple[bytes, dict[str, Any]]
Reading = Callable[[str, bytes], Answer]


@dataclass
class Watch:
    """The folder, what was seen in it, and how quickly it is answered."""

    outbox: Path
    inbox: Path
    ending: str
    answer: Reading
    ledger: Path
    public_key: Ed25519PublicKey | None = None
    delay: float = 0.0
    hold: bool = False
    answer_ending: str = ".result.csv"
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def remember(self) -> None:
        """What an earlier life of this stand-in had taken."""
        if self.ledger.exists():
            for line in self.ledger.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                except ValueError:
                    continue  # cut off when we were killed; that file is answered again
                self.files[entry["name"]] = entry

    def look(self) -> None:
        """One round over the outbox."""
        for path in sorted(self.outbox.glob(f"*{self.ending}")):
            if path.name.startswith(".") or path.name in self.files or self.hold:
                continue
            signature = path.with_name(f"{path.name}.sig")
            if not signature.exists() or time.time() - path.stat().st_mtime < self.delay:
                continue
            with self.lock:
                self._take(path.name, path.read_bytes(), signature.read_bytes())

    def seen(self, _: Orders) -> list[dict[str, Any]]:
        with self.lock:
            waiting = [
                {"name": path.name, "state": "waiting"}
                for path in sorted(self.outbox.glob(f"*{self.ending}"))
                if path.name not in self.files
            ]
            return [*self.files.values(), *waiting]

    def steer(self, orders: Orders) -> None:
        self.delay = seconds(orders, "delay", self.delay)
        self.hold = switch(orders, "hold", self.hold)

    def _take(self, name: str, content: bytes, signature: bytes) -> None:
        sha256 = hashlib.sha256(content).hexdigest()
        entry: dict[str, Any] = {"name": name, "sha256": sha256, "bytes": len(content)}
        try:
            self._check(name, sha256, content, signature)
            body, told = self.answer(name, content)
            answer_name = f"{name}{self.answer_ending}"
            entry |= {"state": "answered", **told}
        except NotAccepted as refused:
            body = json.dumps({"file": name, "sha256": sha256, "reasons": refused.reasons}, ensure_ascii=False).encode()
            answer_name = f"{name}.refused.json"
            entry |= {"state": "refused", "reasons": refused.reasons}
        self._write(answer_name, body)
        self.files[name] = entry
        with self.ledger.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def _write(self, name: str, body: bytes) -> None:
        if (self.inbox / "acknowledged" / name).exists():
            return  # answered and read in an earlier life, killed before the ledger was written
        # the answer of an earlier life stands; orders have changed since, the answer given has not
        with contextlib.suppress(NameTaken):
            put_once(self.inbox / name, body)

    def _check(self, name: str, sha256: str, content: bytes, signature: bytes) -> None:
        """As the bank would: a valid signature, and never the same file under two names."""
        if self.public_key is not None:
            try:
                # Over the fingerprint of the file, so that a file of any size can be signed.
                self.public_key.verify(signature, sha256.encode("ascii"))
            except InvalidSignature:
                raise NotAccepted([reason("ลายเซ็นไม่ตรงกับแฟ้ม", "The signature does not belong to this file.")]) from None
        elif not signature:
            raise NotAccepted([reason("แฟ้มไม่ได้ลงลายเซ็น", "The file is not signed.")])
        twin = next((one["name"] for one in self.files.values() if one["sha256"] == sha256), None)
        if twin is not None:
            raise NotAccepted([reason(f"แฟ้มนี้ส่งมาแล้วในชื่อ {twin}", f"This file came before, as {twin}.")])


def reason(th: str, en: str, line: int = 0, field: str = "") -> dict[str, object]:
    return {"line": line, "field": field, "th": th, "en": en}


def reasons_from(faults: Sequence[FileFault]) -> list[dict[str, object]]:
    return [reason(fault.th, fault.en, fault.line, fault.field) for fault in faults]


def read_public_key(path: Path | None) -> Ed25519PublicKey | None:
    """The key of whoever may release files, or None when signatures only have to be there."""
    if path is None:
        return None
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise SystemExit(f"{path} is not an Ed25519 public key")
    return key


class Steered(Protocol):
    """The institution behind the folders: it takes orders from the control panel and says how it stands."""

    def obey(self, orders: Orders) -> None: ...

    def standing(self) -> dict[str, Any]: ...


def run(watch: Watch, control_port: int, behind: Steered) -> int:
    """Watch until asked to stop; the control panel steers the institution and the watch together."""

    def standing(_: Orders) -> object:
        return behind.standing() | {"delay": watch.delay, "hold": watch.hold}

    def control(orders: Orders) -> object:
        with watch.lock:
            behind.obey(orders)
            watch.steer(orders)
        return standing({})

    for folder in (watch.outbox, watch.inbox, watch.ledger.parent):
        folder.mkdir(parents=True, exist_ok=True)
    watch.remember()
    asked_to_stop = stop_signal()
    panel = Panel(
        control_port,
        {
            ("POST", "/control"): control,
            ("GET", "/control"): standing,
            ("GET", "/files"): watch.seen,
        },
    )
    panel.open()
    announce(panel.url)
    while not asked_to_stop.wait(0.1):
        watch.look()
    panel.close()
    return 0

"""What does a bank's name inquiry look like from outside, on its good days and on its bad ones?

    python -m phueng.gateways.name_inquiry.fake --port 0 --accounts accounts.jsonl --control-port 0

Answers `POST /v1/accounts/holder` from a file of accounts (one JSON object a line, see `wire.account_as_json`), read
anew when it changes. `POST /control` makes it slow, wrong or silent, and changes accounts while it runs.
"""

from __future__ import annotations

import argparse
import hmac
import itertools
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from phueng.gateways.name_inquiry.wire import STANDINGS, account_as_json
from phueng.gateways.standins import LOOPBACK, OrderRefused, Orders, Panel, announce, chosen, seconds, stop_signal

MODES = (
    "ok",
    "slow",
    "down",
    "busy",
    "flaky",
    "malformed",
    "html",
    "huge",
    "drip",
    "wrong_account",
    "wrong_request",
    "unauthorised",
    "redirect",
    "hang_up",
)
_QUESTION = ("bank_code", "account", "reason", "asked_by", "request_id")
Key = tuple[str, str]


@dataclass
class Accounts:
    """The accounts on file and the mood of the day."""

    path: Path
    token: str
    mode: str = "ok"
    delay: float = 0.0
    changed: dict[Key, dict[str, Any] | None] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    numbers: Any = field(default_factory=lambda: itertools.count(1))
    _read_at: tuple[int, int] = (-1, -1)
    _on_file: dict[Key, dict[str, Any]] = field(default_factory=dict)

    def control(self, orders: Orders) -> object:
        with self.lock:
            self.mode = chosen(orders, "mode", MODES, self.mode)
            self.delay = seconds(orders, "delay", self.delay)
            for one in _list(orders, "upsert"):
                self.changed[one["bank_code"], one["account"]] = one
            for one in _list(orders, "forget"):
                self.changed[one["bank_code"], one["account"]] = None
        return self.standing({})

    def standing(self, _: Orders) -> object:
        return {"mode": self.mode, "delay": self.delay, "asked": len(self.asked), "changed": len(self.changed)}

    def held(self, key: Key) -> dict[str, Any] | None:
        with self.lock:
            if key in self.changed:
                return self.changed[key]
            return self._file().get(key)

    def _file(self) -> dict[Key, dict[str, Any]]:
        try:
            state = self.path.stat()
        except OSError:
            return {}
        now = (state.st_mtime_ns, state.st_size)
        if now != self._read_at:
            self._read_at, self._on_file = now, read_accounts(self.path)
        return self._on_file

    def answer(self, question: dict[str, Any], number: int) -> dict[str, Any]:
        held = self.held((str(question["bank_code"]), str(question["account"])))
        answer: dict[str, Any] = {
            "version": 1,
            "request_id": question["request_id"],
            "bank_reference": f"NI{number:010d}",
            "answered_at": datetime.now(UTC).isoformat(),
            "outcome": "not_found",
        }
        return answer if held is None else answer | {"outcome": "found", "account": held}


class _Desk(BaseHTTPRequestHandler):
    server: InquiryServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        accounts = self.server.accounts
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path != "/v1/accounts/holder":
            return self._reply(404, {"problem": "no such address"})
        given = self.headers.get("Authorization") or ""
        if not hmac.compare_digest(given.encode(), f"Bearer {accounts.token}".encode()):
            return self._reply(401, {"problem": "who are you?"})
        try:
            question = json.loads(raw)
            complete = all(question[name] for name in _QUESTION)
        except (ValueError, KeyError, TypeError):
            complete = False
        if not complete:
            return self._reply(400, {"problem": f"{', '.join(_QUESTION)} are required"})
        number = next(accounts.numbers)
        with accounts.lock:
            accounts.asked.append({name: question[name] for name in _QUESTION})
        return self._behave(accounts, question, number)

    def _behave(self, accounts: Accounts, question: dict[str, Any], number: int) -> None:
        mode = accounts.mode
        if mode == "flaky":
            mode = "ok" if number % 2 == 0 else "down"
        answer = accounts.answer(question, number)
        if mode == "slow":
            time.sleep(accounts.delay or 30)
        elif accounts.delay:
            time.sleep(accounts.delay)
        if mode in ("ok", "slow"):
            return self._reply(200, answer)
        status = {"down": 500, "busy": 503, "unauthorised": 401}.get(mode)
        if status is not None:
            return self._reply(status, {"problem": mode})
        getattr(self, f"_be_{mode}")(answer)
        return None

    def _be_malformed(self, answer: dict[str, Any]) -> None:
        self._send(200, json.dumps(answer).encode()[:-20])

    def _be_html(self, _: dict[str, Any]) -> None:
        self._send(200, b"<html><body>Welcome</body></html>", "text/html")

    def _be_huge(self, answer: dict[str, Any]) -> None:
        self._send(200, json.dumps(answer).encode() + b" " * 3_000_000)

    def _be_drip(self, _: dict[str, Any]) -> None:
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n")
            for _step in range(9_000):
                self.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            pass  # the other side rightly gave up

    def _be_redirect(self, _: dict[str, Any]) -> None:
        self.send_response(307)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _be_hang_up(self, _: dict[str, Any]) -> None:
        self.close_connection = True
        self.connection.close()

    def _be_wrong_account(self, answer: dict[str, Any]) -> None:
        self._reply(
            200, answer | {"outcome": "found", "account": account_as_json("004", "9999999999", "นายคนอื่น ไกลบ้าน")}
        )

    def _be_wrong_request(self, answer: dict[str, Any]) -> None:
        self._reply(200, answer | {"request_id": "somebody-else"})

    def _reply(self, status: int, answer: object) -> None:
        self._send(status, json.dumps(answer, ensure_ascii=False).encode())

    def _send(self, status: int, body: bytes, kind: str = "application/json; charset=utf-8") -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # whoever asked has gone

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: account numbers do not belong on a terminal."""


class InquiryServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, accounts: Accounts) -> None:
        super().__init__((LOOPBACK, port), _Desk)
        self.accounts = accounts


def read_accounts(path: Path) -> dict[Key, dict[str, Any]]:
    """The accounts of a file, by bank and number; a line cut off in the middle is left out."""
    found: dict[Key, dict[str, Any]] = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            try:
                one = json.loads(line)
            except ValueError:
                continue
            found[one["bank_code"], one["account"]] = one
    return found


def _list(orders: Orders, key: str) -> list[dict[str, Any]]:
    """One account or a list of them, each whole."""
    said = orders.get(key, [])
    rows = said if isinstance(said, list) else [said]
    for one in rows:
        if not isinstance(one, dict) or not all(isinstance(one.get(name), str) for name in ("bank_code", "account")):
            raise OrderRefused(f"{key} must be an account with bank_code and account")
        if key == "upsert":
            one.setdefault("standing", "open")
            one.setdefault("is_masked", False)
            if one["standing"] not in STANDINGS or not isinstance(one.get("holder_name"), str):
                raise OrderRefused("upsert needs a holder_name and a standing of open, closed or unknown")
    return rows


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--accounts", type=Path, required=True)
    options.add_argument("--token", default="demo-name-inquiry-token")
    options.add_argument("--control-port", type=int, default=0)
    given = options.parse_args(argv)

    accounts = Accounts(given.accounts, given.token)
    asked_to_stop = stop_signal()
    server = InquiryServer(given.port, accounts)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    panel = Panel(
        given.control_port,
        {
            ("POST", "/control"): accounts.control,
            ("GET", "/control"): accounts.standing,
            ("GET", "/asked"): lambda _: list(accounts.asked),
        },
    )
    panel.open()
    announce(f"http://{LOOPBACK}:{server.server_port}", panel.url)
    asked_to_stop.wait()
    server.shutdown()
    server.server_close()
    panel.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

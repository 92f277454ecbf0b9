"""What does a civil register look like from outside, on its good days and on its bad ones?

    python -m phueng.gateways.civil_register.fake --port 0 --records people.jsonl --control

Answers `POST /v1/persons/lookup` from a file of people (one JSON object a line, see `wire.person_as_json`).
With `--control`, `POST /control` makes it slow, wrong or silent, and changes people while it runs.
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

from phueng.gateways.standins import (
    LOOPBACK,
    OrderRefused,
    Orders,
    Panel,
    announce,
    chosen,
    seconds,
    stop_signal,
)

MODES = (
    "ok",
    "slow",
    "down",
    "malformed",
    "html",
    "huge",
    "drip",
    "wrong_person",
    "wrong_request",
    "wrong_types",
    "flaky",
    "unauthorised",
    "redirect",
    "hang_up",
)


@dataclass
class Register:
    """The people on file and the mood of the day."""

    people: dict[str, dict[str, Any]]
    token: str
    mode: str = "ok"
    delay: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def control(self, orders: Orders) -> object:
        with self.lock:
            self.mode = chosen(orders, "mode", MODES, self.mode)
            self.delay = seconds(orders, "delay", self.delay)
            person = orders.get("upsert")
            if person is not None:
                if not isinstance(person, dict) or not isinstance(person.get("national_id"), str):
                    raise OrderRefused("upsert must be a person with a national_id")
                self.people[person["national_id"]] = {**self.people.get(person["national_id"], {}), **person}
            if "forget" in orders:
                self.people.pop(str(orders["forget"]), None)
        return self.standing({})

    def standing(self, _: Orders) -> object:
        return {"mode": self.mode, "delay": self.delay, "people": len(self.people), "asked": len(self.asked)}

    def answer(self, question: dict[str, Any], number: int) -> dict[str, Any]:
        person = self.people.get(str(question.get("national_id")))
        answer: dict[str, Any] = {
            "version": 1,
            "request_id": question.get("request_id"),
            "register_reference": f"TR{number:010d}",
            "answered_at": datetime.now(UTC).isoformat(),
            "outcome": "not_found",
        }
        if person is not None:
            answer |= {"outcome": "found", "person": person}
        return answer

    def anyone_but(self, national_id: object) -> dict[str, Any]:
        return next(person for key, person in self.people.items() if key != national_id)


class _Desk(BaseHTTPRequestHandler):
    server: RegisterServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        register = self.server.register
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path != "/v1/persons/lookup":
            self._reply(404, {"problem": "no such address"})
            return
        given = self.headers.get("Authorization") or ""
        if not hmac.compare_digest(given.encode(), f"Bearer {register.token}".encode()):
            self._reply(401, {"problem": "who are you?"})
            return
        try:
            question = json.loads(raw)
            complete = all(question[name] for name in ("national_id", "reason", "asked_by", "request_id"))
        except (ValueError, KeyError, TypeError):
            complete = False
        if not complete:
            self._reply(400, {"problem": "national_id, reason, asked_by and request_id are required"})
            return
        number = next(register.numbers)
        with register.lock:
            register.asked.append(
                {name: question[name] for name in ("national_id", "reason", "asked_by", "request_id")}
            )
        self._behave(register, question, number)

    def _behave(self, register: Register, question: dict[str, Any], number: int) -> None:
        mode = register.mode
        if mode == "flaky":
            mode = "ok" if number % 2 == 0 else "down"
        answer = register.answer(question, number)
        if mode == "slow":
            time.sleep(register.delay or 30)
        if mode in ("ok", "slow"):
            if mode == "ok" and register.delay:
                time.sleep(register.delay)
            self._reply(200, answer)
            return
        getattr(self, f"_be_{mode}")(register, question, answer)

    def _be_down(self, *_: Any) -> None:
        self._reply(503, {"problem": "maintenance"})

    def _be_unauthorised(self, *_: Any) -> None:
        self._reply(401, {"problem": "token expired"})

    def _be_redirect(self, *_: Any) -> None:
        self.send_response(307)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _be_hang_up(self, *_: Any) -> None:
        self.close_connection = True
        self.connection.close()

    def _be_malformed(self, _: Register, __: Any, answer: dict[str, Any]) -> None:
        self._send(200, json.dumps(answer).encode()[:-20])

    def _be_html(self, *_: Any) -> None:
        self._send(200, b"<html><body>Welcome</body></html>", "text/html")

    def _be_huge(self, _: Register, __: Any, answer: dict[str, Any]) -> None:
        self._send(200, json.dumps(answer).encode() + b" " * 3_000_000)

    def _be_drip(self, *_: Any) -> None:
        self.close_connection = True
        try:
            for letter in itertools.chain(b"HTTP/1.1 200 OK\r\nX-Patience: ", itertools.repeat(ord("a"))):
                self.wfile.write(bytes([letter]))
                time.sleep(0.05)
        except OSError:
            pass  # the other side rightly gave up

    def _be_wrong_person(self, register: Register, question: dict[str, Any], answer: dict[str, Any]) -> None:
        self._reply(200, answer | {"outcome": "found", "person": register.anyone_but(question["national_id"])})

    def _be_wrong_request(self, _: Register, __: Any, answer: dict[str, Any]) -> None:
        self._reply(200, answer | {"request_id": "somebody-else"})

    def _be_wrong_types(self, _: Register, __: Any, answer: dict[str, Any]) -> None:
        person = dict(answer.get("person") or {}) | {"vital_status": True}
        self._reply(200, answer | {"outcome": "found", "person": person})

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
        """Say nothing: numbers of people do not belong on a terminal."""


class RegisterServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, register: Register) -> None:
        super().__init__((LOOPBACK, port), _Desk)
        self.register = register


def read_people(path: Path) -> dict[str, dict[str, Any]]:
    """The people of a records file, by national ID."""
    people: dict[str, dict[str, Any]] = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                person = json.loads(line)
                people[person["national_id"]] = person
    return people


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--records", type=Path, required=True)
    options.add_argument("--token", default="demo-register-token")
    options.add_argument("--control", action="store_true", help="open a control panel on a port of its own")
    options.add_argument("--control-port", type=int, default=0)
    chosen_options = options.parse_args(argv)

    register = Register(read_people(chosen_options.records), chosen_options.token)
    asked_to_stop = stop_signal()
    server = RegisterServer(chosen_options.port, register)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    addresses = [f"http://{LOOPBACK}:{server.server_port}"]
    panel = _panel(chosen_options.control_port, register) if chosen_options.control else None
    if panel is not None:
        addresses.append(panel.url)
    announce(*addresses)
    asked_to_stop.wait()
    server.shutdown()
    server.server_close()
    if panel is not None:
        panel.close()
    return 0


def _panel(port: int, register: Register) -> Panel:
    panel = Panel(
        port,
        {
            ("POST", "/control"): register.control,
            ("GET", "/control"): register.standing,
            ("GET", "/asked"): lambda _: list(register.asked),
        },
    )
    panel.open()
    return panel


if __name__ == "__main__":
    raise SystemExit(main())

"""How does a stand-in for an outside system start, listen, take orders and stop?

The fakes share this so that every one of them behaves alike: loopback only, one `ready` line, a clean end.
"""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LOOPBACK = "127.0.0.1"
LARGEST_ORDER = 4_000_000

Orders = dict[str, Any]
Route = Callable[[Orders], object]


class OrderRefused(Exception):
    """An order that the stand-in does not understand; the sentence goes back to whoever gave it."""


class _Listener(BaseHTTPRequestHandler):
    server: Panel
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def _answer(self, method: str) -> None:
        # A page in some browser on this machine must not be able to steer a stand-in: a foreign page cannot
        # set the Host header to ours, nor send application/json across origins without being asked first.
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host not in (LOOPBACK, "localhost"):
            return self.reply(403, {"problem": "loopback only"})
        route = self.server.routes.get((method, self.path.split("?", 1)[0]))
        if route is None:
            return self.reply(404, {"problem": f"no such address: {method} {self.path}"})
        try:
            return self.reply(200, route(self._orders() if method == "POST" else {}))
        except OrderRefused as refused:
            return self.reply(400, {"problem": str(refused)})

    def _orders(self) -> Orders:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_ORDER:
            self.close_connection = True
            raise OrderRefused("too long")
        raw = self.rfile.read(length)
        if "application/json" not in (self.headers.get("Content-Type") or ""):
            raise OrderRefused("send application/json")
        try:
            orders = json.loads(raw or b"{}")
        except ValueError as wrong:
            raise OrderRefused("not JSON") from wrong
        if not isinstance(orders, dict):
            raise OrderRefused("send an object")
        return orders

    def reply(self, status: int, answer: object) -> None:
        body = json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: standard output carries the ready line only."""


class Panel(ThreadingHTTPServer):
    """The control panel of a stand-in: JSON over HTTP on the loopback address."""

    daemon_threads = True

    def __init__(self, port: int, routes: Mapping[tuple[str, str], Route]) -> None:
        super().__init__((LOOPBACK, port), _Listener)
        self.routes = dict(routes)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.server_port}"

    def open(self) -> None:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


def stop_signal() -> threading.Event:
    """An event that is set when this program is asked to end."""
    asked = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked.set())
    return asked


def announce(*addresses: str) -> None:
    """The one line that tells whoever started us that we listen, and where."""
    print("ready", *addresses, flush=True)  # noqa: T201 - the one line a starter waits for


def chosen(orders: Orders, key: str, allowed: tuple[str, ...], otherwise: str) -> str:
    """A word out of a fixed list, or the word that holds now."""
    value = orders.get(key, otherwise)
    if value not in allowed:
        raise OrderRefused(f"{key} must be one of {', '.join(allowed)}")
    return str(value)


def seconds(orders: Orders, key: str, otherwise: float) -> float:
    """A waiting time between nothing and ten minutes."""
    value = orders.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 600:
        raise OrderRefused(f"{key} must be a number of seconds from 0 to 600")
    return float(value)


def switch(orders: Orders, key: str, otherwise: bool) -> bool:
    """On or off."""
    value = orders.get(key, otherwise)
    if not isinstance(value, bool):
        raise OrderRefused(f"{key} must be true or false")
    return value


def words(orders: Orders, key: str, otherwise: Mapping[str, str], ordinary: str) -> dict[str, str]:
    """A list of words, or a list with a word for each; a plain list means the ordinary word for all."""
    value = orders.get(key)
    if value is None:
        return dict(otherwise)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return dict.fromkeys(value, ordinary)
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return dict(value)
    raise OrderRefused(f"{key} must be a list of words or an object of words")

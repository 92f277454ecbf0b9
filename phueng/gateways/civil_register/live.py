"""How do we ask the civil register over HTTP without ever believing too much or waiting too long?"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from types import TracebackType
from typing import Any

import httpx

from phueng.gateways.civil_register.contract import NotFound, RegisterAnswer, RegisterUnavailable
from phueng.gateways.civil_register.wire import LARGEST_ANSWER, Malformed, read_answer

_NATIONAL_ID = re.compile(r"[0-9]{13}", re.ASCII)


class CivilRegister:
    """A client that keeps its one connection; not to be shared between threads.

    `timeout` (seconds) bounds each wait for the network, `deadline` the whole question: a register that
    sends one byte a second keeps every single wait short and would otherwise hold a worker for hours.
    """

    def __init__(self, base_url: str, token: str, timeout: float = 5.0, deadline: float = 10.0) -> None:
        self._deadline = deadline
        self._socket: socket.socket | None = None
        self._client = httpx.Client(
            base_url=base_url,
            headers={
                "Authorization": f"Bearer {token}",
                "Accept": "application/json",
                "Accept-Encoding": "identity",
            },
            timeout=timeout,
            limits=httpx.Limits(max_connections=1),
            follow_redirects=False,  # a redirect would carry the token and a national ID to somewhere else
            trust_env=False,  # no proxy from the environment sees the question
        )

    def lookup(self, national_id: str, *, reason: str, asked_by: str, request_id: str) -> RegisterAnswer | NotFound:
        """The person under this number, or `NotFound`; anything else raises `RegisterUnavailable`.

        The number travels in the body: addresses end up in the logs of every machine on the way.
        """
        if not _NATIONAL_ID.fullmatch(national_id):
            raise ValueError("a national ID is thirteen ASCII digits")
        if not (reason and asked_by and request_id):
            raise ValueError("the register wants a reason, who asks and a request id")
        question = {
            "national_id": national_id,
            "reason": reason,
            "asked_by": asked_by,
            "request_id": request_id,
        }
        body = self._ask_in_time(question)
        try:
            return read_answer(body, national_id=national_id, request_id=request_id)
        except Malformed as wrong:
            raise RegisterUnavailable("malformed", str(wrong)) from wrong

    def _ask_in_time(self, question: dict[str, str]) -> bytes:
        """Ask, and hang up when the deadline passes, whatever the register is sending just then."""
        late = threading.Event()
        watch = threading.Timer(self._deadline, self._hang_up, (late,))
        watch.daemon = True
        watch.start()
        try:
            body = self._ask(question)
        except RegisterUnavailable as wrong:
            if late.is_set():
                raise RegisterUnavailable("slow", f"not complete within {self._deadline} seconds") from wrong
            raise
        finally:
            watch.cancel()
        if late.is_set():
            raise RegisterUnavailable("slow", f"not complete within {self._deadline} seconds")
        return body

    def _ask(self, question: dict[str, str]) -> bytes:
        try:
            with self._client.stream(
                "POST", "/v1/persons/lookup", json=question, extensions={"trace": self._notice_connection}
            ) as answer:
                if answer.status_code != 200:
                    raise RegisterUnavailable("http", f"status {answer.status_code}", status=answer.status_code)
                return _bounded_body(answer)
        except httpx.TimeoutException as wrong:
            raise RegisterUnavailable("timeout", type(wrong).__name__) from wrong
        except httpx.ConnectError as wrong:
            raise RegisterUnavailable("refused", "no connection") from wrong
        except (httpx.HTTPError, httpx.InvalidURL) as wrong:
            raise RegisterUnavailable("malformed", type(wrong).__name__) from wrong

    def _notice_connection(self, event: str, details: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = details["return_value"].get_extra_info("socket")

    def _hang_up(self, late: threading.Event) -> None:
        late.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it may end by itself in this very moment
                self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> CivilRegister:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _bounded_body(answer: httpx.Response) -> bytes:
    """The body, while it is JSON and small enough."""
    kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise RegisterUnavailable("malformed", f"content type {kind[:60]!r}")
    body = bytearray()
    for piece in answer.iter_raw():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise RegisterUnavailable("malformed", "answer too long")
    return bytes(body)

"""How do we ask a bank over HTTP who holds an account, again when it was only a hiccup, and never for too long?"""

from __future__ import annotations

import re
import time
from types import TracebackType

import httpx

from phueng.gateways.name_inquiry.contract import AccountNotFound, HolderAnswer, InquiryUnavailable
from phueng.gateways.name_inquiry.wire import LARGEST_ANSWER, Malformed, read_answer

_BANK = re.compile(r"[0-9]{3}", re.ASCII)
_ACCOUNT = re.compile(r"[0-9]{5,20}", re.ASCII)


class NameInquiryService:
    """A client that keeps its one connection; not to be shared between threads.

    `timeout` (seconds) bounds each wait for the network, `deadline` the whole question with all its tries: a bank that
    answers one byte a second would otherwise hold whoever waits.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        timeout: float = 5.0,
        deadline: float = 10.0,
        tries: int = 2,
        pause: float = 0.2,
    ) -> None:
        self._timeout, self._deadline, self._tries, self._pause = timeout, deadline, max(tries, 1), pause
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json", "Accept-Encoding": "identity"},
            timeout=timeout,
            limits=httpx.Limits(max_connections=1),
            follow_redirects=False,  # a redirect would carry the token and an account number to somewhere else
            trust_env=False,  # no proxy from the environment sees the question
        )

    def holder_of(
        self, bank_code: str, account: str, *, reason: str, asked_by: str, request_id: str
    ) -> HolderAnswer | AccountNotFound:
        """Who holds it, or `AccountNotFound`; anything else raises `InquiryUnavailable`.

        Asking twice changes nothing at the bank, so a hiccup is asked again; the number travels in the body.
        """
        if not (_BANK.fullmatch(bank_code) and _ACCOUNT.fullmatch(account)):
            raise ValueError("a bank is three ASCII digits, an account 5 to 20")
        if not (reason and asked_by and request_id):
            raise ValueError("the bank wants a reason, who asks and a request id")
        question = {
            "bank_code": bank_code,
            "account": account,
            "reason": reason,
            "asked_by": asked_by,
            "request_id": request_id,
        }
        ends = time.monotonic() + self._deadline
        for left in range(self._tries - 1, -1, -1):
            try:
                body = self._ask(question, ends)
                return read_answer(body, bank_code=bank_code, account=account, request_id=request_id)
            except Malformed as wrong:
                raise InquiryUnavailable("malformed", str(wrong)) from wrong
            except InquiryUnavailable as wrong:
                if not wrong.may_pass or not left or time.monotonic() + self._pause >= ends:
                    raise
                time.sleep(self._pause)
        raise AssertionError("the last try returns or raises")

    def _ask(self, question: dict[str, str], ends: float) -> bytes:
        wait = max(min(self._timeout, ends - time.monotonic()), 0.05)
        try:
            with self._client.stream("POST", "/v1/accounts/holder", json=question, timeout=wait) as answer:
                if answer.status_code in (429, 503):
                    raise InquiryUnavailable("busy", f"status {answer.status_code}", status=answer.status_code)
                if answer.status_code != 200:
                    raise InquiryUnavailable("http", f"status {answer.status_code}", status=answer.status_code)
                return _bounded_body(answer, ends)
        except httpx.TimeoutException as wrong:
            raise InquiryUnavailable("timeout", type(wrong).__name__) from wrong
        except httpx.ConnectError as wrong:
            raise InquiryUnavailable("refused", "no connection") from wrong
        except (httpx.HTTPError, httpx.InvalidURL) as wrong:
            raise InquiryUnavailable("refused", type(wrong).__name__) from wrong

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> NameInquiryService:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _bounded_body(answer: httpx.Response, ends: float) -> bytes:
    """The body, while it is JSON, small enough and in time."""
    kind = answer.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise InquiryUnavailable("malformed", f"content type {kind[:60]!r}")
    body = bytearray()
    for piece in answer.iter_raw():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise InquiryUnavailable("malformed", "answer too long")
        if time.monotonic() > ends:
            raise InquiryUnavailable("slow", "the answer drips")
    return bytes(body)

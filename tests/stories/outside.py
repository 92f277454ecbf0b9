"""What do the systems outside say: the phone of a person, the bank, the registers?"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

from phueng.gateways.krungthai.result import read_result

T = TypeVar("T")


def eventually(asked: Callable[[], T], *, patience: float = 20.0, what: str = "", every: float = 0.15) -> T:
    """Ask until the answer is true; the worker needs a moment."""
    until = time.monotonic() + patience
    while True:
        try:
            answer, failed = asked(), None
        except AssertionError as error:
            answer, failed = None, error
        if answer:
            return answer
        if time.monotonic() > until:
            raise AssertionError(f"not within {patience} s: {what or asked}") from failed
        time.sleep(every)


class Outside:
    """The control panels of the stand-ins."""

    def __init__(self, panels: dict[str, str], home: Path) -> None:
        self.panels = panels
        self.home = home

    def look(self, system: str, path: str) -> Any:
        """What a stand-in has seen."""
        return httpx.get(f"{self.panels[system]}{path}", timeout=10).raise_for_status().json()

    def steer(self, system: str, **orders: Any) -> None:
        """Tell a stand-in how to behave from now on."""
        httpx.post(f"{self.panels[system]}/control", json=orders, timeout=10).raise_for_status()

    def all_messages(self) -> list[dict[str, Any]]:
        """Every message that reached a phone."""
        letters = self.look("sms", "/messages")
        return list(letters if isinstance(letters, list) else letters["messages"])

    def messages_to(self, phone: str) -> list[str]:
        """The texts that this phone shows."""
        digits = phone.removeprefix("+")
        return [str(one["text"]) for one in self.all_messages() if digits in str(one)]

    def message_arrives(self, phone: str, *words: str, patience: float = 20.0) -> str:
        """Wait until a text with all these words is on the phone."""

        def arrived() -> str:
            return next((text for text in self.messages_to(phone) if all(word in text for word in words)), "")

        return eventually(arrived, patience=patience, what=f"a message to {phone} with {words}")

    def code_sent_to(self, phone: str) -> str:
        """The newest one-time code on this phone."""

        def newest() -> str:
            found = [digits[0] for text in self.messages_to(phone) if (digits := re.findall(r"\b\d{6}\b", text))]
            return found[-1] if found else ""

        return eventually(newest, patience=20, what=f"a code to {phone}")

    def paid_into(self, account: str) -> list[int]:
        """The sums (satang) that the bank says it has paid into this account."""
        said = [
            read_result(file.read_bytes()) for file in (self.home / "krungthai/inbox/acknowledged").glob("*.result.csv")
        ]
        lines = [line for result in said for line in result.lines if line.account.endswith(account)]
        return [line.amount_satang for line in lines if line.outcome == "paid"]

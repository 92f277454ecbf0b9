"""What do the systems outside say: the phone of a person, the bank, the registers?"""

import re
import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

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

    def __init__(self, panels: dict[str, str]) -> None:
        self.panels = panels

    def look(self, system: str, path: str) -> Any:
        """What a stand-in has seen."""
        return httpx.get(f"{self.panels[system]}{path}", timeout=10).raise_for_status().json()

    def steer(self, system: str, **orders: Any) -> None:
        """Tell a stand-in how to behave from now on."""
        httpx.post(f"{self.panels[system]}/control", json=orders, timeout=10).raise_for_status()

    def messages_to(self, phone: str) -> list[str]:
        """The texts that this phone shows."""
        letters = self.look("sms", "/messages")
        found = letters if isinstance(letters, list) else letters["messages"]
        digits = phone.removeprefix("+")
        return [str(one["text"]) for one in found if digits in str(one)]

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
        """The sums (satang) that the bank has paid into this account, by its own books."""
        books = self.look("krungthai", "/payments")
        return [one["amount_satang"] for one in books if one["account"].endswith(account) and one["outcome"] == "paid"]

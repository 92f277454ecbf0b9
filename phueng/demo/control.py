"""How are the stand-ins of outside systems steered from the demo's pages? By small JSON orders to their control ports."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from phueng.demo.people import GRANDMOTHER
from phueng.schemes.words import Words

_SECONDS = 2.0


@dataclass(frozen=True)
class Mode:
    """One way in which a stand-in behaves."""

    code: str
    words: Words
    orders: Mapping[str, Any]


@dataclass(frozen=True)
class Panel:
    """One stand-in with its switches, and what it says of itself now."""

    name: str
    title: Words
    modes: tuple[Mode, ...]
    is_up: bool
    state: str


def _mode(code: str, th: str, en: str, **orders: Any) -> Mode:
    return Mode(code, Words(th, en), orders)


_TITLES = {
    "civil_register": Words("ทะเบียนราษฎร", "Civil register"),
    "sms": Words("ผู้ให้บริการข้อความ", "Message operator"),
    "krungthai": Words("ธนาคาร", "Bank"),
    "comptroller": Words("กรมบัญชีกลาง", "Comptroller General"),
    "name_inquiry": Words("บริการตรวจชื่อบัญชี", "Name inquiry"),
}
_BANK_MODES = (
    _mode("usual", "จ่ายตามปกติ", "Pays as usual", return_accounts={}, hold=False),
    _mode("hold", "ยังไม่ตอบ", "Does not answer yet", hold=True),
    _mode(
        "return", "คืนเงินของยายบัวผัน: บัญชีปิด", "Returns Buaphan's money: account closed",
        return_accounts={GRANDMOTHER.account.zfill(11): "closed"}, hold=False,
    ),
)  # fmt: skip
_MODES: dict[str, tuple[Mode, ...]] = {
    "civil_register": (
        _mode("ok", "ตอบตามปกติ", "Answers as usual", mode="ok"),
        _mode("slow", "ตอบช้า", "Answers slowly", mode="slow", delay=8),
        _mode("down", "ไม่ตอบเลย", "Does not answer", mode="down"),
        _mode("malformed", "ตอบอ่านไม่ได้", "Answers cannot be read", mode="malformed"),
        _mode("wrong_person", "ตอบเป็นคนอื่น", "Answers with another person", mode="wrong_person"),
    ),
    "sms": (
        _mode("ok", "ส่งตามปกติ", "Delivers as usual", mode="ok"),
        _mode("hang_up", "วางสาย", "Hangs up", mode="hang_up"),
        _mode("undeliverable", "ส่งไม่ถึง", "Cannot deliver", mode="undeliverable"),
        _mode("no_receipt", "ไม่บอกว่าส่งถึงหรือไม่", "Sends no receipt", mode="no_receipt"),
    ),
    "krungthai": _BANK_MODES,
    "comptroller": _BANK_MODES[:2],
    "name_inquiry": (
        _mode("ok", "ตอบตามปกติ", "Answers as usual", mode="ok"),
        _mode("slow", "ตอบช้า", "Answers slowly", mode="slow", delay=12),
        _mode("down", "ไม่ตอบเลย", "Does not answer", mode="down"),
        _mode("malformed", "ตอบอ่านไม่ได้", "Answers cannot be read", mode="malformed"),
        _mode("wrong_account", "ตอบเป็นบัญชีอื่น", "Answers about another account", mode="wrong_account"),
    ),
}


def panels() -> list[Panel]:
    """Every stand-in that the demo knows, whether it listens or not."""
    found = []
    for name, title in _TITLES.items():
        said = _ask(name, "/control")
        state = str((said or {}).get("mode", "")) if isinstance(said, dict) else ""
        found.append(Panel(name, title, _MODES[name], said is not None, state))
    return found


def mode_of(name: str, code: str) -> Mode | None:
    """The mode with this code, or None."""
    return next((mode for mode in _MODES.get(name, ()) if mode.code == code), None)


def steer(name: str, orders: Mapping[str, Any]) -> bool:
    """Give orders; False when the stand-in does not take them."""
    return _ask(name, "/control", orders) is not None


def delivered_texts() -> int | None:
    """How many texts the operator's stand-in has delivered; None when it does not listen."""
    said = _ask("sms", "/messages")
    messages = said.get("messages") if isinstance(said, dict) else said
    return len(messages) if isinstance(messages, list) else None


def _ask(name: str, path: str, orders: Mapping[str, Any] | None = None) -> Any:
    address = settings.PHUENG_STAND_INS.get(name)
    if not address:
        return None
    body = None if orders is None else json.dumps(orders).encode()
    asked = urllib.request.Request(  # noqa: S310 - the address is our own setting, on loopback
        f"{address}{path}", data=body, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310  # nosec B310
            return json.loads(answer.read() or b"{}")
    except (urllib.error.URLError, TimeoutError, ValueError, OSError):
        return None

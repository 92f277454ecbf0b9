"""In which ways does a bank file get spoilt between us and the bank, by accident and on purpose?

Each way takes a file and chance, and gives other bytes. `KEEP_TOTALS` are the ways of a thief: count and sum stay.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

IPAY_LINE = 500
Spoil = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Form:
    """Where a kind of file has its lines, accounts and amounts."""

    name: str
    lines: Callable[[bytes], tuple[bytes, list[bytes], bytes]]
    account: re.Pattern[bytes]
    amount: re.Pattern[bytes]
    encodings: tuple[str, str]

    def exchanged(self, pattern: re.Pattern[bytes], one: bytes, other: bytes) -> tuple[bytes, bytes]:
        first, second = pattern.search(one), pattern.search(other)
        assert first is not None
        assert second is not None
        return (
            one[: first.start(1)] + second[1] + one[first.end(1) :],
            other[: second.start(1)] + first[1] + other[second.end(1) :],
        )


def _ipay_lines(content: bytes) -> tuple[bytes, list[bytes], bytes]:
    body = content[IPAY_LINE:]
    return content[:IPAY_LINE], [body[at : at + IPAY_LINE] for at in range(0, len(body), IPAY_LINE)], b""


def _order_lines(content: bytes) -> tuple[bytes, list[bytes], bytes]:
    start, end = content.index(b"<CdtTrfTxInf>"), content.index(b"</PmtInf>")
    return content[:start], content[start:end].splitlines(keepends=True), content[end:]


IPAY = Form(
    "ipay",
    _ipay_lines,
    re.compile(rb"^.{16}(.{11})", re.DOTALL),
    re.compile(rb"^.{57}(.{17})", re.DOTALL),
    ("tis_620", "utf-8"),
)
ORDER = Form(
    "pain.001",
    _order_lines,
    re.compile(rb"<CdtrAcct><Id><Othr><Id>([0-9]+)<"),
    re.compile(rb'Ccy="THB">([0-9.]+)<'),
    ("utf-8", "tis_620"),
)


def ways(form: Form) -> dict[str, Spoil]:
    """Every way to spoil a file of this form."""

    def rebuilt(content: bytes, change: Callable[[list[bytes]], None]) -> bytes:
        head, lines, tail = form.lines(content)
        change(lines)
        return head + b"".join(lines) + tail

    def flip(content: bytes, chance: random.Random) -> bytes:
        at = chance.randrange(len(content))
        return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]

    def swap_accounts(content: bytes, chance: random.Random) -> bytes:
        return rebuilt(content, lambda lines: _exchange(form, form.account, lines, chance))

    def swap_amounts(content: bytes, chance: random.Random) -> bytes:
        return rebuilt(content, lambda lines: _exchange(form, form.amount, lines, chance))

    def compensate(content: bytes, chance: random.Random) -> bytes:
        return rebuilt(content, lambda lines: _compensate(form, lines, chance))

    def own_account(content: bytes, chance: random.Random) -> bytes:
        def change(lines: list[bytes]) -> None:
            at = chance.choice([n for n, line in enumerate(lines) if form.account.search(line)])
            found = form.account.search(lines[at])
            assert found is not None
            thief = str(chance.randrange(10 ** (len(found[1]) - 1), 10 ** len(found[1]))).encode()
            lines[at] = lines[at][: found.start(1)] + thief + lines[at][found.end(1) :]

        return rebuilt(content, change)

    def drop(content: bytes, chance: random.Random) -> bytes:
        return rebuilt(content, lambda lines: lines.__delitem__(chance.randrange(len(lines))))

    def double(content: bytes, chance: random.Random) -> bytes:
        return rebuilt(content, lambda lines: lines.insert(chance.randrange(len(lines)), chance.choice(lines)))

    def reorder(content: bytes, chance: random.Random) -> bytes:
        def change(lines: list[bytes]) -> None:
            at = chance.randrange(len(lines) - 1)
            lines[at], lines[at + 1] = lines[at + 1], lines[at]

        return rebuilt(content, change)

    def truncate(content: bytes, chance: random.Random) -> bytes:
        return content[: chance.randrange(len(content))]

    def line_ends(content: bytes, chance: random.Random) -> bytes:
        if b"\r\n" in content:
            return content.replace(b"\r\n", chance.choice([b"\n", b"\r"]), chance.choice([-1, 1]))
        return content.replace(b"\n", b"\r\n", chance.choice([-1, 1]))

    def re_encode(content: bytes, chance: random.Random) -> bytes:
        text = content.decode(form.encodings[0])
        return text.encode(chance.choice([form.encodings[1], "utf-16", "utf-8-sig"]))

    def append(content: bytes, chance: random.Random) -> bytes:
        return content + chance.choice([b"\n", b"\r\n", b" ", b"\x1a", b"\x00"])

    return {
        "flip": flip,
        "swap_accounts": swap_accounts,
        "swap_amounts": swap_amounts,
        "compensate": compensate,
        "own_account": own_account,
        "drop": drop,
        "double": double,
        "reorder": reorder,
        "truncate": truncate,
        "line_ends": line_ends,
        "re_encode": re_encode,
        "append": append,
    }


KEEP_TOTALS = ("swap_accounts", "swap_amounts", "compensate", "own_account")


def _exchange(form: Form, pattern: re.Pattern[bytes], lines: list[bytes], chance: random.Random) -> None:
    known = [n for n, line in enumerate(lines) if pattern.search(line)]
    one, other = chance.sample(known, 2)
    lines[one], lines[other] = form.exchanged(pattern, lines[one], lines[other])


def _compensate(form: Form, lines: list[bytes], chance: random.Random) -> None:
    """A satang or a fortune from one payee to another."""
    one, other = chance.sample(range(len(lines)), 2)
    first, second = form.amount.search(lines[one]), form.amount.search(lines[other])
    assert first is not None
    assert second is not None
    amounts = [int(found[1].replace(b".", b"")) for found in (first, second)]
    moved = chance.randint(1, amounts[0] - 1)
    for at, found, amount in ((one, first, amounts[0] - moved), (other, second, amounts[1] + moved)):
        if form is IPAY:
            said = b"%017d" % amount
        else:
            said = b"%d.%02d" % divmod(amount, 100)
        lines[at] = lines[at][: found.start(1)] + said + lines[at][found.end(1) :]

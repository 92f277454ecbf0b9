"""What does a bank do with our pain.001 when it knows nothing but the bytes?

    python -m phueng.gateways.iso20022.fake --outbox DIR --inbox DIR --control-port 0

Reads each signed order (`*.xml`) with the strict reader, turns away what deviates, and answers the rest with a status
report made from the order alone. `POST /control {"return_accounts": {"1234567890": "AC04"}, "return_ids": {...},
"pending_accounts": [...], "unknown_lines": true}`; a return is one of the standard's reason codes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from phueng.gateways.fakefolders import Answer, NotAccepted, Watch, read_public_key, reasons_from, run
from phueng.gateways.faults import FileUnreadable
from phueng.gateways.iso20022.answering import StatedLine, write_status
from phueng.gateways.iso20022.codes import is_reason
from phueng.gateways.iso20022.reader import ParsedMessage, ParsedTransfer, read_message
from phueng.gateways.standins import OrderRefused, Orders, switch, words


@dataclass
class Bank:
    """What the bank knows about accounts and PromptPay, and what goes wrong there today."""

    returns: dict[str, str] = field(default_factory=dict)
    pending: dict[str, str] = field(default_factory=dict)
    unknown_lines: bool = False

    def obey(self, orders: Orders) -> None:
        wanted = words(orders, "return_accounts", self.returns, "AC04") | words(orders, "return_ids", {}, "BE23")
        strange = [code for code in wanted.values() if not is_reason(code)]
        if strange:
            raise OrderRefused(f"unknown reason: {', '.join(strange)}")
        self.returns = wanted
        self.pending = words(orders, "pending_accounts", self.pending, "PDNG")
        self.unknown_lines = switch(orders, "unknown_lines", self.unknown_lines)

    def answer(self, name: str, content: bytes) -> Answer:
        try:
            order = read_message(content)
        except FileUnreadable as unreadable:
            raise NotAccepted(reasons_from(unreadable.faults)) from unreadable
        lines = [self._stated(order, one, number) for number, one in enumerate(order.transfers, start=1)]
        told = {
            "count": order.count,
            "total_satang": order.total_satang,
            "message_id": order.head.message_id,
            "effective_on": order.head.execute_on.isoformat(),
            **{word: sum(one.status == status for one in lines) for word, status in _WORDS.items()},
        }
        if self.unknown_lines:
            first = lines[0]
            lines.append(
                StatedLine(
                    "NOBODY-KNOWS-THIS",
                    "9999999999",
                    "",
                    first.amount_satang,
                    "ACSC",
                    "",
                    first.settled_on,
                    "BK-UNKNOWN",
                )
            )
        return write_status(order.head.message_id, order.head.part_id, lines, at=datetime.now(UTC)), told

    def _stated(self, order: ParsedMessage, one: ParsedTransfer, number: int) -> StatedLine:
        target = one.national_id or one.account
        status, code = "ACSC", ""
        if target in self.returns:
            status, code = "RJCT", self.returns[target]
        elif target in self.pending:
            status = "PDNG"
        return StatedLine(
            reference=one.reference,
            account=one.account,
            national_id=one.national_id,
            amount_satang=one.amount_satang,
            status=status,
            reason_code=code,
            settled_on=order.head.execute_on,
            bank_reference=f"BK{order.head.execute_on:%Y%m%d}{number:07d}",
        )

    def standing(self) -> dict[str, Any]:
        return {"returns": self.returns, "pending": sorted(self.pending), "unknown_lines": self.unknown_lines}


_WORDS = {"paid": "ACSC", "returned": "RJCT", "pending": "PDNG"}


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--outbox", type=Path, required=True)
    options.add_argument("--inbox", type=Path, required=True)
    options.add_argument("--control-port", type=int, default=0)
    options.add_argument("--public-key", type=Path, help="PEM; without it a signature only has to be there")
    options.add_argument("--store", type=Path, help="where the bank keeps its ledger; beside the inbox unless told")
    given = options.parse_args(argv)
    bank = Bank()
    store = given.store or given.inbox.parent / "bank-stand-in"
    watch = Watch(
        given.outbox,
        given.inbox,
        ".xml",
        bank.answer,
        store / "orders.jsonl",
        read_public_key(given.public_key),
        answer_ending=".status.xml",
    )
    return run(watch, given.control_port, bank)


if __name__ == "__main__":
    raise SystemExit(main())

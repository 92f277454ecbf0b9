"""What does a bank do with our file when it knows nothing but the bytes?

    python -m phueng.gateways.krungthai.fake --outbox DIR --inbox DIR --control-port 0 --rules rules.json

Reads each signed file with the strict reader, turns away what deviates, and answers the rest with a result
made from the file alone. Which accounts are closed or belong to somebody else stands in the rules:
`{"return_accounts": {"1234567890": "closed", "2345678901": "name_mismatch"}, "pending_accounts": []}`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from phueng.gateways.fakefolders import Answer, NotAccepted, Watch, read_public_key, reasons_from, run
from phueng.gateways.faults import FileUnreadable
from phueng.gateways.krungthai.contract import Outcome
from phueng.gateways.krungthai.layout import Layout, load_layout
from phueng.gateways.krungthai.reader import ParsedFile, ParsedLine, read_file
from phueng.gateways.krungthai.result import ResultLine, write_result
from phueng.gateways.standins import OrderRefused, Orders, switch, words

REASONS = {
    "closed": ("C01", "บัญชีปิด"),
    "name_mismatch": ("C02", "ชื่อบัญชีไม่ตรงกับผู้รับเงิน"),
    "no_account": ("C03", "ไม่พบเลขที่บัญชี"),
}


@dataclass
class Bank:
    """What the bank knows about accounts, and what goes wrong there today."""

    layout: Layout
    return_accounts: dict[str, str] = field(default_factory=dict)
    pending_accounts: dict[str, str] = field(default_factory=dict)
    unknown_lines: bool = False
    wrong_amounts: bool = False
    duplicate_lines: bool = False

    def obey(self, orders: Orders) -> None:
        wanted = words(orders, "return_accounts", self.return_accounts, "closed")
        strange = set(wanted.values()) - set(REASONS)
        if strange:
            raise OrderRefused(f"a return is one of {', '.join(REASONS)}")
        self.return_accounts = {account.zfill(11): why for account, why in wanted.items()}
        pending = words(orders, "pending_accounts", self.pending_accounts, "pending")
        self.pending_accounts = {account.zfill(11): why for account, why in pending.items()}
        self.unknown_lines = switch(orders, "unknown_lines", self.unknown_lines)
        self.wrong_amounts = switch(orders, "wrong_amounts", self.wrong_amounts)
        self.duplicate_lines = switch(orders, "duplicate_lines", self.duplicate_lines)

    def answer(self, name: str, content: bytes) -> Answer:
        try:
            file = read_file(self.layout, content)
        except FileUnreadable as unreadable:
            raise NotAccepted(reasons_from(unreadable.faults)) from unreadable
        lines = [self._settled(file, line) for line in file.lines]
        told = {
            "count": file.count,
            "total_satang": file.total_satang,
            "product": file.product,
            "effective_on": file.effective_on.isoformat(),
            "company_id": file.company_id,
            **{outcome: sum(line.outcome == outcome for line in lines) for outcome in ("paid", "returned", "pending")},
        }
        return write_result([*lines, *self._nonsense(lines)]), told

    def _settled(self, file: ParsedFile, line: ParsedLine) -> ResultLine:
        account, code, why = line.account, "", ""
        outcome: Outcome = "paid"
        if account in self.return_accounts:
            outcome = "returned"
            code, why = REASONS[self.return_accounts[account]]
        elif account in self.pending_accounts:
            outcome = "pending"
        amount = line.amount_satang + (100 if self.wrong_amounts else 0)
        return ResultLine(
            line_reference=line.reference,
            account=account,
            amount_satang=amount,
            outcome=outcome,
            reason_code=code,
            reason=why,
            settled_on=None if outcome == "pending" else file.effective_on,
            bank_reference=f"KTB{file.effective_on:%Y%m%d}{file.batch_no:06d}{line.running_no:06d}",
        )

    def _nonsense(self, lines: list[ResultLine]) -> list[ResultLine]:
        """Rows that a bank should not send and some day will."""
        extra = [lines[0]] if self.duplicate_lines else []
        if self.unknown_lines:
            first = lines[0]
            extra.append(
                ResultLine(
                    "NOBODY-KNOWS-THIS",
                    "09999999999",
                    first.amount_satang,
                    "paid",
                    "",
                    "",
                    first.settled_on,
                    "KTB-UNKNOWN",
                )
            )
        return extra

    def standing(self) -> dict[str, Any]:
        return {
            "return_accounts": self.return_accounts,
            "pending_accounts": sorted(self.pending_accounts),
            "unknown_lines": self.unknown_lines,
            "wrong_amounts": self.wrong_amounts,
            "duplicate_lines": self.duplicate_lines,
        }


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--outbox", type=Path, required=True)
    options.add_argument("--inbox", type=Path, required=True)
    options.add_argument("--control-port", type=int, default=0)
    options.add_argument("--rules", type=Path)
    options.add_argument("--public-key", type=Path, help="PEM; without it a signature only has to be there")
    options.add_argument("--store", type=Path, help="where the bank keeps its ledger; beside the inbox unless told")
    options.add_argument("--layout", default="ipay-2024")
    options.add_argument("--option", action="append", default=[], metavar="NAME=CHOICE")
    given = options.parse_args(argv)

    bank = Bank(load_layout(given.layout, dict(one.split("=", 1) for one in given.option)))
    if given.rules is not None:
        bank.obey(json.loads(given.rules.read_text(encoding="utf-8")))
    store = given.store or given.inbox.parent / "bank-stand-in"
    watch = Watch(
        given.outbox,
        given.inbox,
        ".txt",
        bank.answer,
        store / "files.jsonl",
        read_public_key(given.public_key),
    )

    return run(watch, given.control_port, bank)


if __name__ == "__main__":
    raise SystemExit(main())

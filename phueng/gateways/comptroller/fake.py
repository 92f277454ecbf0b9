"""What does the Comptroller General do with a list when it knows nothing but the bytes?

    python -m phueng.gateways.comptroller.fake --outbox DIR --inbox DIR --control-port 0 --rules rules.json

Rules: `{"return_ids": {"9400100000011": "dead", "9400100000020": "no_promptpay"}, "pending_ids": []}`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from phueng.gateways.comptroller.contract import ListLine, Outcome
from phueng.gateways.comptroller.layout import ListLayout, load_layout
from phueng.gateways.comptroller.reader import ParsedList, read_list
from phueng.gateways.fakefolders import Answer, NotAccepted, Watch, read_public_key, reasons_from, run
from phueng.gateways.faults import FileUnreadable
from phueng.gateways.standins import OrderRefused, Orders, switch, words
from phueng.gateways.tables import write_table

REASONS = {
    "dead": ("D01", "ผู้มีสิทธิถึงแก่ความตาย"),
    "no_promptpay": ("P01", "ไม่ได้ผูกพร้อมเพย์กับเลขประจำตัวประชาชน"),
    "closed": ("A01", "บัญชีปิด"),
}


@dataclass
class Treasury:
    """Who can be paid this month, and what goes wrong."""

    layout: ListLayout
    return_ids: dict[str, str] = field(default_factory=dict)
    pending_ids: dict[str, str] = field(default_factory=dict)
    unknown_lines: bool = False

    def obey(self, orders: Orders) -> None:
        wanted = words(orders, "return_ids", self.return_ids, "no_promptpay")
        if set(wanted.values()) - set(REASONS):
            raise OrderRefused(f"a return is one of {', '.join(REASONS)}")
        self.return_ids = wanted
        self.pending_ids = words(orders, "pending_ids", self.pending_ids, "pending")
        self.unknown_lines = switch(orders, "unknown_lines", self.unknown_lines)

    def answer(self, name: str, content: bytes) -> Answer:
        try:
            monthly = read_list(self.layout, content)
        except FileUnreadable as unreadable:
            raise NotAccepted(reasons_from(unreadable.faults)) from unreadable
        rows = [self._row(monthly, line, n) for n, line in enumerate(monthly.lines, start=1)]
        if self.unknown_lines:
            rows.append(rows[0] | {"line_reference": "NOBODY-KNOWS-THIS", "national_id": "9999999999994"})
        layout = self.layout
        body = write_table(
            list(layout.result_headings.values()),
            [[row[column] for column in layout.result_headings] for row in rows],
            encoding=layout.encoding,
            delimiter=layout.delimiter,
            with_mark=layout.with_mark,
            line_end=layout.line_end,
        )
        told: dict[str, Any] = {
            "count": monthly.count,
            "total_satang": monthly.total_satang,
            "month": monthly.month.isoformat(),
            "scheme_code": monthly.scheme_code,
        }
        return body, told

    def _row(self, monthly: ParsedList, line: ListLine, number: int) -> dict[str, str]:
        outcome: Outcome = "paid"
        code, why = "", ""
        if line.national_id in self.return_ids:
            outcome = "returned"
            code, why = REASONS[self.return_ids[line.national_id]]
        elif line.national_id in self.pending_ids:
            outcome = "pending"
        said = next(word for word, meaning in self.layout.outcomes.items() if meaning == outcome)
        return {
            "line_reference": line.reference,
            "national_id": line.national_id,
            "amount": self.layout.write_amount(line.amount_satang),
            "outcome": said,
            "reason_code": code,
            "reason": why,
            "settled_on": "" if outcome == "pending" else monthly.month.replace(day=10).isoformat(),
            "transfer_reference": f"CGD{monthly.month:%Y%m}{number:06d}",
        }

    def standing(self) -> dict[str, Any]:
        return {
            "return_ids": self.return_ids,
            "pending_ids": sorted(self.pending_ids),
            "unknown_lines": self.unknown_lines,
        }


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--outbox", type=Path, required=True)
    options.add_argument("--inbox", type=Path, required=True)
    options.add_argument("--control-port", type=int, default=0)
    options.add_argument("--rules", type=Path)
    options.add_argument("--public-key", type=Path, help="PEM; without it a signature only has to be there")
    options.add_argument("--store", type=Path, help="where the ledger is kept; beside the inbox unless told")
    options.add_argument("--layout", default="monthly-list-2566")
    given = options.parse_args(argv)

    treasury = Treasury(load_layout(given.layout))
    if given.rules is not None:
        treasury.obey(json.loads(given.rules.read_text(encoding="utf-8")))
    store = given.store or given.inbox.parent / "comptroller-stand-in"
    watch = Watch(
        given.outbox,
        given.inbox,
        ".csv",
        treasury.answer,
        store / "files.jsonl",
        read_public_key(given.public_key),
    )

    return run(watch, given.control_port, treasury)


if __name__ == "__main__":
    raise SystemExit(main())

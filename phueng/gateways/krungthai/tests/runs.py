"""Which payment runs do the tests of this gateway write down?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from phueng.gateways.krungthai.contract import FileIntent, PaymentLine

CENTRE = "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดขอนแก่น"


def line(number: int = 1, **changed: Any) -> PaymentLine:
    """Three thousand baht for Boonmee at Krungthai, or somebody else where told."""
    return replace(
        PaymentLine(
            reference=f"FG69-{number:08d}",
            bank_code="006",
            branch="0040",
            account=f"123456789{number:02d}"[-10:],
            name="นางบุญมี ศรีสุข",
            amount_satang=300_000,
            mobile="0812345678",
            email=None,
        ),
        **changed,
    )


def intent(*lines: PaymentLine, **changed: Any) -> FileIntent:
    return replace(
        FileIntent(
            product="direct",
            company_id="MSO0000123",
            sending_account="4011234567",
            sending_branch="0401",
            sender_name=CENTRE,
            effective_on=date(2026, 11, 25),
            batch_no=1,
            service_type="14",
            lines=lines or (line(1), line(2, name="นายสมชาย ใจดี", amount_satang=250_050), line(3, name="น.ส.น้ำ ผึ้ง")),
        ),
        **changed,
    )

"""Which questions must every SMS operator answer alike, the real one and our stand-in?

Whoever connects a real operator gives a telephone that lies on the desk; one short and one long message
arrive on it.
"""

from __future__ import annotations

import time

from phueng.gateways.promises import promised
from phueng.gateways.sms.contract import ReceiptStatus, SmsGateway

SHORT = "ที่พึ่ง: ทดสอบการเชื่อมต่อ"
LONG = "ที่พึ่ง: ข้อความทดสอบที่ยาวเกินหนึ่งส่วน เพื่อดูว่าน้ำใจ ผู้รับ และเครื่องหมายวรรณยุกต์ยังอยู่กับตัวอักษรของมันเมื่อรวมสองส่วน"


def check_operator(gateway: SmsGateway, phone_e164: str, patience: float = 60.0) -> None:
    """`PromiseBroken` names the first promise that does not hold."""
    short = gateway.send("check-short", phone_e164, SHORT)
    promised(len(short.provider_ids) == 1, "a short message is one part")
    long = gateway.send("check-long", phone_e164, LONG)
    promised(len(long.provider_ids) == 2, "a long message is two parts")
    wanted = {*short.provider_ids, *long.provider_ids}
    promised(len(wanted) == 3, "every part has a number of its own")

    final: dict[str, ReceiptStatus] = {}
    ends = time.monotonic() + patience
    while wanted - final.keys() and time.monotonic() < ends:
        for receipt in gateway.poll_receipts(1.0):
            if receipt.is_final:
                final[receipt.provider_id] = receipt.status
        gateway.confirm_receipts()
    promised(wanted <= final.keys(), "a receipt comes for every part")
    promised({final[one] for one in wanted} == {"delivered"}, "all parts are delivered")

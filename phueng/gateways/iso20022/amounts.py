"""How is money in a bank's XML read into satang without a float, and refused when it is not baht?"""

from __future__ import annotations

import re

from phueng.gateways.faults import FileFault
from phueng.gateways.iso20022.safe_xml import Node, node_fault

_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,5}))?", re.ASCII)


def satang_of(node: Node) -> int | FileFault:
    """Satang; a fault for another currency, a sign, other figures or a fraction of a satang."""
    if node.attributes.get("Ccy") != "THB":
        said = node.attributes.get("Ccy", "")
        return node_fault(node, "THB", f"สกุลเงิน {said} ไม่ใช่บาท", f"the currency is {said or 'missing'}, not THB.")
    found = _AMOUNT.fullmatch(node.text.strip())
    part = (found[2] or "").rstrip("0") if found else ""
    if found is None or len(part) > 2:
        return node_fault(
            node,
            "0.00",
            "จำนวนเงินต้องเป็นเลขอารบิก ทศนิยมไม่เกิน 2 ตำแหน่ง",
            "an amount has digits 0-9 and at most two decimals.",
        )
    return int(found[1]) * 100 + int(part.ljust(2, "0"))

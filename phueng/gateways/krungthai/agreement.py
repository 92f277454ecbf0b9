"""Do the records of a file agree with each other: totals, counts, numbers, banks, references?"""

from __future__ import annotations

from phueng.gateways.faults import FileFault, whole_file_fault
from phueng.gateways.krungthai.contract import Product
from phueng.gateways.krungthai.layout import Field, Layout
from phueng.gateways.krungthai.writer import Value


def compare_records(
    layout: Layout, header: dict[str, Value], details: list[dict[str, Value]], faults: list[FileFault]
) -> None:
    total = sum(int(str(detail["amount_satang"])) for detail in details)
    _same(layout.header, "count", int(str(header["count"])), len(details), 1, faults)
    _same(layout.header, "total_satang", int(str(header["total_satang"])), total, 1, faults)
    if not details:
        faults.append(whole_file_fault("แฟ้มไม่มีรายการจ่าย", "The file holds no payment.", field="count"))
        return
    product = product_of(layout, details, faults)
    seen: dict[str, int] = {}
    for number, detail in enumerate(details, start=1):
        line = number + 1
        for source in ("effective_on", "batch_no"):
            if source in header and source in detail:
                _same(layout.detail, source, detail[source], header[source], line, faults)
        for source in ("sending_account", "sending_branch", "service_type", "sender_name"):
            _same(layout.detail, source, detail.get(source), details[0].get(source), line, faults)
        _same(layout.detail, "running_no", int(str(detail["running_no"])), number, line, faults)
        _compare_payment(layout, product, detail, line, faults)
        reference = str(detail["reference"])
        if reference in seen:
            _fault(
                layout.detail,
                "reference",
                reference,
                "ไม่ซ้ำ",
                line,
                faults,
                f"เลขอ้างอิงซ้ำกับบรรทัดที่ {seen[reference]}",
                f"the same reference as line {seen[reference]}.",
            )
        seen.setdefault(reference, line)


def _compare_payment(
    layout: Layout, product: Product | None, detail: dict[str, Value], line: int, faults: list[FileFault]
) -> None:
    if int(str(detail["amount_satang"])) == 0:
        _fault(layout.detail, "amount_satang", "0", ">0", line, faults, "จำนวนเงินเป็นศูนย์", "the amount is zero.")
    if int(str(detail["account"])) == 0:
        _fault(layout.detail, "account", "0", ">0", line, faults, "ไม่มีเลขบัญชี", "there is no account number.")
    for source, th, en in (
        ("reference", "ไม่มีเลขอ้างอิง", "there is no reference."),
        ("name", "ไม่มีชื่อ", "there is no name."),
    ):
        if not detail[source]:
            _fault(layout.detail, source, "", "text", line, faults, th, en)
    if not str(detail["reference"]).isascii():
        _fault(
            layout.detail,
            "reference",
            str(detail["reference"]),
            "ASCII",
            line,
            faults,
            "เลขอ้างอิงต้องเป็นอักษรละตินหรือเลขอารบิก",
            "a reference has Latin letters and digits only.",
        )
    if product is not None and str(detail.get("service_type")) not in layout.products[product].service_types:
        _fault(
            layout.detail,
            "service_type",
            str(detail.get("service_type")),
            product,
            line,
            faults,
            f"บริการ {product} ไม่มีประเภทนี้",
            f"product {product} has no such service type.",
        )


def product_of(layout: Layout, details: list[dict[str, Value]], faults: list[FileFault]) -> Product | None:
    """The one product whose rule takes every payee's bank; a mixed file belongs to none."""
    for product, rule in layout.products.items():
        if all(rule.takes_bank(str(detail["bank_code"])) for detail in details):
            return product
    faults.append(
        whole_file_fault(
            "แฟ้มมีทั้งผู้รับธนาคารกรุงไทยและธนาคารอื่น",
            "The file mixes payees of Krungthai and of other banks.",
            field="bank_code",
        )
    )
    return None


def _same(
    fields: tuple[Field, ...],
    source: str,
    found: object,
    expected: object,
    line: int,
    faults: list[FileFault],
) -> None:
    if found != expected:
        _fault(
            fields,
            source,
            str(found),
            str(expected),
            line,
            faults,
            f"พบ {found} แต่ควรเป็น {expected}",
            f"found {found}, expected {expected}.",
        )


def _fault(
    fields: tuple[Field, ...],
    source: str,
    found: str,
    expected: str,
    line: int,
    faults: list[FileFault],
    th: str,
    en: str,
) -> None:
    one = next(candidate for candidate in fields if candidate.source == source)
    faults.append(
        FileFault(
            line,
            one.start,
            one.end,
            one.name,
            found,
            expected,
            f"บรรทัดที่ {line} ช่อง{one.th}: {th}",
            f"Line {line}, {one.en}: {en}",
        )
    )

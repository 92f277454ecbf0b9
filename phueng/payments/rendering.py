"""How do the lines of a run become records of a file, several thousand at a time and always the same bytes?

One renderer for each kind of file. It knows nothing of the whole file but what the header says, so that a million lines
are written without holding them; count and sum go into the opening when they are known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Protocol, cast

from django.conf import settings

from phueng.gateways.comptroller.contract import ListLine, MonthlyList
from phueng.gateways.comptroller.layout import load_layout as load_list_layout
from phueng.gateways.comptroller.writer import write_list
from phueng.gateways.iso20022.contract import MessageChoices, MessageHead
from phueng.gateways.iso20022.writer import CLOSING, render_opening, render_transfers
from phueng.gateways.krungthai.batches import render_details, render_header
from phueng.gateways.krungthai.contract import FileHead, Product
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.tables import write_table
from phueng.kernel.bank_accounts import KRUNGTHAI
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.answers import LIST_LAYOUT
from phueng.payments.gathering import IN_HAND, PROMPTPAY
from phueng.payments.models import Line, Run

Header = Mapping[str, Any]
# What a way pays with: the first product takes the lines that the second does not.
PRODUCTS = {
    "krungthai": ("direct", "standard"),
    "iso20022": ("credit_transfer",),
    "comptroller": ("certified_list",),
    "counter": ("payment_sheet",),
}
# These name who certified, which is known only when the run has its approvals; their records are written then.
WRITTEN_LATE = ("comptroller", "counter")
SHEET_HEADINGS = ("ลำดับที่", "เลขอ้างอิง", "ชื่อ-สกุล", "จำนวนเงิน")


class Renderer(Protocol):
    """Writes one file of a run. Everything may be asked again and gives the same bytes."""

    def opening(self, count: int, total_satang: int) -> bytes:
        """What stands before the records."""

    def records(self, lines: Sequence[Line], first: int) -> bytes:
        """The records of these lines; the first of them is number `first` of the file. Raises FileRefused."""

    def closing(self) -> bytes:
        """What stands behind the records."""


@dataclass(frozen=True)
class Place:
    """Which file of its run a record belongs into."""

    product: str
    part: int


def product_of(pay_route: str, bank_code: str) -> str:
    """Which product pays a line of this bank on this way."""
    first, *others = PRODUCTS[pay_route]
    return others[0] if others and bank_code != KRUNGTHAI else first


def header_of(run: Run) -> dict[str, Any]:
    """What the files of a run written now say about us: taken once and kept, because settings change."""
    if run.pay_route == "krungthai":
        return dict(settings.PHUENG_KRUNGTHAI_FILE)
    if run.pay_route == "iso20022":
        return dict(settings.PHUENG_ISO20022_FILE) | {
            "created_at": in_bangkok(run.prepared_at).isoformat(timespec="seconds")
        }
    first = run.lines.select_related("due").order_by("number").first()
    month = first.due.month if first is not None else None
    last = run.approvals.select_related("approved_by").order_by("nth").last() if run.frozen_at else None
    return {
        "layout": LIST_LAYOUT if run.pay_route == "comptroller" else "payment-sheet-1",
        "authority_code": run.office.code,
        "authority_name": run.office.name_th,
        "month": str(month or run.effective_on.replace(day=1)),
        "certified_by": last.approved_by.display_name_th if last else "",
        "certified_on": str(in_bangkok(run.checked_at or run.prepared_at).date()),
    }


def most_lines(header: Header) -> int | None:
    """How many lines one file holds, or None when there is always one file."""
    return int(header["most_lines"]) if "most_lines" in header else None


def renderer_of(run: Run, header: Header, place: Place) -> Renderer:
    """The renderer of one file."""
    if run.pay_route == "krungthai":
        return Krungthai(run, header, place)
    if run.pay_route == "iso20022":
        return CreditTransfer(run, header, place)
    return CertifiedList(run, header) if run.pay_route == "comptroller" else PaymentSheet()


def name_of(run: Run, place: Place) -> str:
    """Under which name a file goes out; never used again, because run numbers are not."""
    if run.pay_route == "krungthai":
        return f"KTB-{run.number}-{place.product}-{place.part}.txt"
    if run.pay_route == "iso20022":
        return f"PAIN-{run.number}-{place.part}.xml"
    return f"CGD-{run.number}.csv" if run.pay_route == "comptroller" else f"SHEET-{run.number}.csv"


class Krungthai:
    """iPay Direct and Standard: a header record, then one record a line."""

    def __init__(self, run: Run, header: Header, place: Place) -> None:
        self.layout = load_layout(str(header["layout"]), header.get("options"))
        self.head = FileHead(
            product=cast(Product, place.product),
            company_id=str(header["company_id"]),
            sending_account=str(header["sending_account"]),
            sending_branch=str(header["sending_branch"]),
            sender_name=str(header["sender_name"]),
            effective_on=run.effective_on,
            batch_no=place.part,
            service_type=str(header[f"service_{place.product}"]),
        )

    def opening(self, count: int, total_satang: int) -> bytes:
        return render_header(self.layout, self.head, count, total_satang)

    def records(self, lines: Sequence[Line], first: int) -> bytes:
        rows = [
            (one.reference, one.bank_code, one.branch, one.account, one.payee_name, one.amount_satang, None, None)
            for one in lines
        ]
        return render_details(self.layout, self.head, rows, first_running_no=first).content

    def closing(self) -> bytes:
        return b""


class CreditTransfer:
    """pain.001 for any bank: accounts, and PromptPay by national ID."""

    def __init__(self, run: Run, header: Header, place: Place) -> None:
        self.head = MessageHead(
            message_id=f"{run.number}-{place.part}",
            part_id=f"{run.number}-{place.part}",
            created_at=datetime.fromisoformat(str(header["created_at"])),
            execute_on=run.effective_on,
            initiator_name=str(header["initiator_name"]),
            initiator_id=str(header["initiator_id"]),
            debtor_name=str(header["debtor_name"]),
            debtor_account=str(header["debtor_account"]),
            debtor_bank=str(header["debtor_bank"]),
            choices=MessageChoices.from_mapping(dict(header.get("choices", {}))),
        )

    def opening(self, count: int, total_satang: int) -> bytes:
        return render_opening(self.head, count, total_satang)

    def records(self, lines: Sequence[Line], first: int) -> bytes:
        rows = [
            (one.reference, "", "", one.account, one.payee_name, one.amount_satang)
            if one.bank_code == PROMPTPAY
            else (one.reference, one.bank_code, one.account, "", one.payee_name, one.amount_satang)
            for one in lines
        ]
        return render_transfers(self.head, rows).content

    def closing(self) -> bytes:
        return CLOSING


class CertifiedList:
    """The list that a municipality certifies to the Comptroller General."""

    def __init__(self, run: Run, header: Header) -> None:
        self.layout = load_list_layout(str(header["layout"]))
        self.head: dict[str, Any] = {
            "authority_code": str(header["authority_code"]),
            "authority_name": str(header["authority_name"]),
            "scheme_code": run.scheme_code,
            "month": date.fromisoformat(str(header["month"])),
            "certified_by": str(header["certified_by"]),
            "certified_on": date.fromisoformat(str(header["certified_on"])),
        }

    def opening(self, count: int, total_satang: int) -> bytes:
        layout = self.layout
        return write_table(
            list(layout.list_headings.values()), [], encoding=layout.encoding, delimiter=layout.delimiter,
            with_mark=layout.with_mark, line_end=layout.line_end,
        )  # fmt: skip

    def records(self, lines: Sequence[Line], first: int) -> bytes:
        listed = MonthlyList(**self.head, lines=tuple(_listed(line) for line in lines))
        return write_list(self.layout, listed, first_sequence=first).content.removeprefix(self.opening(0, 0))

    def closing(self) -> bytes:
        return b""


class PaymentSheet:
    """The sheet that the payers at the counter work through."""

    def opening(self, count: int, total_satang: int) -> bytes:
        return write_table(SHEET_HEADINGS, [], with_mark=True)

    def records(self, lines: Sequence[Line], first: int) -> bytes:
        rows = [
            (
                str(number),
                line.reference,
                line.payee_name,
                f"{line.amount_satang // 100}.{line.amount_satang % 100:02d}",
            )
            for number, line in enumerate(lines, start=first)
        ]
        return write_table(SHEET_HEADINGS, rows, with_mark=True).removeprefix(self.opening(0, 0))

    def closing(self) -> bytes:
        return b""


def by_product(pay_route: str, lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Lines by the product that pays them, in their order."""
    found: dict[str, list[Line]] = {product: [] for product in PRODUCTS[pay_route]}
    for bank_code, some in groupby(lines, key=lambda line: line.bank_code):
        found[product_of(pay_route, bank_code)] += some
    return found


def _listed(line: Line) -> ListLine:
    by_promptpay = line.bank_code == PROMPTPAY
    return ListLine(
        reference=line.reference,
        national_id=line.national_id or "",
        full_name=line.payee_name,
        route="promptpay" if by_promptpay else "account",
        bank_code="" if by_promptpay else line.bank_code,
        account="" if by_promptpay or line.bank_code == IN_HAND else line.account,
        amount_satang=line.amount_satang,
    )

"""Which files does a released run become, byte for byte the same each time they are derived?

What a file says about us (account, sender, who certified) is taken from the settings once, at release, and kept with
the file: settings change, a file that was sent does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from phueng.gateways.comptroller.contract import ListLine, MonthlyList
from phueng.gateways.comptroller.layout import load_layout as load_list_layout
from phueng.gateways.comptroller.writer import write_list
from phueng.gateways.krungthai.contract import FileIntent, PaymentLine, Product
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.writer import write_file
from phueng.kernel.bank_accounts import KRUNGTHAI
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.answers import LIST_LAYOUT
from phueng.payments.gathering import PROMPTPAY
from phueng.payments.models import BankFile, Line, Run
from phueng.payments.signing import is_ours


@dataclass(frozen=True)
class RunFile:
    """One file of a run, ready to be stored as intent."""

    product: str
    part: int
    name: str
    layout_version: str
    content: bytes
    sha256: str
    count: int
    total_satang: int
    references: tuple[str, ...]


def header_of(run: Run) -> dict[str, Any]:
    """What the files of a run released now say about us."""
    if run.pay_route == "krungthai":
        return dict(settings.PHUENG_KRUNGTHAI_FILE)
    first = run.lines.select_related("due").order_by("number")[0]
    return {
        "layout": LIST_LAYOUT,
        "authority_code": run.office.code,
        "authority_name": run.office.name_th,
        "month": str(first.due.month or run.effective_on.replace(day=1)),
        "certified_by": run.released_by.display_name_th if run.released_by else "",
        "certified_on": str(in_bangkok(run.released_at or run.prepared_at).date()),
    }


def files_of(run: Run, header: Mapping[str, Any]) -> list[RunFile]:
    """Write every file of the run from its frozen lines. Raises FileRefused when a line does not fit the layout."""
    lines = list(run.lines.order_by("number"))
    if run.pay_route == "comptroller":
        return [_certified_list(run, header, lines)]
    return list(_bank_files(run, header, lines))


def is_as_intended(file: BankFile) -> bool:
    """Whether the stored bytes are signed by us and are exactly what the frozen lines give when derived again."""
    content = bytes(file.content)
    derived = {written.name: written.content for written in files_of(file.run, file.header or header_of(file.run))}
    return derived.get(file.name) == content and is_ours(content, file.signature)


def references_in(file: BankFile) -> tuple[str, ...]:
    """The lines that belong into this file, by our references; the stored bytes are not asked."""
    written = files_of(file.run, file.header or header_of(file.run))
    return next((one.references for one in written if one.name == file.name), ())


def _bank_files(run: Run, header: Mapping[str, Any], lines: Sequence[Line]) -> Iterator[RunFile]:
    most = int(header["most_lines"])
    products: tuple[Product, ...] = ("direct", "standard")
    for product in products:
        chosen = [line for line in lines if (line.bank_code == KRUNGTHAI) == (product == "direct")]
        for part, start in enumerate(range(0, len(chosen), most), start=1):
            yield _bank_file(run, header, product, part, chosen[start : start + most])


def _bank_file(run: Run, header: Mapping[str, Any], product: Product, part: int, lines: Sequence[Line]) -> RunFile:
    intent = FileIntent(
        product=product,
        company_id=str(header["company_id"]),
        sending_account=str(header["sending_account"]),
        sending_branch=str(header["sending_branch"]),
        sender_name=str(header["sender_name"]),
        effective_on=run.effective_on,
        batch_no=part,
        service_type=str(header[f"service_{product}"]),
        lines=tuple(
            PaymentLine(line.reference, line.bank_code, line.branch, line.account, line.payee_name, line.amount_satang)
            for line in lines
        ),
    )
    written = write_file(load_layout(str(header["layout"])), intent)
    return RunFile(
        product=product,
        part=part,
        name=f"KTB-{run.number}-{product}-{part}.txt",
        layout_version=str(header["layout"]),
        content=written.content,
        sha256=written.sha256,
        count=written.count,
        total_satang=written.total_satang,
        references=tuple(line.reference for line in lines),
    )


def _certified_list(run: Run, header: Mapping[str, Any], lines: Sequence[Line]) -> RunFile:
    monthly = MonthlyList(
        authority_code=str(header["authority_code"]),
        authority_name=str(header["authority_name"]),
        scheme_code=run.scheme_code.replace("_", "-"),  # the list takes no underscore
        month=date.fromisoformat(str(header["month"])),
        certified_by=str(header["certified_by"]),
        certified_on=date.fromisoformat(str(header["certified_on"])),
        lines=tuple(_listed(line) for line in lines),
    )
    written = write_list(load_list_layout(str(header["layout"])), monthly)
    return RunFile(
        product="certified_list",
        part=1,
        name=f"CGD-{run.number}.csv",
        layout_version=str(header["layout"]),
        content=written.content,
        sha256=written.sha256,
        count=written.count,
        total_satang=written.total_satang,
        references=tuple(line.reference for line in lines),
    )


def _listed(line: Line) -> ListLine:
    by_promptpay = line.bank_code == PROMPTPAY
    return ListLine(
        reference=line.reference,
        national_id=line.national_id or "",
        full_name=line.payee_name,
        route="promptpay" if by_promptpay else "account",
        bank_code="" if by_promptpay else line.bank_code,
        account="" if by_promptpay else line.account,
        amount_satang=line.amount_satang,
    )

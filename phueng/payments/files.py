"""Which files does a released run become, byte for byte the same each time they are derived?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from phueng.gateways.comptroller.contract import ListLine, MonthlyList
from phueng.gateways.comptroller.layout import load_layout as load_list_layout
from phueng.gateways.comptroller.writer import write_list
from phueng.gateways.krungthai.contract import FileIntent, PaymentLine, Product
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.writer import write_file
from phueng.kernel.bank_accounts import KRUNGTHAI
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.gathering import PROMPTPAY
from phueng.payments.models import Line, Run
from phueng.registry.queries import national_ids_of

LIST_LAYOUT = "monthly-list-2566"


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


def files_of(run: Run) -> list[RunFile]:
    """Write every file of the run from its frozen lines. Raises FileRefused when a line does not fit the layout."""
    lines = list(run.lines.order_by("number"))
    return list(_bank_files(run, lines) if run.pay_route == "krungthai" else _certified_list(run, lines))


def _bank_files(run: Run, lines: Sequence[Line]) -> Iterator[RunFile]:
    most = int(settings.PHUENG_KRUNGTHAI_FILE["most_lines"])
    at_krungthai = [line for line in lines if line.bank_code == KRUNGTHAI]
    elsewhere = [line for line in lines if line.bank_code != KRUNGTHAI]
    for product, chosen in (("direct", at_krungthai), ("standard", elsewhere)):
        for part, start in enumerate(range(0, len(chosen), most), start=1):
            yield _bank_file(run, "direct" if product == "direct" else "standard", part, chosen[start : start + most])


def _bank_file(run: Run, product: Product, part: int, lines: Sequence[Line]) -> RunFile:
    ours = settings.PHUENG_KRUNGTHAI_FILE
    layout = load_layout(str(ours["layout"]))
    written = write_file(
        layout,
        FileIntent(
            product=product,
            company_id=str(ours["company_id"]),
            sending_account=str(ours["sending_account"]),
            sending_branch=str(ours["sending_branch"]),
            sender_name=str(ours["sender_name"]),
            effective_on=run.effective_on,
            batch_no=part,
            service_type=str(ours[f"service_{product}"]),
            lines=tuple(
                PaymentLine(
                    line.reference, line.bank_code, line.branch, line.account, line.payee_name, line.amount_satang
                )
                for line in lines
            ),
        ),
    )
    name = f"KTB-{run.number}-{product}-{part}.txt"
    return RunFile(
        product, part, name, str(ours["layout"]), written.content, written.sha256, written.count, written.total_satang
    )


def _certified_list(run: Run, lines: Sequence[Line]) -> Iterator[RunFile]:
    numbers = national_ids_of({line.person_id for line in lines})
    listed = tuple(
        ListLine(
            reference=line.reference,
            national_id=numbers.get(line.person_id, ""),
            full_name=line.payee_name,
            route="promptpay" if line.bank_code == PROMPTPAY else "account",
            bank_code="" if line.bank_code == PROMPTPAY else line.bank_code,
            account="" if line.bank_code == PROMPTPAY else line.account,
            amount_satang=line.amount_satang,
        )
        for line in lines
    )
    released_on = in_bangkok(run.released_at or run.prepared_at).date()
    monthly = MonthlyList(
        authority_code=run.office.code,
        authority_name=run.office.name_th,
        scheme_code=run.scheme_code,
        month=run.effective_on.replace(day=1),
        certified_by=run.released_by.display_name_th if run.released_by else "",
        certified_on=released_on,
        lines=listed,
    )
    written = write_list(load_list_layout(LIST_LAYOUT), monthly)
    name = f"CGD-{run.number}.csv"
    yield RunFile(
        "certified_list", 1, name, LIST_LAYOUT, written.content, written.sha256, written.count, written.total_satang
    )

"""Is the order exact, valid, and the same whether written quickly or patiently?"""

from __future__ import annotations

import random
import tracemalloc
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from phueng.gateways.iso20022.contract import FileRefused, MessageChoices, TotalsDiffer, TransferRow
from phueng.gateways.iso20022.reader import read_message
from phueng.gateways.iso20022.reference import write_reference
from phueng.gateways.iso20022.schema import schema_faults
from phueng.gateways.iso20022.tests.orders import account_row, chance_rows, head, promptpay_row, written
from phueng.gateways.iso20022.writer import baht, render_transfers, write_message

CHOICES = (
    MessageChoices(),
    MessageChoices(
        bank_by="bic", proxy_type_is="proprietary", proxy_type="NationalId", local_instrument="PROMPTPAY-BULK"
    ),
    MessageChoices(charge_bearer="", category_purpose="", service_level="NURG", batch_booking=False),
)


@pytest.mark.parametrize("choices", CHOICES)
def test_ten_thousand_chance_rows_give_the_patient_writers_bytes(choices: MessageChoices) -> None:
    chance = random.Random(repr(choices))
    rows, order = chance_rows(chance, 3400), head(choices=choices)
    quick = written(rows, order, batch=chance.randint(1, 3400))
    assert quick == write_reference(order, rows)
    assert any(len(row[4]) > 140 for row in rows)
    assert schema_faults(quick) == ()


@given(st.lists(st.integers(1, 10**14), min_size=1, max_size=30))
def test_control_sums_are_exact_to_the_satang(amounts: list[int]) -> None:
    rows = [account_row(n, amount_satang=amount) for n, amount in enumerate(amounts, start=1)]
    document = etree.fromstring(written(rows))
    said = [Decimal(one.text) for one in document.iter("{*}InstdAmt")]
    assert [int(one * 100) for one in said] == amounts
    assert {one.text for one in document.iter("{*}CtrlSum")} == {f"{sum(said):.2f}"}


def test_promptpay_names_the_person_and_no_bank() -> None:
    transfer = etree.fromstring(written([promptpay_row(7)])).find(".//{*}CdtTrfTxInf")
    assert transfer.find("{*}CdtrAgt") is None
    assert transfer.findtext("{*}CdtrAcct/{*}Prxy/{*}Id") == promptpay_row(7)[3]
    assert transfer.findtext("{*}CdtrAcct/{*}Prxy/{*}Tp/{*}Cd") == "NIDN"
    assert transfer.findtext("{*}CdtrAcct/{*}Id/{*}Othr/{*}Id") == "NOTPROVIDED"


def test_one_transfer_is_one_line() -> None:
    lines = written([account_row(1), promptpay_row(2), account_row(3)]).decode().splitlines()
    assert [n for n, line in enumerate(lines, start=1) if line.startswith("<CdtTrfTxInf>")] == [4, 5, 6]


@pytest.mark.parametrize(
    "row",
    [
        account_row(reference="ไทย"),
        account_row(reference="A\nB"),
        account_row(reference="X" * 19),
        account_row(bank_code="999"),
        account_row(bank_code="065"),
        account_row(bank_code=""),
        account_row(account="๑๒๓๔๕"),
        account_row(account="0000000000"),
        account_row(account="1234"),
        account_row(account="12345\n67890"),
        account_row(national_id="9000000000017"),
        account_row(amount_satang=0),
        account_row(amount_satang=True),
        account_row(amount_satang=1.5),
        account_row(amount_satang=10**14 + 1),
        account_row(name=""),
        account_row(name="สม\x00ชาย"),
        account_row(name="สม\u200bชาย"),
        account_row(name=" ส"),
        promptpay_row(national_id="9000000000000"),
        promptpay_row(national_id="๙000000000000"),
        promptpay_row(bank_code="004"),
        promptpay_row(account="1234567890"),
    ],
)
def test_a_doubtful_transfer_is_refused_by_both_writers_alike(row: TransferRow) -> None:
    with pytest.raises(FileRefused) as quick:
        render_transfers(head(), [account_row(8), row, promptpay_row(9)])
    with pytest.raises(FileRefused) as patient:
        write_reference(head(), [account_row(8), row, promptpay_row(9)])
    assert quick.value.refusals == patient.value.refusals
    assert {one.reference for one in quick.value.refusals} == {row[0]}


@pytest.mark.parametrize(
    "changed",
    [
        {"message_id": ""},
        {"message_id": "M" * 36},
        {"part_id": "ก"},
        {"created_at": datetime(2026, 11, 22)},
        {"execute_on": date(2569, 11, 25)},
        {"debtor_bank": "065"},
        {"debtor_account": "x"},
        {"debtor_name": ""},
        {"initiator_id": "a b"},
        {"choices": MessageChoices(clearing_system="<x>")},
        {"choices": MessageChoices(proxy_type="NATIONALID")},
        {"choices": MessageChoices(charge_bearer="XXXX")},
    ],
)
def test_a_doubtful_head_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(FileRefused):
        written([account_row()], head(**changed))


def test_a_long_name_is_cut_between_characters_with_a_warning() -> None:
    long_name = "ก" * 138 + "น้ำใจ"
    rendered = render_transfers(head(), [account_row(name=long_name)])
    assert f"<Nm>{'ก' * 138}</Nm>" in rendered.content.decode()
    assert [(one.reference, one.field) for one in rendered.warnings] == [("FG69-00000001", "name")]


def test_a_promise_that_is_not_kept_leaves_the_file_without_its_end() -> None:
    rows = [account_row(1), account_row(2)]
    for count, total in ((3, 600_000), (2, 600_001)):
        pieces: list[bytes] = []
        with pytest.raises(TotalsDiffer):
            pieces += write_message(head(), [rows], count=count, total_satang=total)
        assert b"</Document>" not in b"".join(pieces)


def test_an_unknown_choice_is_an_error() -> None:
    assert MessageChoices.from_mapping({"bank_by": "bic"}).bank_by == "bic"
    with pytest.raises(ValueError, match="shoe_size"):
        MessageChoices.from_mapping({"shoe_size": 42})


def test_memory_does_not_grow_with_the_file() -> None:
    """60,000 transfers are 24 MB of file; what is held at once is a batch."""
    count = 60_000

    def batches() -> object:
        for start in range(0, count, 1_000):
            yield [account_row(n, reference=f"R{n:08d}") for n in range(start, start + 1_000)]

    tracemalloc.start()
    size = sum(len(piece) for piece in write_message(head(), batches(), count=count, total_satang=300_000 * count))  # type: ignore[arg-type]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 20_000_000
    assert most < 6_000_000


@pytest.mark.parametrize(
    ("satang", "said"), [(1, "0.01"), (100, "1.00"), (123456, "1234.56"), (10**16, "100000000000000.00")]
)
def test_satang_as_baht(satang: int, said: str) -> None:
    assert baht(satang) == said


def test_what_was_written_is_what_is_read() -> None:
    rows = chance_rows(random.Random(7), 300, plain=True)
    message = read_message(written(rows))
    assert message.head == head()
    assert [one.row[:4] + one.row[5:] for one in message.transfers] == [row[:4] + row[5:] for row in rows]
    assert (message.count, message.total_satang) == (300, sum(row[5] for row in rows))

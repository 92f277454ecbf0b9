"""Are the quick bytes the careful writer's bytes, and is everything it refuses refused here too?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from phueng.gateways.krungthai.batches import render_details, render_header, row_of
from phueng.gateways.krungthai.contract import FileIntent, FileRefused, PaymentLine
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.reader import read_file
from phueng.gateways.krungthai.tests.runs import intent, line
from phueng.gateways.krungthai.writer import write_file

PIECES = ("น้ำ", "ใจ", "บุญ", "มี", "ผู้", "เก่ง", "ศรี", " ก", "A.", "100%", "ฤๅ", "ญฺ")
OPTIONS: tuple[dict[str, str], ...] = (
    {},
    {"mobile": "left", "detail_batch_no": "running"},
    {"mobile": "blank", "receiving_branch": "spaces_right", "detail_batch_no": "one"},
)


def chance_lines(chance: random.Random, count: int, product: str) -> tuple[PaymentLine, ...]:
    banks = ["006"] if product == "direct" else ["002", "004", "014", "030", "034"]
    return tuple(
        PaymentLine(
            reference=f"R{number:06d}/{chance.randrange(10**9)}",
            bank_code=chance.choice(banks),
            branch=chance.choice(["", "7", "0040", "1234"]),
            account=str(chance.randrange(1, 10 ** chance.randint(1, 11))),
            name="".join(chance.choices(PIECES, k=chance.randint(1, 45))).strip(),
            amount_satang=chance.randrange(1, 10 ** chance.randint(1, 15)),
            mobile=chance.choice([None, "", "0812345678"]),
            email=chance.choice([None, "", "a.b@c.go.th"]),
        )
        for number in range(1, count + 1)
    )


def in_batches(meant: FileIntent, options: dict[str, str], sizes: random.Random) -> tuple[bytes, list[str]]:
    layout = load_layout(options=options)
    chunks, at, total, warned = [], 0, 0, []
    while at < len(meant.lines):
        some = meant.lines[at : at + sizes.randint(1, 3000)]
        rendered = render_details(layout, meant.head, map(row_of, some), first_running_no=at + 1)
        chunks.append(rendered.content)
        at, total = at + rendered.count, total + rendered.total_satang
        warned += [one.reference for one in rendered.warnings if one.field == "name"]
    return render_header(layout, meant.head, at, total) + b"".join(chunks), warned


@pytest.mark.parametrize("product", ["direct", "standard"])
@pytest.mark.parametrize("options", OPTIONS)
def test_ten_thousand_chance_rows_give_the_careful_writers_bytes(product: str, options: dict[str, str]) -> None:
    chance = random.Random(f"{product}{options}")
    meant = intent(
        *chance_lines(chance, 1700, product), product=product, service_type="14" if product == "direct" else "04"
    )
    careful = write_file(load_layout(options=options), meant)
    quick, warned = in_batches(meant, options, chance)
    assert quick == careful.content
    assert warned == [one.reference for one in careful.warnings if one.field == "name"]
    assert any(len(one.name) > 100 for one in meant.lines)
    assert read_file(load_layout(options=options), quick).count == 1700


@pytest.mark.parametrize(
    "changed",
    [
        {"reference": "มี ไทย"},
        {"reference": "A\nB"},
        {"reference": "X" * 19},
        {"reference": ""},
        {"bank_code": "002"},
        {"bank_code": "๐๐๖"},
        {"branch": "12345"},
        {"branch": "1\n"},
        {"account": "๑๒๓"},
        {"account": "000"},
        {"account": "1\n2"},
        {"account": ""},
        {"account": "123456789012"},
        {"amount_satang": 0},
        {"amount_satang": -5},
        {"amount_satang": True},
        {"amount_satang": 100.0},
        {"amount_satang": 10**17},
        {"name": "สมชาย 😀"},
        {"name": " สมชาย"},
        {"name": "สม\r\nชาย"},
        {"name": "สม\u200bชาย"},
        {"name": ""},
        {"mobile": "12"},
        {"email": "ไม่มี"},
    ],
)
def test_what_the_careful_writer_refuses_is_refused_with_the_same_words(changed: dict[str, object]) -> None:
    layout, spoilt = load_layout(), line(2, **changed)
    with pytest.raises(FileRefused) as careful:
        write_file(layout, intent(line(1), spoilt, line(3)))
    with pytest.raises(FileRefused) as quick:
        render_details(layout, intent().head, [row_of(line(1)), row_of(spoilt), row_of(line(3))])
    assert quick.value.refusals == careful.value.refusals


def test_the_same_reference_twice_in_a_batch_is_refused() -> None:
    with pytest.raises(FileRefused):
        render_details(load_layout(), intent().head, [row_of(line(1)), row_of(line(1))])


def test_a_doubtful_head_and_a_running_number_of_seven_digits_are_refused() -> None:
    layout = load_layout()
    for head in (
        replace(intent().head, effective_on=date(2569, 11, 25)),
        replace(intent().head, sender_name="ศูนย์ 😀"),
        replace(intent().head, service_type="99"),
    ):
        with pytest.raises(FileRefused):
            render_header(layout, head, 1, 100)
        with pytest.raises(FileRefused):
            render_details(layout, head, [row_of(line(1))])
    render_details(layout, intent().head, [row_of(line(1))], first_running_no=999_999)
    with pytest.raises(FileRefused):
        render_details(layout, intent().head, [row_of(line(1))], first_running_no=1_000_000)


def test_no_rows_are_no_bytes() -> None:
    assert render_details(load_layout(), intent().head, []).content == b""

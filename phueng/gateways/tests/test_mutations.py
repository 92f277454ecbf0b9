"""Is every spoilt file refused and every clean one accepted, a thousand times; and would a control total have done?"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from phueng.gateways.bankfiles import inspect
from phueng.gateways.intents import Intent, IntentLine, bank_file_lines, differences, intent_of
from phueng.gateways.iso20022.tests.orders import chance_rows, head, written
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.tests.runs import intent as run_intent
from phueng.gateways.krungthai.tests.test_batches import chance_lines
from phueng.gateways.krungthai.writer import write_file
from phueng.gateways.signatures import is_signed, signed_bytes
from phueng.gateways.tests.mutations import IPAY, KEEP_TOTALS, ORDER, Form, ways

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
LAYOUT = load_layout()


@dataclass(frozen=True)
class Sent:
    """A file as it was approved."""

    content: bytes
    signature: bytes
    intent: Intent


def sent(form: Form, chance: random.Random) -> Sent:
    """Any run of a few payments, of two baht and more each: a thief must be able to move something."""
    count = chance.randint(3, 9)
    if form is IPAY:
        product = chance.choice(["direct", "standard"])
        meant = run_intent(
            *(replace(line, amount_satang=line.amount_satang + 200) for line in chance_lines(chance, count, product)),
            product=product,
            service_type="14" if product == "direct" else "04",
            effective_on=date(2026, 1, 5) + timedelta(days=chance.randrange(700)),
            batch_no=chance.randint(1, 999),
        )
        content = write_file(LAYOUT, meant).content
        return Sent(content, KEY.sign(signed_bytes(content)), intent_of(content, bank_file_lines(meant)))
    rows = [(*row[:5], row[5] + 200) for row in chance_rows(chance, count, plain=True)]
    for number in (0, 1):  # at least two accounts to exchange
        rows[number] = (rows[number][0], "004", f"98765432{number}", "", rows[number][4], rows[number][5])
    content = written(rows, head(message_id=f"RUN-{chance.randrange(10**9)}"))
    lines = [IntentLine(*row) for row in rows]
    return Sent(content, KEY.sign(signed_bytes(content)), intent_of(content, lines))


def reader_refuses(content: bytes) -> bool:
    found = inspect(content, LAYOUT)
    return bool(found.faults) or not found.is_order


def signature_refuses(content: bytes, signature: bytes) -> bool:
    return not is_signed(content, signature, KEY.public_key())


def intent_refuses(content: bytes, intent: Intent) -> bool:
    found = inspect(content, LAYOUT)
    return bool(differences(content, found.lines, intent, found.columns))


def control_totals_refuse(content: bytes, form: Form, intent: Intent) -> bool:
    """What many offices do instead: count the lines, add up the amounts, compare with the slip of paper."""
    _, lines, _ = form.lines(content)
    amounts = [form.amount.search(line) for line in lines]
    total = sum(int(found[1].replace(b".", b"")) for found in amounts if found)
    return (len(lines), total) != (intent.count, intent.total_satang)


@pytest.mark.parametrize("form", [IPAY, ORDER], ids=lambda form: form.name)
def test_a_thousand_spoilt_files_are_refused(form: Form) -> None:
    chance = random.Random(f"spoilt {form.name}")
    all_ways = ways(form)
    tried: Counter[str] = Counter()
    let_through_by_reader: Counter[str] = Counter()
    before: Sent | None = None
    while tried.total() < 1_000:
        one = sent(form, chance)
        for name, spoil in all_ways.items():
            content = spoil(one.content, chance)
            if content == one.content:
                continue  # two equal amounts exchanged
            tried[name] += 1
            let_through_by_reader[name] += not reader_refuses(content)
            assert signature_refuses(content, one.signature), name
            assert intent_refuses(content, one.intent), name
        if before is not None:  # last month's file under this month's name, with last month's good signature
            tried["old file"] += 1
            assert not signature_refuses(before.content, before.signature)
            assert signature_refuses(before.content, one.signature)
            assert intent_refuses(before.content, one.intent)
        before = one
    assert min(tried[name] for name in all_ways) >= 50, tried
    # Accidents are seen without knowing what was meant; a thief's edits are not.
    for name in ("truncate", "line_ends", "re_encode", "append", "drop", "double"):
        assert let_through_by_reader[name] == 0, name
    for name in KEEP_TOTALS:
        assert let_through_by_reader[name] > 0, name


@pytest.mark.parametrize("form", [IPAY, ORDER], ids=lambda form: form.name)
def test_control_totals_alone_miss_every_compensating_edit(form: Form) -> None:
    """The twin that many offices have: were it enough, nothing above would be needed."""
    chance = random.Random(f"totals {form.name}")
    for _ in range(60):
        one = sent(form, chance)
        assert not control_totals_refuse(one.content, form, one.intent)
        for name in KEEP_TOTALS:
            content = ways(form)[name](one.content, chance)
            assert not control_totals_refuse(content, form, one.intent), name
        assert control_totals_refuse(ways(form)["drop"](one.content, chance), form, one.intent)


def accepted(form: Form, count: int) -> None:
    chance = random.Random(f"clean {form.name} {count}")
    for _ in range(count):
        one = sent(form, chance)
        found = inspect(one.content, LAYOUT)
        assert found.faults == ()
        assert found.is_order
        assert not signature_refuses(one.content, one.signature)
        assert differences(one.content, found.lines, one.intent, found.columns) == ()
        # read lines are the lines that were meant, not only the same fingerprint
        other = Intent("0" * 64, one.intent.count, one.intent.total_satang, one.intent.lines)
        assert [fault.field for fault in differences(one.content, found.lines, other, found.columns)] == ["sha256"]


@pytest.mark.parametrize("form", [IPAY, ORDER], ids=lambda form: form.name)
def test_a_thousand_clean_files_are_accepted(form: Form) -> None:
    accepted(form, 1_000)


@pytest.mark.long
@pytest.mark.parametrize("form", [IPAY, ORDER], ids=lambda form: form.name)
def test_ten_thousand_clean_files_are_accepted(form: Form) -> None:
    accepted(form, 10_000)

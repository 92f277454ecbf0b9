"""Does the reader understand what the writer meant, and refuse every byte that means something else?"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phueng.gateways.faults import FileUnreadable
from phueng.gateways.krungthai.contract import FileIntent
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.reader import ParsedFile, inspect_file, read_file
from phueng.gateways.krungthai.tests.runs import CENTRE, intent, line
from phueng.gateways.krungthai.verify import verify_against_intent
from phueng.gateways.krungthai.writer import write_file

LAYOUT = load_layout()
CLEAN = write_file(LAYOUT, intent())
HEADER, FIRST, SECOND, THIRD, _ = CLEAN.content.split(b"\r\n")
NAMES = st.lists(st.sampled_from(["น้ำ", "ใจ", "บุญ", "มี", "ผู้", "เก่ง", "ศรี", " ก", "A."]), min_size=1, max_size=60).map(
    lambda pieces: "".join(pieces).strip()
)


@st.composite
def intents(draw: st.DrawFn) -> FileIntent:
    product = draw(st.sampled_from(["direct", "standard"]))
    banks = ["006"] if product == "direct" else ["002", "004", "014", "030", "034"]
    lines = tuple(
        line(
            number,
            bank_code=draw(st.sampled_from(banks)),
            branch=draw(st.from_regex(r"[0-9]{0,4}", fullmatch=True)),
            account=draw(st.from_regex(r"[1-9][0-9]{5,10}", fullmatch=True)),
            name=draw(NAMES),
            amount_satang=draw(st.integers(1, 10**13)),
            mobile=draw(st.sampled_from([None, "0812345678"])),
            email=draw(st.sampled_from([None, "a.b@c.go.th"])),
        )
        for number in range(1, draw(st.integers(1, 4)) + 1)
    )
    return intent(
        *lines,
        product=product,
        service_type="14" if product == "direct" else "04",
        effective_on=draw(st.dates(date(2024, 1, 1), date(2099, 12, 31))),
        batch_no=draw(st.integers(1, 999_999)),
    )


@given(
    intents(),
    st.sampled_from(
        [
            {},
            {"mobile": "left"},
            {"mobile": "blank"},
            {"detail_batch_no": "running"},
            {"detail_batch_no": "one"},
            {"receiving_branch": "spaces_right"},
        ]
    ),
)
def test_what_was_written_is_what_is_read(meant: FileIntent, options: dict[str, str]) -> None:
    layout = load_layout(options=options)
    written = write_file(layout, meant)
    parsed = read_file(layout, written.content)
    assert (parsed.product, parsed.batch_no, parsed.effective_on) == (
        meant.product,
        meant.batch_no,
        meant.effective_on,
    )
    assert (parsed.count, parsed.total_satang, parsed.sha256) == (
        written.count,
        meant.total_satang,
        written.sha256,
    )
    assert (parsed.sender_name, parsed.company_id) == (CENTRE, "MSO0000123")
    for found, sent in zip(parsed.lines, meant.lines, strict=True):
        assert (found.reference, found.bank_code, found.amount_satang) == (
            sent.reference,
            sent.bank_code,
            sent.amount_satang,
        )
        assert found.account == sent.account.zfill(11)
        assert sent.name.startswith(found.name)
        assert found.name == sent.name or len(sent.name) > 100
    assert verify_against_intent(layout, written.content, meant, written.sha256) == ()


def join(*records: bytes) -> bytes:
    return b"".join(record + b"\r\n" for record in records)


def put(record: bytes, start: int, said: bytes) -> bytes:
    return record[: start - 1] + said + record[start - 1 + len(said) :]


DEVIATIONS: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "empty": (lambda: b"", "", 0),
    "LF for CRLF": (lambda: CLEAN.content.replace(b"\r\n", b"\n"), "line_end", 0),
    "one LF": (lambda: CLEAN.content.replace(b"\r\n", b"\n", 1), "line_end", 0),
    "UTF-8": (lambda: CLEAN.content.decode("tis_620").encode(), "encoding", 0),
    "UTF-8 with mark": (lambda: b"\xef\xbb\xbf" + CLEAN.content, "encoding", 0),
    "cut off": (lambda: CLEAN.content[:-100], "line_end", 0),
    "cut off at a line": (lambda: CLEAN.content[:-500], "count", 1),
    "no details": (lambda: join(put(put(HEADER, 13, b"0" * 7), 20, b"0" * 19)), "count", 0),
    "empty last line": (lambda: CLEAN.content + b"\r\n", "record", 5),
    "total": (lambda: join(put(HEADER, 38, b"1"), FIRST, SECOND, THIRD), "total_satang", 1),
    "count": (lambda: join(put(HEADER, 19, b"4"), FIRST, SECOND, THIRD), "count", 1),
    "reference twice": (lambda: join(HEADER, FIRST, SECOND, put(THIRD, 353, FIRST[352:370])), "reference", 4),
    "year of the Buddhist era": (
        lambda: join(HEADER, put(FIRST, 46, b"25112569"), SECOND, THIRD),
        "effective_on",
        2,
    ),
    "another day": (lambda: join(HEADER, put(FIRST, 46, b"26112026"), SECOND, THIRD), "effective_on", 2),
    "Thai digits": (
        lambda: join(HEADER, put(FIRST, 17, "๐๑๒".encode("tis_620")), SECOND, THIRD),
        "account",
        2,
    ),
    "letter in an amount": (lambda: join(HEADER, put(FIRST, 60, b"O"), SECOND, THIRD), "amount_satang", 2),
    "running number": (lambda: join(HEADER, FIRST, put(SECOND, 398, b"3"), THIRD), "running_no", 3),
    "lines exchanged": (lambda: join(HEADER, SECOND, FIRST, THIRD), "running_no", 2),
    "another bank": (lambda: join(HEADER, put(FIRST, 10, b"004"), SECOND, THIRD), "bank_code", 0),
    "service type": (lambda: join(HEADER, put(FIRST, 54, b"02"), SECOND, THIRD), "service_type", 3),
    "sending account": (lambda: join(HEADER, FIRST, put(SECOND, 45, b"8"), THIRD), "sending_account", 3),
    "status": (lambda: join(HEADER, put(FIRST, 399, b"10"), SECOND, THIRD), "status", 2),
    "filler": (lambda: join(put(HEADER, 498, b"x"), FIRST, SECOND, THIRD), "filler", 1),
    "tab in a name": (lambda: join(HEADER, put(FIRST, 95, b"\t"), SECOND, THIRD), "name", 2),
    "euro in a name": (lambda: join(HEADER, put(FIRST, 95, b"\x80"), SECOND, THIRD), "name", 2),
    "name moved right": (
        lambda: join(HEADER, put(FIRST, 93, b" " + FIRST[92:191]), SECOND, THIRD),
        "name",
        2,
    ),
    "no name": (lambda: join(HEADER, put(FIRST, 93, b" " * 100), SECOND, THIRD), "name", 2),
    "zero amount": (
        lambda: join(put(HEADER, 20, b"0000000000000550050"), put(FIRST, 58, b"0" * 17), SECOND, THIRD),
        "amount_satang",
        2,
    ),
}


@pytest.mark.parametrize("name", DEVIATIONS)
def test_each_deviation_is_named_with_its_place(name: str) -> None:
    spoil, field, number = DEVIATIONS[name]
    faults = inspect_file(LAYOUT, spoil())
    assert (field, number) in {(one.field, one.line) for one in faults}
    assert all(one.th and one.en for one in faults)
    with pytest.raises(FileUnreadable):
        read_file(LAYOUT, spoil())


def test_columns_are_the_papers_columns() -> None:
    (fault,) = inspect_file(LAYOUT, join(HEADER, put(FIRST, 60, b"O"), SECOND, THIRD))
    assert (fault.line, fault.column_from, fault.column_to, fault.found[2]) == (2, 58, 74, "O")


def test_a_file_full_of_faults_does_not_flood() -> None:
    assert len(inspect_file(LAYOUT, join(HEADER, *[b"x"] * 5_000))) <= 200


@settings(max_examples=400)
@given(st.integers(0, len(CLEAN.content) - 1), st.integers(1, 255))
def test_one_changed_byte_is_refused_or_understood_differently(place: int, difference: int) -> None:
    spoilt = bytearray(CLEAN.content)
    spoilt[place] ^= difference
    content = bytes(spoilt)
    try:
        parsed: ParsedFile | None = read_file(LAYOUT, content)
    except FileUnreadable as unreadable:
        if not unreadable.faults:
            pytest.fail("refused without saying why")
        parsed = None
    if parsed is not None:
        # Readable, so it must be visibly another file: never the same payments under another sum.
        meant = read_file(LAYOUT, CLEAN.content)
        assert parsed.sha256 != meant.sha256
        assert (parsed.lines, parsed.company_id, parsed.sender_name) != (
            meant.lines,
            meant.company_id,
            meant.sender_name,
        )
    assert verify_against_intent(LAYOUT, content, intent(), CLEAN.sha256)


def exchanged(first: bytes, second: bytes, start: int, end: int) -> tuple[bytes, bytes]:
    """Two records with one field exchanged: every control total stays as it was."""
    return put(first, start, second[start - 1 : end]), put(second, start, first[start - 1 : end])


@pytest.mark.parametrize(
    ("start", "end", "field"), [(58, 74, "amount_satang"), (17, 27, "account"), (353, 370, "reference")]
)
def test_compensating_changes_pass_the_reader_and_not_the_intent(start: int, end: int, field: str) -> None:
    content = join(HEADER, *exchanged(FIRST, SECOND, start, end), THIRD)
    assert read_file(LAYOUT, content).total_satang == CLEAN.total_satang, "control totals notice nothing"
    faults = verify_against_intent(LAYOUT, content, intent(), CLEAN.sha256)
    assert {(2, field), (3, field)} <= {(one.line, one.field) for one in faults}


def test_thousands_of_mutations_are_all_refused() -> None:
    chance = random.Random(20261125)
    records = [HEADER, FIRST, SECOND, THIRD]
    for _ in range(1_500):
        kind = chance.randrange(5)
        spoilt = list(records)
        if kind == 0:
            spoilt.insert(chance.randrange(1, 5), chance.choice(records[1:]))
        elif kind == 1:
            spoilt.pop(chance.randrange(4))
        elif kind == 2:
            chance.shuffle(spoilt)
        elif kind == 3:
            one = chance.randrange(4)
            place = chance.randrange(1, 499)
            spoilt[one] = put(spoilt[one], place, bytes([chance.randrange(256)]))
        content = join(*spoilt) if kind != 4 else CLEAN.content[: chance.randrange(len(CLEAN.content))]
        if content != CLEAN.content:
            assert verify_against_intent(LAYOUT, content, intent(), CLEAN.sha256)


def test_a_recorded_sum_that_differs_is_told_even_for_right_bytes() -> None:
    assert [one.field for one in verify_against_intent(LAYOUT, CLEAN.content, intent(), "0" * 64)] == ["sha256"]

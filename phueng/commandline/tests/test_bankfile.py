"""Does `phueng bankfile check` say what is wrong, why and what to do, to people and to programs?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from phueng.commandline.main import main
from phueng.gateways.comptroller.layout import load_layout as load_list_layout
from phueng.gateways.comptroller.tests.test_list import monthly
from phueng.gateways.comptroller.writer import write_list
from phueng.gateways.intents import IntentLine, bank_file_lines, intent_of
from phueng.gateways.iso20022.tests.orders import account_row, promptpay_row, written
from phueng.gateways.iso20022.tests.test_answers import REPORT, STATEMENT
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.result import write_result
from phueng.gateways.krungthai.tests.runs import intent, line
from phueng.gateways.krungthai.writer import write_file
from phueng.gateways.signatures import signed_bytes

KEY = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
MEANT = intent(line(1), line(2, account="1112223334", amount_satang=250_050), line(3, name="น.ส.น้ำ ผึ้ง"))
CLEAN = write_file(load_layout(), MEANT).content
HEADER, FIRST, SECOND, THIRD, _ = CLEAN.split(b"\r\n")
ROWS = [account_row(1), promptpay_row(2)]
ORDER = written(ROWS)
LIST = write_list(load_list_layout(), monthly()).content
Said = dict[str, Any]
Check = Callable[..., tuple[int, Said]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    def ask(content: bytes, *more: str, name: str = "RUN.txt") -> tuple[int, Said]:
        (tmp_path / name).write_bytes(content)
        status = main(["bankfile", "check", str(tmp_path / name), "--json", *more])
        return status, json.loads(capsys.readouterr().out)

    return ask


@pytest.mark.parametrize(
    ("content", "kind", "told"),
    [
        (CLEAN, "ipay", {"count": 3, "total_satang": 850_050, "product": "direct"}),
        (ORDER, "pain.001", {"count": 2, "total_satang": 600_000, "by_promptpay": 1}),
        (LIST, "certified_list", {"count": 3, "month": "2026-12"}),
        (REPORT, "pain.002", {"paid": 1, "returned": 1, "pending": 1}),
        (STATEMENT, "camt.053", {"paid": 2, "returned": 1, "closing_satang": 700_000}),
        (write_result([]), "neutral", {"count": 0}),
    ],
    ids=lambda said: said if isinstance(said, str) else "",
)
def test_sound_files_of_every_kind(check: Check, content: bytes, kind: str, told: dict[str, object]) -> None:
    status, said = check(content)
    assert (status, said["kind"], said["verdict"], said["faults"]) == (0, kind, "sound", [])
    assert told.items() <= said["summary"].items()
    assert bool(said["not_proven"]) == (kind in ("ipay", "pain.001", "certified_list"))


def join(*records: bytes) -> bytes:
    return b"".join(record + b"\r\n" for record in records)


SPOILT: dict[str, tuple[bytes, str, int]] = {
    "cut off": (CLEAN[:-200], "line_end", 0),
    "a line cut off": (join(HEADER, FIRST, SECOND[:300], THIRD), "record", 3),
    "UTF-8": (CLEAN.decode("tis_620").encode(), "encoding", 0),
    "LF": (CLEAN.replace(b"\r\n", b"\n"), "line_end", 0),
    "re-ordered": (join(HEADER, SECOND, FIRST, THIRD), "running_no", 2),
    "header last": (join(FIRST, SECOND, THIRD, HEADER), "record_type", 1),
    "doubled": (join(HEADER, FIRST, FIRST, SECOND, THIRD), "count", 1),
    "dropped": (join(HEADER, FIRST, THIRD), "count", 1),
    "Buddhist era": (CLEAN.replace(b"25112026", b"25112569"), "effective_on", 1),
    "more money": (CLEAN.replace(b"00000000000250050", b"00000000000950050"), "total_satang", 1),
    "Thai digits": (CLEAN.replace(b"1112223334", "๑๑๑๒๒๒๓๓๓๔".encode("tis_620")), "account", 3),
    "an order in dollars": (ORDER.replace(b'"THB"', b'"USD"', 1), "Ccy", 4),
    "an order cut off": (ORDER[:-30], "form", 6),
    "a list without a column": (LIST.replace("เลขที่บัญชี,".encode(), b""), "headings", 1),
    "a report in dollars": (REPORT.replace(b"THB", b"USD", 1), "InstdAmt", 6),
    "a statement that does not add up": (STATEMENT.replace(b"7000.00", b"7000.01"), "Bal", 4),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_files_are_explained_with_line_columns_and_the_next_step(check: Check, name: str) -> None:
    content, field, line_no = SPOILT[name]
    status, said = check(content)
    assert (status, said["verdict"]) == (1, "faulty")
    first = said["faults"][0]
    assert (first["field"], first["line"]) == (field, line_no), first
    assert all(first[key] for key in ("th", "en", "next_th", "next_en"))
    assert said["not_proven"] == []


def test_a_year_of_the_buddhist_era_is_called_by_its_name(check: Check) -> None:
    _, said = check(CLEAN.replace(b"25112026", b"25112569"))
    fault = said["faults"][0]
    assert "2569" in fault["th"]
    assert "2026" in fault["th"]
    assert (fault["column_from"], fault["column_to"], fault["found"]) == (39, 46, "25112569")


@pytest.mark.parametrize("content", [b"", b"hello\n", b"%PDF-1.7\n", b"\xff\xfe1\x000\x001\x00", b"<html></html>"])
def test_what_nobody_knows_is_said_to_be_unknown(check: Check, content: bytes) -> None:
    status, said = check(content)
    assert (status, said["verdict"], len(said["faults"])) == (2, "unknown", 1)


def swapped() -> bytes:
    return CLEAN.replace(b"02345678901", b"#").replace(b"01112223334", b"02345678901").replace(b"#", b"01112223334")


def test_swapped_accounts_are_invisible_alone_and_named_with_the_intent(check: Check, tmp_path: Path) -> None:
    content = swapped()
    assert len(content) == len(CLEAN)
    status, said = check(content)
    assert (status, said["verdict"]) == (0, "sound")
    assert "สลับบัญชี" in said["not_proven"][0]["th"]
    (tmp_path / "intent.json").write_bytes(intent_of(CLEAN, bank_file_lines(MEANT)).as_json())
    status, said = check(content, "--intent", str(tmp_path / "intent.json"))
    assert (status, said["proof"]["intent"]) == (1, "disproven")
    assert [(one["line"], one["field"], one["column_from"], one["column_to"]) for one in said["faults"][1:]] == [
        (2, "account", 17, 27),
        (3, "account", 17, 27),
    ]
    status, said = check(CLEAN, "--intent", str(tmp_path / "intent.json"))
    assert (status, said["proof"]["intent"], said["not_proven"]) == (0, "proven", [])


def test_an_order_is_compared_with_its_intent_too(check: Check, tmp_path: Path) -> None:
    (tmp_path / "intent.json").write_bytes(intent_of(ORDER, [IntentLine(*row) for row in ROWS]).as_json())
    other = written([account_row(1, account="6666666666"), promptpay_row(2)])
    status, said = check(other, "--intent", str(tmp_path / "intent.json"))
    assert (status, [one["field"] for one in said["faults"]]) == (1, ["sha256", "account"])
    fewer = written([account_row(1)])
    status, said = check(fewer, "--intent", str(tmp_path / "intent.json"))
    assert {one["field"] for one in said["faults"]} == {"sha256", "count", "total_satang", "reference"}


def test_a_signature_shows_edits_but_not_which_run(check: Check, tmp_path: Path) -> None:
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    for form in (KEY.sign(signed_bytes(CLEAN)), KEY.sign(signed_bytes(CLEAN)).hex().encode() + b"\n"):
        (tmp_path / "RUN.sig").write_bytes(form)
        proof = ["--signature", str(tmp_path / "RUN.sig"), "--public-key", str(tmp_path / "key.pem")]
        status, said = check(CLEAN, *proof)
        assert (status, said["proof"]["signature"]) == (0, "proven")
        assert "แฟ้มเก่า" in said["not_proven"][0]["th"]
        status, said = check(swapped(), *proof)
        assert (status, said["faults"][0]["field"]) == (1, "signature")


def test_an_unreadable_intent_key_option_or_file_ends_with_two(check: Check, tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(b"{}")
    (tmp_path / "sig").write_bytes(b"x" * 64)
    for more in (
        ["--intent", str(tmp_path / "bad")],
        ["--intent", str(tmp_path / "nowhere")],
        ["--signature", str(tmp_path / "sig"), "--public-key", str(tmp_path / "bad")],
        ["--signature", str(tmp_path / "sig")],
        ["--option", "mobile=upside_down"],
        ["--layout", "nothing"],
    ):
        with pytest.raises(SystemExit) as ended:
            check(CLEAN, *more)
        assert ended.value.code == 2
    with pytest.raises(SystemExit) as ended:
        main(["bankfile", "check", str(tmp_path / "nowhere.txt")])
    assert ended.value.code == 2


def test_a_file_for_another_setting_is_told_which(check: Check) -> None:
    other = load_layout(options={"receiving_branch": "spaces_right", "mobile": "left"})
    branch = replace(MEANT, lines=tuple(replace(one, branch="40") for one in MEANT.lines))
    content = write_file(other, branch).content
    status, said = check(content)
    assert status == 1
    assert "receiving_branch=spaces_right" in said["hints"][0]["en"]
    assert "mobile=left" in said["hints"][0]["en"]
    assert check(content, "--option", "receiving_branch=spaces_right", "--option", "mobile=left")[0] == 0


def test_a_person_reads_it_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.txt").write_bytes(CLEAN)
    assert main(["bankfile", "check", str(tmp_path / "good.txt")]) == 0
    out = capsys.readouterr().out
    assert "3 รายการ รวม 8,500.50 บาท" in out
    assert "exchange two accounts" in out
    (tmp_path / "bad.txt").write_bytes(CLEAN.replace(b"25112026", b"25112569"))
    assert main(["bankfile", "check", str(tmp_path / "bad.txt")]) == 1
    out = capsys.readouterr().out
    assert "1:39-46" in out
    assert "อย่าส่ง" in out
    assert "Do not send" in out

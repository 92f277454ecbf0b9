"""Does the money of each office go the way that was agreed for it, and is each kind of file right?"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from phueng.gateways.iso20022.contract import MessageHead
from phueng.gateways.iso20022.reader import read_message
from phueng.payments import work
from phueng.payments.files import content_of, is_as_intended
from phueng.payments.models import Run
from phueng.payments.routes import route_of
from phueng.payments.tests import scenes

ENTRIES = """
- { office: KKN-DPC, way: iso20022, starts_on: 2026-10-01 }
- { office: KKN-DPC, scheme: family, way: counter, starts_on: 2027-01-01 }
"""


def test_the_narrowest_and_latest_entry_counts(tmp_path: Path) -> None:
    path = tmp_path / "routes.yaml"
    path.write_text(ENTRIES, encoding="utf-8")
    assert route_of("family", "KKN-DPC", date(2026, 9, 30), path) == "krungthai"
    assert route_of("family", "KKN-DPC", date(2026, 10, 1), path) == "iso20022"
    assert route_of("family", "KKN-DPC", date(2027, 1, 1), path) == "counter"
    assert route_of("old_age", "KKN-DPC", date(2027, 1, 1), path) == "iso20022"
    assert route_of("old_age", "M400101", date(2027, 1, 1), path) == "comptroller"


def test_a_way_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "routes.yaml"
    path.write_text("- { office: X, way: pigeon, starts_on: 2026-10-01 }", encoding="utf-8")
    with pytest.raises(ValueError, match="pigeon"):
        route_of("family", "X", date(2027, 1, 1), path)


def by_way(monkeypatch: pytest.MonkeyPatch, way: str) -> Run:
    """A released run of two payees with accounts at two banks and one without, by this way."""
    monkeypatch.setattr("phueng.payments.gathering.route_of", lambda *_: way)
    for who in ({"has_account": False}, {"bank_code": "014"}, {}):
        scenes.approved(scenes.new_applicant(**who))
    return scenes.again()


@pytest.mark.django_db
def test_another_bank_gets_one_message_and_promptpay_reaches_who_has_no_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = by_way(monkeypatch, "iso20022")
    file = run.files.select_related("run__office").get()
    assert (file.product, file.layout_version) == ("credit_transfer", "pain.001.001.09")
    read: Any = read_message(content_of(file))
    assert isinstance(read.head, MessageHead)
    assert (read.count, read.total_satang) == (3, 600_000)
    lines = {line.reference: line for line in run.lines.all()}
    assert {transfer.reference for transfer in read.transfers} == set(lines)
    for transfer in read.transfers:
        line = lines[transfer.reference]
        to = (transfer.bank_code, transfer.account, transfer.national_id)
        assert to == (("", "", line.account) if line.bank_code == "PPY" else (line.bank_code, line.account, ""))
    assert is_as_intended(file)
    assert work.transmit_files() == 1


@pytest.mark.django_db
def test_money_paid_in_hand_needs_no_account_and_leaves_by_no_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    run = by_way(monkeypatch, "counter")
    assert (run.line_count, set(run.lines.values_list("bank_code", flat=True))) == (3, {"CSH"})
    file = run.files.select_related("run__office").get()
    rows = content_of(file).decode("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert rows[1].split(",")[0] == "1"
    assert rows[1].endswith(",2000.00")
    assert is_as_intended(file)
    assert work.transmit_files() == 0

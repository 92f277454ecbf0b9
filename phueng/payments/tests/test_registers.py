"""Do page and file show the same rows, to the right people, safe in every spreadsheet, and small in memory?"""

import csv
import io
import re
import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from phueng.audit.clock import now
from phueng.audit.models import Entry
from phueng.decisions.tests import rawly
from phueng.demo import people
from phueng.demo.people import Staff
from phueng.payments import exporting
from phueng.payments.actions import ask_export as asking
from phueng.payments.actions.approve_export import approve_export
from phueng.payments.exporting import make_exports
from phueng.payments.exports import BOM, Maker, write_csv, write_xlsx
from phueng.payments.models import Export, Line, Run
from phueng.payments.registers import REGISTERS, Asked, OpenRegister
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import ExportFactory
from phueng.payments.tests.scenes import answer, take_in
from phueng.payments.tests.test_pages import signed_in
from phueng.payments.views import registers as views

pytestmark = pytest.mark.django_db
MAKER, CHECKER = people.FINANCE_MAKER, people.FINANCE_CHECKER
READERS = (MAKER, CHECKER, people.RELEASER, people.AUDITOR)
OTHERS = (people.SOCIAL_WORKER, people.APPROVER, people.FRONT_DESK, people.ADMINISTRATOR)
WHY = {"purpose": "ตรวจสอบประจำเดือน"}
HEADING = 4


def a_month() -> Run:
    """Paid, returned and waiting."""
    run = scenes.released(4)
    a, b, *_ = run.lines.order_by("number")
    take_in(answer(a), answer(b, "returned"))
    return run


def address(code: str, **asked: Any) -> str:
    return f"{reverse('payments:register', args=[code])}?" + "&".join(
        f"{k}={v}" for k, v in {"year": 2570, **asked}.items()
    )


def shown(staff: Staff, code: str, **asked: Any) -> str:
    response = signed_in(staff).get(address(code, **asked))
    assert response.status_code == 200
    return str(response.content.decode())


def taken(staff: Staff, code: str, layout: str, **asked: Any) -> Any:
    to = address(code, **asked).replace(f"/{code}/", f"/{code}/export/")
    return signed_in(staff).post(to, {"layout": layout, **WHY})


def sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def column(page: Any, words: str) -> list[Any]:
    names = [cell.value for cell in page[HEADING]]
    found = [row[names.index(words)].value for row in page.iter_rows(min_row=HEADING + 1)]
    return found[
        : next((n for n, row in enumerate(page.iter_rows(min_row=HEADING + 1)) if not any(c.value for c in row)))
    ]


def cells_shown(html: str, nth: int) -> list[str]:
    rows = re.findall(r'<tr data-row="[^"]+".*?</tr>', html, re.S)
    return [re.sub(r"<[^>]+>", "", re.findall(r"<td.*?</td>", row, re.S)[nth]).strip() for row in rows]


class ManyRows:
    """As many rows as one likes, none of them kept."""

    def __init__(self, many: int) -> None:
        self.many = many

    def count(self) -> int:
        return self.many

    def between(self, first: int, before: int) -> Sequence[tuple[Any, ...]]:
        return [self._row(n) for n in range(first, min(before, self.many))]

    def each(self) -> Iterator[tuple[Any, ...]]:
        return (self._row(n) for n in range(self.many))

    def totals(self, codes: Sequence[str]) -> dict[str, int]:
        return {"amount": 200_000 * self.many}

    def _row(self, n: int) -> tuple[Any, ...]:
        return (
            n, date(2026, 11, 2), "26-KKN-1", "3600000001", f"PH{n:015d}", "KKN-DPC", "family", f"นาง ทดสอบ {n}", "006",
            "xxxxxx1234", 200_000, "paid", date(2026, 11, 3), f"B{n}",
        )  # fmt: skip


def opened(rows: Any) -> OpenRegister:
    return OpenRegister(REGISTERS["control"], Asked(2570), None, rows)


def maker(**said: Any) -> Maker:
    return Maker(**{"name": "กาญจนา", "at": scenes.NOON, "language": "th"} | said)


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("code", sorted(REGISTERS))
def test_every_register_is_drawn_and_exported_for_its_readers(code: str, lang: str) -> None:
    a_month()
    for staff in READERS:
        client = signed_in(staff)
        client.cookies["django_language"] = lang
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address(code))
        assert response.status_code == 200
        assert "</html>" in response.content.decode()
        assert len(asked) <= 12, [one["sql"][:120] for one in asked]
        for layout in ("xlsx", "csv"):
            response = client.post(address(code).replace(f"/{code}/", f"/{code}/export/"), {"layout": layout})
            assert response.status_code == 200, (staff.username, layout)
            assert "attachment" in response.headers["Content-Disposition"]


def test_others_are_told_no() -> None:
    export = ExportFactory.create()
    for staff in OTHERS:
        client = signed_in(staff)
        for code in REGISTERS:
            assert client.get(address(code)).status_code == 403
            assert taken(staff, code, "xlsx").status_code == 403
        assert client.get(reverse("payments:exports")).status_code == 403
        assert client.get(reverse("payments:take_export", args=[export.pk])).status_code == 403


def test_another_office_sees_none_of_the_rows() -> None:
    run = a_month()
    html = shown(people.MUNICIPAL_CHECKER, "control")
    assert not cells_shown(html, 0)
    assert run.lines.first().reference not in html
    assert not cells_shown(shown(people.MUNICIPAL_CHECKER, "control", office="KKN-DPC"), 0)
    assert not cells_shown(shown(people.MUNICIPAL_CHECKER, "aid", office="KKN-DPC"), 0)


@pytest.mark.parametrize(
    "asked", [{}, {"outcome": "paid"}, {"outcome": "waiting"}, {"scheme": "family", "month": "2026-11"}]
)
def test_file_and_page_hold_exactly_the_same_rows(asked: dict[str, Any]) -> None:
    run = a_month()
    wanted = {"paid": {1}, "waiting": {3, 4}}.get(asked.get("outcome", ""), {1, 2, 3, 4})
    ids = [one.reference for one in run.lines.order_by("number") if one.number in wanted]
    assert cells_shown(shown(MAKER, "control", **asked), 3) == ids
    page = sheet(taken(MAKER, "control", "xlsx", **asked).content)
    assert column(page, "เลขอ้างอิง") == ids
    text = taken(MAKER, "control", "csv", **asked).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[rows[0].index("เลขอ้างอิง")] for row in rows[1 : len(ids) + 1]] == ids
    assert rows[len(ids) + 1] == []


def test_a_month_without_payments_is_empty_and_says_so() -> None:
    a_month()
    assert "ไม่มีแถว" in shown(MAKER, "control", month="2027-01")
    assert taken(MAKER, "control", "xlsx", month="2027-01").status_code == 422


@pytest.mark.parametrize(
    "asked", ["year=abc", "year=2570&month=2026-13", "outcome=x", "office=%00", "page=zzz", "scheme='--"]
)
def test_an_odd_address_is_no_error(asked: str) -> None:
    here = reverse("payments:register", args=["control"])
    assert signed_in(MAKER).get(f"{here}?{asked}").status_code == 200


def test_chips_name_each_filter_and_widen_by_one() -> None:
    a_month()
    html = shown(MAKER, "control", outcome="paid", scheme="family")
    links = re.findall(r'<a class="chip" href="([^"]+)"', html)
    assert len(links) == 2
    assert sum("outcome=paid" in one for one in links) == 1


def test_totals_agree_on_page_in_file_and_in_the_lines() -> None:
    run = a_month()
    total = sum(line.amount_satang for line in run.lines.all())
    page = sheet(taken(MAKER, "control", "xlsx").content)
    amounts = column(page, "จำนวนเงิน")
    last = [cell.value for cell in list(page.iter_rows())[-1]]
    assert round(sum(amounts) * 100) == total
    assert total / 100 in last
    assert cells_shown(shown(MAKER, "control"), 9) == [f"{one:,.2f}" for one in amounts]
    assert f'<td class="number">{total / 100:,.2f}</td>' in shown(MAKER, "control")
    month = sheet(taken(MAKER, "month", "xlsx").content)
    assert column(month, "สั่งจ่าย (บาท)") == [total / 100]
    paid, back, waits = (column(month, f"{one} (บาท)")[0] for one in ("เข้าบัญชี", "คืน", "รอผล"))
    assert round((paid + back + waits) * 100) == total


def test_each_household_counts_what_it_received_and_not_what_came_back() -> None:
    run = a_month()
    page = sheet(taken(MAKER, "aid", "xlsx").content)
    paid = column(page, "เข้าบัญชี (บาท)")
    assert sum(paid) * 100 == run.lines.get(number=1).amount_satang
    assert sum(column(page, "ครั้ง")) == 3  # the one that came back is no time
    houses = set(Line.objects.filter(run=run).values_list("due__household__house_no", flat=True))
    assert set(column(page, "บ้านเลขที่")) <= {one or None for one in houses}


def test_budget_register_is_the_ledger() -> None:
    a_month()
    money = scenes.money()
    page = sheet(taken(people.AUDITOR, "budget", "xlsx", scheme="family", office="KKN-DPC").content)
    assert [column(page, one)[0] * 100 for one in ("ได้รับ", "ผูกพัน", "จ่ายแล้ว")] == [
        money.allotted, money.committed, money.disbursed,
    ]  # fmt: skip


def test_no_account_number_leaves_in_full() -> None:
    run = a_month()
    accounts = {line.account for line in run.lines.all()}
    for code in REGISTERS:
        content = taken(people.AUDITOR, code, "csv").content.decode() + shown(people.AUDITOR, code)
        assert not any(one in content for one in accounts), code
    page = sheet(taken(MAKER, "control", "xlsx").content)
    assert all(re.fullmatch(r"x{6}\d{4}", one) for one in column(page, "บัญชี (ปิดบัง)"))


def test_identifiers_are_text_days_are_thai_with_iso_beside_and_the_heading_stays() -> None:
    a_month()
    page = sheet(taken(MAKER, "control", "xlsx").content)
    names = [cell.value for cell in page[HEADING]]
    first = page[HEADING + 1]
    for words in ("เลขอ้างอิง", "เอกสาร GFMIS", "ธนาคาร", "บัญชี (ปิดบัง)"):
        cell = first[names.index(words)]
        assert (type(cell.value), cell.number_format) == (str, "@"), words
    assert "2569" in first[names.index("วันสั่งจ่าย")].value
    assert first[names.index("วันสั่งจ่าย (ISO)")].value == "2026-11-02"
    assert page.freeze_panes == f"A{HEADING + 1}"
    assert page.column_dimensions["B"].width >= 12
    amount = first[names.index("จำนวนเงิน")]
    assert isinstance(amount.value, int | float)
    assert amount.number_format == "#,##0.00"


def test_who_made_it_when_and_why_stands_on_it_and_in_the_journal() -> None:
    a_month()
    before = Entry.objects.filter(act="payments.take_register").count()
    page = sheet(taken(MAKER, "control", "xlsx").content)
    assert MAKER.name_th in page["A2"].value
    assert WHY["purpose"] in page["A2"].value
    assert "2569" in page["A2"].value
    entry = Entry.objects.filter(act="payments.take_register").latest("written_at")
    assert Entry.objects.filter(act="payments.take_register").count() == before + 1
    assert entry.actor_id == MAKER.account_id
    assert entry.is_read
    assert "control" in entry.why
    assert WHY["purpose"] in entry.why


RUNNING = ('=HYPERLINK("http://evil","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0")


class OneOdd(ManyRows):
    """A payee whose name is a formula."""

    def __init__(self, name: str) -> None:
        super().__init__(1)
        self.name = name

    def _row(self, n: int) -> tuple[Any, ...]:
        row = list(super()._row(n))
        row[7] = row[13] = self.name
        return tuple(row)


@pytest.mark.parametrize("name", RUNNING)
def test_a_name_that_looks_like_a_formula_is_text(name: str) -> None:
    book, text = io.BytesIO(), io.BytesIO()
    write_xlsx(book, opened(OneOdd(name)), maker(name=name, purpose=name))
    write_csv(text, opened(OneOdd(name)), maker(name=name))
    page = sheet(book.getvalue())
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert column(page, "ผู้รับเงิน")[0].replace("_x000D_", "\r") == name
    said = text.getvalue().decode("utf-8")
    assert said.startswith(BOM)
    cells = [cell for row in csv.reader(io.StringIO(said[1:])) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert f"'{name}" in cells


def test_the_check_sees_a_formula() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    to = io.BytesIO()
    book.save(to)
    assert sheet(to.getvalue())["A1"].data_type == "f"


def peak_of(many: int, write: Any) -> int:
    tracemalloc.start()
    with tempfile.TemporaryFile() as file:
        write(file, opened(ManyRows(many)), maker())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_memory_does_not_grow_with_the_rows(write: Any) -> None:
    peak_of(10, write)  # what is loaded once
    assert peak_of(10_000, write) < peak_of(1_000, write) + 1_000_000


def test_a_hundred_thousand_rows_take_less_than_a_minute() -> None:
    with tempfile.TemporaryFile() as file:
        began = time.process_time()  # other work on the machine does not count
        assert write_xlsx(file, opened(ManyRows(100_000)), maker()).rows == 100_000
        assert time.process_time() - began < 60


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are already many: the database's own limit is tested by raw SQL."""
    monkeypatch.setattr(views, "MOST_ALONE", 2)
    monkeypatch.setattr(asking, "MOST_ALONE", 2)
    monkeypatch.setattr(exporting, "MOST_ALONE", 2)


@pytest.mark.usefixtures("few")
def test_many_rows_wait_for_somebody_else_and_come_from_the_worker() -> None:
    run = a_month()
    response = taken(MAKER, "control", "xlsx")
    assert response.headers["Location"] == reverse("payments:exports")
    export = Export.objects.get()
    assert (export.row_count, export.needs_approval, export.office_codes) == (4, True, ["KKN-DPC"])
    assert make_exports() == 0
    take = reverse("payments:take_export", args=[export.pk])
    approve = reverse("payments:approve_export", args=[export.pk])
    assert signed_in(MAKER).get(take).status_code == 404
    assert signed_in(people.MUNICIPAL_CHECKER).post(approve).status_code == 404  # does not see these rows
    assert signed_in(MAKER).post(approve).status_code == 403
    assert "รอคุณอนุมัติ" in signed_in(CHECKER).get(reverse("payments:exports")).content.decode()
    assert signed_in(CHECKER).post(approve).status_code == 302
    assert make_exports() == 1
    export.refresh_from_db()
    assert b"xl/" not in bytes(export.sealed or b"")  # no spreadsheet lies open
    response = signed_in(MAKER).get(take)
    assert column(sheet(response.content), "เลขอ้างอิง") == [one.reference for one in run.lines.order_by("number")]
    assert CHECKER.name_th in sheet(response.content)["A2"].value
    for somebody in (CHECKER, people.AUDITOR):
        assert signed_in(somebody).get(take).status_code == 404
    acts = set(Entry.objects.filter(subject_id=export.pk).values_list("act", flat=True))
    assert acts == {f"payments.{one}_export" for one in ("ask", "approve", "make", "take")}
    assert make_exports() == 0


@pytest.mark.usefixtures("few")
def test_a_purpose_is_asked_and_what_was_chosen_stays() -> None:
    a_month()
    to = address("control", scheme="family").replace("/control/", "/control/export/")
    response = signed_in(MAKER).post(to, {"layout": "xlsx", "purpose": "  "})
    assert response.status_code == 422
    assert "วัตถุประสงค์" in response.content.decode()
    assert not Export.objects.exists()


@pytest.mark.usefixtures("few")
def test_asking_twice_is_one_file() -> None:
    a_month()
    for _ in range(2):
        assert taken(MAKER, "control", "xlsx").status_code == 302
    assert Export.objects.count() == 1


@pytest.mark.usefixtures("few")
def test_nobody_approves_their_own() -> None:
    a_month()
    taken(CHECKER, "control", "xlsx")
    export = Export.objects.get()
    assert signed_in(CHECKER).post(reverse("payments:approve_export", args=[export.pk])).status_code == 404
    by = scenes.CHECKER
    assert rawly.refused_with(lambda: approve_export(by=by, at=now(), export_id=export.pk)) == "not_your_own_export"


def test_paper_is_made_by_the_worker_with_the_watermark_on_every_sheet() -> None:
    run = a_month()
    assert taken(MAKER, "control", "pdf").status_code == 302
    assert make_exports() == 1
    response = signed_in(MAKER).get(reverse("payments:take_export", args=[Export.objects.get().pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert all(line.reference in text for line in run.lines.all())
    assert f"{run.total_satang / 100:,.2f}" in text


@pytest.mark.usefixtures("few")
def test_paper_is_not_for_many_rows() -> None:
    a_month()
    assert taken(MAKER, "control", "pdf").status_code == 422


def test_a_file_is_gone_after_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    a_month()
    taken(MAKER, "month", "pdf")
    assert make_exports() == 1
    export = Export.objects.get()
    later = now() + timedelta(hours=25)
    monkeypatch.setattr(exporting, "now", lambda: later)
    assert make_exports() == 1
    export.refresh_from_db()
    assert export.sealed is None
    assert export.dropped_at == later
    assert export.sha256
    assert signed_in(MAKER).get(reverse("payments:take_export", args=[export.pk])).status_code == 404


def test_whoever_lost_the_duty_gets_nothing() -> None:
    a_month()
    export = ExportFactory.create(
        asked_by_id=people.SOCIAL_WORKER.account_id, asked_at=now(), expires_at=now() + timedelta(hours=24)
    )
    assert make_exports() == 1
    export.refresh_from_db()
    assert (export.trouble, export.made_at) == ("not_your_duty", None)


def test_whoever_sees_more_now_gets_what_was_approved() -> None:
    a_month()
    export = ExportFactory.create(
        asked_by_id=people.AUDITOR.account_id, asked_at=now(), expires_at=now() + timedelta(hours=24)
    )
    make_exports()
    export.refresh_from_db()
    assert export.made_at is None
    assert export.trouble


def test_the_database_holds_to_the_second_person() -> None:
    at: datetime = now()
    many = {"row_count": 1001, "needs_approval": False}
    assert rawly.guard_that_refuses(lambda: ExportFactory.create(**many)) == "many_rows_need_a_second_person"
    export = ExportFactory.create(row_count=1001, needs_approval=True)
    own = people.FINANCE_MAKER.account_id

    def update(columns: str, *values: Any) -> str:
        statement = f"UPDATE payments_export SET {columns} WHERE id = %s"  # noqa: S608  # our own words
        return rawly.guard_that_refuses(lambda: rawly.run(statement, *values, export.pk))

    assert update("approved_at = %s, approved_by_id = %s", at, own) == "export_is_approved_by_somebody_else"
    assert update("made_at = %s", at) == "export_is_made_after_approval"
    assert update("sealed = %s", b"x") == "export_holds_a_file_only_while_kept"
    assert update("needs_approval = false") == "export_stays_as_asked"
    assert update("""office_codes = '["UDN-DPC"]'""") == "export_stays_as_asked"
    assert update("purpose = ''") in ("export_stays_as_asked", "export_says_what_for")
    assert rawly.guard_that_refuses(lambda: rawly.run("DELETE FROM payments_export WHERE id = %s", export.pk))
    approve_export(by=scenes.CHECKER, at=export.asked_at, export_id=export.pk)
    other = people.RELEASER.account_id
    assert update("approved_by_id = %s", other) == "export_stays_as_asked"


def test_a_file_that_somebody_changed_in_the_table_is_not_handed_out() -> None:
    a_month()
    taken(MAKER, "month", "pdf")
    make_exports()
    export = Export.objects.get()
    rawly.run("UPDATE payments_export SET sha256 = %s WHERE id = %s", "0" * 64, export.pk)
    export.refresh_from_db()
    with pytest.raises(ValueError, match="not what was made"):
        exporting.content_of_export(export)


def test_killed_while_making_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    a_month()
    taken(MAKER, "month", "pdf")

    def killed(*_: object) -> bytes:
        raise MemoryError

    with monkeypatch.context() as patch, pytest.raises(MemoryError):
        patch.setattr(exporting, "paper_as_pdf", killed)
        make_exports()
    assert Export.objects.get().made_at is None
    assert make_exports() == 1
    assert Export.objects.get().sealed


def test_stranger_signs_in_first() -> None:
    for code in REGISTERS:
        assert "/sign-in/" in Client().get(address(code)).headers["Location"]

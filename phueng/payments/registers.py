"""Which registers does a finance office keep, what stands in their columns, and what was asked of them?

Four: control of transfers, aid per household, budget, and the month's report. Page, spreadsheet and paper show the same
rows, because all three read them here: `open_register` gives one way to the rows, whoever draws them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Literal

from phueng.access.viewers import Viewer
from phueng.kernel.thai_dates import fiscal_year_be
from phueng.payments import registers_rows as rows
from phueng.payments.budget_scope import FINANCE_ROLES, offices_seen

READERS = (*FINANCE_ROLES, "auditor")
OUTCOMES = ("paid", "returned", "waiting")
Kind = Literal["text", "id", "outcome", "count", "baht", "day"]


@dataclass(frozen=True)
class Column:
    """One column. `id` is digits that are no number; `is_summed` stands in the totals."""

    code: str
    th: str
    en: str
    kind: Kind = "text"
    is_summed: bool = False


@dataclass(frozen=True)
class Asked:
    """What a register was narrowed to. Every field is plain text or a number, so that it can stand in an address."""

    year: int
    month: str = ""
    scheme: str = ""
    office: str = ""
    outcome: str = ""
    run: str = ""

    @property
    def first_of_month(self) -> date | None:
        """The month as a day."""
        return date.fromisoformat(f"{self.month}-01") if self.month else None

    def without(self, name: str) -> "Asked":
        """The same, wider by one filter."""
        return replace(self, **{name: ""})  # type: ignore[arg-type]  # the year is not among the chips

    def as_words(self) -> dict[str, Any]:
        """Only what is asked, for an address or a job."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Register:
    """A register by name."""

    code: str
    th: str
    en: str
    about_th: str
    about_en: str
    columns: tuple[Column, ...]
    filters: tuple[str, ...]
    rows: Callable[[rows.Offices, Any], rows.Rows]


@dataclass(frozen=True)
class OpenRegister:
    """A register, narrowed, for somebody's offices (None is every office)."""

    register: Register
    asked: Asked
    offices: frozenset[str] | None
    found: rows.Rows

    def count(self) -> int:
        """How many rows there are."""
        return self.found.count()

    def __getitem__(self, part: slice) -> list[tuple[Any, ...]]:
        """Some of the rows, for a page."""
        return list(self.found.between(part.start or 0, part.stop))

    def each(self) -> Iterator[tuple[Any, ...]]:
        """Every row, a few at a time: a hundred thousand never stand in memory together."""
        return self.found.each()

    def totals(self) -> dict[str, int]:
        """The sum of each summed column, over all rows."""
        return self.found.totals([column.code for column in self.register.columns if column.is_summed])


def _baht(code: str, th: str, en: str) -> Column:
    return Column(code, th, en, "baht", is_summed=True)


def _count(code: str, th: str, en: str) -> Column:
    return Column(code, th, en, "count", is_summed=True)


_OFFICE = Column("office", "สำนักงาน", "Office")
_SCHEME = Column("scheme", "โครงการ", "Scheme")

REGISTERS: Mapping[str, Register] = {
    one.code: one
    for one in (
        Register(
            "control",
            "ทะเบียนคุมการโอนเงิน",
            "Control register of transfers",
            "ทุกรายการที่สั่งจ่ายแล้ว รายการละบรรทัด",
            "Every payment that was released, a line each",
            (
                Column("released_on", "วันสั่งจ่าย", "Released", "day"),
                Column("run", "ชุดจ่าย", "Run", "id"),
                Column("gfmis", "เอกสาร GFMIS", "GFMIS document", "id"),
                Column("reference", "เลขอ้างอิง", "Reference", "id"),
                _OFFICE,
                _SCHEME,
                Column("payee", "ผู้รับเงิน", "Payee"),
                Column("bank", "ธนาคาร", "Bank", "id"),
                Column("account", "บัญชี (ปิดบัง)", "Account (masked)", "id"),
                _baht("amount", "จำนวนเงิน", "Amount"),
                Column("outcome", "ผล", "Outcome", "outcome"),
                Column("settled_on", "วันที่ผลมีผล", "Settled", "day"),
                Column("bank_reference", "เลขอ้างอิงธนาคาร", "Bank's reference", "id"),
            ),
            ("year", "month", "scheme", "office", "outcome", "run"),
            rows.control,
        ),
        Register(
            "aid",
            "ทะเบียนเงินสงเคราะห์ต่อครัวเรือน",
            "Aid per household",
            "แต่ละครัวเรือนได้รับกี่ครั้ง เป็นเงินเท่าไรในปีงบประมาณนี้",
            "How often, and how much, each household received this fiscal year",
            (
                Column("household", "รหัสประจำบ้าน", "House code", "id"),
                Column("house_no", "บ้านเลขที่", "House number", "id"),
                Column("moo", "หมู่", "Moo", "id"),
                Column("subdistrict", "ตำบล", "Subdistrict"),
                Column("district", "อำเภอ", "District"),
                Column("payees", "ผู้รับเงิน", "Payees"),
                _count("times", "ครั้ง", "Times"),
                _count("paid", "เข้าบัญชี (รายการ)", "Paid (payments)"),
                _baht("paid_amount", "เข้าบัญชี (บาท)", "Paid (baht)"),
                _baht("waiting_amount", "รอผล (บาท)", "Waiting (baht)"),
                Column("last_on", "ได้รับล่าสุด", "Last received", "day"),
            ),
            ("year", "scheme", "office"),
            rows.aid,
        ),
        Register(
            "budget",
            "ทะเบียนงบประมาณ",
            "Budget register",
            "เงินแต่ละกองอยู่ขั้นไหน ได้รับเท่ากับผลรวมของช่องอื่นเสมอ",
            "Where the money of each fund stands; allotted is always the sum of the others",
            (
                _OFFICE,
                _SCHEME,
                Column("source", "แหล่งเงิน", "Source"),
                _baht("allotted", "ได้รับ", "Allotted"),
                _baht("available", "เหลือใช้", "Available"),
                _baht("reserved", "กันไว้", "Reserved"),
                _baht("committed", "ผูกพัน", "Committed"),
                _baht("disbursed", "จ่ายแล้ว", "Disbursed"),
                _baht("carried", "ข้ามปี", "Carried over"),
                _baht("lapsed", "พับ", "Lapsed"),
            ),
            ("year", "scheme", "office"),
            rows.budget,
        ),
        Register(
            "month",
            "รายงานประจำเดือน",
            "Monthly report",
            "สั่งจ่าย เข้าบัญชี คืน และรอผล ของชุดจ่ายที่มีผลในเดือนนั้น",
            "Released, paid, returned and waiting, of runs that take effect in the month",
            (
                Column("month", "เดือน", "Month", "day"),
                _OFFICE,
                _SCHEME,
                _count("runs", "ชุดจ่าย", "Runs"),
                _count("sent", "สั่งจ่าย (รายการ)", "Released (payments)"),
                _baht("sent_amount", "สั่งจ่าย (บาท)", "Released (baht)"),
                _count("paid", "เข้าบัญชี (รายการ)", "Paid (payments)"),
                _baht("paid_amount", "เข้าบัญชี (บาท)", "Paid (baht)"),
                _count("returned", "คืน (รายการ)", "Returned (payments)"),
                _baht("returned_amount", "คืน (บาท)", "Returned (baht)"),
                _count("waiting", "รอผล (รายการ)", "Waiting (payments)"),
                _baht("waiting_amount", "รอผล (บาท)", "Waiting (baht)"),
            ),
            ("year", "month", "scheme", "office"),
            rows.month,
        ),
    )
}


def read_asked(given: Mapping[str, str], today: date) -> Asked:
    """What an address asks for; what is no year, month, step or code is left out rather than refused."""
    year = given.get("year", "")
    has_year = year.isascii() and year.isdecimal() and 2400 <= int(year[:5]) <= 2800
    outcome = given.get("outcome", "")
    codes = {name: given.get(name, "")[:40] for name in ("scheme", "office", "run")}
    return Asked(
        year=int(year) if has_year else fiscal_year_be(today),
        month=_month(given.get("month", "")),
        outcome=outcome if outcome in OUTCOMES else "",
        **{name: value for name, value in codes.items() if value.replace("-", "").replace("_", "").isalnum()},
    )


def open_register(register: Register, viewer: Viewer, asked: Asked) -> OpenRegister:
    """The register as this viewer may see it: their offices, narrowed to what was asked."""
    kept = {one.name: getattr(asked, one.name) for one in fields(asked) if one.name in register.filters}
    narrowed = Asked(**{"year": asked.year, **kept})
    seen = offices_seen(viewer) if viewer.has_role(*READERS) else frozenset()
    offices = seen
    if narrowed.office:
        offices = frozenset({narrowed.office}) if seen is None else seen & {narrowed.office}
    return OpenRegister(register, narrowed, offices, register.rows(offices, narrowed))


def _month(said: str) -> str:
    try:
        return date.fromisoformat(f"{said}-01").isoformat()[:7] if len(said) == 7 else ""
    except ValueError:
        return ""

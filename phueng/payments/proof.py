"""Do ledger, payments and bank say the same for a day, to the satang, and what does not agree?

Three witnesses are asked apart from each other: the ledger (movements), our instructions (lines, runs, signed files) and
the bank (the bytes of its answers, read again). For each fund: debits = credits; what the ledger moved = what the lines
say = what the bank said; what is promised, on its way and paid by the ledger = by the lines; nothing below zero;
everything that was allotted is somewhere. Only reading: the worker and the proof page keep what is found.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from phueng.ledger.accounts import Fund
from phueng.ledger.actions import Found
from phueng.ledger.models import BUDGET_ROLES
from phueng.payments import proof_sql as sql
from phueng.payments.proof_bank import SaidByBank, said_by_bank

BANGKOK = ZoneInfo("Asia/Bangkok")


@dataclass(frozen=True)
class FundDay:
    """One fund's day in satang, by each witness."""

    fund: Fund
    debits: int = 0
    credits: int = 0
    movements: int = 0
    sent: int = 0
    ledger_paid: int = 0
    ledger_returned: int = 0
    repaid: int = 0
    lines_paid: int = 0
    lines_returned: int = 0
    bank_paid: int = 0
    bank_returned: int = 0
    paid_count: int = 0
    returned_count: int = 0

    @property
    def is_even(self) -> bool:
        """Whether all three witnesses say the same."""
        return (
            self.debits == self.credits
            and self.ledger_paid == self.lines_paid == self.bank_paid
            and self.ledger_returned == self.lines_returned == self.bank_returned
        )


@dataclass(frozen=True)
class Proof:
    """What was compared and what did not agree, differences first."""

    on: date
    office_codes: tuple[str, ...] | None
    differences: tuple[Found, ...]
    funds: tuple[FundDay, ...]
    checked: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_proved(self) -> bool:
        """No difference at all."""
        return not self.differences

    def of_office(self, office_code: str) -> "Proof":
        """The part of one office."""
        return replace(
            self,
            office_codes=(office_code,),
            differences=tuple(one for one in self.differences if one.office_code == office_code),
            funds=tuple(one for one in self.funds if one.fund.office_code == office_code),
        )

    def as_json(self) -> dict[str, Any]:
        """For machines: plain values, the same for the same facts."""
        return {
            "format": "phueng-daily-proof-1",
            "on": self.on.isoformat(),
            "offices": None if self.office_codes is None else sorted(self.office_codes),
            "is_proved": self.is_proved,
            "differences": [
                asdict(one) | {"subject_id": str(one.subject_id) if one.subject_id else ""} for one in self.differences
            ],
            "funds": [asdict(day) | {"is_even": day.is_even} for day in self.funds],
            "checked": dict(self.checked),
        }


def prove(on: date, office_codes: Collection[str] | None = None) -> Proof:
    """Compare one day (Bangkok) for some offices, or for all."""
    start = datetime.combine(on, time(), BANGKOK)
    asked: dict[str, Any] = {
        "start": start,
        "end": start + timedelta(days=1),
        "offices": None if office_codes is None else sorted(office_codes),
    }
    bank = said_by_bank(asked)
    lines = _asked(sql.LINES, asked)
    funds = _fund_days(asked, lines, bank)
    found = [
        *_day_differences(funds),
        *bank.differences,
        *_standing_differences(asked, lines),
        *_run_differences(asked),
    ]
    found += _unexplained(asked)
    checked = {
        "movements": sum(day.movements for day in funds),
        "lines": sum(day.paid_count + day.returned_count for day in funds),
        "answers": bank.answers,
        "funds": len(funds),
    }
    offices = None if office_codes is None else tuple(sorted(office_codes))
    return Proof(on, offices, tuple(found), tuple(funds), checked)


def _asked(query: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def fund_of_row(row: tuple[Any, ...]) -> Fund:
    """The fund in the first four columns: year, scheme, source, office."""
    year, scheme, source, office = row[:4]
    return Fund(year, scheme, office, source)


def _fund_days(asked: Mapping[str, Any], lines: list[tuple[Any, ...]], bank: SaidByBank) -> list[FundDay]:
    days: dict[Fund, FundDay] = {}
    for row in _asked(sql.POSTED, asked):
        fund = fund_of_row(row)
        debits, credits_, sent, paid, returned, repaid, movements = row[4:]
        days[fund] = FundDay(fund, debits, credits_, movements, sent, paid, returned, repaid)
    for row in lines:
        fund = fund_of_row(row)
        paid, returned, paid_count, returned_count = row[4:8]
        if paid_count or returned_count:
            day = days.get(fund, FundDay(fund))
            days[fund] = replace(
                day, lines_paid=paid, lines_returned=returned, paid_count=paid_count, returned_count=returned_count
            )
    for fund, (paid, returned) in bank.sums.items():
        days[fund] = replace(days.get(fund, FundDay(fund)), bank_paid=paid, bank_returned=returned)
    return sorted(days.values(), key=lambda day: (day.is_even, day.fund.code("")))


def _difference(code: str, fund: Fund, expected: int | None, found: int | None, **more: Any) -> Found:
    return Found(code, fund.office_code, fund.code("").rstrip("/"), expected, found, **more)


def _day_differences(funds: Collection[FundDay]) -> list[Found]:
    found = []
    for day in funds:
        pairs = (
            ("debits_are_not_credits", day.debits, day.credits),
            ("ledger_paid_is_not_lines", day.lines_paid, day.ledger_paid),
            ("ledger_returned_is_not_lines", day.lines_returned, day.ledger_returned),
            ("bank_paid_is_not_lines", day.lines_paid, day.bank_paid),
            ("bank_returned_is_not_lines", day.lines_returned, day.bank_returned),
        )
        found += [_difference(code, day.fund, one, other) for code, one, other in pairs if one != other]
    return found


def _standing_differences(asked: Mapping[str, Any], lines: list[tuple[Any, ...]]) -> list[Found]:
    """Balances when the day ends. What a closed year still owed stands in a later year's fund, so promises are compared
    over the years of a fund; money stays with the year of its run."""
    balances: dict[Fund, dict[str, int]] = {}
    found = []
    for row in _asked(sql.BALANCES, asked):
        fund, (role, is_guarded, satang) = fund_of_row(row), row[4:]
        balances.setdefault(fund, {})[role] = satang
        if is_guarded and satang < 0:
            found.append(_difference("below_zero", fund, 0, satang, about=fund.code(role)))
    repaid = {fund_of_row(row): row[4] for row in _asked(sql.REPAID, asked)}
    standing = {fund_of_row(row): row[8:] for row in lines}
    promised: dict[tuple[str, str, str], list[int]] = {}
    for fund in sorted({*balances, *standing}, key=lambda fund: fund.code("")):
        held = balances.get(fund, {})
        waiting, paid, committed, reversed_ = standing.get(fund, (0, 0, 0, 0))
        lost = sum(held.get(role, 0) for role in BUDGET_ROLES)
        pairs = (
            ("allotted_is_not_whole", 0, lost),
            ("transit_is_not_waiting", waiting, held.get("transit", 0)),
            ("grants_are_not_paid", paid - repaid.get(fund, 0), held.get("grants", 0)),
        )
        found += [_difference(code, fund, one, other) for code, one, other in pairs if one != other]
        sums = promised.setdefault((fund.scheme_code, fund.source, fund.office_code), [0, 0, 0, 0])
        for place, satang in enumerate(
            (paid - reversed_, committed, held.get("disbursed", 0), held.get("committed", 0))
        ):
            sums[place] += satang
    for (scheme, source, office), (paid, committed, disbursed, held_back) in promised.items():
        named = f"{scheme}@{source}/{office}"
        if paid != disbursed:
            found.append(Found("disbursed_is_not_paid", office, named, paid, disbursed))
        if committed != held_back:
            found.append(Found("committed_is_not_waiting", office, named, committed, held_back))
    return found


def _run_differences(asked: Mapping[str, Any]) -> list[Found]:
    found = []
    for row in _asked(sql.RELEASED, asked):
        fund, (run_id, number, total, in_files, in_lines, sent) = fund_of_row(row), row[4:]
        of_run: dict[str, Any] = {"about": number, "subject_kind": "run", "subject_id": run_id}
        pairs = (
            ("files_are_not_the_run", total, in_files),
            ("lines_are_not_the_run", total, in_lines),
            ("sent_is_not_the_run", total, sent),
        )
        found += [_difference(code, fund, one, other, **of_run) for code, one, other in pairs if one != other]
    return found


def _unexplained(asked: Mapping[str, Any]) -> list[Found]:
    found = []
    for row in _asked(sql.UNEVEN, asked):
        movement_id, key, satang = row[4:]
        of_movement: dict[str, Any] = {"about": key, "subject_kind": "movement", "subject_id": movement_id}
        found.append(_difference("movement_is_uneven", fund_of_row(row), 0, satang, **of_movement))
    for row in _asked(sql.UNSIGNED, asked):
        run_id, number, satang = row[4:]
        of_run: dict[str, Any] = {"about": number, "subject_kind": "run", "subject_id": run_id}
        found.append(_difference("paid_without_three_people", fund_of_row(row), 0, satang, **of_run))
    for row in _asked(sql.UNDECIDED, asked):
        line_id, reference, satang = row[4:]
        of_line: dict[str, Any] = {"about": reference, "subject_kind": "line", "subject_id": line_id}
        found.append(_difference("paid_without_decision", fund_of_row(row), 0, satang, **of_line))
    for office, item_id, name, line_no, reference, satang in _asked(sql.SUSPENSE, asked):
        about = f"{reference or name}:{line_no}"
        found.append(Found("in_suspense", office, "", None, satang, about, "suspense", item_id))
    return found

"""How much is there, where, and by which movements?"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from phueng.ledger.accounts import Fund
from phueng.ledger.models import LedgerAccount, Movement, Posting


@dataclass(frozen=True)
class BudgetState:
    """One fund in satang. allotted = available + reserved + committed + disbursed, always."""

    allotted: int
    available: int
    reserved: int
    committed: int
    disbursed: int


def balances(fund: Fund) -> dict[str, int]:
    """Role → balance in satang (debit positive) of one fund, in one query."""
    rows = (
        Posting.objects.filter(
            account__fiscal_year=fund.fiscal_year,
            account__scheme_code=fund.scheme_code,
            account__office_code=fund.office_code,
        )
        .values_list("account__role")
        .annotate(total=Sum("amount_satang"))
    )
    return dict(rows)


def budget(fiscal_year: int, scheme_code: str, office_code: str) -> BudgetState:
    """The budget of one office for one scheme in one fiscal year (Buddhist era)."""
    totals = balances(Fund(fiscal_year, scheme_code, office_code))
    return BudgetState(
        allotted=-totals.get("allotted", 0),
        available=totals.get("available", 0),
        reserved=totals.get("reserved", 0),
        committed=totals.get("committed", 0),
        disbursed=totals.get("disbursed", 0),
    )


def trial_balance() -> list[tuple[str, int]]:
    """Every account with its balance, by code; the balances sum to zero."""
    rows = Posting.objects.values_list("account__code").annotate(total=Sum("amount_satang")).order_by("account__code")
    return list(rows)


def movements_of(subject_id: UUID) -> list[Movement]:
    """What moved because of one decision, run or result, oldest first."""
    found = (
        Movement.objects.filter(subject_id=subject_id).prefetch_related("postings__account").order_by("moved_at", "key")
    )
    return list(found)


def funds_of(office_codes: frozenset[str], fiscal_year: int) -> list[Fund]:
    """The funds of these offices in a fiscal year."""
    rows = (
        LedgerAccount.objects.filter(office_code__in=office_codes, fiscal_year=fiscal_year, role="allotted")
        .values_list("fiscal_year", "scheme_code", "office_code")
        .order_by("scheme_code", "office_code")
    )
    return [Fund(*row) for row in rows]

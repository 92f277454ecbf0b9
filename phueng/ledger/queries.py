"""How much is there, where, and by which movements?"""

from dataclasses import dataclass

from django.db.models import Sum

from phueng.ledger.accounts import Fund
from phueng.ledger.models import Posting


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

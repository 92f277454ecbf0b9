"""In which fund do the promises of a fund lie today? In its own, until its year was closed and they were carried over."""

from phueng.ledger.accounts import Fund
from phueng.ledger.models import CarryOver


def fund_of_promises(fund: Fund) -> Fund:
    """The fund whose reserved and committed accounts hold what was promised from this one.

    A run belongs to the fiscal year of its dues for ever. When that year's books are closed, what it still owes is
    next year's business, and whoever reserves, commits or pays acts there without knowing it.
    """
    carried = set(
        CarryOver.objects.filter(
            fiscal_year__gte=fund.fiscal_year, scheme_code=fund.scheme_code, source=fund.source,
            office_code=fund.office_code, moved_at__isnull=False,
        ).values_list("fiscal_year", flat=True)
    )  # fmt: skip
    while fund.fiscal_year in carried:
        fund = fund.next_year()
    return fund

"""Which account does a sum belong to? One per fiscal year, scheme, source, office and role, opened when first needed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from phueng.ledger.models import LedgerAccount
from phueng.ledger.sources import BUDGET

GUARDED_ROLES = frozenset({"available", "reserved", "committed", "transit"})


@dataclass(frozen=True)
class Fund:
    """Whose money: a scheme's allotment to an office in a fiscal year (Buddhist era), from one source."""

    fiscal_year: int
    scheme_code: str
    office_code: str
    source: str = BUDGET

    def code(self, role: str) -> str:
        """The account's readable code, such as 2570/family/KKN-DPC/reserved; a source other than the budget is named."""
        named = self.scheme_code if self.source == BUDGET else f"{self.scheme_code}@{self.source}"
        return f"{self.fiscal_year}/{named}/{self.office_code}/{role}"

    def next_year(self) -> "Fund":
        """The same fund a fiscal year later."""
        return Fund(self.fiscal_year + 1, self.scheme_code, self.office_code, self.source)


def fund_of(account: LedgerAccount) -> Fund:
    """The fund that an account belongs to."""
    return Fund(account.fiscal_year, account.scheme_code, account.office_code, account.source)


def open_accounts(wanted: Collection[tuple[Fund, str]], at: datetime) -> dict[tuple[Fund, str], LedgerAccount]:
    """The accounts for these funds and roles, opened where they are missing (two openers meet at the unique code)."""
    codes = {fund.code(role): (fund, role) for fund, role in wanted}
    found = {account.code: account for account in LedgerAccount.objects.filter(code__in=codes)}
    missing = [_account(fund, role, at) for code, (fund, role) in codes.items() if code not in found]
    if missing:
        LedgerAccount.objects.bulk_create(missing, ignore_conflicts=True)
        found = {account.code: account for account in LedgerAccount.objects.filter(code__in=codes)}
    return {codes[code]: account for code, account in found.items()}


def _account(fund: Fund, role: str, at: datetime) -> LedgerAccount:
    return LedgerAccount(
        code=fund.code(role),
        role=role,
        fiscal_year=fund.fiscal_year,
        scheme_code=fund.scheme_code,
        source=fund.source,
        office_code=fund.office_code,
        may_go_below_zero=role not in GUARDED_ROLES,
        opened_at=at,
    )

"""Which account does a sum belong to? One per fiscal year, scheme, office and role, opened when first needed."""

from dataclasses import dataclass
from datetime import datetime

from phueng.ledger.models import LedgerAccount

GUARDED_ROLES = frozenset({"available", "reserved", "committed", "transit"})


@dataclass(frozen=True)
class Fund:
    """Whose money: a scheme's allotment to an office in a fiscal year (Buddhist era)."""

    fiscal_year: int
    scheme_code: str
    office_code: str

    def code(self, role: str) -> str:
        """The account's readable code, such as 2570/family/KKN-DPC/reserved."""
        return f"{self.fiscal_year}/{self.scheme_code}/{self.office_code}/{role}"


def open_accounts(fund: Fund, roles: tuple[str, ...], at: datetime) -> dict[str, LedgerAccount]:
    """The fund's accounts for these roles, opened where they are missing (two openers meet at the unique code)."""
    codes = {fund.code(role): role for role in roles}
    LedgerAccount.objects.bulk_create(
        [
            LedgerAccount(
                code=code,
                role=role,
                fiscal_year=fund.fiscal_year,
                scheme_code=fund.scheme_code,
                office_code=fund.office_code,
                may_go_below_zero=role not in GUARDED_ROLES,
                opened_at=at,
            )
            for code, role in codes.items()
        ],
        ignore_conflicts=True,
    )
    return {account.role: account for account in LedgerAccount.objects.filter(code__in=codes)}

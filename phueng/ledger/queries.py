"""How much is there, where, and by which movements?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from phueng.kernel.thai_dates import in_bangkok
from phueng.ledger.accounts import Fund
from phueng.ledger.models import (
    BUDGET_ROLES,
    BudgetPlan,
    BudgetTransfer,
    CarryOver,
    DailyProof,
    Movement,
    Posting,
)


@dataclass(frozen=True)
class BudgetState:
    """One fund in satang. allotted = available + reserved + committed + disbursed + carried + lapsed, always."""

    allotted: int
    available: int
    reserved: int
    committed: int
    disbursed: int
    carried: int = 0
    lapsed: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether everything that was allotted is somewhere."""
        return self.allotted == (
            self.available + self.reserved + self.committed + self.disbursed + self.carried + self.lapsed
        )


def state_of(totals: Mapping[str, int]) -> BudgetState:
    """The state behind balances by role."""
    rest = {role: totals.get(role, 0) for role in BUDGET_ROLES if role != "allotted"}
    return BudgetState(allotted=-totals.get("allotted", 0), **rest)


def balances(fund: Fund) -> dict[str, int]:
    """Role → balance in satang (debit positive) of one fund, in one query."""
    rows = _of(fund).values_list("account__role").annotate(total=Sum("amount_satang"))
    return dict(rows)


def _of(fund: Fund) -> QuerySet[Posting]:
    return Posting.objects.filter(
        account__fiscal_year=fund.fiscal_year,
        account__scheme_code=fund.scheme_code,
        account__source=fund.source,
        account__office_code=fund.office_code,
    )


def budget(fiscal_year: int, scheme_code: str, office_code: str) -> BudgetState:
    """The state budget of one office for one scheme in one fiscal year (Buddhist era)."""
    return state_of(balances(Fund(fiscal_year, scheme_code, office_code)))


def register(
    fiscal_year: int, *, office_codes: Collection[str] | None = None, scheme_code: str = ""
) -> list[tuple[Fund, BudgetState]]:
    """Each fund of the year with where its money stands, in one query however many offices; None is every office."""
    postings = Posting.objects.filter(account__fiscal_year=fiscal_year, account__role__in=BUDGET_ROLES)
    if office_codes is not None:
        postings = postings.filter(account__office_code__in=office_codes)
    if scheme_code:
        postings = postings.filter(account__scheme_code=scheme_code)
    names = ("account__scheme_code", "account__source", "account__office_code")
    rows = postings.values_list(*names, "account__role").annotate(total=Sum("amount_satang")).order_by(*names)
    funds: dict[Fund, dict[str, int]] = {}
    for scheme, source, office, role, total in rows:
        funds.setdefault(Fund(fiscal_year, scheme, office, source), {})[role] = total
    return [(fund, state_of(totals)) for fund, totals in funds.items()]


def sum_of(states: Iterable[BudgetState]) -> BudgetState:
    """Several funds together."""
    totals = dict.fromkeys(BUDGET_ROLES, 0)
    for state in states:
        for role in BUDGET_ROLES:
            totals[role] += getattr(state, role)
    return BudgetState(**totals)


def fiscal_years(office_codes: Collection[str] | None = None) -> list[int]:
    """Years with a budget, the latest first."""
    postings = Posting.objects.filter(account__role="allotted")
    if office_codes is not None:
        postings = postings.filter(account__office_code__in=office_codes)
    return sorted(set(postings.values_list("account__fiscal_year", flat=True).distinct()), reverse=True)


def movements_behind(fund: Fund, role: str) -> QuerySet[Posting]:
    """Every posting whose sum is this number of this fund, the latest first."""
    return _of(fund).filter(account__role=role).select_related("movement").order_by("-movement__moved_at", "-pk")


def trial_balance() -> list[tuple[str, int]]:
    """Every account with its balance, by code; the balances sum to zero."""
    rows = Posting.objects.values_list("account__code").annotate(total=Sum("amount_satang")).order_by("account__code")
    return list(rows)


def plans_of(fiscal_year: int | None = None) -> QuerySet[BudgetPlan]:
    """Plans with how much they give, the latest first."""
    plans = BudgetPlan.objects.annotate(total=Sum("allotments__amount_satang")).order_by("-entered_at", "-pk")
    return plans if fiscal_year is None else plans.filter(fiscal_year=fiscal_year)


def plan_by_id(plan_id: UUID) -> BudgetPlan | None:
    """A plan with its lines at hand."""
    return BudgetPlan.objects.prefetch_related("allotments").filter(pk=plan_id).first()


def transfers_between(office_codes: Collection[str] | None) -> QuerySet[BudgetTransfer]:
    """Transfers that give to or take from these offices (None: all), the latest first."""
    transfers = BudgetTransfer.objects.prefetch_related("approvals").order_by("-asked_at", "-pk")
    if office_codes is None:
        return transfers
    return transfers.filter(Q(from_office_code__in=office_codes) | Q(to_office_code__in=office_codes))


def carry_overs_of(office_codes: Collection[str] | None) -> QuerySet[CarryOver]:
    """Carry-overs of these offices (None: all), the latest first."""
    carried = CarryOver.objects.prefetch_related("approvals").order_by("-asked_at", "-pk")
    return carried if office_codes is None else carried.filter(office_code__in=office_codes)


def latest_proof(on: date, office_code: str = "") -> DailyProof | None:
    """The last proof of that day for that office ("" is all of them)."""
    proofs = DailyProof.objects.prefetch_related("findings").filter(on=on, office_code=office_code)
    return proofs.order_by("-round").first()


def proof_by_id(proof_id: UUID) -> DailyProof | None:
    """One proof."""
    return DailyProof.objects.filter(pk=proof_id).first()


def recent_proofs(office_code: str = "", most: int = 14) -> list[DailyProof]:
    """The last round of each day proved lately, the latest day first."""
    proofs = DailyProof.objects.filter(office_code=office_code).order_by("-on", "-round").distinct("on")
    return list(proofs.defer("figures")[:most])


def unsigned_proofs() -> QuerySet[DailyProof]:
    """Proofs whose PDF is not signed yet, oldest first."""
    return DailyProof.objects.filter(signed_at__isnull=True).defer("figures").order_by("proved_at")


def is_proved(at: datetime) -> bool:
    """Whether the days before today are proved: the last proof of all offices found no difference, and no money moved
    between the day it proves and today. Before any money has moved there is nothing to prove."""
    today = in_bangkok(at).replace(hour=0, minute=0, second=0, microsecond=0)
    last = DailyProof.objects.filter(office_code="").order_by("-on", "-round").values("on", "is_proved").first()
    moved = Movement.objects.filter(moved_at__lt=today, postings__account__role="transit")
    if last is None:
        return not moved.exists()
    if not last["is_proved"]:
        return False
    day = last["on"]
    after = today.replace(year=day.year, month=day.month, day=day.day)
    return not moved.filter(moved_at__gte=after, moved_at__lt=today).exclude(moved_at__date=day).exists()

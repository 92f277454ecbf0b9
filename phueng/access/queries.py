"""What may others ask access?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from phueng.access.models import Account, BorrowedHand, Delegation, Duty, Hand
from phueng.access.roles import ROLE_NAMES
from phueng.access.viewers import Viewer


def in_force(on: date) -> Q:
    """Rows with `starts_on` and `ends_before` that hold on a day."""
    return Q(starts_on__lte=on) & (Q(ends_before__isnull=True) | Q(ends_before__gt=on))


def account_named(username: str) -> Account | None:
    """An active account by its username."""
    return Account.objects.filter(username=username.strip().lower(), is_active=True).first()


def account_by_id(account_id: UUID | None) -> Account | None:
    """An account, also a closed one; nobody for None."""
    return None if account_id is None else Account.objects.filter(id=account_id).first()


@dataclass(frozen=True, slots=True)
class CastMember:
    """A person one can sign in as in the demo."""

    username: str
    name_th: str
    name_en: str
    role_th: str
    role_en: str
    office_th: str
    office_en: str


def cast(on: date, *, most: int = 30) -> list[CastMember]:
    """The accounts that were opened first, with their first duty: in the demo these are the cast."""
    duties = (
        Duty.objects.filter(in_force(on), account__is_active=True)
        .order_by("account__opened_at", "account__username", "starts_on", "role")
        .select_related("account", "office")[: most * 3]
    )
    members: dict[str, CastMember] = {}
    order = {names[0]: place for place, names in enumerate(ROLE_NAMES.values())}
    for duty in duties:
        account, office = duty.account, duty.office
        members.setdefault(
            account.username,
            CastMember(
                account.username,
                account.display_name_th,
                account.display_name_en,
                *ROLE_NAMES[duty.role],
                office.name_th,
                office.name_en,
            ),
        )
    # In the order in which a case meets them.
    return sorted(list(members.values())[:most], key=lambda member: order[member.role_th])


def accounts(viewer: Viewer, *, search: str = "") -> list[Account]:
    """Accounts for the administrator's page, at most 100; nobody else sees any."""
    if not viewer.has_role("administrator"):
        return []
    found = Account.objects.order_by("username")
    if search:
        found = found.filter(Q(username__icontains=search) | Q(display_name_th__icontains=search))
    return list(found[:100])


def duties_of(account_id: UUID) -> list[Duty]:
    """All duties of an account, newest first, ended ones too."""
    return list(Duty.objects.filter(account_id=account_id).select_related("office").order_by("-starts_on", "role"))


def accounts_with_duty(role: str, office_id: UUID, on: date) -> list[Account]:
    """Who holds a role in an office on a day."""
    holders = Duty.objects.filter(in_force(on), role=role, office_id=office_id, account__is_active=True)
    return list(Account.objects.filter(id__in=holders.values("account_id")).order_by("username"))


def hand_rows(case_id: UUID) -> QuerySet[Hand]:
    """Who has had which part in a case, in order; for a page that fetches several lists at once."""
    return Hand.objects.filter(case_id=case_id).select_related("account").order_by("laid_at")


def hands_asked(case_ids: Collection[UUID]) -> dict[UUID, list[BorrowedHand]]:
    """The hands that are asked for now, by case, in one query."""
    found: dict[UUID, list[BorrowedHand]] = {}
    rows = BorrowedHand.objects.filter(case_id__in=case_ids, ended_at=None).order_by("asked_at")
    for row in rows.select_related("asking_office", "from_office", "asked_by"):
        found.setdefault(row.case_id, []).append(row)
    return found


def delegation_for(
    viewer: Viewer, *, office_id: UUID, scheme_code: str, amount_satang: int, on: date, role: str = "approver"
) -> Delegation | None:
    """The order under which this viewer may decide this amount for this office, or None: they may not.

    Their own delegation (a deputy, for instance) counts before that of their role. One's own delegation
    needs no duty in that office; a delegation to the role does.
    """
    if viewer.account_id is None:
        return None
    whose = Q(account_id=viewer.account_id)
    if office_id in viewer.office_ids(role):
        whose |= Q(account__isnull=True, role=role)
    return (
        Delegation.objects.filter(whose, in_force(on), office_id=office_id, up_to_satang__gte=amount_satang)
        .filter(Q(scheme_code="") | Q(scheme_code=scheme_code))
        .order_by("account_id", "up_to_satang")
        .first()
    )

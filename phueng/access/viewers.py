"""Who is looking?

A viewer is an account with the duties it holds today, or nobody. Queries take it first and answer only within
these duties; an empty viewer therefore sees nothing.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest

from phueng.access.models import Account, BorrowedHand, Duty
from phueng.access.roles import CITIZEN_ROLES, LENDING_ROLES
from phueng.audit.actors import Actor
from phueng.audit.clock import PhuengNow

BANGKOK = ZoneInfo("Asia/Bangkok")


@dataclass(frozen=True, slots=True)
class DutyHeld:
    """A role in an office, valid today."""

    role: str
    office_id: UUID
    office_code: str
    province_code: str
    office_kind: str
    office_name_th: str = ""
    office_name_en: str = ""
    # Cases of other offices that asked this office for the hand which this duty can lay; only while they ask.
    asked_case_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Viewer:
    """The account that is looking, with its duties of today.

    `factor_at` says when this session gave its second factor (seconds of the server's own clock, as
    sessions.py).
    """

    account_id: UUID | None
    name: str
    duties: tuple[DutyHeld, ...] = ()
    request_id: str = ""
    factor_at: float | None = None
    # The password is one that somebody else gave: until it is changed, no page of any role opens.
    owes_password: bool = False

    @property
    def is_signed_in(self) -> bool:
        """Whether an account stands behind this viewer."""
        return self.account_id is not None

    @property
    def roles(self) -> frozenset[str]:
        """Every role held today."""
        return frozenset(duty.role for duty in self.duties)

    def has_role(self, *roles: str) -> bool:
        """Say whether one of these roles is held today, in any office."""
        return not self.roles.isdisjoint(roles)

    def office_ids(self, *roles: str) -> frozenset[UUID]:
        """The offices where one of these roles is held (all roles when none is named)."""
        return frozenset(duty.office_id for duty in self.duties if not roles or duty.role in roles)

    def office_codes(self, *roles: str) -> frozenset[str]:
        """The codes of these offices."""
        return frozenset(duty.office_code for duty in self.duties if not roles or duty.role in roles)

    def province_codes(self, *roles: str) -> frozenset[str]:
        """The provinces of these offices."""
        return frozenset(duty.province_code for duty in self.duties if not roles or duty.role in roles)

    def asked_case_ids(self, *roles: str) -> frozenset[UUID]:
        """Cases of other offices that wait for one of these roles of ours (a borrowed hand)."""
        held = (duty for duty in self.duties if not roles or duty.role in roles)
        return frozenset(case_id for duty in held for case_id in duty.asked_case_ids)

    def lent_duty(self, case_id: UUID, *roles: str) -> DutyHeld | None:
        """The duty in which this viewer may lend a hand to this case, or None."""
        fitting = (duty for duty in self.duties if not roles or duty.role in roles)
        return next((duty for duty in fitting if case_id in duty.asked_case_ids), None)

    def actor(self, role: str | None = None, office_id: UUID | None = None) -> Actor:
        """Name this viewer as the one who acts, in the given role (and office), else in the first duty.

        Raises ValueError when a role is named that is not held: an entry must never claim one.
        """
        if self.account_id is None:
            return Actor("citizen", None, self.name, role or "citizen", request_id=self.request_id)
        fitting = [duty for duty in self.duties if role in (None, duty.role) and office_id in (None, duty.office_id)]
        if not fitting:
            if role is None or role == "citizen":
                return Actor("citizen", self.account_id, self.name, "citizen", request_id=self.request_id)
            raise ValueError(f"the viewer does not hold the role {role} there")
        duty = fitting[0]
        kind = duty.role if duty.role in CITIZEN_ROLES else "staff"
        return Actor(kind, self.account_id, self.name, duty.role, duty.office_code, self.request_id)  # type: ignore[arg-type]


class Request(HttpRequest):
    """A request as views get it, after the middleware. For annotations: `def queue(request: Request)`."""

    viewer: Viewer
    number: str
    expired_account_id: UUID | None


def anonymous(request_id: str = "") -> Viewer:
    """Somebody who has not signed in."""
    return Viewer(None, "", (), request_id)


def viewer_of(account: Account, *, request_id: str = "", factor_at: float | None = None) -> Viewer:
    """Build the viewer of an account with the duties it holds today (one query)."""
    today = TruncDate(PhuengNow(), tzinfo=BANGKOK)
    rows = (
        Duty.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=today), account=account, starts_on__lte=today
        )
        .annotate(lends=_lends())
        .order_by("starts_on", "role", "office__code")
        .values_list(
            "role",
            "office_id",
            "office__code",
            Coalesce("office__province_id", Value("")),
            "office__kind",
            "office__name_th",
            "office__name_en",
            _asked_of_this_duty(),
        )
    )
    duties = tuple(_held(*row) for row in rows) if account.is_active else ()
    owes_password = account.password_given_at is not None
    return Viewer(account.id, account.display_name_th, duties, request_id, factor_at, owes_password)


def _held(*row: Any) -> DutyHeld:
    role, office_id, office_code, province_code, office_kind, name_th, name_en, asked = row
    return DutyHeld(role, office_id, office_code, province_code, office_kind, name_th, name_en, tuple(asked))


def _lends() -> Case:
    """The hand that a duty can lend to another office."""
    return Case(*(When(role__in=roles, then=Value(hand)) for hand, roles in LENDING_ROLES.items()), default=Value(""))


def _asked_of_this_duty() -> ArraySubquery:
    """Within the query of the duties: a question of its own would cost every page."""
    asked = BorrowedHand.objects.filter(from_office=OuterRef("office_id"), hand=OuterRef("lends"), ended_at=None)
    return ArraySubquery(asked.values("case_id"))

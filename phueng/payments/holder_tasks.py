"""Which accounts wait for a person of finance, and what does that person need to see?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from phueng.access.viewers import Viewer
from phueng.entitlements.models import Due
from phueng.payments.account_looks import is_inquired, looks_at_accounts
from phueng.payments.approving import FINANCE_ROLES
from phueng.payments.gathering import cases_of
from phueng.payments.models import HolderCheck, HolderRuling
from phueng.places.models import Office
from phueng.registry.models import BankAccount

MOST = 50

# Money of these offices that no live line pays; NULL: of every office.
_WAITING = """
waiting AS (
    SELECT d.person_id, sum(d.amount_satang) AS owed FROM entitlements_due d
    WHERE (%(offices)s::text[] IS NULL OR d.office_code = ANY(%(offices)s))
      AND NOT EXISTS (SELECT 1 FROM payments_line l
                      WHERE l.due_id = d.id AND l.returned_at IS NULL AND l.dropped_at IS NULL)
    GROUP BY d.person_id)"""

_OTHER_NAMES = f"""
WITH {_WAITING}
SELECT h.id, w.owed FROM waiting w
JOIN LATERAL (SELECT * FROM registry_bankaccount a WHERE a.person_id = w.person_id AND a.ended_at IS NULL
              ORDER BY a.stated_at DESC, a.id DESC LIMIT 1) a ON true
JOIN LATERAL (SELECT * FROM payments_holdercheck h
              WHERE h.person_id = w.person_id AND h.bank_code = a.bank_code AND h.blind_index = a.blind_index
              ORDER BY h.asked_at DESC, h.nth DESC LIMIT 1) h ON true
WHERE h.verdict = 'different' ORDER BY h.asked_at LIMIT %(most)s"""  # noqa: S608

_SHARED = f"""
WITH {_WAITING},
keys AS (
    SELECT DISTINCT a.bank_code, a.blind_index FROM waiting w JOIN registry_bankaccount a USING (person_id)
    WHERE a.ended_at IS NULL AND EXISTS (
        SELECT 1 FROM registry_bankaccount x WHERE x.bank_code = a.bank_code AND x.blind_index = a.blind_index
          AND x.person_id <> a.person_id AND x.ended_at IS NULL))
SELECT min(a.id::text)::uuid, a.bank_code, a.blind_index, min(a.last_digits),
       count(DISTINCT registry_canonical(a.person_id)) AS payees
FROM keys k JOIN registry_bankaccount a ON a.bank_code = k.bank_code AND a.blind_index = k.blind_index AND a.ended_at IS NULL
LEFT JOIN registry_membership m ON m.person_id = a.person_id
  AND m.starts_on <= (phueng_now() AT TIME ZONE 'Asia/Bangkok')::date
  AND (m.ends_before IS NULL OR m.ends_before > (phueng_now() AT TIME ZONE 'Asia/Bangkok')::date)
WHERE EXISTS (SELECT 1 FROM entitlements_due d WHERE d.person_id = a.person_id)
  AND (%(only)s::uuid IS NULL OR EXISTS (SELECT 1 FROM registry_bankaccount o WHERE o.id = %(only)s
                                          AND o.bank_code = a.bank_code AND o.blind_index = a.blind_index))
GROUP BY a.bank_code, a.blind_index
HAVING count(DISTINCT registry_canonical(a.person_id)) > %(allowed)s
   AND count(DISTINCT COALESCE(m.household_id, a.person_id)) > 1
ORDER BY payees DESC, 1 LIMIT %(most)s"""  # noqa: S608


@dataclass(frozen=True)
class OtherName:
    """An account that the bank says is somebody else's, what is owed to the payee, and whether one has ruled."""

    check: HolderCheck
    owed_satang: int
    is_ruled_on: bool


@dataclass(frozen=True)
class SharedAccount:
    """An account into which people of several households are paid."""

    account_id: UUID
    bank_code: str
    blind_index: bytes
    last_digits: str
    payees: int
    ruling: HolderRuling | None = None

    @property
    def is_let_through(self) -> bool:
        return self.ruling is not None and self.ruling.confirmed_at is not None


def offices_of(viewer: Viewer) -> list[str] | None:
    """Codes of the offices whose accounts this person may look at, those they lend hands to among them; None: all."""
    is_central = any(duty.role in FINANCE_ROLES and duty.office_kind == "headquarters" for duty in viewer.duties)
    if viewer.has_role("auditor") or is_central:
        return None
    own = viewer.office_ids(*FINANCE_ROLES)
    found = Office.objects.filter(Q(pk__in=own) | Q(paired_office_id__in=own))
    return list(found.values_list("code", flat=True))


def other_names(offices: Collection[str] | None) -> list[OtherName]:
    """Accounts in another name that still keep money back; three queries at most."""
    if not is_inquired():
        return []
    owed = dict(_rows(_OTHER_NAMES, offices))
    checks = list(HolderCheck.objects.filter(pk__in=owed).order_by("asked_at", "pk"))
    looks = looks_at_accounts([check.person_id for check in checks])
    return [
        OtherName(check, int(owed[check.pk]), bool(looks[check.person_id].ruling))
        for check in checks
        if not looks[check.person_id].is_confirmed
    ]


def shared_accounts(offices: Collection[str] | None, only: UUID | None = None) -> list[SharedAccount]:
    """Accounts shared by too many that two people have not let through (with `only`: this one, whatever was said)."""
    allowed = settings.PHUENG_ACCOUNT_PAYEES_MOST
    if not allowed:
        return []
    found = [
        SharedAccount(row[0], row[1], bytes(row[2]), row[3], row[4])
        for row in _rows(_SHARED, offices, allowed=allowed, only=only)
    ]
    said = HolderRuling.objects.filter(
        kind="shared", blind_index__in=[one.blind_index for one in found], turned_down_at=None
    ).select_related("ruled_by", "confirmed_by")
    rulings = {(one.bank_code, bytes(one.blind_index), one.payee_count): one for one in said.order_by("ruled_at")}
    with_rulings = [
        SharedAccount(
            one.account_id, one.bank_code, one.blind_index, one.last_digits, one.payees,
            rulings.get((one.bank_code, one.blind_index, one.payees)),
        )
        for one in found
    ]  # fmt: skip
    return [one for one in with_rulings if only or not one.is_let_through]


def _rows(statement: str, offices: Collection[str] | None, **asked: Any) -> Sequence[Any]:
    terms: dict[str, Any] = {"offices": None if offices is None else list(offices), "most": MOST} | asked
    with connection.cursor() as cursor:
        cursor.execute(statement, terms)
        rows: Sequence[Any] = cursor.fetchall()
    return rows


def holder_check_for(viewer: Viewer, check_id: UUID) -> HolderCheck | None:
    """The answer about one account, when an office of this person owes its payee something."""
    check = HolderCheck.objects.filter(pk=check_id).first()
    return check if check is not None and _owes(offices_of(viewer), [check.person_id]) else None


def payees_of_account(account_id: UUID) -> list[UUID]:
    """Everybody who is paid into this account."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.person_id FROM registry_bankaccount a, payments_people_of_account(a.bank_code, a.blind_index) p
               WHERE a.id = %s""",
            [account_id],
        )
        return [row[0] for row in cursor.fetchall()]


def account_for(viewer: Viewer, account_id: UUID) -> tuple[BankAccount, list[UUID]] | None:
    """An account with its payees, when an office of this person owes one of them something."""
    account = BankAccount.objects.filter(pk=account_id).defer("number").first()
    payees = payees_of_account(account_id) if account is not None else []
    return (account, payees) if account is not None and _owes(offices_of(viewer), payees) else None


def ruling_for(viewer: Viewer, ruling_id: UUID) -> HolderRuling | None:
    """One ruling, when this person may look at its account."""
    ruling = HolderRuling.objects.select_related("holder_check").filter(pk=ruling_id).first()
    if ruling is None:
        return None
    return ruling if _owes(offices_of(viewer), people_of(ruling)) else None


def account_ruled_on(ruling: HolderRuling) -> UUID | None:
    """The account that a ruling on sharing is about, as its page is addressed."""
    found = BankAccount.objects.filter(bank_code=ruling.bank_code, blind_index=ruling.blind_index, ended_at=None)
    return found.order_by("pk").values_list("pk", flat=True).first()


def people_of(ruling: HolderRuling) -> list[UUID]:
    """Whose money the ruling is about."""
    if ruling.holder_check is not None:
        return [ruling.holder_check.person_id]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM payments_people_of_account(%s, %s)", [ruling.bank_code, bytes(ruling.blind_index)]
        )
        return [row[0] for row in cursor.fetchall()]


def cases_of_person(person_id: UUID) -> list[UUID]:
    """The applications behind what this person is owed: their papers show the passbook."""
    dues = Due.objects.filter(person_id=person_id).select_related("entitlement").order_by("-due_on")[:24]
    return list(dict.fromkeys(cases_of(list(dues)).values()))


def _owes(offices: Collection[str] | None, people: Collection[UUID]) -> bool:
    dues = Due.objects.filter(person_id__in=people)
    return (dues if offices is None else dues.filter(office_code__in=offices)).exists()

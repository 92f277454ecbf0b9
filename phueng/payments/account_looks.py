"""What is known about the accounts of many payees before they are paid? One statement for any number of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

# An account was paid before when a line prepared after it was stated was paid into it: a payee's line always goes to
# the account stated last. The ruling found is one about the same name that the bank gives now.
_LOOKS = """
WITH mine AS (
    SELECT p.id AS person_id, a.bank_code, a.blind_index, a.last_digits, a.stated_at
    FROM unnest(%(people)s::uuid[]) p(id)
    LEFT JOIN LATERAL (SELECT * FROM registry_bankaccount a WHERE a.person_id = p.id AND a.ended_at IS NULL
                       ORDER BY a.stated_at DESC, a.id DESC LIMIT 1) a ON true),
shared AS (
    SELECT m.person_id, count(DISTINCT registry_canonical(o.person_id)) AS payees,
           count(DISTINCT COALESCE(w.household_id, o.person_id)) = 1 AS is_one_household
    FROM mine m JOIN registry_bankaccount o
      ON o.bank_code = m.bank_code AND o.blind_index = m.blind_index AND o.ended_at IS NULL
    LEFT JOIN registry_membership w ON w.person_id = o.person_id AND w.starts_on <= %(today)s::date
      AND (w.ends_before IS NULL OR w.ends_before > %(today)s::date)
    WHERE (o.person_id = m.person_id OR EXISTS (SELECT 1 FROM entitlements_due d WHERE d.person_id = o.person_id))
      AND EXISTS (SELECT 1 FROM registry_bankaccount other WHERE other.bank_code = m.bank_code
                  AND other.blind_index = m.blind_index AND other.person_id <> m.person_id AND other.ended_at IS NULL)
    GROUP BY m.person_id)
SELECT m.person_id,
    %(is_inquired)s AND EXISTS (
        SELECT 1 FROM payments_line l JOIN payments_run r ON r.id = l.run_id
        WHERE l.person_id = m.person_id AND l.paid_at IS NOT NULL AND l.bank_code = m.bank_code
          AND l.last_digits = m.last_digits AND r.prepared_at >= m.stated_at),
    COALESCE(h.standing, ''), COALESCE(h.verdict, ''), COALESCE(h.stated_name, ''),
    COALESCE(h.asked_at >= phueng_now() - make_interval(days => %(days)s), false),
    COALESCE(x.kind, ''), COALESCE(x.is_confirmed, false),
    COALESCE(s.payees, 1), COALESCE(s.is_one_household, true),
    COALESCE(s.payees, 1) > 1 AND EXISTS (
        SELECT 1 FROM payments_holderruling t WHERE t.kind = 'shared' AND t.bank_code = m.bank_code
          AND t.blind_index = m.blind_index AND t.confirmed_at IS NOT NULL AND t.payee_count >= s.payees)
FROM mine m
LEFT JOIN shared s ON s.person_id = m.person_id
LEFT JOIN LATERAL (
    SELECT * FROM payments_holdercheck h
    WHERE %(is_inquired)s AND h.person_id = m.person_id
      AND (m.bank_code IS NULL
           OR (h.bank_code = m.bank_code AND h.blind_index = m.blind_index AND h.asked_at >= m.stated_at))
    ORDER BY h.asked_at DESC, h.nth DESC LIMIT 1) h ON true
LEFT JOIN LATERAL (
    SELECT t.kind, t.confirmed_at IS NOT NULL AS is_confirmed
    FROM payments_holdercheck c JOIN payments_holderruling t ON t.holder_check_id = c.id AND t.turned_down_at IS NULL
    WHERE c.person_id = h.person_id AND c.bank_code = h.bank_code AND c.blind_index = h.blind_index
      AND c.holder_index IS NOT DISTINCT FROM h.holder_index AND c.stated_name = h.stated_name
    ORDER BY t.ruled_at DESC LIMIT 1) x ON true
"""
_TODAY = "(phueng_now() AT TIME ZONE 'Asia/Bangkok')"


@dataclass(frozen=True, slots=True)
class AccountLook:
    """What is known of one payee's account: the bank's word, a person's ruling, and who else is paid into it.

    `is_inquired` is False where no bank answers such questions: then the holder's name as it was typed is compared.
    """

    is_inquired: bool = False
    was_paid: bool = False
    standing: str = ""
    verdict: str = ""
    stated_name: str = ""
    is_fresh: bool = False
    ruling: str = ""
    is_confirmed: bool = False
    payees: int = 1
    is_one_household: bool = True
    is_let_through: bool = False

    @property
    def is_shared_by_too_many(self) -> bool:
        """Whether more payees than usual share it, of several households, and no two people let it through."""
        most = settings.PHUENG_ACCOUNT_PAYEES_MOST
        return bool(most) and self.payees > most and not self.is_one_household and not self.is_let_through


def is_inquired() -> bool:
    """Whether a bank is asked who holds an account before it is paid for the first time."""
    return bool(settings.PHUENG_NAME_INQUIRY_URL and settings.PHUENG_HOLDER_ANSWER_DAYS)


def looks_at_accounts(person_ids: Collection[UUID]) -> dict[UUID, AccountLook]:
    """What is known about the account of each; of one without an account, why the last one could not be used."""
    inquired = is_inquired()
    asked: dict[str, Any] = {
        "people": list(person_ids),
        "is_inquired": inquired,
        "days": settings.PHUENG_HOLDER_ANSWER_DAYS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS.replace("%(today)s", _TODAY), asked)
        return {row[0]: AccountLook(inquired, *row[1:]) for row in cursor.fetchall()}

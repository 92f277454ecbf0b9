"""About whose account has the bank to be asked before a payment? One statement for any number of payees."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from phueng.audit.clock import now

_FREE = """NOT EXISTS (SELECT 1 FROM payments_line l
                WHERE l.due_id = d.id AND l.returned_at IS NULL AND l.dropped_at IS NULL)"""
OF_RUN = f"""SELECT DISTINCT d.person_id FROM entitlements_due d
WHERE d.scheme_code = %(scheme)s AND d.office_code = %(office)s AND d.due_on <= %(on)s AND {_FREE}"""  # noqa: S608
OF_ANY_RUN = f"""SELECT DISTINCT d.person_id FROM entitlements_due d
WHERE d.fell_due_at >= %(lately)s AND (%(among)s::uuid[] IS NULL OR d.person_id = ANY(%(among)s)) AND {_FREE}"""  # noqa: S608
OF_OFFICES = f"""SELECT DISTINCT d.person_id FROM entitlements_due d
WHERE d.fell_due_at >= %(lately)s AND (%(offices)s::text[] IS NULL OR d.office_code = ANY(%(offices)s)) AND {_FREE}"""  # noqa: S608
THESE = "SELECT unnest(%(among)s::uuid[])"

# Money due for longer waits for a person, not for the bank.
_LATELY = timedelta(days=200)

# They have an account; nothing was ever paid into it; and the bank's last word is missing, old, older than the account's
# own statement, or about another name of the payee. The name is put together as registry.queries.payees_of does.
_UNASKED = """
FROM ({people}) p(id)
JOIN LATERAL (SELECT * FROM registry_bankaccount a WHERE a.person_id = p.id AND a.ended_at IS NULL
              ORDER BY a.stated_at DESC, a.id DESC LIMIT 1) a ON true
LEFT JOIN LATERAL (SELECT concat_ws(' ', NULLIF(first_name, ''), NULLIF(last_name, '')) AS full_name
                   FROM registry_personname WHERE person_id = p.id
                   ORDER BY kind <> 'registered', stated_at DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (SELECT * FROM payments_holdercheck h
                   WHERE h.person_id = p.id AND h.bank_code = a.bank_code AND h.blind_index = a.blind_index
                     AND h.asked_at >= a.stated_at ORDER BY h.asked_at DESC, h.nth DESC LIMIT 1) h ON true
WHERE (h.id IS NULL OR h.asked_at < %(since)s OR h.stated_name <> COALESCE(n.full_name, ''))
  AND EXISTS (SELECT 1 FROM registry_person who WHERE who.id = p.id AND who.died_on IS NULL)
  AND NOT EXISTS (SELECT 1 FROM payments_line l JOIN payments_run r ON r.id = l.run_id
                  WHERE l.person_id = p.id AND l.paid_at IS NOT NULL AND l.bank_code = a.bank_code
                    AND l.last_digits = a.last_digits AND r.prepared_at >= a.stated_at)"""


def unasked(of: str, most: int, *, among: Collection[UUID] | None = None, **asked: Any) -> list[UUID]:
    """Up to `most` payees about whose account the bank must be asked."""
    with connection.cursor() as cursor:
        statement = f"SELECT p.id {_UNASKED.replace('{people}', of)} LIMIT %(most)s"
        cursor.execute(statement, _terms(among) | asked | {"most": most})
        return [row[0] for row in cursor.fetchall()]


def count_of_unasked(of: str, *, among: Collection[UUID] | None = None, **asked: Any) -> int:
    """How many there are."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_UNASKED.replace('{people}', of)}", _terms(among) | asked)
        return int(cursor.fetchone()[0])


def _terms(among: Collection[UUID] | None) -> dict[str, Any]:
    at = now()
    return {
        "since": at - timedelta(days=settings.PHUENG_HOLDER_ANSWER_DAYS),
        "lately": at - _LATELY,
        "among": None if among is None else list(among),
    }

"""Who shares an account or a phone with other payees? Noted with each run, batch by batch, in one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from phueng.payments.models import Run

_HOMES = """
LEFT JOIN registry_membership w ON w.person_id = o.person_id AND w.starts_on <= %(today)s::date
  AND (w.ends_before IS NULL OR w.ends_before > %(today)s::date)
WHERE (o.person_id = m.person_id OR EXISTS (SELECT 1 FROM entitlements_due d WHERE d.person_id = o.person_id))
  AND o.ended_at IS NULL
GROUP BY m.person_id, m.last_digits"""
_COUNTS = """m.last_digits, count(DISTINCT registry_canonical(o.person_id)) AS payees,
       count(DISTINCT COALESCE(w.household_id, o.person_id)) = 1 AS is_one_household"""

# Only what stands under two records at all is counted: the rest, nearly everybody, costs one look into an index.
_FLAG = f"""
WITH due AS (SELECT DISTINCT id FROM unnest(%(people)s::uuid[]) id),
accounts AS (
    SELECT DISTINCT ON (a.person_id) a.person_id, a.bank_code, a.blind_index, a.last_digits
    FROM due JOIN registry_bankaccount a ON a.person_id = due.id AND a.ended_at IS NULL
    ORDER BY a.person_id, a.stated_at DESC, a.id DESC),
phones AS (
    SELECT DISTINCT ON (p.person_id) p.person_id, p.number, right(p.number, 4) AS last_digits
    FROM due JOIN registry_phone p ON p.person_id = due.id AND p.ended_at IS NULL
    ORDER BY p.person_id, p.stated_at DESC, p.id DESC),
found AS (
    SELECT m.person_id, 'account' AS kind, {_COUNTS}
    FROM (SELECT * FROM accounts c WHERE EXISTS (
              SELECT 1 FROM registry_bankaccount x WHERE x.bank_code = c.bank_code AND x.blind_index = c.blind_index
                AND x.person_id <> c.person_id AND x.ended_at IS NULL)) m
    JOIN registry_bankaccount o ON o.bank_code = m.bank_code AND o.blind_index = m.blind_index {_HOMES}
    UNION ALL
    SELECT m.person_id, 'phone', {_COUNTS}
    FROM (SELECT * FROM phones c WHERE EXISTS (
              SELECT 1 FROM registry_phone x
              WHERE x.number = c.number AND x.person_id <> c.person_id AND x.ended_at IS NULL)) m
    JOIN registry_phone o ON o.number = m.number {_HOMES})
INSERT INTO payments_sharedflag (id, run_id, person_id, kind, last_digits, payee_count, is_one_household, noted_at)
SELECT gen_random_uuid(), %(run)s, person_id, kind, last_digits, payees, is_one_household, %(at)s
FROM found WHERE payees > 1 AND (kind = 'account' OR NOT is_one_household)
ON CONFLICT DO NOTHING
""".replace("%(today)s", "(phueng_now() AT TIME ZONE 'Asia/Bangkok')")  # noqa: S608 (only texts of this file)


@dataclass(frozen=True)
class SharedSeen:
    """One payee of a run who shares something with others."""

    person_id: UUID
    name: str
    kind: str
    last_digits: str
    payee_count: int
    is_one_household: bool


def flag_sharing(run: Run, at: datetime, people: Collection[UUID]) -> None:
    """Raise a flag for each of these payees whose account or phone is another payee's too. The caller's entry."""
    if settings.PHUENG_ACCOUNT_PAYEES_MOST and people:
        with connection.cursor() as cursor:
            cursor.execute(_FLAG, {"people": list(people), "run": run.pk, "at": at})


def sharing_in(run: Run, most: int = 50) -> tuple[int, list[SharedSeen]]:
    """How many flags a run carries, and the first of them, the widest sharing first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) OVER (), f.person_id,
                      concat_ws(' ', NULLIF(n.first_name, ''), NULLIF(n.last_name, '')),
                      f.kind, f.last_digits, f.payee_count, f.is_one_household
               FROM payments_sharedflag f
               LEFT JOIN LATERAL (SELECT first_name, last_name FROM registry_personname WHERE person_id = f.person_id
                                  ORDER BY kind <> 'registered', stated_at DESC LIMIT 1) n ON true
               WHERE f.run_id = %s ORDER BY f.is_one_household, f.payee_count DESC, f.kind, f.id LIMIT %s""",
            [run.pk, most],
        )
        rows = cursor.fetchall()
    return (rows[0][0] if rows else 0), [SharedSeen(*row[1:]) for row in rows]

"""How does an answer of any size meet the lines that were sent? In a handful of statements, whatever its size.

Its lines are copied into the table of what was said, sorted there by one join (meaning: answers.sort_answers), and what
fits is written on the lines by one update. Only what a person must look at, or must be told, comes back to Python.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from phueng.access.sealed import unseal
from phueng.gateways.answers import AnsweredLine
from phueng.payments.answers import Unexplained, code_of, is_same_account
from phueng.payments.copying import copy_rows
from phueng.payments.models import ResultFile

_COLUMNS = (
    "result_file_id", "position", "line_no", "column_no", "reference", "outcome", "reason_code", "amount_satang",
    "settled_on", "bank_reference",
)  # fmt: skip
_TYPES = ("uuid", "int4", "int4", "int4", "varchar", "varchar", "varchar", "int8", "date", "varchar")
_BATCH = 5_000
_LARGE = 50_000

# What was said before this line about the same payment in the same answer decides, as if it were read line by line.
# Of a file that names every payment once there is no before, and nothing is sorted.
_JUDGED = """
CREATE TEMP TABLE {table} ON COMMIT DROP AS
WITH met AS (
    SELECT s.position, s.outcome, s.reference, l.id AS line_id, l.run_id,
           CASE WHEN r.released_at IS NULL THEN 'unsent' WHEN l.returned_at IS NOT NULL THEN 'returned'
                WHEN l.paid_at IS NOT NULL THEN 'paid' ELSE 'waiting' END AS standing,
           CASE WHEN l.id IS NULL THEN 'unknown_reference'
                WHEN r.released_at IS NULL THEN 'not_sent_yet'
                WHEN %(office)s <> '' AND o.code <> %(office)s THEN 'other_office'
                WHEN s.amount_satang <> l.amount_satang THEN 'other_amount'
                WHEN s.position = ANY (%(other_accounts)s::int[]) THEN 'other_account'
                ELSE '' END AS misfit
    FROM payments_resultline s
    LEFT JOIN payments_line l ON l.reference = s.reference
    LEFT JOIN payments_run r ON r.id = l.run_id
    LEFT JOIN places_office o ON o.id = r.office_id
    WHERE s.result_file_id = %(file)s
), followed AS (SELECT met.*, {earlier} AS earlier FROM met)
SELECT position, line_id, run_id, CASE
    WHEN misfit <> '' THEN misfit
    WHEN outcome = 'pending' THEN 'pending'
    WHEN COALESCE(earlier, standing) = outcome THEN 'repeated'
    WHEN COALESCE(earlier, standing) = 'waiting' THEN outcome
    ELSE outcome || '_after_' || COALESCE(earlier, standing) END AS verdict
FROM followed
"""
_ONCE = "CASE WHEN standing IN ('paid', 'returned') THEN standing END"
_SEVERAL = """CASE WHEN standing IN ('paid', 'returned') THEN standing
    WHEN misfit = '' AND outcome <> 'pending' AND row_number() OVER in_turn > 1 THEN first_value(outcome) OVER in_turn
    END"""
_IN_TURN = " WINDOW in_turn AS (PARTITION BY reference, misfit = '' AND outcome <> 'pending' ORDER BY position)"

_PAID = """
UPDATE payments_line l SET paid_at = %(at)s, settled_on = s.settled_on, bank_reference = s.bank_reference
FROM {table} j JOIN payments_resultline s ON s.result_file_id = %(file)s AND s.position = j.position
WHERE l.id = j.line_id AND j.verdict = 'paid'
"""
_RETURNED = """
UPDATE payments_line l SET returned_at = %(at)s, settled_on = s.settled_on, returned_code = s.reason_code
FROM {table} j JOIN payments_resultline s ON s.result_file_id = %(file)s AND s.position = j.position
WHERE l.id = j.line_id AND j.verdict = 'returned'
"""
_SUMS = """
SELECT j.run_id, j.verdict, count(*), sum(l.amount_satang)::bigint
FROM {table} j JOIN payments_line l ON l.id = j.line_id WHERE j.verdict IN ('paid', 'returned') GROUP BY 1, 2
"""
# Later months arrive without a message: twelve a year would teach people not to read them.
_TO_TELL = """
SELECT j.line_id, j.verdict FROM {table} j JOIN payments_line l ON l.id = j.line_id
JOIN entitlements_due u ON u.id = l.due_id JOIN entitlements_entitlement e ON e.id = u.entitlement_id
WHERE j.verdict = 'returned' OR (j.verdict = 'paid' AND (
    u.month IS NULL OR (u.month = date_trunc('month', e.starts_on)::date AND u.nth_difference = 0)))
"""
_ODD = "SELECT position, verdict, line_id FROM {table} WHERE verdict NOT IN ('paid', 'returned', 'repeated', 'pending') ORDER BY 1"
_TABLE = "payments_judged"


@dataclass
class Reconciled:
    """What became of an answer: how many of each, sums by run, and what a person must see or be told."""

    counts: Counter[str] = field(default_factory=Counter)
    paid_satang: dict[UUID, int] = field(default_factory=dict)
    returned_satang: dict[UUID, int] = field(default_factory=dict)
    odd: list[tuple[AnsweredLine, int, str, UUID | None]] = field(
        default_factory=list
    )  # answer, position, problem, line
    paid_lines_to_tell: list[UUID] = field(default_factory=list)
    returned_lines: list[UUID] = field(default_factory=list)
    run_ids: set[UUID] = field(default_factory=set)


def one_at_a_time() -> None:
    """Whoever settles lines waits for whoever settles lines: two answers about the same payments never cross."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments.settling'))")


def keep_lines(result: ResultFile, answered: Iterable[AnsweredLine]) -> None:
    """Copy what the answer says into the table, in its order. It is what was said, whatever it turns out to mean."""
    copy_rows(
        "payments_resultline",
        _COLUMNS,
        _TYPES,
        (
            (
                result.pk, position, one.line, one.column, one.reference[:40], one.outcome, code_of(one),
                one.amount_satang, one.settled_on, one.bank_reference[:60],
            )
            for position, one in enumerate(answered, start=1)
        ),
    )  # fmt: skip


def reconcile(*, at: datetime, result: ResultFile, answered: Sequence[AnsweredLine], office_code: str) -> Reconciled:
    """Sort the kept lines of an answer and write what fits on the lines. The caller posts, suspends and tells."""
    asked: dict[str, Any] = {
        "file": result.pk, "at": at, "office": office_code, "other_accounts": _other_accounts(answered),
    }  # fmt: skip
    is_once = len({one.reference for one in answered}) == len(answered)
    done = Reconciled()
    with connection.cursor() as cursor:
        if len(answered) > _LARGE:
            # The table has just grown by all of this and nobody has counted it yet: reading it once is right.
            cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '256MB'")
        cursor.execute(_judging(is_once), asked)
        cursor.execute(f"SELECT verdict, count(*) FROM {_TABLE} GROUP BY 1")  # noqa: S608
        done.counts.update(dict(cursor.fetchall()))
        cursor.execute(f"SELECT DISTINCT run_id FROM {_TABLE} WHERE run_id IS NOT NULL")  # noqa: S608
        done.run_ids = {row[0] for row in cursor.fetchall()}
        for verdict, statement in (("paid", _PAID), ("returned", _RETURNED)):
            if done.counts[verdict]:
                cursor.execute(statement.format(table=_TABLE), asked)
        cursor.execute(_SUMS.format(table=_TABLE))
        for run_id, verdict, _, satang in cursor.fetchall():
            (done.paid_satang if verdict == "paid" else done.returned_satang)[run_id] = satang
        cursor.execute(_TO_TELL.format(table=_TABLE))
        for line_id, verdict in cursor.fetchall():
            (done.paid_lines_to_tell if verdict == "paid" else done.returned_lines).append(line_id)
        cursor.execute(_ODD.format(table=_TABLE))
        done.odd = [(answered[place - 1], place, problem, line) for place, problem, line in cursor.fetchall()]
        cursor.execute(f"DROP TABLE {_TABLE}")
        if len(answered) > _LARGE:
            cursor.execute("SET LOCAL enable_nestloop = on; SET LOCAL work_mem TO DEFAULT")
    return done


def _judging(is_once: bool) -> str:
    if is_once:
        return _JUDGED.format(table=_TABLE, earlier=_ONCE)
    return _JUDGED.format(table=_TABLE, earlier=_SEVERAL).replace("FROM met)", f"FROM met{_IN_TURN})")


def _other_accounts(answered: Sequence[AnsweredLine]) -> list[int]:
    """Positions of lines that name another account than we sent. Sealed numbers are opened for these lines only."""
    # All zeros is how a file without numbers fills the column.
    stating = ((position, one) for position, one in enumerate(answered, start=1) if one.account.strip("0"))
    wrong: list[int] = []
    for batch in _batches(stating):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT reference, account FROM payments_line WHERE reference = ANY (%s)",
                [[one.reference for _, one in batch]],
            )
            sent = {reference: bytes(account) for reference, account in cursor.fetchall()}
        for position, one in batch:
            sealed = sent.get(one.reference)
            if sealed is not None and not is_same_account(one.account, unseal(sealed).decode()):
                wrong.append(position)
    return wrong


def _batches(items: Iterator[tuple[int, AnsweredLine]]) -> Iterator[list[tuple[int, AnsweredLine]]]:
    while batch := list(islice(items, _BATCH)):
        yield batch


def suspended_before(result: ResultFile, references: Collection[str]) -> set[Unexplained]:
    """What other files brought about these references, and a person has or had on the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT i.reference, i.outcome, i.amount_satang, COALESCE(i.stated->>'bank_reference', ''), i.reason_code
               FROM payments_suspenseitem i WHERE i.reference = ANY (%s) AND i.result_file_id <> %s""",
            [[reference[:40] for reference in references], result.pk],
        )
        return set(cursor.fetchall())

"""Which promises hold over everything in the database, whoever wrote it? Run after loading, in tests, and by an operator.

Each promise is one SQL query that returns the rows that break it, so the same sentence holds for one row and for ten
million. None of them writes; all may be run in production.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from phueng.access.sealed import unseal
from phueng.kernel.national_id import is_valid_national_id
from phueng.kernel.references import is_valid_line_reference, is_valid_reference

MOST_NAMED = 5


@dataclass(frozen=True)
class Promise:
    """One sentence, and the query for what breaks it. `broken` sifts rows that SQL alone cannot judge."""

    code: str
    sentence: str
    query: str
    broken: Callable[[tuple[Any, ...]], bool] = lambda _: True


class BrokenPromise(Exception):
    """Something that must always hold does not hold."""

    def __init__(self, broken: Iterable[str]) -> None:
        super().__init__("\n".join(broken))


def _is_no_reference(row: tuple[Any, ...]) -> bool:
    return not is_valid_reference(row[0])


def _is_no_line_reference(row: tuple[Any, ...]) -> bool:
    return not is_valid_line_reference(row[0])


def _is_wrong_number(row: tuple[Any, ...]) -> bool:
    digits = unseal(bytes(row[1])).decode()
    return not is_valid_national_id(digits)


PROMISES: tuple[Promise, ...] = (
    # ------------------------------------------------------------------------------------------------- the ledger
    Promise(
        "ledger_balances",
        "all postings of the ledger sum to zero",
        "SELECT sum(amount_satang) FROM ledger_posting HAVING COALESCE(sum(amount_satang), 0) <> 0",
    ),
    Promise(
        "movement_balances",
        "every movement balances over at least two postings",
        """SELECT m.key FROM ledger_movement m LEFT JOIN ledger_posting p ON p.movement_id = m.id
           GROUP BY m.id, m.key HAVING count(p.id) < 2 OR sum(p.amount_satang) <> 0""",
    ),
    Promise(
        "guarded_accounts_covered",
        "no guarded account is below zero",
        """SELECT a.code, sum(p.amount_satang) FROM ledger_ledgeraccount a JOIN ledger_posting p ON p.account_id = a.id
           WHERE NOT a.may_go_below_zero GROUP BY a.id, a.code HAVING sum(p.amount_satang) < 0""",
    ),
    Promise(
        "allotted_is_somewhere",
        "what was allotted to a fund is available, reserved, committed or disbursed",
        """SELECT a.fiscal_year, a.scheme_code, a.office_code FROM ledger_ledgeraccount a
           JOIN ledger_posting p ON p.account_id = a.id
           WHERE a.role IN ('allotted', 'available', 'reserved', 'committed', 'disbursed')
           GROUP BY 1, 2, 3 HAVING sum(p.amount_satang) <> 0""",
    ),
    Promise(
        "paid_is_disbursed",
        "the paid lines of a fund sum to what it disbursed",
        """SELECT fund, paid, disbursed FROM (
               SELECT fund, sum(paid) AS paid, sum(disbursed) AS disbursed FROM (
                   SELECT concat_ws('/', r.fiscal_year, r.scheme_code, o.code) AS fund, l.amount_satang AS paid, 0 AS disbursed
                   FROM payments_line l JOIN payments_run r ON r.id = l.run_id JOIN places_office o ON o.id = r.office_id
                   WHERE l.paid_at IS NOT NULL AND l.returned_at IS NULL
                   UNION ALL
                   SELECT concat_ws('/', a.fiscal_year, a.scheme_code, a.office_code), 0, p.amount_satang
                   FROM ledger_posting p JOIN ledger_ledgeraccount a ON a.id = p.account_id WHERE a.role = 'disbursed'
               ) both_sides GROUP BY fund) sums WHERE paid <> disbursed""",
    ),
    Promise(
        "on_the_way_is_in_transit",
        "what is in transit is exactly what released runs have not heard about",
        """SELECT fund, waiting, transit FROM (
               SELECT fund, sum(waiting) AS waiting, sum(transit) AS transit FROM (
                   SELECT concat_ws('/', r.fiscal_year, r.scheme_code, o.code) AS fund, l.amount_satang AS waiting, 0 AS transit
                   FROM payments_line l JOIN payments_run r ON r.id = l.run_id JOIN places_office o ON o.id = r.office_id
                   WHERE r.released_at IS NOT NULL AND l.paid_at IS NULL AND l.returned_at IS NULL AND l.dropped_at IS NULL
                   UNION ALL
                   SELECT concat_ws('/', a.fiscal_year, a.scheme_code, a.office_code), 0, p.amount_satang
                   FROM ledger_posting p JOIN ledger_ledgeraccount a ON a.id = p.account_id WHERE a.role = 'transit'
               ) both_sides GROUP BY fund) sums WHERE waiting <> transit""",
    ),
    # -------------------------------------------------------------------------------------------------- payments
    Promise(
        "one_live_line",
        "a due has at most one live instruction",
        """SELECT due_id FROM payments_line WHERE returned_at IS NULL AND dropped_at IS NULL
           GROUP BY due_id HAVING count(*) > 1""",
    ),
    Promise(
        "paid_was_released_by_three",
        "a paid line belongs to a run that different people prepared, approved as often as its band asks, and released",
        """SELECT l.reference FROM payments_line l JOIN payments_run r ON r.id = l.run_id
           WHERE (l.paid_at IS NOT NULL OR l.returned_at IS NOT NULL)
             AND (r.released_at IS NULL OR r.checked_at IS NULL OR r.prepared_by_id = r.released_by_id
                  OR (SELECT count(DISTINCT p.approved_by_id) FROM payments_approval p WHERE p.run_id = r.id
                      AND p.approved_by_id NOT IN (r.prepared_by_id, r.released_by_id))
                     < (SELECT b.approvals FROM payments_band(r.total_satang, (r.frozen_at AT TIME ZONE 'Asia/Bangkok')::date) b))""",
    ),
    Promise(
        "highest_band_asked_another_office",
        "a run whose band asks another office has an approval from there",
        """SELECT r.number FROM payments_run r,
               payments_band(r.total_satang, (r.frozen_at AT TIME ZONE 'Asia/Bangkok')::date) b
           WHERE r.checked_at IS NOT NULL AND b.from_elsewhere >
               (SELECT count(*) FROM payments_approval p WHERE p.run_id = r.id AND p.office_id <> r.office_id)""",
    ),
    Promise(
        "signers_laid_their_hands",
        "whoever signed a run has laid the hand that belongs to the step",
        """SELECT r.number FROM payments_run r, LATERAL (
               SELECT 'payer' AS hand, r.prepared_by_id AS account WHERE r.frozen_at IS NOT NULL
               UNION ALL SELECT 'checker', p.approved_by_id FROM payments_approval p WHERE p.run_id = r.id
               UNION ALL SELECT 'releaser', r.released_by_id) AS step
           WHERE step.account IS NOT NULL AND NOT EXISTS (SELECT 1 FROM access_hand h
               WHERE h.case_id = r.id AND h.hand = step.hand AND h.account_id = step.account)""",
    ),
    Promise(
        "payer_did_not_judge",
        "nobody who recorded, verified or approved a case signed the run that pays it",
        """SELECT DISTINCT r.number FROM payments_line l JOIN payments_run r ON r.id = l.run_id
           JOIN entitlements_due u ON u.id = l.due_id JOIN entitlements_entitlement e ON e.id = u.entitlement_id
           JOIN decisions_decision d ON d.id = e.decision_id
           JOIN access_hand h ON h.case_id = d.application_id AND h.hand IN ('recorder', 'verifier', 'approver')
           WHERE h.account_id IN (r.prepared_by_id, r.released_by_id)
              OR h.account_id IN (SELECT p.approved_by_id FROM payments_approval p WHERE p.run_id = r.id)""",
    ),
    Promise(
        "run_is_its_lines",
        "a run's count and total are those of its lines",
        """SELECT r.number FROM payments_run r LEFT JOIN payments_line l ON l.run_id = r.id
           GROUP BY r.id, r.number HAVING count(l.id) <> r.line_count OR COALESCE(sum(l.amount_satang), 0) <> r.total_satang""",
    ),
    Promise(
        "line_pays_its_due",
        "a line pays the sum of its due to the due's person",
        """SELECT l.reference FROM payments_line l JOIN entitlements_due u ON u.id = l.due_id
           WHERE l.amount_satang <> u.amount_satang
              OR registry_canonical(l.person_id) <> registry_canonical(u.person_id)""",
    ),
    Promise(
        "released_run_has_signed_files",
        "a released run has signed files with all its lines and its whole sum",
        """SELECT r.number FROM payments_run r LEFT JOIN payments_bankfile f ON f.run_id = r.id
           WHERE r.released_at IS NOT NULL GROUP BY r.id, r.number
           HAVING COALESCE(sum(f.line_count), 0) <> r.line_count OR COALESCE(sum(f.total_satang), 0) <> r.total_satang
               OR bool_or(f.signature = '')""",
    ),
    Promise(
        "line_reference_is_ours",
        "every line has a reference that we gave",
        "SELECT reference FROM payments_line",
        _is_no_line_reference,
    ),
    # --------------------------------------------------------------------------------------------------- decisions
    Promise(
        "decider_did_not_recommend",
        "nobody decides what they recommended, visited or wrote down",
        """SELECT a.reference FROM decisions_decision d JOIN decisions_recommendation r ON r.id = d.recommendation_id
           JOIN applications_application a ON a.id = d.application_id
           WHERE d.decided_by_id = r.recommended_by_id OR d.decided_by_id = a.entered_by_id
              OR EXISTS (SELECT 1 FROM verification_visit v
                         WHERE v.application_id = a.id AND v.visited_by_id = d.decided_by_id)""",
    ),
    Promise(
        "decider_is_no_relative",
        "nobody recommends or decides for a relative",
        """SELECT a.reference FROM applications_application a
           JOIN decisions_recommendation r ON r.application_id = a.id
           LEFT JOIN decisions_decision d ON d.recommendation_id = r.id
           JOIN registry_accountowner o ON o.account_id IN (r.recommended_by_id, d.decided_by_id)
           WHERE a.person_id IS NOT NULL
             AND registry_is_kin(o.person_id, a.person_id, (r.recommended_at AT TIME ZONE 'Asia/Bangkok')::date)""",
    ),
    Promise(
        "approval_within_recommendation",
        "nothing is approved above what was recommended or delegated",
        """SELECT a.reference FROM decisions_decision d JOIN decisions_recommendation r ON r.id = d.recommendation_id
           JOIN applications_application a ON a.id = d.application_id
           LEFT JOIN access_delegation g ON g.id = d.delegation_id
           WHERE d.outcome = 'approved' AND (d.amount_satang > r.amount_satang OR d.amount_satang > g.up_to_satang)""",
    ),
    Promise(
        "approval_is_owed",
        "an approval is an entitlement of the same sum, and nothing else is",
        """SELECT COALESCE(d.id, e.decision_id) FROM (SELECT * FROM decisions_decision WHERE outcome = 'approved') d
           FULL JOIN entitlements_entitlement e ON e.decision_id = d.id
           WHERE d.id IS NULL OR e.id IS NULL OR e.amount_satang <> d.amount_satang""",
    ),
    Promise(
        "lump_sum_has_one_due",
        "one sum is owed once, by the sum of its entitlement",
        """SELECT e.id FROM entitlements_entitlement e LEFT JOIN entitlements_due u ON u.entitlement_id = e.id
           WHERE e.kind = 'lump_sum' GROUP BY e.id, e.amount_satang
           HAVING count(u.id) <> 1 OR sum(u.amount_satang) <> e.amount_satang""",
    ),
    Promise(
        "due_belongs_to_its_entitlement",
        "a due names the person, household and scheme of its entitlement, and no month before it began",
        """SELECT u.id FROM entitlements_due u JOIN entitlements_entitlement e ON e.id = u.entitlement_id
           WHERE u.scheme_code <> e.scheme_code OR u.household_id <> e.household_id
              OR u.month < date_trunc('month', e.starts_on)
              OR registry_canonical(u.person_id) <> registry_canonical(e.person_id)""",
    ),
    Promise(
        "month_is_owed_once",
        "no month, and no difference of one, is owed twice to one person under two records",
        """SELECT registry_canonical(person_id), scheme_code, month FROM entitlements_due WHERE month IS NOT NULL
           GROUP BY 1, 2, 3, nth_difference HAVING count(*) > 1""",
    ),
    # ------------------------------------------------------------------------------------------------ applications
    Promise(
        "triaged_case_has_clock",
        "every triaged case has a clock, stopped when the case was closed",
        """SELECT a.reference FROM applications_application a JOIN applications_triage t ON t.application_id = a.id
           LEFT JOIN calendars_clock c ON c.subject_id = a.id AND c.code = 'decide'
           GROUP BY a.id, a.reference, a.closed_at
           HAVING count(c.id) = 0 OR (a.closed_at IS NOT NULL AND bool_or(c.stopped_at IS NULL))""",
    ),
    Promise(
        "appeal_has_clock",
        "every appeal has its own clock",
        """SELECT p.reference FROM decisions_appeal p WHERE NOT EXISTS
           (SELECT 1 FROM calendars_clock c WHERE c.subject_id = p.id AND c.code = 'appeal_answer')""",
    ),
    Promise(
        "case_left_a_trace",
        "every application has an entry for its beginning and, once sent, for its submission",
        """SELECT a.reference FROM applications_application a
           WHERE NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.subject_kind = 'application' AND e.subject_id = a.id
                             AND e.act = 'applications.start')
              OR (a.submitted_at IS NOT NULL AND NOT EXISTS (
                  SELECT 1 FROM audit_entry e WHERE e.subject_kind = 'application' AND e.subject_id = a.id
                  AND e.act = 'applications.submit'))""",
    ),
    Promise(
        "decision_left_a_trace",
        "every decision has an entry by the account that decided",
        """SELECT d.id FROM decisions_decision d WHERE NOT EXISTS (
               SELECT 1 FROM audit_entry e WHERE e.subject_kind = 'application' AND e.subject_id = d.application_id
               AND e.act = 'decisions.decide' AND e.actor_id = d.decided_by_id)""",
    ),
    Promise(
        "signature_left_a_trace",
        "every signature under a run has an entry by the account that signed",
        """SELECT r.number FROM payments_run r, LATERAL (
               SELECT 'payments.prepare_run' AS act, r.prepared_by_id AS account
               UNION ALL SELECT 'payments.approve_run', p.approved_by_id FROM payments_approval p WHERE p.run_id = r.id
               UNION ALL SELECT 'payments.release_run', r.released_by_id) AS step
           WHERE step.account IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_entry e
               WHERE e.subject_kind = 'run' AND e.subject_id = r.id AND e.act = step.act AND e.actor_id = step.account)""",
    ),
    Promise(
        "no_check_passes_unanswered",
        "a check that is not waiting has an answer from somewhere",
        """SELECT id FROM verification_check
           WHERE outcome <> 'waiting' AND (answer IS NULL OR source = '' OR answered_at IS NULL)""",
    ),
    Promise(
        "reference_is_ours",
        "every application and appeal has a reference that we gave",
        "SELECT reference FROM applications_application UNION ALL SELECT reference FROM decisions_appeal",
        _is_no_reference,
    ),
    Promise(
        "time_runs_forward",
        "nothing in a case is older than what led to it",
        """SELECT a.reference FROM applications_application a LEFT JOIN applications_triage t ON t.application_id = a.id
           LEFT JOIN decisions_recommendation r ON r.application_id = a.id AND r.round = 1
           LEFT JOIN decisions_decision d ON d.recommendation_id = r.id
           WHERE a.submitted_at < a.started_at OR t.triaged_at < a.submitted_at OR r.recommended_at < t.triaged_at
              OR d.decided_at < r.recommended_at""",
    ),
    # ---------------------------------------------------------------------------------------------------- registry
    Promise(
        "national_id_is_right",
        "every national ID in the registry passes its checksum",
        """SELECT person_id, value FROM registry_identifier
           WHERE kind = 'national_id' AND NOT is_disputed AND value IS NOT NULL AND is_checksum_right""",
        _is_wrong_number,
    ),
    Promise(
        "person_has_an_identifier",
        "every person has a number, or the reason why there is none",
        """SELECT p.id FROM registry_person p
           WHERE NOT EXISTS (SELECT 1 FROM registry_identifier i WHERE i.person_id = p.id)""",
    ),
)  # fmt: skip


def broken_promises() -> list[str]:
    """One sentence for each promise that does not hold, naming up to five rows; empty when all hold."""
    found = []
    with connection.cursor() as cursor:
        for promise in PROMISES:
            cursor.execute(promise.query)
            rows = [row for row in cursor.fetchall() if promise.broken(row)]
            if rows:
                named = ", ".join(" ".join(_shown(value) for value in row) for row in rows[:MOST_NAMED])
                found.append(f"{promise.code}: not true for {len(rows)} that {promise.sentence} ({named})")
    return found


def _shown(value: Any) -> str:
    # Sealed values stay sealed in messages.
    return "·" if isinstance(value, (bytes, memoryview)) else str(value)

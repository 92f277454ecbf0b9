"""Does a mass of cases keep every promise, and is each promise a check that sees its own fault?"""

from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from phueng.access.sealed import seal
from phueng.applications.models import Application
from phueng.commandline.testing import TestDatabase
from phueng.decisions.models import Decision
from phueng.demo.invariants import PROMISES, broken_promises
from phueng.demo.mass.loading import load_mass
from phueng.payments.models import Line, Run

RESIDENTS, CASES = 1_500, 200


@pytest.fixture
def mass(committed_db: TestDatabase) -> TestDatabase:
    load_mass(residents=RESIDENTS, applications=CASES)
    return committed_db


@pytest.mark.django_db
def test_an_empty_house_breaks_no_promise() -> None:
    assert broken_promises() == []


def test_a_mass_of_cases_keeps_every_promise_and_each_fault_is_seen(mass: TestDatabase) -> None:
    assert broken_promises() == []
    _stages_are_alive()
    unseen = [code for code, fault in FAULTS.items() if code not in _seen_after(mass, fault)]
    assert unseen == []
    assert broken_promises() == []  # every fault was rolled back


def _stages_are_alive() -> None:
    assert Application.objects.filter(submitted_at__isnull=False).count() >= CASES - 10
    assert {"draft", "submitted"} <= set(Application.objects.values_list("state", flat=True))
    assert {"approved", "refused"} == set(Decision.objects.values_list("outcome", flat=True))
    assert Run.objects.filter(released_at__isnull=False).exists()
    assert Line.objects.filter(paid_at__isnull=False).count() > 100


WRONG_NUMBER = (
    "UPDATE registry_identifier SET value = %s WHERE id ="
    " (SELECT min(id::text)::uuid FROM registry_identifier WHERE kind = 'national_id')"
)
# What somebody with the owner's rights could do behind everybody's back, guards switched off.
FAULTS: dict[str, str] = {
    "ledger_balances": "UPDATE ledger_posting SET amount_satang = amount_satang + 1 WHERE id = (SELECT min(id) FROM ledger_posting)",
    "movement_balances": "UPDATE ledger_posting SET amount_satang = amount_satang + 1 WHERE id = (SELECT min(id) FROM ledger_posting)",
    "guarded_accounts_covered": "UPDATE ledger_posting SET amount_satang = -amount_satang WHERE account_id ="
    " (SELECT id FROM ledger_ledgeraccount WHERE role = 'available' ORDER BY code LIMIT 1)",
    "allotted_is_somewhere": "DELETE FROM ledger_posting WHERE id = (SELECT min(id) FROM ledger_posting)",
    "paid_is_disbursed": "UPDATE payments_line SET paid_at = NULL WHERE id ="
    " (SELECT id FROM payments_line WHERE paid_at IS NOT NULL ORDER BY id LIMIT 1)",
    "on_the_way_is_in_transit": "UPDATE payments_line SET paid_at = NULL WHERE id ="
    " (SELECT id FROM payments_line WHERE paid_at IS NOT NULL ORDER BY id LIMIT 1)",
    "one_live_line": "DROP INDEX due_has_one_live_instruction; UPDATE payments_line SET due_id ="
    " (SELECT due_id FROM payments_line WHERE paid_at IS NOT NULL ORDER BY reference LIMIT 1)"
    " WHERE reference = (SELECT max(reference) FROM payments_line WHERE paid_at IS NOT NULL)",
    "paid_was_released_by_three": "UPDATE payments_run SET released_at = NULL, released_by_id = NULL WHERE id ="
    " (SELECT run_id FROM payments_line WHERE paid_at IS NOT NULL ORDER BY id LIMIT 1)",
    "signers_laid_their_hands": "DELETE FROM access_hand WHERE hand = 'checker'",
    "highest_band_asked_another_office": "UPDATE payments_approval p SET office_id = r.office_id"
    " FROM payments_run r WHERE r.id = p.run_id; UPDATE payments_run SET total_satang = total_satang + 200000000",
    "payer_did_not_judge": "UPDATE access_hand h SET account_id = r.prepared_by_id FROM payments_line l"
    " JOIN payments_run r ON r.id = l.run_id JOIN entitlements_due u ON u.id = l.due_id"
    " JOIN entitlements_entitlement e ON e.id = u.entitlement_id JOIN decisions_decision d ON d.id = e.decision_id"
    " WHERE h.case_id = d.application_id AND h.hand = 'verifier' AND u.month IS NOT NULL",
    "run_is_its_lines": "UPDATE payments_run SET total_satang = total_satang + 100",
    "line_pays_its_due": "UPDATE payments_line SET amount_satang = amount_satang + 100",
    "released_run_has_signed_files": "DELETE FROM payments_bankfile",
    "line_reference_is_ours": "UPDATE payments_line SET reference = 'X' || substr(reference, 2)",
    "decider_did_not_recommend": "UPDATE decisions_decision d SET decided_by_id = r.recommended_by_id"
    " FROM decisions_recommendation r WHERE r.id = d.recommendation_id",
    "decider_is_no_relative": "UPDATE registry_accountowner SET account_id = d.decided_by_id, person_id = a.person_id"
    " FROM decisions_decision d JOIN applications_application a ON a.id = d.application_id"
    " WHERE d.id = (SELECT id FROM decisions_decision ORDER BY id LIMIT 1)",
    "approval_within_recommendation": "UPDATE decisions_decision SET amount_satang = amount_satang + 100 WHERE outcome = 'approved'",
    "approval_is_owed": "UPDATE entitlements_entitlement SET decision_id = gen_random_uuid()",
    "lump_sum_has_one_due": "UPDATE entitlements_entitlement SET amount_satang = amount_satang + 1 WHERE kind = 'lump_sum'",
    "due_belongs_to_its_entitlement": "UPDATE entitlements_due SET scheme_code = 'family' WHERE scheme_code = 'old_age'",
    "month_is_owed_once": "INSERT INTO registry_sameperson (id, person_id, canonical_id, why, stated_at, stated_by_name)"
    " SELECT gen_random_uuid(), one.person_id, other.person_id, 'fault', now(), 'fault' FROM entitlements_due one"
    " JOIN entitlements_due other USING (scheme_code, month) WHERE one.person_id < other.person_id LIMIT 1",
    "triaged_case_has_clock": "UPDATE calendars_clock SET stopped_at = NULL, stopped_why = '' WHERE code = 'decide'",
    "appeal_has_clock": "DELETE FROM calendars_clock WHERE code = 'appeal_answer'",
    "case_left_a_trace": "DELETE FROM audit_entry WHERE act = 'applications.submit'",
    "decision_left_a_trace": "DELETE FROM audit_entry WHERE act = 'decisions.decide'",
    "signature_left_a_trace": "DELETE FROM audit_entry WHERE act = 'payments.approve_run'",
    "no_check_passes_unanswered": "ALTER TABLE verification_check DROP CONSTRAINT check_never_passes_without_an_answer;"
    " UPDATE verification_check SET answer = NULL",
    "reference_is_ours": "UPDATE applications_application SET reference = reverse(reference) WHERE reference <> reverse(reference)",
    "time_runs_forward": "UPDATE decisions_decision SET decided_at = decided_at - interval '1 year'",
    "national_id_is_right": WRONG_NUMBER,
    "person_has_an_identifier": "DELETE FROM registry_identifier",
}


def test_every_promise_has_its_fault() -> None:
    assert set(FAULTS) == {promise.code for promise in PROMISES}


def _seen_after(database: TestDatabase, fault: str) -> set[str]:
    """Which promises are broken while the fault lasts; it is never committed."""
    with psycopg.connect(database.owner_url) as owner:
        _switch_guards_off(owner)
        if fault == WRONG_NUMBER:
            owner.execute(WRONG_NUMBER, [seal(b"9000000000019")])
        else:
            for statement in fault.split("; "):
                owner.execute(statement)  # type: ignore[arg-type]
        found = _broken_within(owner)
        owner.rollback()
    return found


def _broken_within(owner: "psycopg.Connection[Any]") -> set[str]:
    found = set()
    for promise in PROMISES:
        rows = owner.execute(promise.query).fetchall()  # type: ignore[arg-type]
        if any(promise.broken(row) for row in rows):
            found.add(promise.code)
    return found


def _switch_guards_off(owner: "psycopg.Connection[Any]") -> None:
    """What only somebody with the owner's rights can do; undone by the rollback."""
    tables = owner.execute(
        "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND NOT t.tgisinternal"
    ).fetchall()
    for (table,) in tables:
        owner.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(table)))

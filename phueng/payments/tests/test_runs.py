"""Does a run hold what is due, once, under different hands, and is nothing paid that was not frozen?"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from phueng.access.models import Duty, Hand
from phueng.audit.actors import Actor
from phueng.decisions.tests import scenes as cases
from phueng.decisions.tests.rawly import guard_that_refuses, insert, refused_with
from phueng.decisions.tests.rawly import run as run_sql
from phueng.decisions.tests.scenes import APPROVER, SOCIAL_WORKER
from phueng.entitlements.tests.factories import DueFactory
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.reader import read_file
from phueng.payments.actions import abandon_run, approve_run, prepare_run, release_run
from phueng.payments.files import content_of
from phueng.payments.gathering import preview_run
from phueng.payments.models import Approval, BankFile, FileChunk, Line, Run
from phueng.payments.signing import is_ours
from phueng.payments.sql import LINE
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import EVERY_FACTORY, LineFactory, RunFactory
from phueng.payments.tests.scenes import CHECKER, MAKER, NOON, PAY_DAY, RELEASER
from phueng.places.identity import office_id
from phueng.places.models import Office
from phueng.registry.actions import end_account, state_account, state_death
from phueng.registry.queries import payable_account

pytestmark = pytest.mark.django_db


def duty_too(by: Actor, role: str) -> Actor:
    """The same person holds another duty in the office."""
    Duty.objects.get_or_create(
        account_id=by.id, role=role, office_id=office_id("KKN-DPC"), defaults={"starts_on": date(2024, 10, 1)}
    )
    return Actor("staff", by.id, by.name, role, "KKN-DPC", "test")


def test_every_model_has_a_factory_whose_rows_the_guards_accept() -> None:
    for factory in EVERY_FACTORY:
        assert factory.create().pk is not None  # type: ignore[attr-defined]


def test_a_run_freezes_what_is_due_and_the_file_says_exactly_that() -> None:
    before = scenes.money()
    scenes.approved(scenes.new_applicant(bank_code="014"))
    run = scenes.released(2)
    assert (run.line_count, run.total_satang, run.fiscal_year) == (3, 600_000, 2570)
    files = {file.product: file for file in run.files.all()}
    assert set(files) == {"direct", "standard"}
    lines = {line.reference: line for line in run.lines.all()}
    for product, file in files.items():
        read = read_file(load_layout(file.layout_version), content_of(file))
        assert (read.product, read.count, read.total_satang, read.sha256, read.effective_on) == (
            product, file.line_count, file.total_satang, file.sha256, PAY_DAY,
        )  # fmt: skip
        assert is_ours(file.sha256, file.signature)
        for sent in read.lines:
            line = lines.pop(sent.reference)
            assert (sent.account, sent.amount_satang, sent.bank_code) == (
                line.account,
                line.amount_satang,
                line.bank_code,
            )
    assert lines == {}
    after = scenes.money()
    assert (after.committed - before.committed, after.disbursed) == (600_000, before.disbursed)
    assert after.allotted == after.available + after.reserved + after.committed + after.disbursed
    assert scenes.cash(run)["transit"] == 600_000
    assert scenes.is_balanced()


def test_repeating_a_signature_changes_nothing() -> None:
    run = scenes.released()
    before = scenes.money()
    assert approve_run(by=CHECKER, at=NOON, run_id=run.pk).pk == run.pk
    assert scenes.release(run).pk == run.pk
    assert scenes.money() == before
    assert run.files.count() == 1


def test_what_is_in_a_run_is_not_due_again() -> None:
    scenes.prepared(2)
    assert refused_with(partial(scenes.prepared, 0)) == "nothing_due"


@pytest.mark.parametrize(("twice", "role"), [(MAKER, "finance_checker"), (MAKER, "releaser"), (CHECKER, "releaser")])
def test_no_two_signatures_by_one_person(twice: Actor, role: str) -> None:
    by = duty_too(twice, role)
    run = scenes.prepared()
    if role == "finance_checker":
        assert refused_with(partial(approve_run, by=by, at=NOON, run_id=run.pk)) == "same_signer"
        assert guard_that_refuses(partial(approve_rawly, run, by)) == "run_is_approved_by_somebody_else"
        return
    scenes.record_draw(scenes.approve(run))
    assert refused_with(partial(scenes.release, run, by)) == "same_signer"
    raw = "UPDATE payments_run SET released_at = %s, released_by_id = %s WHERE id = %s"
    assert guard_that_refuses(partial(run_sql, raw, NOON, by.id, run.pk)) in (
        "run_is_released_by_somebody_else", "approver_does_not_release", "signer_has_a_hand",
    )  # fmt: skip


def approve_rawly(run: Run, by: Actor) -> None:
    """A row beside the action."""
    insert(Approval, run_id=run.pk, nth=1, approved_by_id=by.id, office_id=office_id("KKN-DPC"), approved_at=NOON)


@pytest.mark.parametrize("judge", [SOCIAL_WORKER, APPROVER])
@pytest.mark.parametrize("role", ["finance_maker", "finance_checker", "releaser"])
def test_who_judged_a_case_has_no_part_in_paying_it(judge: Actor, role: str) -> None:
    by = duty_too(judge, role)
    if role == "finance_maker":
        scenes.approved()
        attempt: Callable[[], object] = partial(
            prepare_run, by=by, at=NOON, scheme_code="family", office_id=office_id("KKN-DPC"), effective_on=PAY_DAY
        )
        assert refused_with(attempt) == "same_hands"
        honest = scenes.prepared(0)
        line = honest.lines.get()

        def go_round() -> None:
            abandon_run(by=MAKER, at=NOON, run_id=honest.pk, why="ทดสอบ")
            run = RunFactory.create(prepared_by_id=by.id)
            columns = {field.column: getattr(line, field.attname) for field in Line._meta.local_concrete_fields}
            insert(Line, **columns | {"id": honest.pk, "run_id": run.pk, "reference": "X1"})

        assert guard_that_refuses(go_round) == "signer_has_a_hand"
        return
    run = scenes.prepared()
    if role == "finance_checker":
        assert refused_with(partial(approve_run, by=by, at=NOON, run_id=run.pk)) == "same_hands"
        assert guard_that_refuses(partial(approve_rawly, run, by)) == "signer_has_a_hand"
        return
    scenes.record_draw(scenes.approve(run))
    assert refused_with(partial(scenes.release, run, by)) == "same_hands"
    raw = "UPDATE payments_run SET released_at = %s, released_by_id = %s WHERE id = %s"
    assert guard_that_refuses(partial(run_sql, raw, NOON, by.id, run.pk)) == "signer_has_a_hand"


def test_signers_lay_hands_on_every_case_of_a_single_sum() -> None:
    run = scenes.released(2)
    cases = [line.due.entitlement.decision_id for line in run.lines.select_related("due__entitlement")]
    assert len(cases) == 2
    for hand, by in (("payer", MAKER), ("checker", CHECKER), ("releaser", RELEASER)):
        assert Hand.objects.filter(hand=hand, account_id=by.id).count() == 3  # two cases and the run


def test_nobody_signs_without_the_duty_in_the_office() -> None:
    run = scenes.prepared()
    stranger = scenes.CITY["checker"]
    assert refused_with(partial(approve_run, by=stranger, at=NOON, run_id=run.pk)) == "outside_area"
    Duty.objects.filter(account_id=CHECKER.id).update(ends_before=date(2026, 11, 2))
    assert refused_with(partial(approve_run, by=CHECKER, at=NOON, run_id=run.pk)) == "outside_area"
    scenes.approved()
    elsewhere = partial(
        prepare_run, by=scenes.CITY["maker"], at=NOON, scheme_code="family", office_id=office_id("KKN-DPC"),
        effective_on=PAY_DAY,
    )  # fmt: skip
    assert refused_with(elsewhere) == "outside_area"


@pytest.mark.parametrize("day", [date(2026, 10, 30), date(2026, 11, 7), date(2026, 12, 10)])
def test_money_arrives_on_a_bank_day_that_has_not_passed(day: date) -> None:
    scenes.approved()
    assert refused_with(partial(scenes.prepared, 0, effective_on=day)) == "not_a_bank_day"


def test_steps_come_in_order_and_the_end_of_the_fingerprint_is_typed() -> None:
    run = scenes.prepared()
    early = partial(release_run, by=RELEASER, at=NOON, run_id=run.pk, last_of_digest="0000")
    assert refused_with(early) == "wrong_step"
    run = scenes.record_draw(scenes.approve(run))
    wrong = partial(release_run, by=RELEASER, at=NOON, run_id=run.pk, last_of_digest="zzzz")
    assert refused_with(wrong) == "wrong_hash"
    release_run(by=RELEASER, at=NOON, run_id=run.pk, last_of_digest=run.files_digest[-4:].upper() + " ")
    assert refused_with(partial(abandon_run, by=CHECKER, at=NOON, run_id=run.pk, why="x")) == "wrong_step"


@pytest.mark.parametrize("step", ["prepared", "checked"])
def test_an_abandoned_run_gives_everything_back(step: str) -> None:
    scenes.approved()
    before = scenes.money()
    run = scenes.prepared(0) if step == "prepared" else scenes.checked(0)
    assert refused_with(partial(abandon_run, by=CHECKER, at=NOON, run_id=run.pk, why=" ")) == "why_is_missing"
    abandon_run(by=CHECKER, at=NOON, run_id=run.pk, why="ยอดผิด")
    abandon_run(by=CHECKER, at=NOON, run_id=run.pk, why="ยอดผิด")
    assert scenes.money() == before
    assert refused_with(partial(approve_run, by=CHECKER, at=NOON, run_id=run.pk)) == "wrong_step"
    anew = scenes.prepared(0)
    assert (anew.line_count, anew.number) == (1, run.number[:-4] + f"{int(run.number[-4:]) + 1:04d}")


@pytest.mark.parametrize(
    "change",
    [
        "amount_satang = amount_satang + 100", "account = '\\x00'", "payee_name = 'x'", "bank_code = '014'",
        "branch = '9999'", "reference = 'X'", "number = 99", "due_id = gen_random_uuid()", "national_id = '\\x00'",
    ],
)  # fmt: skip
def test_a_line_says_for_ever_what_it_said(change: str) -> None:
    run = scenes.prepared()
    rewrite = partial(run_sql, f"UPDATE payments_line SET {change} WHERE run_id = %s", run.pk)  # noqa: S608
    assert guard_that_refuses(rewrite) == "line_is_frozen"


def test_a_due_is_not_freed_behind_the_back_of_its_run() -> None:
    run = scenes.checked()
    drop = partial(run_sql, "UPDATE payments_line SET dropped_at = now() WHERE run_id = %s", run.pk)
    assert guard_that_refuses(drop) == "only_abandoned_lines_are_dropped"
    answer = partial(run_sql, "UPDATE payments_line SET returned_at = now() WHERE run_id = %s", run.pk)
    assert guard_that_refuses(answer) == "only_released_lines_are_answered"
    scenes.release(run)
    assert guard_that_refuses(drop) == "only_abandoned_lines_are_dropped"
    scenes.answered(run.lines.all())
    assert guard_that_refuses(answer) == "paid_line_is_reversed_by_two"
    unpay = partial(run_sql, "UPDATE payments_line SET paid_at = NULL WHERE run_id = %s", run.pk)
    assert guard_that_refuses(unpay) == "line_is_frozen"


def test_a_second_line_for_a_due_is_impossible() -> None:
    run = scenes.prepared()
    line = run.lines.get()
    columns = {field.column: getattr(line, field.attname) for field in Line._meta.local_concrete_fields}
    other = RunFactory.create()
    twin = partial(insert, Line, **columns | {"id": run.pk, "run_id": other.pk, "reference": "X1"})
    assert guard_that_refuses(twin) == "due_has_one_live_instruction"
    more = LineFactory.build(run=run, number=2, due=DueFactory.create(), person=line.person)
    values = {field.column: getattr(more, field.attname) for field in Line._meta.local_concrete_fields}
    assert guard_that_refuses(partial(insert, Line, **values)) == "frozen_run_takes_no_line"
    answered = partial(insert, Line, **values | {"run_id": other.pk, "paid_at": NOON})
    assert guard_that_refuses(answered) == "only_released_lines_are_answered"


def test_every_column_of_a_line_is_answer_or_guarded() -> None:
    """The guard names its columns: one that is added later must stand in it, or be part of the answer."""
    answer = {"paid_at", "returned_at", "returned_code", "dropped_at", "settled_on", "bank_reference"}
    guarded = {str(field.column) for field in Line._meta.local_concrete_fields} - answer - {"id"}
    assert all(f"n.{column}" in LINE and f"o.{column}" in LINE for column in guarded)


def test_a_run_is_frozen_signed_step_by_step_and_never_removed() -> None:
    run = scenes.prepared()
    total = partial(run_sql, "UPDATE payments_run SET total_satang = total_satang + 1 WHERE id = %s", run.pk)
    assert guard_that_refuses(total) == "run_is_frozen"
    columns = {field.column: getattr(run, field.attname) for field in Run._meta.local_concrete_fields}
    presigned = partial(insert, Run, **columns | {"id": run.lines.get().pk, "number": "X-1", "checked_at": NOON})
    assert guard_that_refuses(presigned) == "run_is_frozen"
    for table in ("payments_line", "payments_run"):
        assert guard_that_refuses(partial(run_sql, f"DELETE FROM {table}")) == "42501"  # noqa: S608


def test_a_file_is_intent_and_never_rewritten() -> None:
    run = scenes.prepared()
    columns: dict[str, Any] = {
        "run_id": run.pk, "product": "direct", "part": 1, "name": "KTB-x.txt", "layout_version": "x", "sha256": "0" * 64,
        "line_count": 1, "total_satang": 200_000, "lines_root": "0" * 64, "signature": "", "key_id": "", "intended_at": NOON,
    }  # fmt: skip
    assert guard_that_refuses(partial(insert, BankFile, **columns)) == "file_needs_approval"
    scenes.approve(run)
    assert guard_that_refuses(partial(insert, BankFile, **columns | {"part": 2})) == "file_needs_approval", (
        "written once"
    )
    sign = partial(run_sql, "UPDATE payments_bankfile SET signature = 'x', signed_at = now() WHERE run_id = %s", run.pk)
    assert guard_that_refuses(sign) == "file_needs_release"
    scenes.release(run)
    for change in (
        "sha256 = ''",
        "signature = ''",
        "signed_at = NULL",
        "name = 'x'",
        "header = '{}'",
        "line_count = 2",
    ):
        rewrite = partial(run_sql, f"UPDATE payments_bankfile SET {change} WHERE run_id = %s", run.pk)  # noqa: S608
        assert guard_that_refuses(rewrite) in ("file_is_frozen", "file_is_signed_before_it_is_sent")


def test_records_of_a_file_are_kept_once_and_stay() -> None:
    run = scenes.prepared()
    for change in ("sealed = 'x'", "sha256 = ''", "line_count = 9"):
        rewrite = partial(run_sql, f"UPDATE payments_filechunk SET {change} WHERE run_id = %s", run.pk)  # noqa: S608
        assert guard_that_refuses(rewrite) == "chunk_is_frozen"
    assert guard_that_refuses(partial(run_sql, "DELETE FROM payments_filechunk")) == "chunk_is_frozen"
    chunk = FileChunk.objects.get(run=run)
    columns = {field.column: getattr(chunk, field.attname) for field in FileChunk._meta.local_concrete_fields}
    scenes.approve(run)
    late = partial(insert, FileChunk, **columns | {"id": run.pk, "number": 2})
    assert guard_that_refuses(late) == "written_run_takes_no_chunk"


def test_what_cannot_be_paid_is_left_out_with_a_reason() -> None:
    nobody_yet = scenes.new_applicant(has_account=False)
    dead, other_name, fine = scenes.new_applicant(), scenes.new_applicant(), scenes.new_applicant()
    for who in (nobody_yet, dead, other_name, fine):
        scenes.approved(who)
    said: dict[str, Any] = {"by": scenes.WORKER, "at": NOON}
    state_death(**said, source="civil_register", person_id=dead.person_id, died_on=date(2026, 11, 1))
    account = payable_account(other_name.person_id)
    assert account is not None
    end_account(**said, account_id=account.id, why="test")
    state_account(
        **said, source="application", person_id=other_name.person_id, bank_code="006", number="9811111111",
        holder_name="นายเจริญ ลาภยศ",
    )  # fmt: skip
    preview = preview_run(scheme_code="family", office=Office.objects.get(code="KKN-DPC"), on=PAY_DAY)
    assert {item.due.person_id for item in preview.ready} == {fine.person_id}
    reasons = {item.due.person_id: item.reason for item in preview.left_out}
    assert reasons[nobody_yet.person_id] == "no_account"
    assert reasons[other_name.person_id] == "name_mismatch"
    assert reasons.get(dead.person_id, "dead") == "dead"


def test_a_sum_approved_last_year_is_paid_from_last_years_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Approved in September, paid in November: the money was reserved in the year of the approval."""
    before = scenes.money()
    with monkeypatch.context() as patched:
        patched.setattr(cases, "MOMENT", NOON.replace(month=9, day=28))
        scenes.approved()
    scenes.approved()
    first = scenes.again()
    assert (first.fiscal_year, first.line_count) == (2569, 1)
    assert scenes.money(first).committed == first.total_satang
    second = scenes.again()
    assert (second.fiscal_year, second.line_count) == (2570, 1)
    assert scenes.money().committed == before.committed + second.total_satang


def test_gathering_asks_the_same_questions_for_any_number(count_queries: Any) -> None:
    office = Office.objects.get(code="KKN-DPC")
    scenes.approved()
    with count_queries() as one:
        preview_run(scheme_code="family", office=office, on=PAY_DAY)
    for _ in range(4):
        scenes.approved()
    with count_queries() as five:
        assert len(preview_run(scheme_code="family", office=office, on=PAY_DAY).ready) == 5
    assert len(one) == len(five) <= 9

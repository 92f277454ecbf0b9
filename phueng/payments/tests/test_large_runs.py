"""Does a run that is gathered batch by batch hold exactly what a small one would, and in files of any number of parts?"""

import resource
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured

from phueng.access.models import Duty
from phueng.audit.clock import now
from phueng.decisions.tests.rawly import guard_that_refuses, refused_with
from phueng.decisions.tests.rawly import run as run_sql
from phueng.decisions.tests.scenes import SOCIAL_WORKER
from phueng.gateways.krungthai.contract import FileIntent, PaymentLine
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.writer import write_file
from phueng.kernel.references import is_valid_line_reference
from phueng.payments import preparing, work
from phueng.payments.actions import abandon_run, approve_run, prepare_run
from phueng.payments.dropping import drop_lines
from phueng.payments.exclusions import counted_exclusions, exclusions_of, exclusions_of_dues
from phueng.payments.files import content_of, is_as_intended
from phueng.payments.freezing import is_as_frozen, root_of_lines
from phueng.payments.gathering import preview_run
from phueng.payments.models import BankFile, Exclusion, FileChunk, Line, Progress, Run, Verification
from phueng.payments.progress import progress_of_work
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import CHECKER, NOON, PAY_DAY
from phueng.places.identity import office_id
from phueng.places.models import Office


@pytest.fixture(autouse=True)
def _small_batches(settings: Any) -> None:
    settings.PHUENG_RUN_BATCH = 2
    settings.PHUENG_KRUNGTHAI_FILE = settings.PHUENG_KRUNGTHAI_FILE | {"most_lines": 3}


def asked_for(payees: int = 5) -> Run:
    """A large run of some payees and one without an account; nothing is gathered yet."""
    scenes.approved(scenes.new_applicant(has_account=False))
    return scenes.prepared(payees)


def gathered(payees: int = 5) -> Run:
    run = asked_for(payees)
    while preparing.gather_runs():
        pass
    return Run.objects.select_related("office").get(pk=run.pk)


def reference_file(run: Run, file: BankFile, lines: list[Line]) -> bytes:
    """The same file by the row-by-row writer."""
    said = file.header or {}
    intent = FileIntent(
        product="direct", company_id=said["company_id"], sending_account=said["sending_account"],
        sending_branch=said["sending_branch"], sender_name=said["sender_name"], effective_on=run.effective_on,
        batch_no=file.part, service_type=said["service_direct"],
        lines=tuple(
            PaymentLine(x.reference, x.bank_code, x.branch, x.account, x.payee_name, x.amount_satang) for x in lines
        ),
    )  # fmt: skip
    return write_file(load_layout(said["layout"]), intent).content


@pytest.mark.django_db
def test_the_maker_asks_and_the_worker_gathers_batch_by_batch() -> None:
    run = asked_for()
    assert (run.frozen_at, run.wanted_count, run.lines.count()) == (None, 6, 0)
    assert refused_with(partial(scenes.prepared, 0)) == "run_under_way"
    seen = []
    while preparing.gather_runs(limit=1):
        seen.append(run.lines.count())
        progress = progress_of_work(run)
        assert progress is None or (progress.step, progress.wanted) == ("gather", 6)
    assert seen[:4] == sorted(seen[:4]), "one batch after the other"
    assert len(set(seen)) >= 3
    run = Run.objects.get(pk=run.pk)
    lines = list(run.lines.order_by("number"))
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert all(is_valid_line_reference(line.reference) for line in lines)
    assert (run.line_count, run.total_satang) == (5, sum(line.amount_satang for line in lines))
    assert run.lines_root == root_of_lines(lines), "the tree grown batch by batch is the tree of the whole list"
    assert is_as_frozen(run)
    order = list(run.lines.order_by("number").values_list("due__due_on", "due_id"))
    assert order == sorted(order)
    assert preparing.gather_runs() == 0
    assert progress_of_work(run) is None


@pytest.mark.django_db
def test_who_was_left_out_stays_known() -> None:
    run = gathered()
    assert counted_exclusions(run) == {"no_account": 1}
    (left_out,) = exclusions_of(run)
    assert (left_out.reason, left_out.amount_satang) == ("no_account", 200_000)
    said = exclusions_of_dues([left_out.due_id, run.lines.all()[0].due_id])
    assert set(said) == {left_out.due_id}
    assert (said[left_out.due_id].reason, said[left_out.due_id].run_number) == ("no_account", run.number)
    for change in ("reason = 'dead'", "run_id = gen_random_uuid()"):
        assert guard_that_refuses(partial(run_sql, f"UPDATE payments_exclusion SET {change}")) == "42501"  # noqa: S608
    assert guard_that_refuses(partial(run_sql, "DELETE FROM payments_exclusion")) == "42501"


@pytest.mark.django_db
def test_a_small_run_keeps_who_was_left_out_too(settings: Any) -> None:
    settings.PHUENG_RUN_BATCH = 50
    run = asked_for(2)
    assert run.frozen_at is not None
    assert Exclusion.objects.get(run=run).reason == "no_account"


@pytest.mark.django_db
def test_a_large_office_is_previewed_by_counting() -> None:
    for _ in range(5):
        scenes.approved()
    scenes.approved(scenes.new_applicant(has_account=False))
    preview = preview_run(scheme_code="family", office=Office.objects.get(code="KKN-DPC"), on=PAY_DAY)
    looked_at = len(preview.ready) + len(preview.left_out)
    assert (looked_at, preview.beyond) == (2, 4)
    assert preview.ready_count + sum(preview.reasons.values()) == 6
    assert preview.total_satang == 200_000 * preview.ready_count


@pytest.mark.django_db
def test_a_large_run_is_signed_only_after_it_was_compared(settings: Any) -> None:
    run = gathered()
    early = partial(approve_run, by=CHECKER, at=NOON, run_id=run.pk)
    assert refused_with(early) == "list_is_compared_first"
    assert preparing.verify_runs() == 1
    assert preparing.verify_runs() == 0, "fresh for half an hour"
    seen = Verification.objects.get(run=run)
    assert (seen.is_right, seen.lines_root, seen.line_count) == (True, run.lines_root, 5)
    late = partial(approve_run, by=CHECKER, at=seen.verified_at + timedelta(minutes=61), run_id=run.pk)
    assert refused_with(late) == "list_is_compared_first"
    scenes.approve(run)


@pytest.mark.django_db
def test_files_of_several_parts_are_those_of_the_row_by_row_writer(folders: Path) -> None:
    run = gathered(7)
    preparing.verify_runs()
    run = scenes.approve(run)
    assert run.written_at is None, "a page does not wait for it"
    assert preparing.write_files() == 1
    assert preparing.write_files() == 0
    run = scenes.release(run)
    lines = list(run.lines.order_by("number"))
    files = list(run.files.select_related("run__office").order_by("part"))
    assert [(file.part, file.line_count) for file in files] == [(1, 3), (2, 3), (3, 1)]
    for file, start in zip(files, (0, 3, 6), strict=True):
        assert content_of(file) == reference_file(run, file, lines[start : start + 3])
        assert is_as_intended(file)
    assert FileChunk.objects.filter(run=run).count() > 3, "parts are cut across batches"
    assert work.transmit_files() == 3
    for file in files:
        assert (scenes.outbox() / file.name).read_bytes() == content_of(file)
    progress = Progress.objects.get(run=run, step="send")
    assert (progress.done, progress.wanted, progress.trouble) == (3, 3, "")
    assert progress.ended_at is not None


@pytest.mark.django_db
def test_a_batch_cut_off_in_the_middle_is_not_there_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    run = asked_for()
    preparing.gather_runs(limit=1)
    before = (Line.objects.count(), Exclusion.objects.count(), FileChunk.objects.count())

    class PowerCut(BaseException):
        """Nothing is caught, nothing is tidied up."""

    def cut(*_: Any, **__: Any) -> None:
        raise PowerCut

    for place in ("write_lines", "_leave_out", "grown"):
        with monkeypatch.context() as broken:
            broken.setattr(f"phueng.payments.batching.{place}", cut)
            with pytest.raises(PowerCut):
                preparing.gather_runs(limit=1)
        assert (Line.objects.count(), Exclusion.objects.count(), FileChunk.objects.count()) == before, place
    while preparing.gather_runs():
        pass
    assert Run.objects.get(pk=run.pk).line_count == 5
    assert Line.objects.count() == len(set(Line.objects.values_list("due_id", flat=True))) == 5


@pytest.mark.django_db
def test_an_abandoned_run_is_gathered_no_further() -> None:
    run = asked_for()
    preparing.gather_runs(limit=1)
    abandon_run(by=CHECKER, at=now(), run_id=run.pk, why="สั่งผิดวัน")
    assert preparing.gather_runs() == 0
    drop_lines()
    assert scenes.prepared(0).wanted_count == 6, "every sum is free again"


@pytest.mark.django_db
def test_cases_that_the_maker_judged_are_left_to_a_colleague() -> None:
    Duty.objects.create(
        account_id=SOCIAL_WORKER.id, role="finance_maker", office_id=office_id("KKN-DPC"), starts_on=NOON.date()
    )
    for _ in range(3):
        scenes.approved()
    run = prepare_run(
        by=SOCIAL_WORKER, at=NOON, scheme_code="family", office_id=office_id("KKN-DPC"), effective_on=PAY_DAY
    )
    while preparing.gather_runs():
        pass
    assert counted_exclusions(run) == {"own_case": 3}
    progress = progress_of_work(run)
    assert progress is not None
    assert progress.trouble == "nothing_due"


@pytest.mark.django_db
def test_a_full_disk_is_said_and_the_file_leaves_whole_later(folders: Path) -> None:
    configured.PHUENG_RUN_BATCH = 50
    run = scenes.released(3)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (900, hard))
    try:
        assert work.transmit_files() == 0
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path.name for path in scenes.outbox().iterdir()] == [], "nothing half written lies there"
    progress = progress_of_work(run)
    assert progress is not None
    assert (progress.step, progress.trouble) == ("send", "no_room")
    assert work.transmit_files() == 1
    file = run.files.get()
    assert (scenes.outbox() / file.name).read_bytes() == content_of(file)
    assert progress_of_work(run) is None


@pytest.mark.django_db
def test_a_name_that_the_file_cannot_hold_is_left_out_and_not_found_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    strange = scenes.new_applicant()
    scenes.approved(strange)
    monkeypatch.setattr("phueng.payments.rules.unencodable", lambda *_: "")
    run_sql("UPDATE registry_personname SET first_name = %s WHERE person_id = %s", "\u200bบุญ", strange.person_id)
    run_sql("UPDATE registry_bankaccount SET holder_name = %s WHERE person_id = %s", "\u200bบุญ", strange.person_id)
    run = gathered(2)
    assert counted_exclusions(run).keys() >= {"no_account"}
    assert run.line_count == 2
    assert strange.person_id not in set(run.lines.values_list("person_id", flat=True))

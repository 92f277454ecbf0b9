"""From the seed to the auditor: is the sample the one that was laid down, asked elsewhere, and is nothing lost?"""

from datetime import timedelta
from functools import partial
from hashlib import sha256

import pytest

from phueng.audit.models import Entry
from phueng.commandline.spotchecks import main
from phueng.decisions.tests.rawly import refused_with
from phueng.demo import people
from phueng.payments.models import SampleSeed
from phueng.payments.tests import scenes as money
from phueng.spotchecks import drawing, rules
from phueng.spotchecks.actions import (
    close_discrepancy,
    confirm_receipt,
    dispute_receipt,
    draw_sample,
    note_try,
)
from phueng.spotchecks.drawing import verify
from phueng.spotchecks.models import Discrepancy, Draw, Interview, Receipt, Sheet
from phueng.spotchecks.queries import paid_sums_of, standings
from phueng.spotchecks.tests import scenes
from phueng.spotchecks.tests.scenes import LATER, NOON
from phueng.spotchecks.work import draw_samples

pytestmark = pytest.mark.django_db


def test_the_seed_is_laid_down_with_the_list_and_said_only_after_the_bank_answered() -> None:
    run = money.prepared(1)
    seed = SampleSeed.objects.get(run=run)
    assert seed.commitment == sha256(bytes.fromhex(seed.sealed_seed)).hexdigest()
    assert refused_with(partial(draw_sample, by=scenes.WORKER, at=NOON, run_id=run.pk)) == "run_is_not_answered"
    money.release(money.approve(run))
    assert refused_with(partial(draw_sample, by=scenes.WORKER, at=NOON, run_id=run.pk)) == "run_is_not_answered"
    money.answered(run.lines.all())
    draw = draw_sample(by=scenes.WORKER, at=NOON, run_id=run.pk)
    assert draw.seed == seed.sealed_seed
    assert not Entry.objects.filter(act="payments.prepare_run", after__icontains=draw.seed).exists()
    assert draw_sample(by=scenes.WORKER, at=LATER, run_id=run.pk) == draw


def test_a_seed_is_never_in_the_clear_in_its_table() -> None:
    from django.db import connection

    seed = SampleSeed.objects.get(run=money.prepared(1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_seed FROM payments_sampleseed WHERE id = %s", [seed.pk])
        kept = bytes(cursor.fetchone()[0])
    assert seed.sealed_seed.encode() not in kept
    assert bytes.fromhex(seed.sealed_seed) not in kept


def test_the_worker_draws_each_run_once_and_another_province_asks() -> None:
    run = scenes.paid(3)
    assert (draw_samples(), draw_samples()) == (1, 0)
    draw = Draw.objects.get(run=run)
    asked = draw.interviews.select_related("office")
    assert (draw.paid_count, draw.wanted, asked.count()) == (3, 3, 3)
    assert {one.office.province_id for one in asked}.isdisjoint({run.office.province_id})


def test_anybody_can_draw_it_again() -> None:
    draw = scenes.drawn(3)
    found = verify(draw.run.number)
    assert found is not None
    assert (found.faults, len(found.drawn)) == ((), 3)
    assert verify("KKN-DPC-70-9999") is None


def test_the_command_says_what_it_found(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    draw = scenes.drawn(2)
    assert main(["verify", draw.run.number]) == 0
    assert draw.seed in capsys.readouterr().out
    monkeypatch.setattr(drawing, "commitment_of", lambda seed: "0" * 64)
    assert main(["verify", draw.run.number, "--json"]) == 1
    assert "seed_is_not_the_committed_one" in capsys.readouterr().out
    with pytest.raises(SystemExit) as refusal:
        main(["verify", "KKN-DPC-70-9999"])
    assert refusal.value.code == 2


def test_a_sample_in_another_order_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: somebody with more rights than the service left out the first of the order."""
    draw = scenes.drawn(3)
    plain = rules.order
    monkeypatch.setattr(
        rules, "order", lambda seed, paid, most: plain(seed, paid, most + 1)[1:] or plain(seed, paid, most)
    )
    assert verify(draw.run.number).faults == ("sample_is_not_what_the_seed_says",)  # type: ignore[union-attr]
    monkeypatch.setattr(drawing, "commitment_of", lambda seed: "0" * 64)
    assert "seed_is_not_the_committed_one" in verify(draw.run.number).faults  # type: ignore[union-attr]


def test_what_fits_makes_no_discrepancy_and_what_does_not_is_listed() -> None:
    assert scenes.asked().discrepancies.count() == 0
    sheet = scenes.asked(received="part", amount_satang=150_000, asked_back="yes", words="หัวหน้าขอไป 500")
    found = {one.kind: one for one in sheet.discrepancies.all()}
    assert set(found) == {"amount_differs", "kickback"}
    assert (found["kickback"].paid_satang, found["kickback"].said_satang) == (200_000, 150_000)
    entry = Entry.objects.filter(act="spotchecks.record_interview").latest("pk")
    assert "หัวหน้า" not in str(entry.after)


def test_an_answer_is_kept_once() -> None:
    sheet = scenes.asked()
    assert refused_with(partial(scenes.asked, sheet.interview)) == "interview_is_over"
    assert Sheet.objects.count() == 1


def test_three_days_in_vain_and_the_next_in_the_order_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "sample_size", lambda paid, numbers: 1)
    one = scenes.first(2)
    by = scenes.interviewer(one)
    attempt = partial(note_try, by=by, interview_id=one.pk)
    assert attempt(at=LATER) is None
    assert refused_with(partial(attempt, at=LATER + timedelta(hours=1))) == "one_try_a_day"
    assert attempt(at=LATER + timedelta(days=1)) is None
    following = attempt(at=LATER + timedelta(days=2))
    assert following is not None
    assert (following.place, following.draw_id) == (2, one.draw_id)
    assert Interview.objects.get(pk=one.pk).unreached_at is not None
    assert refused_with(partial(scenes.asked, one)) == "interview_is_over"
    again = partial(note_try, by=scenes.interviewer(following), interview_id=following.pk)
    for day in range(3, 6):
        last = again(at=LATER + timedelta(days=day))
    assert last is None  # everybody was asked: non-response is shown, nobody is invented
    standing = next(row for row in standings(NOON, confidence=95, least_shown=30) if row.code == "KKN-DPC")
    assert (standing.asked, standing.unreached, standing.answered, standing.found) == (2, 2, 0, None)


def test_the_paying_office_the_hands_and_other_offices_do_not_ask() -> None:
    one = scenes.first()
    own = scenes.officer_of(one.draw.run.office, "social_worker")
    for by, code in (
        (own, "of_the_paying_office"),
        (money.actor(people.SOCIAL_WORKER), "of_the_paying_office"),
        (money.actor(people.HEADQUARTERS_CHECKER), "outside_area"),
    ):
        assert refused_with(partial(scenes.asked, one, by=by)) == code
        assert refused_with(partial(note_try, by=by, at=LATER, interview_id=one.pk)) == code


def test_the_payee_says_it_alone_and_may_say_it_again() -> None:
    line = scenes.paid().lines.get()
    said = partial(dispute_receipt, by=scenes.PERSON, at=LATER, line_id=line.pk)
    first = said(amount_satang=120_000)
    assert said(amount_satang=120_000) == first
    assert refused_with(partial(said, amount_satang=200_000)) == "not_less_than_paid"
    assert refused_with(partial(said, amount_satang=0)) == "not_less_than_paid"
    said()
    last = confirm_receipt(by=scenes.PERSON, at=LATER, line_id=line.pk)
    assert list(Receipt.objects.order_by("round").values_list("answer", flat=True)) == ["part", "none", "full"]
    # Somebody may have been talked into it: what was disputed stays on the auditor's list.
    open_kinds = Discrepancy.objects.filter(line=line, closed_at=None).values_list("kind", flat=True)
    assert set(open_kinds) == {"amount_differs", "not_received"}
    assert last.round == 3


def test_nothing_is_confirmed_before_it_was_paid() -> None:
    line = money.released(1).lines.get()
    assert refused_with(partial(confirm_receipt, by=scenes.PERSON, at=NOON, line_id=line.pk)) == "not_paid_yet"
    money.answered([line], "returned")
    assert refused_with(partial(dispute_receipt, by=scenes.PERSON, at=NOON, line_id=line.pk)) == "not_paid_yet"


def test_an_auditor_closes_it_with_a_reason_once() -> None:
    one = scenes.asked(received="none").discrepancies.get()
    close = partial(close_discrepancy, at=LATER, discrepancy_id=one.pk, outcome="confirmed")
    assert refused_with(partial(close, by=scenes.AUDITOR, why=" ")) == "say_why"
    assert refused_with(partial(close, by=money.actor(people.APPROVER), why="x")) == "of_the_paying_office"
    assert refused_with(partial(close, by=scenes.interviewer(one.sheet.interview), why="x")) == "outside_area"
    assert close(by=scenes.AUDITOR, why="ตรวจสลิปแล้ว").outcome == "confirmed"
    assert refused_with(partial(close, by=scenes.AUDITOR, why="อีกครั้ง")) == "already_closed"


def test_the_person_is_shown_what_was_paid_and_said() -> None:
    line = scenes.paid().lines.select_related("due__entitlement").get()
    from phueng.decisions.models import Decision

    application_id = Decision.objects.get(pk=line.due.entitlement.decision_id).application_id
    assert [(one.line_id, one.answer) for one in paid_sums_of(application_id)] == [(line.pk, "")]
    dispute_receipt(by=scenes.PERSON, at=LATER, line_id=line.pk, amount_satang=5_000)
    assert [(one.answer, one.said_satang) for one in paid_sums_of(application_id)] == [("part", 5_000)]


def test_a_share_is_shown_only_with_enough_answers() -> None:
    scenes.asked(received="none")
    few = standings(NOON, confidence=95, least_shown=30)[0]
    enough = standings(NOON, confidence=95, least_shown=1)[0]
    assert few.found is None
    assert enough.found is not None
    assert (enough.found.part, enough.found.high, enough.with_discrepancy) == (1.0, 1.0, 1)

"""Do the finance office's acts work from a terminal: same duties, same refusals, repeatable, readable by programs?"""

import io
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from phueng.access.gates import roles_of
from phueng.access.models import SignInEvent
from phueng.access.problems import WRONG_SIGN_IN
from phueng.audit.clock import now
from phueng.audit.models import Entry
from phueng.commandline import payments
from phueng.commandline.main import COMMANDS
from phueng.decisions.tests.scenes import trace
from phueng.demo import people
from phueng.demo.people import Staff
from phueng.gateways.krungthai.result import write_result
from phueng.kernel.thai_dates import in_bangkok
from phueng.ledger.models import Movement
from phueng.payments import acts, proof_bank
from phueng.payments.models import Run
from phueng.payments.tests import scenes
from phueng.payments.tests.conftest import folders, sealed, unasked
from phueng.payments.tests.test_pages import signed_in
from phueng.payments.views import board, proof, results, runs, signing

pytestmark = pytest.mark.django_db
__all__ = ["folders", "sealed", "unasked"]
MONEY = (people.FINANCE_MAKER, people.FINANCE_CHECKER, people.RELEASER)
OTHERS = (people.SOCIAL_WORKER, people.APPROVER, people.ADMINISTRATOR, people.STRANGER)


class Terminal:
    """Runs the command with answers typed, and reads what it says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def run(self, staff: Staff, *words: str, typed: tuple[str, ...] = (), password: str = people.PASSWORD) -> int:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in (password, *typed))))
        try:
            return payments.main([*words, "--as", staff.username])
        except SystemExit as stop:
            return int(stop.code or 0)

    def json(self, staff: Staff, *words: str, typed: tuple[str, ...] = (), expect: int = 0) -> Any:
        self.capsys.readouterr()
        status = self.run(staff, *words, "--json", typed=typed)
        out = self.capsys.readouterr().out
        assert status == expect, out
        return json.loads(out)


@pytest.fixture(autouse=True)
def traced(db: None) -> None:
    trace()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def pay_day() -> str:
    return board._next_bank_day(in_bangkok(now()).date()).isoformat()


def test_from_due_to_proved_by_four_people(terminal: Terminal, tmp_path: Path) -> None:
    scenes.approved()
    prepare = ("prepare", "--scheme", "family", "--office", "KKN-DPC", "--on", pay_day())
    run = terminal.json(people.FINANCE_MAKER, *prepare)
    number = run["number"]
    assert (run["state"], run["lines"], run["approvals_missing"]) == ("prepared", 1, 1)
    assert terminal.json(people.FINANCE_CHECKER, "status")["runs"][0]["for_you"] == "approve"
    terminal.json(people.FINANCE_CHECKER, "approve", number)
    drawn = terminal.json(people.FINANCE_MAKER, "draw", number, "3600012345")
    assert (drawn["state"], drawn["gfmis_number"]) == ("written", "3600012345")
    typed = (drawn["files_digest"][-4:], people.PASSWORD)
    sent = terminal.json(people.RELEASER, "release", number, typed=typed)
    assert sent["released_at"]
    assert all(file["signature"] for file in sent["files"])
    line = Run.objects.get(number=number).lines.get()
    file = tmp_path / "answer.csv"
    file.write_bytes(write_result([scenes.answer(line)]))
    taken = terminal.json(people.FINANCE_MAKER, "reconcile", str(file))
    assert (taken["paid"], taken["to_explain"]) == (1, 0)
    today = in_bangkok(now()).date().isoformat()
    assert terminal.json(people.FINANCE_CHECKER, "prove", "--on", today)["format"] == "phueng-daily-proof-1"
    after = terminal.json(people.AUDITOR, "status", number)
    assert after["paid_satang"] == run["total_satang"]
    by = Entry.objects.filter(act="payments.release_run").latest("written_at")
    assert (by.actor_id, by.request_id[:9]) == (people.RELEASER.account_id, "terminal-")


def test_a_day_that_does_not_prove_ends_with_one(terminal: Terminal) -> None:
    run = scenes.released()
    scenes.answered(run.lines.all())
    on = ("prove", "--on", "2026-11-02")
    assert terminal.json(people.FINANCE_CHECKER, *on)["is_proved"] is True
    terminal.monkeypatch.setattr(proof_bank, "_lines_of", lambda *_: [])  # as if the bank had never said it
    assert terminal.json(people.FINANCE_CHECKER, *on, expect=1)["differences"]


def test_everything_repeated_answers_the_same_and_moves_nothing(terminal: Terminal, tmp_path: Path) -> None:
    run = scenes.written()
    typed = (run.files_digest[-4:], people.PASSWORD)
    file = tmp_path / "answer.csv"
    file.write_bytes(write_result([scenes.answer(line) for line in run.lines.all()]))
    for staff, words, said in (
        (people.FINANCE_CHECKER, ("approve", run.number), ()),
        (people.FINANCE_MAKER, ("draw", run.number, run.gfmis_number), ()),
        (people.RELEASER, ("release", run.number), typed),
        (people.FINANCE_MAKER, ("reconcile", str(file)), ()),
    ):
        first = terminal.json(staff, *words, typed=said)
        moved = Movement.objects.count()
        assert terminal.json(staff, *words, typed=said) == first, words
        assert Movement.objects.count() == moved, words


def test_prepared_twice_pays_once(terminal: Terminal) -> None:
    scenes.approved()
    prepare = ("prepare", "--scheme", "family", "--office", "KKN-DPC", "--on", pay_day())
    terminal.json(people.FINANCE_MAKER, *prepare)
    assert terminal.json(people.FINANCE_MAKER, *prepare, expect=1)["refused"]["code"] == "nothing_due"
    assert Run.objects.count() == 1


def test_who_holds_no_duty_learns_nothing(terminal: Terminal, tmp_path: Path) -> None:
    run = scenes.prepared()
    file = tmp_path / "answer.csv"
    file.write_bytes(write_result([]))
    words = (
        ("status",), ("status", run.number), ("approve", run.number), ("draw", run.number, "3600012345"),
        ("release", run.number), ("reconcile", str(file)), ("prove",),
        ("prepare", "--scheme", "family", "--office", "KKN-DPC", "--on", pay_day()),
    )  # fmt: skip
    for staff in OTHERS:
        for one in words:
            assert terminal.json(staff, *one, expect=4)["refused"]["code"] == "not_your_duty", (staff.username, one)
    run.refresh_from_db()
    assert run.checked_at is None


def test_another_office_and_nothing_there_are_the_same_answer(terminal: Terminal) -> None:
    run = scenes.prepared()
    for number in (run.number, "NOT-THERE"):
        for act in ("status", "approve"):
            said = terminal.json(people.MUNICIPAL_CHECKER, act, number, expect=4)["refused"]
            assert said == {key: getattr(acts.NOT_THERE, key) for key in said}
    assert terminal.json(people.MUNICIPAL_CHECKER, "status")["runs"] == []


def test_the_maker_does_not_approve_and_is_told_why(terminal: Terminal) -> None:
    run = scenes.prepared()
    assert terminal.json(people.FINANCE_MAKER, "approve", run.number, expect=4)
    assert terminal.run(people.FINANCE_MAKER, "approve", run.number) == 4
    said = terminal.capsys.readouterr().err
    assert acts.NOT_YOURS.th in said
    assert acts.NOT_YOURS.next_en in said


def test_a_wrong_password_is_traced_and_locks_after_five(terminal: Terminal) -> None:
    before = SignInEvent.objects.count()
    assert terminal.run(people.RELEASER, "status", password="wrong") == 3
    assert WRONG_SIGN_IN.th in terminal.capsys.readouterr().err
    assert SignInEvent.objects.count() == before + 1
    for _ in range(5):
        terminal.run(people.RELEASER, "status", password="wrong")
    assert terminal.json(people.RELEASER, "status", expect=3)["refused"]["code"] == "sign_in_throttled"


def test_an_enrolled_app_is_asked_at_sign_in_and_once_more_to_release(terminal: Terminal) -> None:
    run = scenes.written()
    device = TOTPDevice.objects.create(user_id=people.RELEASER.account_id, confirmed=True, name="app")
    trace()
    assert terminal.json(people.RELEASER, "status", typed=("000000",), expect=3)["refused"]["code"] == "wrong_factor"
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    code = f"{totp(device.bin_key):06d}"
    end = run.files_digest[-4:]
    # A code works once: the one that opened the session does not release.
    again = terminal.json(people.RELEASER, "release", run.number, typed=(code, end, code), expect=1)
    assert again["refused"]["code"] == "wrong_factor"
    assert Run.objects.get(pk=run.pk).released_at is None
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    later = (f"{totp(device.bin_key, t0=-30):06d}", end, f"{totp(device.bin_key, t0=-60):06d}")
    TOTPDevice.objects.update(tolerance=3)
    assert terminal.json(people.RELEASER, "release", run.number, typed=later)["released_at"]


def test_the_wrong_end_of_the_fingerprint_releases_nothing(terminal: Terminal) -> None:
    run = scenes.written()
    wrong = "0000" if run.files_digest[-4:] != "0000" else "1111"
    said = terminal.json(people.RELEASER, "release", run.number, typed=(wrong, people.PASSWORD), expect=1)
    assert said["refused"]["code"] == "wrong_hash"
    said = terminal.json(people.RELEASER, "release", run.number, typed=(run.files_digest[-4:], "wrong"), expect=1)
    assert said["refused"]["code"] == "wrong_own_password"
    assert Run.objects.get(pk=run.pk).released_at is None


def test_an_old_seal_holds_the_release_here_too(terminal: Terminal) -> None:
    run = scenes.written()
    release = import_module("phueng.payments.actions.release_run")
    terminal.monkeypatch.setattr(release, "sealing_is_fresh", lambda at: False)
    typed = (run.files_digest[-4:], people.PASSWORD)
    assert (
        terminal.json(people.RELEASER, "release", run.number, typed=typed, expect=1)["refused"]["code"] == "seal_is_old"
    )


@pytest.mark.parametrize("said", ["2569-11-03", "3.11.2026", "tomorrow", "2026-02-30"])
def test_a_day_that_is_none_is_refused_before_anybody_signs_in(terminal: Terminal, said: str) -> None:
    words = ("prepare", "--scheme", "family", "--office", "KKN-DPC", "--on", said)
    before = SignInEvent.objects.count()
    assert terminal.run(people.FINANCE_MAKER, *words) == 2
    assert SignInEvent.objects.count() == before


def test_people_read_sentences_in_both_languages(terminal: Terminal) -> None:
    run = scenes.prepared()
    assert terminal.run(people.FINANCE_CHECKER, "status") == 0
    said = terminal.capsys.readouterr().out
    assert run.number in said
    assert "รอลายมือชื่ออนุมัติ" in said
    assert "Waits for approvals" in said


def test_json_has_no_payee_and_no_account(terminal: Terminal) -> None:
    run = scenes.released()
    line = run.lines.get()
    text = json.dumps(terminal.json(people.AUDITOR, "status", run.number), ensure_ascii=False)
    assert line.payee_name not in text
    assert line.account not in text
    assert line.reference not in text


def test_roles_are_those_of_the_pages() -> None:
    """Whoever may press the button may give the command, and nobody else."""
    pages = {
        "status": runs.show, "prepare": board.due, "approve": signing.approve, "draw": signing.draw,
        "release": signing.release, "prove": proof.proof,
    }  # fmt: skip
    for act, view in pages.items():
        assert roles_of(view) == frozenset(acts.ROLES[act]), act
    assert set(acts.ROLES["reconcile"]) <= set(roles_of(results.results) or ())
    assert set(payments._ACTS) == set(acts.ROLES)
    assert "payments" in COMMANDS


def test_a_shared_page_shows_what_the_command_did(terminal: Terminal) -> None:
    run = scenes.prepared()
    terminal.json(people.FINANCE_CHECKER, "approve", run.number)
    client: Client = signed_in(people.AUDITOR)
    assert client.get(reverse("payments:run", args=[run.number])).status_code == 200

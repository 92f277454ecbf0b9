"""Do files leave unchanged, do answers come in, and is everything that goes wrong on the way seen by somebody?"""

import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import transaction

from phueng.access.sealed import seal, unseal
from phueng.gateways.dropfolders import refusal_name, result_name
from phueng.gateways.krungthai.layout import load_layout
from phueng.gateways.krungthai.reader import read_file
from phueng.gateways.krungthai.result import write_result
from phueng.gateways.rehearsal import RunningStandIn, running, wait_until
from phueng.payments import work
from phueng.payments.files import content_of, is_as_intended
from phueng.payments.models import BankFile, FileChunk, FileTrouble, Line, ResultFile, Run, SuspenseItem
from phueng.payments.signing import public_key
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import answer


@pytest.fixture
def bank(folders: Path) -> Iterator[RunningStandIn]:
    """The bank's stand-in as a process of its own; it verifies our signature."""
    key = folders / "phueng.pem"
    key.write_bytes(public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    arguments = (
        "--outbox", str(scenes.outbox()), "--inbox", str(scenes.inbox()), "--control-port", "0",
        "--public-key", str(key),
    )  # fmt: skip
    with running("phueng.gateways.krungthai.fake", *arguments) as stand_in:
        yield stand_in


def the_other_side_answered(pay_route: str = "krungthai") -> bool:
    return any(path.is_file() and not path.name.startswith(".") for path in scenes.inbox(pay_route).iterdir())


@pytest.mark.django_db
def test_from_release_to_paid_through_the_bytes_of_the_file(bank: RunningStandIn) -> None:
    returned, kept = scenes.new_applicant(), scenes.new_applicant(bank_code="014")
    for who in (returned, kept):
        scenes.approved(who)
    run = scenes.again()
    bank.steer(return_accounts={returned.account: "closed"})
    assert work.transmit_files() == 2
    assert work.transmit_files() == 0
    for file in run.files.all():
        sent = (scenes.outbox() / file.name).read_bytes()
        assert sent == content_of(file)
        assert read_file(load_layout(file.layout_version), sent).total_satang == file.total_satang
        assert file.sent_at is not None
    collected = 0
    for _ in range(2):
        wait_until(the_other_side_answered)
        collected += work.collect_results()
        if collected == 2:
            break
    assert collected == 2
    assert work.collect_results() == 0
    outcomes = {line.person_id: line.standing for line in run.lines.select_related("run")}
    assert outcomes == {returned.person_id: "returned", kept.person_id: "paid"}
    assert run.lines.get(person_id=returned.person_id).returned_code == "C01"
    assert ResultFile.objects.filter(office=run.office, suspense_count=0).count() == 2
    cash = scenes.cash(run)
    assert (cash["transit"], cash["grants"], cash["bank"]) == (0, 200_000, 200_000)
    assert scenes.is_balanced()


@pytest.mark.django_db
def test_strange_words_of_the_bank_reach_a_person(bank: RunningStandIn) -> None:
    scenes.released(2)
    bank.steer(unknown_lines=True, wrong_amounts=True)
    work.transmit_files()
    wait_until(the_other_side_answered)
    assert work.collect_results() == 1
    codes = set(SuspenseItem.objects.values_list("reason_code", flat=True))
    assert {"unknown_reference", "other_amount"} <= codes
    assert not Line.objects.filter(paid_at__isnull=False).exists()
    assert scenes.is_balanced()


@pytest.mark.django_db
def test_a_file_that_the_bank_does_not_take_becomes_visible_trouble() -> None:
    run = scenes.released()
    work.transmit_files()
    name = run.files.get().name
    reasons = {"file": name, "reasons": [{"line": 2, "field": "account", "th": "เลขบัญชีไม่ถูกต้อง", "en": "Wrong account"}]}
    for _ in range(2):
        (scenes.inbox() / refusal_name(name)).write_text(json.dumps(reasons), encoding="utf-8")
        assert work.collect_results() == 1
    trouble = FileTrouble.objects.get(file__run=run)
    assert (trouble.code, trouble.said[0]["en"]) == ("bank_refused", "Wrong account")
    assert not the_other_side_answered()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"not json", b"[]", b'{"reasons": 7}', b'{"reasons": ["x"]}', b"\xff\xfe"])
def test_a_refusal_that_cannot_be_read_is_kept_as_it_came(content: bytes) -> None:
    run = scenes.released()
    work.transmit_files()
    (scenes.inbox() / refusal_name(run.files.get().name)).write_bytes(content)
    assert work.collect_results() == 1
    assert FileTrouble.objects.get(file__run=run).code == "bank_refused"


@pytest.mark.django_db
def test_a_refusal_of_a_file_that_never_left_goes_to_suspense_once() -> None:
    for name in ("nobody.txt", "nobody.txt"):
        (scenes.inbox() / refusal_name(name)).write_text('{"reasons": []}', encoding="utf-8")
        work.collect_results()
    assert SuspenseItem.objects.get().reason_code == "unknown_file"


@pytest.mark.django_db
def test_rubbish_in_the_inbox_does_not_hold_up_the_answers_behind_it() -> None:
    run = scenes.released()
    line = run.lines.get()
    (scenes.inbox() / "a-rubbish.txt").write_bytes(b"\x00\x01")
    name = result_name(run.files.get().name)
    (scenes.inbox() / name).write_bytes(write_result([answer(line)]))
    assert work.collect_results() == 2
    assert Line.objects.get(pk=line.pk).paid_at is not None
    assert SuspenseItem.objects.get().reason_code == "unreadable"


@pytest.mark.django_db
def test_another_file_under_our_name_is_never_written_over() -> None:
    run = scenes.released()
    file = run.files.get()
    (scenes.outbox() / file.name).write_bytes(b"somebody else's")
    assert work.transmit_files() == 1
    assert FileTrouble.objects.get().code == "name_taken"
    assert BankFile.objects.get(pk=file.pk).sent_at is None
    assert (scenes.outbox() / file.name).read_bytes() == b"somebody else's"
    assert work.transmit_files() == 0


@pytest.mark.django_db
def test_a_folder_that_cannot_be_reached_is_tried_again(settings: Any) -> None:
    run = scenes.released()
    right = settings.PHUENG_KRUNGTHAI_OUTBOX
    settings.PHUENG_KRUNGTHAI_OUTBOX = right / "gone"
    assert work.transmit_files() == 0
    settings.PHUENG_KRUNGTHAI_INBOX = right / "gone"
    assert work.collect_results() == 0
    settings.PHUENG_KRUNGTHAI_OUTBOX = right
    assert work.transmit_files() == 1
    assert run.files.get().sent_at is not None


@pytest.mark.django_db
def test_settings_that_change_later_do_not_make_an_old_file_look_forged(settings: Any) -> None:
    run = scenes.released()
    settings.PHUENG_KRUNGTHAI_FILE = settings.PHUENG_KRUNGTHAI_FILE | {
        "sender_name": "อื่น",
        "sending_account": "9800000002",
    }
    assert is_as_intended(run.files.get())
    assert work.transmit_files() == 1


def mutations(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Ways to change a file; the first two keep count and every total."""
    rows = content.split(b"\r\n")
    yield "reordered", b"\r\n".join([rows[0], rows[2], rows[1], *rows[3:]])
    yield "exchanged", b"\r\n".join([rows[0], rows[1][:30] + rows[2][30:], rows[2][:30] + rows[1][30:], *rows[3:]])
    yield "one bit", bytes([content[0] ^ 1]) + content[1:]
    yield "cut", content[:-1]
    yield "doubled", b"\r\n".join([*rows[:2], rows[1], *rows[2:]])
    yield "line ends", content.replace(b"\r\n", b"\n")
    yield "encoding", content.decode("tis-620").encode("utf-8") + b" "


@pytest.mark.parametrize("with_fingerprint", [False, True])
def test_a_stored_file_that_somebody_changed_is_never_sent(
    committed_db: Any, owner_connection: Any, with_fingerprint: bool
) -> None:
    run = scenes.released(3)
    file = run.files.get()
    whole, chunk = content_of(file), FileChunk.objects.get(run=run)
    records = zlib.decompress(unseal(bytes(chunk.sealed)))
    opening = whole.removesuffix(records)
    for what, forged in mutations(records):
        assert forged != records, what
        fingerprint = hashlib.sha256(opening + forged).hexdigest() if with_fingerprint else file.sha256
        tamper(owner_connection, file, forged, fingerprint)
        assert not is_as_intended(BankFile.objects.select_related("run__office").get(pk=file.pk)), what
    assert work.transmit_files() == 1
    assert FileTrouble.objects.get().code == "not_as_signed"
    assert list(scenes.outbox().iterdir()) == []
    assert work.transmit_files() == 0


def tamper(owner: "psycopg.Connection[Any]", file: BankFile, records: bytes, fingerprint: str) -> None:
    """Full power over the database and the keys that seal it, every guard off; only the signing key is out of reach."""
    for table in ("payments_filechunk", "payments_bankfile"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute(
        "UPDATE payments_filechunk SET sealed = %s, sha256 = %s WHERE run_id = %s",
        (seal(zlib.compress(records)), hashlib.sha256(records).hexdigest(), file.run_id),
    )
    owner.execute("UPDATE payments_bankfile SET sha256 = %s WHERE id = %s", (fingerprint, file.pk))
    for table in ("payments_filechunk", "payments_bankfile"):
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_lines_changed_after_release_stop_the_file(committed_db: Any, owner_connection: Any) -> None:
    run = scenes.released(2)
    owner_connection.execute("ALTER TABLE payments_line DISABLE TRIGGER USER")
    a, b = run.lines.order_by("number").values_list("pk", flat=True)
    owner_connection.execute(
        "UPDATE payments_line l SET account = o.account FROM payments_line o WHERE l.id = %s AND o.id = %s", (a, b)
    )
    owner_connection.execute("ALTER TABLE payments_line ENABLE TRIGGER USER")
    assert work.transmit_files() == 1
    assert FileTrouble.objects.get().code == "not_as_signed"
    assert list(scenes.outbox().iterdir()) == []


def test_a_crash_between_sending_and_recording_sends_once(committed_db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.released()

    def crash(**_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(work, "record", crash)
        with pytest.raises(KeyboardInterrupt):
            work.transmit_files()
    assert BankFile.objects.get().sent_at is None
    before = sorted(path.name for path in scenes.outbox().iterdir())
    assert len(before) == 2  # the file and its signature had left
    assert work.transmit_files() == 1
    assert sorted(path.name for path in scenes.outbox().iterdir()) == before
    assert not FileTrouble.objects.exists()


def test_the_comptrollers_stand_in_reads_our_list(folders: Path, committed_db: Any) -> None:
    from phueng.entitlements.actions.owe_months import owe_months
    from phueng.payments.tests.test_results import DECEMBER, signed

    nobody, with_account = scenes.new_applicant(has_account=False), scenes.new_applicant()
    for who in (nobody, with_account):
        scenes.approved(who, scheme_code="old_age")
    owe_months(by=scenes.WORKER, at=DECEMBER, limit=100)
    run: Run = signed(scenes.prepare_month(DECEMBER), DECEMBER)
    arguments = (
        "--outbox", str(scenes.outbox("comptroller")), "--inbox", str(scenes.inbox("comptroller")), "--control-port", "0",
    )  # fmt: skip
    with running("phueng.gateways.comptroller.fake", *arguments) as treasury:
        treasury.steer(return_ids={nobody.national_id: "no_promptpay"})
        assert work.transmit_files() == 1
        wait_until(lambda: the_other_side_answered("comptroller"))
        assert work.collect_results() == 1
    with transaction.atomic():
        outcomes = {line.person_id: line.standing for line in run.lines.select_related("run")}
    assert outcomes == {nobody.person_id: "returned", with_account.person_id: "paid"}
    assert scenes.outbox("comptroller") == settings.PHUENG_COMPTROLLER_OUTBOX

"""Does every file get the answer it deserves? (T-12: the whole corpus, 100 %.)"""

import io
import struct
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from phueng.audit.actors import Actor
from phueng.audit.models import Entry
from phueng.documents import examining_apart
from phueng.documents.actions import receive_evidence, withdraw_evidence
from phueng.documents.examining import examine
from phueng.documents.examining_apart import examine_apart
from phueng.documents.file_kinds import JPEG, PDF, PNG, clean_file_name
from phueng.documents.models import Content, Evidence
from phueng.documents.queries import clean_content, evidence_of, thumbnail_content
from phueng.documents.receiving import Welcome, welcome
from phueng.documents.refusals import PROBLEMS
from phueng.documents.tests.factories import AT
from phueng.documents.tests.uploads import UPLOADS, Upload, pdf, picture, saved, with_place
from phueng.documents.work import examine_evidence, expire_evidence
from phueng.kernel.problems import Problem, Refused

CITIZEN = Actor("citizen", None, "สมศรี ใจดี", "citizen")


def receive(content: bytes, name: str = "photo.jpg", **more: Any) -> Evidence:
    given_ = {"by": CITIZEN, "at": AT, "subject": ("application", uuid4()), "slot": "photo_home", **more}
    return receive_evidence(original_name=name, content=content, **given_)


def test_the_corpus_is_large_enough() -> None:
    assert len(UPLOADS) >= 60
    assert {upload.verdict.strip("!?") for upload in UPLOADS} == {"clean", *PROBLEMS}


@pytest.mark.parametrize("upload", UPLOADS, ids=lambda upload: repr(upload.name))
def test_every_file_gets_its_verdict(upload: Upload) -> None:
    answer = welcome(upload.content, upload.name)
    if upload.verdict.startswith("!"):
        assert isinstance(answer, Problem)
        assert answer.code == upload.verdict[1:]
        return
    assert isinstance(answer, Welcome), answer
    examined = examine(upload.content, answer.kind)
    assert (examined.refusal_code or "clean") == upload.verdict.removeprefix("?")
    if upload.verdict == "clean" and answer.kind is not PDF:
        with Image.open(io.BytesIO(examined.clean)) as shown:
            assert shown.format == "JPEG"
            assert max(shown.size) <= 2400
            assert not shown.getexif()
            assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        with Image.open(io.BytesIO(examined.thumbnail)) as small:
            assert max(small.size) <= 400
        for left_behind in (b"<script", b"<?php", b"PK\x03\x04", b"PhoneMaker"):
            assert left_behind not in examined.clean + examined.thumbnail


def test_the_place_of_the_house_goes_nowhere(db: Any) -> None:
    original = saved(picture(), "JPEG", exif=with_place(6))
    with Image.open(io.BytesIO(original)) as sent:
        assert sent.getexif().get_ifd(0x8825)[2] == (16.0, 26.0, 30.5)  # the proof would prove nothing otherwise
    evidence = receive(original)
    examine_evidence()
    evidence.refresh_from_db()
    assert evidence.cleaned is not None
    with Image.open(io.BytesIO(evidence.cleaned.content)) as shown:
        assert not shown.getexif().get_ifd(0x8825)
        assert shown.size == (480, 640)  # turned as the phone was held
    evidence.raw.refresh_from_db()
    assert (bytes(evidence.raw.content), evidence.raw.sha256) == (b"", evidence.sha256)
    kept = b"".join(bytes(content) for content in Content.objects.values_list("content", flat=True))
    assert b"GPS" not in kept
    assert b"Exif" not in kept


def test_a_refused_file_is_visible_with_its_reason(db: Any) -> None:
    evidence = receive(next(one.content for one in UPLOADS if one.name == "hidden.pdf"), "paper.pdf")
    assert evidence_of([evidence.subject_id])[evidence.subject_id][0].is_waiting
    examine_evidence()
    card = evidence_of([evidence.subject_id])[evidence.subject_id][0]
    assert (card.is_clean, card.refusal_code) == (False, "pdf_can_act")
    assert card.refusal is not None
    assert "ถ่ายรูป" in card.refusal.next_th
    assert clean_content(evidence.id, subject_id=evidence.subject_id) is None


def test_nothing_is_served_before_its_examination(db: Any) -> None:
    evidence = receive(saved(picture(), "PNG"), "photo.png")
    assert clean_content(evidence.id, subject_id=evidence.subject_id) is None
    assert examine_evidence() == 1
    assert clean_content(evidence.id, subject_id=evidence.subject_id) is not None
    assert thumbnail_content(evidence.id, subject_id=evidence.subject_id) is not None
    assert clean_content(evidence.id, subject_id=uuid4()) is None
    assert examine_evidence() == 0


def test_the_same_file_twice_is_one(db: Any) -> None:
    content, subject = saved(picture(), "JPEG"), ("application", uuid4())
    first = receive(content, subject=subject)
    assert receive(content, subject=subject).id == first.id
    assert receive(content, subject=subject, slot="photo_person").id != first.id
    withdraw_evidence(by=CITIZEN, at=AT, evidence_id=first.id)
    assert receive(content, subject=subject).id != first.id
    connection.check_constraints()
    assert Entry.objects.filter(act="documents.receive_evidence").count() == 3


def test_a_withdrawn_file_goes_for_good(db: Any) -> None:
    evidence = receive(saved(picture(), "JPEG"))
    examine_evidence()
    withdraw_evidence(by=CITIZEN, at=AT, evidence_id=evidence.id)
    assert evidence_of([evidence.subject_id]) == {}
    assert expire_evidence() == 0
    Evidence.objects.filter(id=evidence.id).update(expires_on="2020-01-01")
    assert expire_evidence() == 1
    assert expire_evidence() == 0
    assert not any(bytes(content) for content in Content.objects.values_list("content", flat=True))
    assert Entry.objects.filter(act="documents.expire_evidence").count() == 1


def test_a_refusal_keeps_nothing(db: Any) -> None:
    with pytest.raises(Refused) as refused:
        receive(b"<html>", "page.html")
    assert refused.value.problem.code == "file_kind_is_not_taken"
    assert (Content.objects.count(), Evidence.objects.count()) == (0, 0)


def test_the_examination_apart_knows_no_secret_and_survives_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert examine_apart(saved(picture(), "PNG"), PNG).mime == "image/jpeg"
    monkeypatch.setattr(examining_apart, "PATIENCE_SECONDS", 0.01)
    assert examine_apart(saved(picture(), "PNG"), PNG).refusal_code == "file_is_damaged"
    monkeypatch.undo()
    monkeypatch.setattr(examining_apart.sys, "executable", "/bin/false")
    assert examine_apart(pdf(), PDF).refusal_code == "file_is_damaged"


def test_the_largest_picture_we_take_fits_into_memory() -> None:
    large = saved(Image.new("RGB", (8000, 6200), "#0b5a62"), "PNG", compress_level=1)
    assert len(large) < 10 * 1024 * 1024
    examined = examine_apart(large, PNG)
    assert examined.refusal_code == ""
    with Image.open(io.BytesIO(examined.clean)) as shown:
        assert shown.size == (2400, 1860)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\me\\บ้าน.jpg", "บ้าน.jpg"),
        ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),
        ("a\x00b.jpg", "ab.jpg"),
        (".htaccess", "htaccess"),
        ("ก" * 500 + ".jpg", "ก" * 116 + ".jpg"),
        ("", ""),
    ],
)
def test_names_are_only_names(typed: str, shown: str) -> None:
    assert clean_file_name(typed) == shown


@given(st.text(max_size=400))
def test_no_name_is_dangerous_or_too_long(name: str) -> None:
    cleaned = clean_file_name(name)
    assert len(cleaned) <= 120
    assert not set(cleaned) & set('/\\\x00\n\r"<>\u202e\u200b')


@given(
    st.binary(max_size=3000),
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4 ", b"\x00\x00\x00\x18ftypheic"]),
)
def test_rubbish_is_answered_never_raised(rubbish: bytes, beginning: bytes) -> None:
    answer = welcome(beginning + rubbish, "photo")
    if isinstance(answer, Welcome):
        examine(beginning + rubbish, answer.kind)


def test_a_picture_bomb_in_a_jpeg_header_is_seen() -> None:
    honest = saved(picture(), "JPEG")
    at = honest.index(b"\xff\xc0") + 5
    bomb = honest[:at] + struct.pack(">HH", 65_000, 65_000) + honest[at + 4 :]
    answer = welcome(bomb, "photo.jpg")
    assert isinstance(answer, Problem)
    assert answer.code == "picture_is_too_large"
    assert JPEG.is_picture

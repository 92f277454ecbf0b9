"""Can a file in a drop folder be half written, overwritten, lost or read where it should not be?"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from phueng.gateways.dropfolders import ChannelUnavailable, DropFolder, NameTaken, is_refusal, sent_name_of


@pytest.fixture
def folder(tmp_path: Path) -> DropFolder:
    (tmp_path / "outbox").mkdir()
    (tmp_path / "inbox").mkdir()
    return DropFolder(tmp_path / "outbox", tmp_path / "inbox")


def test_sending_twice_is_sending_once(folder: DropFolder) -> None:
    folder.send("A.txt", b"content", b"signature")
    folder.send("A.txt", b"content", b"signature")
    assert sorted(path.name for path in folder.outbox.iterdir()) == ["A.txt", "A.txt.sig"]


def test_two_senders_at_once_leave_one_truth(folder: DropFolder) -> None:
    refused: list[str] = []

    def send(content: bytes) -> None:
        try:
            folder.send("A.txt", content, b"signature")
        except NameTaken:
            refused.append(content.decode())

    senders = [threading.Thread(target=send, args=(f"file {n}".encode(),)) for n in range(12)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(refused) == 11
    assert (folder.outbox / "A.txt").read_text() not in refused
    assert not list(folder.outbox.glob(".part-*"))


@pytest.mark.parametrize("name", ["../A.txt", "a/b.txt", ".hidden", "", "ก.txt", "A\n.txt", "x" * 101])
def test_a_name_cannot_lead_elsewhere(folder: DropFolder, name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        folder.send(name, b"", b"")
    with pytest.raises(ValueError, match="plain file name"):
        folder.acknowledge(name)


def test_only_finished_plain_files_are_answers(folder: DropFolder, tmp_path: Path) -> None:
    (folder.inbox / "B.result.csv").write_bytes(b"2")
    (folder.inbox / "A.result.csv").write_bytes(b"1")
    (folder.inbox / ".part-x").write_bytes(b"half")
    (folder.inbox / "folder").mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (folder.inbox / "link.csv").symlink_to(tmp_path / "secret")
    assert folder.collect() == [("A.result.csv", b"1"), ("B.result.csv", b"2")]
    folder.acknowledge("A.result.csv")
    folder.acknowledge("A.result.csv")
    assert folder.collect() == [("B.result.csv", b"2")]
    assert (folder.inbox / "acknowledged" / "A.result.csv").read_bytes() == b"1"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    nowhere = DropFolder(tmp_path / "no", tmp_path / "where")
    with pytest.raises(ChannelUnavailable):
        nowhere.collect()
    with pytest.raises(ChannelUnavailable):
        nowhere.send("A.txt", b"", b"")
    with pytest.raises(ChannelUnavailable):
        nowhere.acknowledge("A.result.csv")


def test_answers_name_the_file_they_are_about() -> None:
    assert sent_name_of("RUN.txt.result.csv") == "RUN.txt"
    assert sent_name_of("RUN.txt.refused.json") == "RUN.txt"
    assert is_refusal("RUN.txt.refused.json")
    assert sent_name_of("holiday.jpg") is None
    assert sent_name_of(".result.csv") is None

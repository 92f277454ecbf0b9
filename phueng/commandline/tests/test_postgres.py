"""Does the embedded PostgreSQL start everywhere, survive a kill, and step aside for a busy port?"""

import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from phueng.commandline.ports import first_free, is_free
from phueng.commandline.postgres import Server, binaries, major_version


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("a folder with spaces และภาษาไทย")
    server = Server(binaries(), major_version(binaries()), home, "", is_durable=True)
    assert server.start()
    yield server
    server.stop()


def _value(server: Server, query: str) -> str:
    with psycopg.connect(server.url("postgres", "postgres")) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return str(row[0])


def test_it_keeps_what_was_committed_when_it_is_killed(server: Server) -> None:
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (x int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    pid, port = server.pid(), server.port()
    clients = [psycopg.connect(server.url("postgres", "postgres")) for _ in range(5)]  # whose children linger
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert server.start(), "a second start while it runs does nothing; after a kill it starts again"
    assert server.pid() != pid
    assert server.port() == port, "whoever knew the old address finds it again"
    for client in clients:
        client.close()
    assert _value(server, "SELECT x FROM kept") == "7"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("password_encryption", "scram-sha-256"),
        ("server_encoding", "UTF8"),
        ("log_min_error_statement", "panic"),
    ],
)
def test_it_is_set_up_safely(server: Server, setting: str, value: str) -> None:
    assert _value(server, f"SHOW {setting}") == value


def test_it_refuses_a_wrong_password(server: Server) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://phueng_app:guess@127.0.0.1:{server.port()}/postgres")


def test_passwords_are_for_the_owner_of_the_folder_only(server: Server) -> None:
    path = server.home / "secrets" / f"{server.name}.json"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_busy_port_is_replaced_and_named(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.stop()
    before = server.port()
    with socket.create_server(("127.0.0.1", before)):
        assert server.start()
    assert server.port() != before
    said = capsys.readouterr().out
    assert f"{before} is busy" in said
    assert str(server.port()) in said


def test_a_stale_pid_file_of_a_stranger_is_seen_through(server: Server) -> None:
    server.stop()
    # After a crash and a reboot, the number in the file may belong to any program, here to this test.
    lines = [str(os.getpid()), str(server.files), "0", str(server.port()), "", "127.0.0.1", "0 0", "ready"]
    (server.files / "postmaster.pid").write_text("\n".join(lines) + "\n")
    assert server.pid() is None
    assert server.start()
    assert server.stop()
    assert server.pid() is None


def test_a_half_made_data_directory_is_made_again(server: Server, tmp_path: Path) -> None:
    (tmp_path / f"{server.name}.new").mkdir()
    (tmp_path / f"{server.name}.new" / "PG_VERSION").write_text("18")
    other = Server(server.binaries, server.major, tmp_path, "", is_durable=False)
    try:
        assert other.start()
    finally:
        other.stop()


def test_the_next_free_port_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        busy = held.getsockname()[1]
        assert not is_free(busy)
        assert first_free(busy) > busy
    assert re.fullmatch(r"\d+", str(first_free(busy)))

"""Does an open page hear of a change within a second, from a process of its own, and only with a ticket?"""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from phueng.gateways.rehearsal import wait_until
from phueng.tracking import stream_tickets
from phueng.tracking.queries import version_of
from phueng.tracking.tests.programs import answers, free_port, running
from phueng.tracking.tests.scenes import Story

OURS = "http://127.0.0.1:8000"


@dataclass
class Events:
    """The running process."""

    port: int

    def ask(self, path: str, **headers: str) -> tuple[HTTPConnection, HTTPResponse]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=headers)
        return connection, connection.getresponse()

    def status(self, path: str, **headers: str) -> int:
        connection, answer = self.ask(path, **headers)
        with closing(connection), answer:
            return answer.status

    def is_listening(self) -> bool:
        return answers(self.port, "/health")


@dataclass
class Stream:
    """An open stream, read line by line."""

    answer: HTTPResponse
    heard: list[str] = field(default_factory=list)

    def next_word(self, within: float) -> str:
        """The next `data:` line; fails when none comes in time."""
        assert self.answer.fp is not None
        until = time.monotonic() + within
        while time.monotonic() < until:
            line = self.answer.readline().decode().strip()
            if line.startswith("data: "):
                return line.removeprefix("data: ")
            self.heard.append(line)
        pytest.fail(f"nothing was said in {within} s; heard {self.heard}")


@pytest.fixture
def events(committed_db: Any) -> Iterator[Events]:
    port = free_port()
    with running("events", port, "/health", DATABASE_URL=committed_db.url, PHUENG_PUBLIC_URL=OURS):
        yield Events(port)


def ticket(story: Story, version: str, *, at: float | None = None, key: bytes | None = None) -> str:
    return stream_tickets.issue(
        story.id, version, key=key or settings.PHUENG_EVENT_TICKET_KEY, at=time.time() if at is None else at
    )


@contextmanager
def listening(events: Events, story: Story, version: str) -> Iterator[Stream]:
    connection, answer = events.ask(f"/events?ticket={ticket(story, version)}", Origin=OURS)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
    with closing(connection), answer:
        yield Stream(answer)


def test_a_change_is_heard_within_a_second(events: Events) -> None:
    story, other = Story(), Story(device_key="another")
    shown = version_of(story.id)
    with listening(events, story, shown) as mine, listening(events, other, version_of(other.id)) as theirs:
        time.sleep(0.7)  # both are registered; the first question has been asked
        began = time.monotonic()
        story.called()
        word = mine.next_word(2)
        took = time.monotonic() - began
        assert word == version_of(story.id) != shown
        assert took < 1.5, f"{took:.2f} s, the act itself included"
        other.called()
        assert theirs.next_word(2) == version_of(other.id), "each hears of its own request, and of nothing before"


def test_a_change_before_the_stream_opened_is_heard_at_once(events: Events) -> None:
    story = Story()
    old = version_of(story.id)
    story.called()
    with listening(events, story, old) as stream:
        assert stream.next_word(2) == version_of(story.id)


@pytest.fixture
def same_role(committed_db: Any) -> Iterator["psycopg.Connection[Any]"]:
    """A connection that may see and end those of the process: of the same role."""
    with psycopg.connect(committed_db.url, autocommit=True) as connection:
        yield connection


def test_a_restarted_line_to_the_database_is_mended(events: Events, same_role: "psycopg.Connection[Any]") -> None:
    story = Story()
    with listening(events, story, version_of(story.id)) as stream:
        time.sleep(0.5)
        cut = same_role.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'phueng-events'"
        ).fetchall()
        assert cut, "the process has one line to the database"
        story.called()
        assert stream.next_word(4) == version_of(story.id)
        wait_until(events.is_listening, patience=5)


def test_all_streams_share_one_connection(events: Events, same_role: "psycopg.Connection[Any]") -> None:
    story = Story()
    version = version_of(story.id)
    with listening(events, story, version), listening(events, story, version), listening(events, story, version):
        time.sleep(0.5)
        row = same_role.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'phueng-events' AND datname = current_database()"
        ).fetchone()
    assert row is not None
    assert row[0] == 1


def test_without_a_valid_ticket_nothing_is_heard(events: Events) -> None:
    story = Story()
    good = ticket(story, "v")
    refused = [
        "/events",
        "/events?ticket=",
        "/events?ticket=" + good[:-2] + ("AA" if good[-2:] != "AA" else "BB"),
        "/events?ticket=" + ticket(story, "v", at=time.time() - 120),
        "/events?ticket=" + ticket(story, "v", key=b"x" * 32),
        f"/events?ticket={story.id}",
        "/events?ticket=" + "a" * 5000,
    ]
    assert [events.status(path) for path in refused] == [403] * len(refused)
    assert events.status("/anything") == 404
    assert events.status(f"/events?ticket={good}", Origin="https://elsewhere.example") == 403


def test_one_request_cannot_take_all_streams_and_leaving_frees_them(events: Events) -> None:
    story = Story()
    version = version_of(story.id)
    path = f"/events?ticket={ticket(story, version)}"
    held = [events.ask(path) for _ in range(10)]
    assert [answer.status for _, answer in held] == [200] * 10
    assert events.status(path) == 503
    for connection, answer in held:
        answer.close()
        connection.close()
    wait_until(lambda: events.status(path) == 200, patience=40)


def test_an_unknown_application_is_silent(events: Events) -> None:
    unknown = stream_tickets.issue(uuid4(), "v", key=settings.PHUENG_EVENT_TICKET_KEY, at=time.time())
    connection, answer = events.ask(f"/events?ticket={unknown}")
    with closing(connection), answer:
        assert answer.status == 200
        assert answer.readline() == b"retry: 3000\n"

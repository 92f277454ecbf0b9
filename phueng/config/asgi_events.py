"""Who tells an open page that something has changed, without the page asking?

A process of its own, because a web process answers and is free again while a stream stays open for minutes. It knows no
views and no sessions: a signed ticket names the application (see tracking/stream_tickets.py). One connection listens to
PostgreSQL for all streams. News names only the kind of act, so on news it asks once for the versions of everything that
is being watched, and tells those whose version has moved. What it says is "changed"; the page then asks for itself.
Without this process, or when it fails, pages go on asking every few seconds: it is never the only way.
"""

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import psycopg
from django.conf import settings
from psycopg.conninfo import make_conninfo

from phueng.tracking.facts_sql import VERSIONS
from phueng.tracking.stream_tickets import StreamTicket, opened

log = logging.getLogger("phueng.events")

GATHER_SECONDS = 0.2  # acts come in bursts: one question for a burst
HEARTBEAT_SECONDS = 15.0  # shorter than any proxy's patience; also how long missed news can stay unnoticed
STREAM_SECONDS = 600.0  # then the page comes back with a new ticket
MOST_STREAMS = 2000
MOST_PER_APPLICATION = 10
#: Acts that can move what a citizen sees. Sign-ins, messages and reads wake nobody.
TELLING = (
    "applications.", "verification.", "decisions.", "entitlements.", "payments.", "documents.", "calendars.", "registry.",
)  # fmt: skip

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Watch:
    """One open stream: what it watches, which version its page shows, and a bell."""

    def __init__(self, ticket: StreamTicket) -> None:
        self.application_id = ticket.application_id
        self.version = ticket.version
        self.bell = asyncio.Event()

    def tell(self, version: str) -> None:
        """Ring when the page shows something else than this version."""
        if version != self.version:
            self.version = version
            self.bell.set()


class Newsroom:
    """Every open stream of this process, and the one connection that listens for all of them."""

    def __init__(self) -> None:
        self.watches: dict[UUID, set[Watch]] = defaultdict(set)
        self.count = 0
        self.is_listening = False
        self._stirred = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen; called with every stream, does it once."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen_for_ever())

    async def stop(self) -> None:
        """End with the process."""
        if self._listener is not None:
            self._listener.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listener

    def has_room(self, application_id: UUID) -> bool:
        """One page left open in ten tabs is a person; a hundred of them is somebody trying us out."""
        held = self.watches.get(application_id, set())
        return self.count < MOST_STREAMS and len(held) < MOST_PER_APPLICATION

    @contextlib.contextmanager
    def watching(self, ticket: StreamTicket) -> Any:
        """A watch for the time of one stream; the version its page shows is checked at once."""
        watch = Watch(ticket)
        self.watches[watch.application_id].add(watch)
        self.count += 1
        self.start()
        self._stirred.set()
        try:
            yield watch
        finally:
            self.count -= 1
            held = self.watches[watch.application_id]
            held.discard(watch)
            if not held:
                del self.watches[watch.application_id]

    async def _listen_for_ever(self) -> None:
        wait = 0.5
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(_conninfo(), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {settings.PHUENG_NEWS_CHANNEL}".encode())
                    self.is_listening, wait = True, 0.5
                    self._stirred.set()  # what happened while we were deaf
                    await self._follow(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("the news line broke: %s", type(error).__name__)
            self.is_listening = False
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5.0)

    async def _follow(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Wait for news or a new stream, let a burst pass, ask, tell. A long answer is followed by a longer rest."""
        rest = GATHER_SECONDS
        while True:
            await self._news(connection)
            if not self.watches:
                self._stirred.clear()  # else this loop never rests, and nothing else of this process is heard
                continue
            await asyncio.sleep(rest)
            async for _ in connection.notifies(timeout=0):
                pass  # the rest of the burst is answered by the same question
            self._stirred.clear()
            began = time.monotonic()
            if self.watches:
                await self._tell(connection)
            rest = max(GATHER_SECONDS, 4 * (time.monotonic() - began))

    async def _news(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Return when something may have changed: telling news, a stream just opened, or a heartbeat's time."""
        until = time.monotonic() + HEARTBEAT_SECONDS
        while time.monotonic() < until and not self._stirred.is_set():
            # In short turns, so that a new stream does not wait for the next news.
            async for news in connection.notifies(timeout=0.1, stop_after=1):
                if news.payload.startswith(TELLING):
                    return

    async def _tell(self, connection: psycopg.AsyncConnection[Any]) -> None:
        cursor = await connection.execute(VERSIONS.encode(), [list(self.watches)])
        for application_id, version in await cursor.fetchall():
            for watch in self.watches.get(application_id, ()):
                watch.tell(version)


newsroom = Newsroom()


def _conninfo() -> str:
    """The address of the web's database, in UTC: versions are hashes of texts with times in them."""
    known = settings.DATABASES["default"]
    return make_conninfo(
        host=known["HOST"], port=known["PORT"], user=known["USER"], password=known["PASSWORD"], dbname=known["NAME"],
        application_name="phueng-events", connect_timeout=5, keepalives_idle=10,
        options="-c timezone=UTC -c statement_timeout=5s",
    )  # fmt: skip


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """The ASGI program: /events?ticket=… and /health."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            newsroom.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await newsroom.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _answer(scope: Message, receive: Receive, send: Send) -> None:
    if scope["path"] == "/health":
        newsroom.start()
        await _say(
            send, 200 if newsroom.is_listening else 503, "listening\n" if newsroom.is_listening else "not listening\n"
        )
        return
    if scope["path"] != "/events" or scope["method"] not in ("GET", "HEAD"):
        await _say(send, 404, "not here\n")
        return
    origin = _header(scope, b"origin")
    if origin and not is_ours(origin):
        await _say(send, 403, "not from there\n")
        return
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    ticket = opened(asked.get("ticket", [""])[0], key=settings.PHUENG_EVENT_TICKET_KEY, at=time.time())
    if ticket is None:
        await _say(send, 403, "the ticket is over\n", origin)
    elif not newsroom.has_room(ticket.application_id):
        await _say(send, 503, "full\n", origin)
    else:
        await _stream(ticket, origin, receive, send)


async def _stream(ticket: StreamTicket, origin: str, receive: Receive, send: Send) -> None:
    headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no"), *_headers(origin)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    gone = asyncio.create_task(_until_gone(receive))
    try:
        with newsroom.watching(ticket) as watch:
            async for text in _lines(watch, gone):
                await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    except OSError:
        return  # the browser left in the middle of a word
    finally:
        gone.cancel()


async def _lines(watch: Watch, gone: "asyncio.Task[None]") -> AsyncIterator[str]:
    """What goes over the wire: a word when it changed, a comment as heartbeat, nothing after ten minutes."""
    until = time.monotonic() + STREAM_SECONDS
    yield "retry: 3000\n\n"
    while time.monotonic() < until and not gone.done():
        bell = asyncio.create_task(watch.bell.wait())
        await asyncio.wait({bell, gone}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        bell.cancel()
        if gone.done():
            return
        if watch.bell.is_set():
            watch.bell.clear()
            yield f"data: {watch.version}\n\n"
        else:
            yield ": still here\n\n"


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, status: int, text: str, origin: str = "") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_headers(origin)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode(), "more_body": False})


def _headers(origin: str) -> list[tuple[bytes, bytes]]:
    allowed = [(b"access-control-allow-origin", origin.encode("latin-1"))] if origin else []
    return [*allowed, (b"vary", b"Origin"), (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]


def _header(scope: Message, name: bytes) -> str:
    return next((bytes(value).decode("latin-1") for key, value in scope["headers"] if key == name), "")


def is_ours(origin: str) -> bool:
    """Does this page come from our web address, under any of the names we answer to?"""
    web, asking = urlsplit(settings.PHUENG_PUBLIC_URL), urlsplit(origin)
    if (asking.scheme, asking.netloc) == (web.scheme, web.netloc):
        return True
    return asking.hostname in settings.ALLOWED_HOSTS and (asking.scheme, asking.port) == (web.scheme, web.port)

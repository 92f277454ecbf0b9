"""How is a server driven? By wrk; where there is none, by a small client of our own, which costs as much as a server and
so draws every ratio towards 1."""

import asyncio
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS, THREADS = 16, 2


@dataclass(frozen=True)
class Driven:
    """What came of it."""

    per_second: float
    p99_ms: float
    wrong: int
    answered: int


@dataclass(frozen=True)
class Asking:
    """One request; the bench makes a few hundred and goes through them in turn."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""

    def line(self) -> str:
        headers = "|".join(f"{name}={value}" for name, value in self.headers)
        return f"{self.method}\t{self.path}\t{headers}\t{self.body}"


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def drive(port: int, asked: list[Asking], seconds: float, folder: Path, *, first: int = 0) -> Driven:
    """Ask for so many seconds with 16 connections; `first` says where in the list to begin."""
    if not has_wrk():
        return asyncio.run(_drive_ourselves(port, asked, seconds, first))
    file = folder / "requests.tsv"
    file.write_text("\n".join(one.line() for one in asked) + "\n", encoding="utf-8")
    words = [
        "wrk",
        f"-t{THREADS}",
        f"-c{CONNECTIONS}",
        f"-d{seconds:.0f}s",
        "--latency",
        "--timeout",
        "10s",
        "-s",
        str(Path(__file__).with_name("requests.lua")),
    ]
    words += [f"http://127.0.0.1:{port}", "--", str(file), str(THREADS), str(first)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return _read(said)


def _read(said: str) -> Driven:
    def number(pattern: str, otherwise: str = "0") -> str:
        found = re.search(pattern, said)
        return found[1] if found else otherwise

    p99 = re.search(r"99%\s+([0-9.]+)(us|ms|s)", said)
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    wrong = int(number(r"Non-2xx or 3xx responses: ([0-9]+)"))
    wrong += sum(
        int(count)
        for count in re.findall(r"(?:connect|read|write|timeout) ([0-9]+)", number(r"Socket errors: (.*)", ""))
    )
    return Driven(
        float(number(r"Requests/sec:\s+([0-9.]+)")),
        float(p99[1]) * scale[p99[2]] if p99 else 0.0,
        wrong,
        int(number(r"([0-9]+) requests in")),
    )


async def _drive_ourselves(port: int, asked: list[Asking], seconds: float, first: int) -> Driven:
    until, took, wrong, turn = time.monotonic() + seconds, [], 0, first

    async def one_connection() -> None:
        nonlocal wrong, turn
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < until:
            one = asked[turn % len(asked)]
            turn += 1
            began = time.monotonic()
            lines = [f"{one.method} {one.path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(one.body)}"]
            lines += [f"{name}: {value}" for name, value in one.headers]
            writer.write(("\r\n".join(lines) + "\r\n\r\n" + one.body).encode())
            status, closes = await _answer(reader)
            took.append(time.monotonic() - began)
            wrong += status >= 400
            if closes:
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()

    began = time.monotonic()
    await asyncio.gather(*(one_connection() for _ in range(CONNECTIONS)))
    took.sort()
    return Driven(len(took) / (time.monotonic() - began), took[int(len(took) * 0.99)] * 1000, wrong, len(took))


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    length = re.search(rb"content-length: ([0-9]+)", head)
    if length:
        await reader.readexactly(int(length[1]))
    elif b"transfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return status, b"connection: close" in head

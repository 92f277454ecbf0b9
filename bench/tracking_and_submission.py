"""How fast are the status page and sending an application, beside the same SQL with nothing around it?

  bin/bench tracking_and_submission

Every contender has two processes and up to eight database connections; they take turns, three rounds, and the median of
the ratios within a round is what counts: the machine drifts from minute to minute, the ratio does not.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path

from bench.driving import Asking, Driven, drive, has_wrk
from bench.ground import Ground, prepared

ROUNDS, SECONDS, DRAFTS = 3, 3.0, 9_000
WARM = 1_000  # drafts that warm the statements up before each round, as the baselines are warmed by their own inserts
CSRF = "benchbenchbenchbenchbenchbenchbe"
KNOWN_TO_ONE_BROWSER = 200


@dataclass(frozen=True)
class Goal:
    """`name` should be at least `least` times `against`; None: told for the record."""

    name: str
    against: str
    least: float | None


GOALS = (
    Goal("status, nothing new: ours (granian)", "status, nothing new: FastAPI + asyncpg", 0.7),
    Goal("status, redrawn part: ours (granian)", "status, facts as JSON: FastAPI + asyncpg", None),
    Goal("status, whole page: ours (granian)", "status, whole page: gunicorn sync", 1.3),
    Goal("submission: ours (granian)", "submission: FastAPI + asyncpg", 0.9),
    Goal("submission: ours (granian)", "submission: pgbench", 0.25),
)


@dataclass
class Measured:
    """The rounds of one contender."""

    rounds: list[Driven] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return statistics.median(one.per_second for one in self.rounds)


def tell(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def server(words: list[str], port: int, health: str, **environment: str) -> Iterator[None]:
    """A program of its own, ready when `health` answers."""
    with tempfile.TemporaryFile() as log:
        given = {**os.environ, **environment}
        program = subprocess.Popen(words, env=given, stdout=log, stderr=log, start_new_session=True)
        try:
            until = time.monotonic() + 40
            while not _answers(port, health):
                if program.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    raise RuntimeError(f"{words} did not start:\n{log.read().decode()[-3000:]}")
                time.sleep(0.1)
            yield
        finally:
            program.terminate()
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                program.kill()


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def main() -> int:
    """Measure and print."""
    began = time.monotonic()
    tell(
        f"Two cores? {os.cpu_count()} here. Driven by {'wrk' if has_wrk() else 'our own client (wrk is not installed)'}."
    )
    with prepared(DRAFTS) as ground, ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        tell(
            f"{len(ground.tracked):,} applications, {len(ground.drafts):,} drafts ready after {time.monotonic() - began:.0f} s"
        )
        ports = _started(stack, ground, folder)
        contenders = _contenders(ground, ports, folder)
        measured = {name: Measured() for name in contenders}
        for number in range(ROUNDS):
            for name, run in contenders.items():
                measured[name].rounds.append(run(number))
        sent = _sent(ground)
        memory = _memory_of("phueng.config.wsgi:application", "granian")
    _tell(measured, sent, memory)
    tell(f"{time.monotonic() - began:.0f} s in all")
    return 0


def _started(stack: ExitStack, ground: Ground, folder: Path) -> dict[str, int]:
    from phueng.commandline.ports import first_free

    inserts = folder / "inserts.json"
    inserts.write_text(json.dumps(ground.inserts), encoding="utf-8")
    ports = {"granian": first_free(18_100), "gunicorn": first_free(18_200), "bare": first_free(18_300)}
    python = [sys.executable, "-m"]
    granian = [*python, "phueng.commandline.main", "serve", "--workers", "2", "--port", str(ports["granian"])]
    gunicorn = [
        *python,
        "gunicorn",
        "--no-control-socket",
        "-w",
        "2",
        "-b",
        f"127.0.0.1:{ports['gunicorn']}",
        "phueng.config.wsgi:application",
    ]
    bare = [
        *python,
        "uvicorn",
        "--workers",
        "2",
        "--log-level",
        "error",
        "--no-access-log",
        "--port",
        str(ports["bare"]),
        "bench.bare_baseline:app",
    ]
    stack.enter_context(server(granian, ports["granian"], "/health/ready"))
    stack.enter_context(server(gunicorn, ports["gunicorn"], "/health/ready"))
    given = {"BENCH_DATABASE": ground.app_url, "BENCH_INSERTS": str(inserts)}
    stack.enter_context(server(bare, ports["bare"], f"/facts/{ground.tracked[0]}", **given))
    return ports


Run = Callable[[int], Driven]


def _contenders(ground: Ground, ports: dict[str, int], folder: Path) -> dict[str, Run]:
    """In the order in which they take turns: those that are compared stand side by side."""
    asked = _asked(ground)
    used = iter(range(0, 10**9, len(ground.drafts) // ROUNDS))

    def by(server_name: str, what: str) -> Run:
        return lambda number: _warm_and_drive(ports[server_name], asked[what], folder)

    def submitting(number: int) -> Driven:
        first = next(used)
        warm = drive(ports["granian"], asked["submit"], 1, folder, first=first)
        driven = drive(ports["granian"], asked["submit"], SECONDS, folder, first=first + WARM)
        return replace(driven, answered=driven.answered + warm.answered)

    return {
        "status, nothing new: ours (granian)": by("granian", "same"),
        "status, nothing new: FastAPI + asyncpg": by("bare", "bare same"),
        "status, redrawn part: ours (granian)": by("granian", "part"),
        "status, facts as JSON: FastAPI + asyncpg": by("bare", "bare facts"),
        "status, whole page: ours (granian)": by("granian", "page"),
        "status, whole page: gunicorn sync": by("gunicorn", "page"),
        "submission: ours (granian)": submitting,
        "submission: FastAPI + asyncpg": by("bare", "bare submit"),
        "submission: pgbench": lambda number: _pgbench(ground, folder),
    }


def _warm_and_drive(port: int, asked: list[Asking], folder: Path) -> Driven:
    drive(port, asked, 1, folder)
    return drive(port, asked, SECONDS, folder)


def _asked(ground: Ground) -> dict[str, list[Asking]]:
    from django.db import connection

    from phueng.tracking.facts_sql import VERSIONS

    some = ground.tracked[:: len(ground.tracked) // KNOWN_TO_ONE_BROWSER]
    with connection.cursor() as cursor:
        cursor.execute(
            VERSIONS.replace("a.id = ANY", "a.reference = ANY").replace("SELECT a.id", "SELECT a.reference"), [some]
        )
        etags = {reference: f'"{version}-th"' for reference, version in cursor.fetchall()}
    connection.close()
    cookies = {reference: ("Cookie", _ticket(reference)) for reference in some}
    body = f"csrfmiddlewaretoken={CSRF}"
    form = ("Content-Type", "application/x-www-form-urlencoded")
    return {
        "same": [Asking("GET", f"/track/{one}/now/", (cookies[one], ("If-None-Match", etags[one]))) for one in some],
        "part": [Asking("GET", f"/track/{one}/now/", (cookies[one],)) for one in some],
        "page": [Asking("GET", f"/track/{one}/", (cookies[one],)) for one in some],
        "bare same": [Asking("GET", f"/now/{one}", (("If-None-Match", etags[one]),)) for one in some],
        "bare facts": [Asking("GET", f"/facts/{one}") for one in some],
        "bare submit": [Asking("POST", "/submit")],
        "submit": [
            Asking("POST", f"/apply/{one}/submit/", (("Cookie", f"phueng-csrf={CSRF}; {_ticket(one)}"), form), body)
            for one in ground.drafts
        ],
    }


def _ticket(reference: str) -> str:
    """The cookie that tracking gives after its second factor."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    from phueng.applications import tickets

    response = HttpResponse()
    tickets.grant(RequestFactory().get("/"), response, reference, lane="own")
    return f"{tickets.COOKIE}={response.cookies[tickets.COOKIE].value}"


def _pgbench(ground: Ground, folder: Path) -> Driven:
    """The same inserts from PostgreSQL's own driver: as fast as this database takes them."""
    from phueng.commandline.postgres import binaries

    script = folder / "inserts.sql"
    drawn = "SELECT gen_random_uuid() AS app, gen_random_uuid() AS sheet, upper(left(md5(random()::text), 11)) AS reference \\gset"
    script.write_text("BEGIN;\n" + drawn + "\n" + ";\n".join(ground.inserts) + ";\nCOMMIT;\n", encoding="utf-8")
    found = binaries() / "pgbench"
    program = str(found) if found.exists() else shutil.which("pgbench") or "pgbench"
    words = [
        program,
        "-n",
        "-M",
        "prepared",
        "-c",
        "16",
        "-j",
        "2",
        "-T",
        f"{SECONDS:.0f}",
        "-f",
        str(script),
        ground.app_url,
    ]
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    tps = [float(line.split()[2]) for line in said.stdout.splitlines() if line.startswith("tps = ")]
    if said.returncode or not tps:
        raise RuntimeError(said.stderr[-2000:])
    return Driven(tps[0], 0.0, 0, 0)


def _sent(ground: Ground) -> int:
    """How many of the drafts are really sent now: what was answered must be true in the database."""
    import psycopg

    with psycopg.connect(ground.app_url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM applications_application WHERE state = 'submitted' AND reference = ANY(%s)",
            [ground.drafts],
        ).fetchone()
    return int(row[0]) if row else 0


def _memory_of(*words: str) -> int:
    """The largest resident memory, in MB, of the processes with these words in their command."""
    largest = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = status.with_name("cmdline").read_bytes().decode(errors="replace")
            if all(word in command for word in words) and os.environ["PHUENG_VAR"] in status.with_name(
                "environ"
            ).read_text(errors="replace"):
                line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
                largest = max(largest, int(line.split()[1]) // 1024)
        except (OSError, StopIteration):
            continue
    return largest


def _tell(measured: dict[str, Measured], sent: int, memory: int) -> None:
    tell(f"\n{'':44} {'req/s':>8} {'p99 ms':>8} {'wrong':>6}")
    for name, one in measured.items():
        p99 = statistics.median(turn.p99_ms for turn in one.rounds)
        tell(f"{name:44} {one.per_second:8,.0f} {p99:8.1f} {sum(turn.wrong for turn in one.rounds):6}")
    tell()
    for goal in GOALS:
        pairs = zip(measured[goal.name].rounds, measured[goal.against].rounds, strict=True)
        ratio = statistics.median(ours.per_second / theirs.per_second for ours, theirs in pairs)
        verdict = "for the record: a page in words against bare JSON"
        if goal.least is not None:
            verdict = f"goal {goal.least}: {'met' if ratio >= goal.least else 'NOT MET'}"
        tell(f"{goal.name} / {goal.against.split(': ')[1]}: {ratio:.2f}  {verdict}")
    answered = sum(turn.answered for turn in measured["submission: ours (granian)"].rounds)
    tell(f"submissions answered {answered:,}, of which in the database {sent:,}; web process {memory} MB resident")


if __name__ == "__main__":
    raise SystemExit(main())

"""How long does a run take to come together, and how long its files, beside a raw COPY of the same rows?

For 10,000, 100,000 and 1,000,000 payees: the worker gathers the run batch by batch, the intent of its files is stored,
the files are streamed, and the rows are derived again and compared. The baseline is one COPY of the same lines to this
client, which does nothing with them. Then the same lines as pain.001.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from phueng.commandline import databases, templates
from phueng.commandline.folders import var

SIZES = (10_000, 100_000, 1_000_000)
DATABASE = "phueng_bench_payments"
SCHEME = "disability"
OFFICE = "KKN-DPC"
GOAL = 1.5


def main() -> int:
    """Measure, print, leave nothing behind. PHUENG_BENCH_SIZES=10000,100000 asks for fewer."""
    asked = os.environ.get("PHUENG_BENCH_SIZES", "")
    sizes = tuple(int(size) for size in asked.split(",")) if asked else SIZES
    with _ground() as owner:
        rows = [_measured(owner, number, size) for number, size in enumerate(sizes)]
    _show(rows)
    return 0


@contextmanager
def _ground() -> Iterator[str]:
    (var() / "bench").mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="payments-", dir=var() / "bench"))
    os.environ |= {
        "PHUENG_VAR": str(home),
        "PHUENG_SETTING": "demo",
        "DJANGO_SETTINGS_MODULE": "phueng.config.settings",
        "PHUENG_REGISTER_WORD_HOURS": "0",
        "PHUENG_HOLDER_ANSWER_DAYS": "0",
        "PHUENG_KRUNGTHAI_MOST_LINES": "999999",
        "PHUENG_ISO20022_MOST_LINES": "999999",
    }
    try:
        with templates.own_server(home / "server") as (_, place):
            name = templates.ensure(place)
            databases.create(place.owner_url, DATABASE, template=name)
            app, owner = (databases.with_name(url, DATABASE) for url in (place.app_url, place.owner_url))
            databases.prepare_access(owner, app)
            os.environ["DATABASE_URL"] = app
            import django

            django.setup()
            from phueng.demo.foundation import allot_budget

            allot_budget(OFFICE, (SCHEME,), 10**14)
            yield owner
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _payees(owner: str, number: int, size: int, due_on: date) -> None:
    """People with a name, an account and one month due. Guards are off while they are put there: nobody measures that."""
    from phueng.access.sealed import blind_index, seal

    tables = (
        "registry_person",
        "registry_personname",
        "registry_bankaccount",
        "entitlements_entitlement",
        "entitlements_due",
    )
    chance = random.Random(number)  # noqa: S311 - invented people, nothing secret
    syllables = ("กข", "คำ", "ใจ", "ดี", "มา", "แก้ว", "ทอง", "บุญ", "ศรี", "วัน", "จันทร์", "พร", "ชัย", "สม", "นวล")

    def ids(kind: int) -> Iterator[UUID]:
        # Scattered as real ones are, and the same each time they are asked for.
        return (
            UUID(bytes=blake2b(b"%d %d %d" % (kind, number, one), digest_size=16).digest(), version=4)
            for one in range(size)
        )

    def word() -> str:
        return "".join(chance.choices(syllables, k=3))

    names = [(word(), word()) for _ in range(size)]
    at = datetime.now().astimezone()
    with psycopg.connect(owner) as connection:
        for table in tables:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        (house,) = connection.execute("SELECT id FROM registry_household LIMIT 1").fetchall()[0]
        _copy(connection, "registry_person", "id source stated_at sex nationality born_on born_precision",
              ((one, "bench", at, "f", "THA", date(1950, 1, 1), "day") for one in ids(1)))  # fmt: skip
        _copy(connection, "registry_personname", "id source stated_at person_id kind title first_name last_name",
              ((a, "bench", at, p, "registered", "นาง", *name) for a, p, name in zip(ids(2), ids(1), names, strict=True)))  # fmt: skip
        accounts = (f"98{number}{one:07d}" for one in range(1, size + 1))
        _copy(connection, "registry_bankaccount",
              "id source stated_at person_id bank_code number blind_index last_digits holder_name ended_why",
              ((a, "bench", at, p, "006", seal(digits.encode()), blind_index("account", digits), digits[-4:],
                " ".join(name), "") for a, p, name, digits in zip(ids(3), ids(1), names, accounts, strict=True)))  # fmt: skip
        _copy(connection, "entitlements_entitlement",
              "id scheme_code decision_id office_code kind amount_satang starts_on fiscal_year granted_at granted_by_id "
              "household_id person_id",
              ((e, SCHEME, d, OFFICE, "monthly", 80_000, due_on, 2570, at, house, house, p)
               for e, d, p in zip(ids(4), ids(5), ids(1), strict=True)))  # fmt: skip
        _copy(connection, "entitlements_due",
              "id scheme_code office_code month fiscal_year amount_satang due_on fell_due_at entitlement_id household_id "
              "person_id",
              ((d, SCHEME, OFFICE, due_on, 2570, 80_000, due_on, at, e, house, p)
               for d, e, p in zip(ids(6), ids(4), ids(1), strict=True)))  # fmt: skip
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _copy(connection: "psycopg.Connection[Any]", table: str, columns: str, rows: Iterable[Any]) -> None:
    with connection.cursor().copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _measured(owner: str, number: int, size: int) -> dict[str, Any]:
    due_on = date(2026, 10, 1)
    said = f"{size:>9,}"
    sys.stderr.write(f"{said} payees: put there …\n")
    _payees(owner, number, size, due_on)
    found: dict[str, Any] = {"size": size}
    run = None
    for way, product in (("iso20022", "pain.001"), ("krungthai", "iPay")):
        if run is not None:
            _given_up(run)
        sys.stderr.write(f"{said} payees: {product} …\n")
        run, seconds = _gathered(way)
        found[f"{product} prepare"] = seconds
        found[f"{product} write"] = _written(run)
        found[f"{product} memory"] = _files(run, found, product)
    found["compare"] = _taken(lambda: _compared(run))
    return found


def _gathered(way: str) -> tuple[Any, float]:
    from phueng.audit.actors import Actor
    from phueng.audit.clock import now
    from phueng.calendars.queries import holidays
    from phueng.demo import people
    from phueng.kernel.thai_dates import in_bangkok
    from phueng.kernel.working_days import working_day_on_or_after
    from phueng.payments import gathering, preparing
    from phueng.payments.actions import prepare_run
    from phueng.payments.models import Run
    from phueng.places.identity import office_id

    vars(gathering)["route_of"] = lambda *_: way
    maker = Actor("staff", people.FINANCE_MAKER.account_id, "maker", "finance_maker", OFFICE, "bench")
    today = in_bangkok(now()).date()
    day = working_day_on_or_after(today, holidays("bank", today, today + timedelta(days=30)))

    def whole() -> None:
        prepare_run(by=maker, at=now(), scheme_code=SCHEME, office_id=office_id(OFFICE), effective_on=day)
        while preparing.gather_runs(limit=1000):
            pass

    seconds = _taken(whole)
    run = Run.objects.select_related("office").order_by("-prepared_at").first()
    if run is None or run.frozen_at is None:
        raise SystemExit("the run was not frozen")
    return run, seconds


def _given_up(run: Any) -> None:
    from phueng.audit.actors import Actor
    from phueng.audit.clock import now
    from phueng.demo import people
    from phueng.payments.actions import abandon_run
    from phueng.payments.dropping import drop_lines

    checker = Actor("staff", people.FINANCE_CHECKER.account_id, "checker", "finance_checker", OFFICE, "bench")
    abandon_run(by=checker, at=now(), run_id=run.pk, why="bench: the same payees go another way")
    while drop_lines(limit=1000):
        pass


def _written(run: Any) -> float:
    """Seconds of storing the intents. The signatures before and after are not measured, so none is given."""
    from phueng.payments import files

    return _taken(lambda: _intents(files, run))


def _intents(files: Any, run: Any) -> None:
    header = files.header_kept(run)
    run.bench_files = []
    for part in files._parts(run):
        file = files.BankFile(
            run=run, product=part.place.product, part=part.place.part, line_count=part.count,
            total_satang=part.total_satang, header=dict(header),
        )  # fmt: skip
        file.sha256 = files.fingerprint(files.file_bytes(file))
        run.bench_files.append(file)


def _files(run: Any, found: dict[str, Any], product: str) -> float:
    """Stream the files and COPY the rows, in turns; the best of three each. Returns the memory of the streaming."""
    from phueng.payments.files import file_bytes

    def stream() -> None:
        with Path(os.devnull).open("wb") as sink:
            for file in run.bench_files:
                for piece in file_bytes(file):
                    sink.write(piece)

    def raw() -> None:
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            rows = (
                "COPY (SELECT number, reference, bank_code, branch, account, payee_name, amount_satang FROM payments_line"  # noqa: S608 - our own id; COPY takes no parameters
                f" WHERE run_id = '{run.pk}' ORDER BY number) TO STDOUT"
            )
            with connection.cursor().copy(rows) as copy:
                for _ in copy:
                    pass

    before = _memory_now()
    Path("/proc/self/clear_refs").write_text("5")
    stream()
    memory = (_memory("VmHWM") - before) / 1024
    pairs = [(_taken(stream), _taken(raw)) for _ in range(3)]
    found[f"{product} file"], found[f"{product} copy"] = (min(one) for one in zip(*pairs, strict=True))
    return memory


def _compared(run: Any) -> None:
    from phueng.payments.freezing import is_as_frozen

    if not is_as_frozen(run):
        raise SystemExit("the run is not what was frozen")


def _taken(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _memory_now() -> int:
    return _memory("VmRSS")


def _memory(what: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1])
    return 0


def _show(rows: list[dict[str, Any]]) -> None:
    out = sys.stdout.write
    out(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores\n\n")
    out("| payees | prepare s | lines/s | intent s | iPay file s | raw COPY s | ratio | memory MB | compare s |")
    out(" pain.001 prepare s | pain.001 file s | ratio |\n|" + "---:|" * 12 + "\n")
    for row in rows:
        ratio, other = row["iPay file"] / row["iPay copy"], row["pain.001 file"] / row["pain.001 copy"]
        out(
            f"| {row['size']:,} | {row['iPay prepare']:.1f} | {row['size'] / row['iPay prepare']:,.0f} "
            f"| {row['iPay write']:.1f} | {row['iPay file']:.2f} | {row['iPay copy']:.2f} | {ratio:.2f} "
            f"| {row['iPay memory']:.0f} | {row['compare']:.1f} | {row['pain.001 prepare']:.1f} "
            f"| {row['pain.001 file']:.2f} | {other:.2f} |\n"
        )
        out("")
    last = rows[-1]
    out(f"\ngoal: file at most {GOAL} of the raw COPY: iPay {last['iPay file'] / last['iPay copy']:.2f}, ")
    out(
        f"pain.001 {last['pain.001 file'] / last['pain.001 copy']:.2f}; memory below 64 MB: {last['iPay memory']:.0f}\n"
    )

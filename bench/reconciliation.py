"""How long does it take to reconcile a bank's answer, beside the least that a database must do for it?

For 10,000, 100,000 and 1,000,000 answered payments. The limit is one CREATE TABLE AS over the same join, which checks,
locks and guards nothing. The usual way is Django's bulk_update, measured on 20,000 rows in batches of 1,000 and scaled.
Ours is everything that import does: the lines kept, sorted, written on the payments, posted, the entry in the audit log.
"""

import importlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from phueng.commandline import databases, templates
from phueng.commandline.folders import var

SIZES = (10_000, 100_000, 1_000_000)
DATABASE = "phueng_bench_reconciliation"
SCHEME, OFFICE = "disability", "KKN-DPC"
SAMPLE = 20_000
MOST_OF_LIMIT, LEAST_OF_UPDATE = 4.0, 40.0
EVERY_NTH_RETURNS = 1_000
AT = datetime(2026, 11, 3, 5, tzinfo=UTC)
SATANG = 80_000


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
    home = Path(tempfile.mkdtemp(prefix="reconciliation-", dir=var() / "bench"))
    os.environ |= {
        "PHUENG_VAR": str(home),
        "PHUENG_SETTING": "demo",
        "DJANGO_SETTINGS_MODULE": "phueng.config.settings",
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
            yield owner
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _reference(number: int, line: int) -> str:
    return f"B{number}{line:010d}"


def _sent(owner: str, number: int, size: int) -> UUID:
    """A released run of a later month, of which the bank has said nothing yet, and its money in transit. Guards are off
    while the rows are put there: nobody measures that."""
    from phueng.access.sealed import seal

    run, person = uuid4(), uuid4()
    asked: dict[str, Any] = {
        "run": run, "size": size, "at": AT, "month": date(2026, 11, 1), "starts": date(2026, 1, 1), "person": person,
        "scheme": SCHEME, "office": OFFICE, "satang": SATANG, "total": size * SATANG, "number": f"BENCH-{number}",
        "account": seal(b"09812345678"), "prefix": f"B{number}",
    }  # fmt: skip
    with psycopg.connect(owner) as connection:
        for (drop,) in connection.execute(_FOREIGN_KEYS, [list(_TABLES)]).fetchall():
            connection.execute(drop)
        for table in _TABLES:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in _ROWS:
            connection.execute(statement, asked)
        for table in _TABLES:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    _money(run, size * SATANG)
    return run


_TABLES = ("payments_run", "payments_line", "entitlements_entitlement", "entitlements_due")
# The people behind these rows do not exist. Writing an outcome never looks at them, in the product either.
_FOREIGN_KEYS = """SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname)
FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid::regclass::text = ANY (%s)"""
_ROWS = (
    """INSERT INTO payments_run (id, number, pay_route, scheme_code, office_id, fiscal_year, effective_on, line_count,
           total_satang, lines_root, prepared_at, prepared_by_id, wanted_count, frozen_at, approvals_needed, gfmis_number,
           checked_at, written_at, files_digest, released_at, released_by_id, abandoned_why)
       SELECT %(run)s, %(number)s, 'krungthai', %(scheme)s, o.id, 2570, %(month)s, %(size)s, %(total)s, repeat('0', 64),
           %(at)s, gen_random_uuid(), %(size)s, %(at)s, 3, %(number)s, %(at)s, %(at)s, repeat('0', 64), %(at)s,
           gen_random_uuid(), '' FROM places_office o WHERE o.code = %(office)s""",
    """CREATE TEMP TABLE bench_line ON COMMIT DROP AS
       SELECT n, gen_random_uuid() AS entitlement, gen_random_uuid() AS due, gen_random_uuid() AS line
       FROM generate_series(1, %(size)s) n""",
    """INSERT INTO entitlements_entitlement (id, scheme_code, decision_id, office_code, kind, amount_satang, starts_on,
           fiscal_year, granted_at, granted_by_id, household_id, person_id)
       SELECT entitlement, %(scheme)s, gen_random_uuid(), %(office)s, 'monthly', %(satang)s, %(starts)s, 2570, %(at)s,
           gen_random_uuid(), gen_random_uuid(), gen_random_uuid() FROM bench_line""",
    """INSERT INTO entitlements_due (id, scheme_code, office_code, month, fiscal_year, amount_satang, due_on, fell_due_at,
           entitlement_id, household_id, person_id)
       SELECT due, %(scheme)s, %(office)s, %(month)s, 2570, %(satang)s, %(month)s, %(at)s, entitlement,
           gen_random_uuid(), gen_random_uuid() FROM bench_line""",
    """INSERT INTO payments_line (id, run_id, number, due_id, person_id, payee_name, bank_code, branch, account, last_digits,
           amount_satang, reference, returned_code, bank_reference)
       SELECT line, %(run)s, n, due, gen_random_uuid(), 'บุญมี ทดสอบดี', '006', '0000', %(account)s, '5678', %(satang)s,
           %(prefix)s || lpad(n::text, 10, '0'), '', '' FROM bench_line ORDER BY n""",
)


def _money(run: UUID, satang: int) -> None:
    from django.db import transaction

    from phueng.audit.actors import SYSTEM
    from phueng.ledger.accounts import Fund
    from phueng.ledger.actions import allot, commit, reserve, send_out

    fund = Fund(2570, SCHEME, OFFICE)
    with transaction.atomic():
        for act in (allot, reserve, commit, send_out):
            act(
                by=SYSTEM("bench"), at=AT, fund=fund, amount_satang=satang, key=f"bench:{run}:{act.__name__}",
                subject=("run", run),
            )  # fmt: skip


def _answers(number: int, size: int, account: str) -> Any:
    from phueng.gateways.krungthai.result import ResultLine, write_result
    from phueng.payments.answers import read_answer

    content = write_result(
        ResultLine(
            _reference(number, n), account, SATANG, "paid" if n % EVERY_NTH_RETURNS else "returned",
            "" if n % EVERY_NTH_RETURNS else "D01", "" if n % EVERY_NTH_RETURNS else "เสียชีวิต", date(2026, 11, 3), f"K{n}",
        )
        for n in range(1, size + 1)
    )  # fmt: skip
    began = time.perf_counter()
    return content, read_answer(content), time.perf_counter() - began


def _measured(owner: str, number: int, size: int) -> dict[str, float]:
    sys.stderr.write(f"{size:>9,} answers …\n")
    _sent(owner, number, size)
    found: dict[str, float] = {"size": size}
    content, answer, found["read"] = _answers(number, size, "0")
    found["limit"] = _limit(owner, answer)
    found["bulk_update"] = _bulk_update(number, size)
    found["accounts"] = _accounts(number, size)
    found["ours"] = _ours(content, answer)
    found["limit again"] = _limit(owner, answer)
    sys.stderr.write(f"{'':9} " + ", ".join(f"{name} {value:.1f}" for name, value in found.items()) + "\n")
    return found


def _limit(owner: str, answer: Any) -> float:
    """One join written into a new table: what was sent beside what was answered."""
    with psycopg.connect(owner) as connection:
        connection.execute(
            "CREATE TABLE bench_answer (reference varchar(40), outcome varchar(20), amount_satang bigint, settled_on date,"
            " bank_reference varchar(60))"
        )
        with connection.cursor().copy("COPY bench_answer FROM STDIN") as copy:
            for one in answer.lines:
                copy.write_row((one.reference, one.outcome, one.amount_satang, one.settled_on, one.bank_reference))
        connection.execute("ANALYZE bench_answer")
        began = time.perf_counter()
        connection.execute(
            "CREATE TABLE bench_limit AS SELECT l.id, l.run_id, l.number, l.due_id, l.person_id, l.payee_name, l.bank_code,"
            " l.branch, l.account, l.last_digits, l.amount_satang, l.reference, a.outcome, a.settled_on, a.bank_reference"
            " FROM payments_line l JOIN bench_answer a USING (reference)"
        )
        seconds = time.perf_counter() - began
        connection.rollback()
    return seconds


def _bulk_update(number: int, size: int) -> float:
    """The usual way: fetch, set, bulk_update; taken back afterwards."""
    from django.db import transaction

    from phueng.audit.actions import record
    from phueng.audit.actors import SYSTEM
    from phueng.payments.models import Line

    sample = min(size, SAMPLE)
    references = [_reference(number, n) for n in range(1, sample + 1)]
    began = time.perf_counter()
    with transaction.atomic():
        record(by=SYSTEM("bench"), at=AT, act="bench.update", subject=("bench", UUID(int=0)))
        lines = list(
            Line.objects.filter(reference__in=references).select_related("run__office").select_for_update(of=("self",))
        )
        for line in lines:
            line.paid_at, line.settled_on, line.bank_reference = AT, date(2026, 11, 3), f"K{line.number}"
        Line.objects.bulk_update(lines, ["paid_at", "settled_on", "bank_reference"], batch_size=1_000)
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds * size / sample


def _accounts(number: int, size: int) -> float:
    """What it costs on top when the answer states every account, and each sealed number is opened to compare."""
    from phueng.payments.reconciling import _other_accounts

    _, answer, _ = _answers(number, size, "09812345678")
    began = time.perf_counter()
    wrong = _other_accounts(answer.lines)
    if wrong:
        raise RuntimeError("the bench stated wrong accounts")
    return time.perf_counter() - began


def _ours(content: bytes, answer: Any) -> float:
    """All of the import but reading the file, to the commit."""
    from django.db import connections

    from phueng.audit.actors import SYSTEM
    from phueng.payments.actions import import_result
    from phueng.payments.models import ResultFile

    module = importlib.import_module("phueng.payments.actions.import_result")
    reads = module.read_answer
    vars(module)["read_answer"] = lambda _: answer
    try:
        began = time.perf_counter()
        result: ResultFile = import_result(by=SYSTEM("bench"), at=AT, name="bench.csv", content=content)
        seconds = time.perf_counter() - began
    finally:
        vars(module)["read_answer"] = reads
    returned = len(answer.lines) // EVERY_NTH_RETURNS
    if (result.paid_count, result.returned_count) != (len(answer.lines) - returned, returned):
        raise RuntimeError(f"not everything was reconciled: {result.paid_count} {result.returned_count}")
    connections.close_all()
    return seconds


def _show(rows: list[dict[str, float]]) -> None:
    said = sys.stdout.write
    said(
        "| answers | limit s | ours s | of the limit | bulk_update s (scaled) | over ours | accounts s | reading the CSV s |\n"
    )
    said("|---:|---:|---:|---:|---:|---:|---:|---:|\n")
    for row in rows:
        limit = (row["limit"] + row["limit again"]) / 2
        times, over = row["ours"] / limit, row["bulk_update"] / row["ours"]
        said(
            f"| {row['size']:,.0f} | {limit:.2f} | {row['ours']:.2f} | {times:.1f}x | {row['bulk_update']:.0f} | {over:.0f}x "
            f"| {row['accounts']:.1f} | {row['read']:.1f} |\n"
        )
    last = rows[-1]
    times = last["ours"] / ((last["limit"] + last["limit again"]) / 2)
    over = last["bulk_update"] / last["ours"]
    said(f"goal ≤ {MOST_OF_LIMIT:g}x the limit: {'met' if times <= MOST_OF_LIMIT else 'NOT MET'} ({times:.1f}x)\n")
    said(f"goal ≥ {LEAST_OF_UPDATE:g}x bulk_update: {'met' if over >= LEAST_OF_UPDATE else 'NOT MET'} ({over:.0f}x)\n")


if __name__ == "__main__":
    raise SystemExit(main())

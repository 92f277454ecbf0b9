"""On which ground is measured? A durable PostgreSQL of its own, 20,000 applications that wait for a decision, and drafts
that are ready to be sent.

One of each is made through the real actions, page by page; the rest are copies of its rows, made set-wise.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from phueng.commandline import databases, templates
from phueng.commandline.folders import var

APPLICATIONS = 20_000
OFFICES = 8  # each office numbers its letters one after the other: sending to one office only would measure that
DATABASE = "phueng_bench"


@dataclass(frozen=True)
class Ground:
    """The filled database and what is needed to ask it."""

    app_url: str
    owner_url: str
    tracked: list[str]
    drafts: list[str]
    inserts: list[str]


@contextmanager
def prepared(drafts: int) -> Iterator[Ground]:
    """Start the server, fill it, hand it over, and leave nothing behind."""
    home = Path(tempfile.mkdtemp(prefix="bench-", dir=_made(var() / "bench")))
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
            yield _filled(app, owner, drafts)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _filled(app: str, owner: str, drafts: int) -> Ground:
    import django

    django.setup()
    from django.db import connections

    from phueng.commandline.assets import build_assets

    build_assets()
    waiting, ready = _made_by_hand()
    submission = _one_submission()
    connections.close_all()
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE SEQUENCE bench_number START 1000000")
        connection.execute("GRANT USAGE ON SEQUENCE bench_number TO phueng_app")
    with psycopg.connect(app) as connection:
        tracked = _copies(connection, waiting, APPLICATIONS // len(waiting))
        sendable = _by_turns(_copies(connection, ready, drafts // len(ready)), drafts // len(ready))
        inserts = [*_inserts_of_case(connection, waiting[0]), *_inserts_of_submission(connection, submission)]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return Ground(app, owner, tracked, sendable, inserts)


def _by_turns(references: list[str], each: int) -> list[str]:
    """One of each office after the other, as they come in on a working day: else all connections ask one office."""
    return [one for number in range(each) for one in references[number::each]]


def _made_by_hand() -> tuple[list[UUID], list[UUID]]:
    """Applications with checks and a running clock, and drafts with every page answered, in several offices."""
    from phueng.applications.actions import submit_application, triage_application
    from phueng.applications.tests.factories import CITIZEN, family_answers, filled_draft
    from phueng.audit.actors import SYSTEM, Actor
    from phueng.audit.clock import now
    from phueng.demo.district_points import DEMO_PROVINCES
    from phueng.places.queries import subdistrict_codes_in
    from phueng.verification.actions import start_checks

    waiting, ready = [], []
    for province in DEMO_PROVINCES[:OFFICES]:
        code = subdistrict_codes_in([province])[0]
        stays_at = {
            "province_code": code[:2],
            "district_code": code[:4],
            "subdistrict_code": code,
            "house_no": "1",
            "moo": "1",
        }
        typed, at = family_answers(stays_at=stays_at), now()
        ready.append(filled_draft(at=at, typed=typed).id)
        sent = submit_application(by=CITIZEN, at=at, application_id=filled_draft(at=at, typed=typed).id)
        start_checks(by=SYSTEM("bench"), at=at, application_id=sent.id)
        officer = Actor("staff", UUID(int=1), "officer", "social_worker", sent.office.code if sent.office else "")
        triage_application(by=officer, at=at, application_id=sent.id, category="new")
        waiting.append(sent.id)
    return waiting, ready


def _one_submission() -> UUID:
    """One real submission: its rows are what the baselines write again, with other ids."""
    from phueng.applications.actions import submit_application
    from phueng.applications.tests.factories import CITIZEN, filled_draft
    from phueng.audit.clock import now

    return submit_application(by=CITIZEN, at=now(), application_id=filled_draft(at=now()).id).id


# What sending inserts besides the case itself: which rows, and which of their columns are drawn anew.
_ENTRIES_OF_ITS_TRANSACTION = (
    "xid = (SELECT xid FROM audit_entry WHERE act = 'applications.submit' AND subject_id = %(app)s)"
)
_NEW = {"id": "gen_random_uuid()"}
_LETTER = {"running_no": "nextval('bench_number')", "verify_code": ":reference::text", "subject_id": ":app::uuid"}
INSERTED: tuple[tuple[str, str, Mapping[str, str], frozenset[str]], ...] = (
    ("audit_entry", _ENTRIES_OF_ITS_TRANSACTION, {}, frozenset({"id", "xid", "written_at"})),
    ("notices_message", "subject_id = %(app)s",
     {**_NEW, "subject_id": ":app::uuid", "dedupe_key": "'application_received:' || :app::uuid::text || ':'"}, frozenset()),
    ("documents_letter", "subject_id = %(app)s", {**_NEW, **_LETTER}, frozenset()),
)  # fmt: skip


def _inserts_of_submission(connection: "psycopg.Connection[Any]", application_id: UUID) -> list[str]:
    """An INSERT of plain values for each row that the submission made, with `:app` for its id."""
    found = []
    for table, condition, drawn, left_out in INSERTED:
        columns = [column for column in _columns(connection, table) if column not in left_out]
        quoted = ", ".join(f"quote_nullable({column}::text)" for column in columns)
        asked = f"SELECT {quoted} FROM {table} WHERE {condition} ORDER BY id"  # noqa: S608
        for row in connection.execute(asked.encode(), {"app": application_id}).fetchall():
            values = ", ".join(drawn.get(column, str(value)) for column, value in zip(columns, row, strict=True))
            values = values.replace(f"'{application_id}'", ":app::uuid")
            found.append(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})")  # noqa: S608
    if len(found) != 6:
        raise LookupError(f"a submission inserts six rows besides the case, found {len(found)}")
    return found


def _inserts_of_case(connection: "psycopg.Connection[Any]", application_id: UUID) -> list[str]:
    """The case itself, as two inserts that copy a row: the sheet and the application."""
    changed = {"questionnaires_sheet": {"id": ":sheet::uuid"}}
    changed["applications_application"] = {
        "id": ":app::uuid",
        "sheet_id": ":sheet::uuid",
        "reference": ":reference::text",
    }
    keys = {"questionnaires_sheet": _sheet_of(connection, application_id), "applications_application": application_id}
    found = []
    for table, other in changed.items():
        columns = _columns(connection, table)
        values = ", ".join(other.get(column, f'"{column}"') for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        found.append(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = '{keys[table]}'::uuid")  # noqa: S608
    return found


def _sheet_of(connection: "psycopg.Connection[Any]", application_id: UUID) -> UUID:
    row = connection.execute("SELECT sheet_id FROM applications_application WHERE id = %s", [application_id]).fetchone()
    if row is None:
        raise LookupError(application_id)
    sheet: UUID = row[0]
    return sheet


def _columns(connection: "psycopg.Connection[Any]", table: str) -> list[str]:
    asked = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
    return [row[0] for row in connection.execute(f"{asked} ORDER BY ordinal_position", [table]).fetchall()]


def _copies(connection: "psycopg.Connection[Any]", originals: list[UUID], each: int) -> list[str]:
    """Copies of whole cases. Returns their references."""
    from phueng.kernel.references import new_reference

    references: list[str] = []
    for original in originals:
        with connection.transaction():
            connection.execute(
                "CREATE TEMP TABLE copy_of ON COMMIT DROP AS SELECT gen_random_uuid() AS app, gen_random_uuid() AS sheet,"
                " ''::text AS reference, n FROM generate_series(1, %s) n",
                [each],
            )
            drawn = [new_reference() for _ in range(each)]
            connection.execute(
                "UPDATE copy_of c SET reference = d.reference FROM unnest(%s::text[]) WITH ORDINALITY d(reference, n)"
                " WHERE d.n = c.n",
                [drawn],
            )
            sheet = _sheet_of(connection, original)
            _copy(connection, "questionnaires_sheet", "id", sheet, {"id": "c.sheet"})
            _copy(
                connection,
                "questionnaires_answer",
                "sheet_id",
                sheet,
                {"id": "gen_random_uuid()", "sheet_id": "c.sheet"},
            )
            case = {"id": "c.app", "sheet_id": "c.sheet", "reference": "c.reference"}
            _copy(connection, "applications_application", "id", original, case)
            of_case = {"id": "gen_random_uuid()", "application_id": "c.app"}
            _copy(connection, "applications_triage", "application_id", original, of_case)
            _copy(connection, "verification_check", "application_id", original, of_case)
            _copy(
                connection,
                "calendars_clock",
                "subject_id",
                original,
                {"id": "gen_random_uuid()", "subject_id": "c.app"},
            )
            connection.execute(
                "INSERT INTO audit_entry (at, actor_kind, actor_name, role, office_code, act, is_read, subject_kind,"
                " subject_id, why, request_id) SELECT phueng_now(), 'system', 'bench', 'system', '', 'applications.submit',"
                " false, 'application', app, '', '' FROM copy_of"
            )
            references += drawn
    return references


def _copy(connection: "psycopg.Connection[Any]", table: str, key: str, value: UUID, changed: Mapping[str, str]) -> None:
    columns = _columns(connection, table)
    chosen = sql.SQL(", ").join(
        sql.SQL(changed[column]) if column in changed else sql.SQL("o.{}").format(sql.Identifier(column))  # type: ignore[arg-type]
        for column in columns
    )
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} o, copy_of c WHERE o.{} = {}").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), chosen, sql.Identifier(table),
            sql.Identifier(key), sql.Literal(value),
        )
    )  # fmt: skip

"""How does a database come to be: made, migrated, granted to the app role, copied for a test, dropped?"""

import hashlib
import json
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.sql import SQL, Identifier, Literal

EXTENSIONS = ("pg_trgm", "btree_gist")
SCHEMA_VERSIONS = "django_migrations"


def with_name(url: str, database: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def name_in(url: str) -> str:
    """The database's name in an address."""
    return urlsplit(url).path.lstrip("/")


def role_in(url: str) -> str:
    """The role's name in an address."""
    return urlsplit(url).username or ""


def exists(owner_url: str, database: str) -> bool:
    """Whether the server has a database of this name."""
    with psycopg.connect(with_name(owner_url, "postgres")) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    return found is not None


def create(owner_url: str, database: str, *, template: str = "") -> None:
    """Make a database owned by the owner; as a copy of `template` if given."""
    making = SQL("CREATE DATABASE {}").format(Identifier(database))
    if template:
        making += SQL(" TEMPLATE {}").format(Identifier(template))
    with psycopg.connect(with_name(owner_url, "postgres"), autocommit=True) as connection:
        connection.execute(making)


def drop(owner_url: str, database: str) -> None:
    """Drop a database, disconnecting whoever is still connected."""
    with psycopg.connect(with_name(owner_url, "postgres"), autocommit=True) as connection:
        for patience in (0.2, 0.5, 1.0, 2.0, 4.0, None):
            try:
                connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(database)))
                return
            except psycopg.errors.InsufficientPrivilege:
                # The server's own autovacuum is looking at it: only a superuser may interrupt that, and it is soon done.
                if patience is None:
                    raise
                time.sleep(patience)


def rename(owner_url: str, database: str, new_name: str) -> None:
    """Rename a database nobody is connected to."""
    with psycopg.connect(with_name(owner_url, "postgres"), autocommit=True) as connection:
        connection.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(database), Identifier(new_name)))


def prepare(owner_url: str, app_url: str) -> None:
    """Before the first migration: extensions are there, and only our two roles may connect."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for extension in EXTENSIONS:
            connection.execute(SQL("CREATE EXTENSION IF NOT EXISTS {}").format(Identifier(extension)))
    prepare_access(owner_url, app_url)


def prepare_access(owner_url: str, app_url: str) -> None:
    """Only our two roles may connect (a copy of a database does not inherit this from its template)."""
    database, app = Identifier(name_in(owner_url)), Identifier(role_in(app_url))
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, app))


def grant(owner_url: str, app_url: str) -> None:
    """After migrations: the app role reads and writes rows, and only adds to the append-only tables.

    Append-only is a table that carries the trigger of phueng/audit/sql.py: the tables say so themselves, no
    list can fall behind. The role gets no TRUNCATE and nothing that changes tables: a promise kept by a
    trigger is worth nothing against a role that could drop the trigger.
    """
    app = Identifier(role_in(app_url))
    with psycopg.connect(owner_url) as connection:
        owned = connection.execute(
            "SELECT c.relname, c.relkind FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
            " AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(c.relowner) = current_user"
        ).fetchall()
        guarded = connection.execute(
            "SELECT DISTINCT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE p.proname = 'phueng_append_only'"
        ).fetchall()
        append_only = frozenset(row[0] for row in guarded)
        connection.execute(SQL("GRANT USAGE ON SCHEMA public TO {}").format(app))
        for table, kind in owned:
            rights = _rights(table, _text(kind), append_only)
            sort = SQL("SEQUENCE ") if _text(kind) == "S" else SQL("TABLE ")
            connection.execute(SQL("REVOKE ALL ON {}{} FROM {}").format(sort, Identifier(table), app))
            connection.execute(SQL("GRANT {} ON {}{} TO {}").format(rights, sort, Identifier(table), app))
        connection.execute(
            SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}").format(app)
        )


def _text(kind: str | bytes) -> str:
    return kind.decode() if isinstance(kind, bytes) else kind


def _rights(table: str, kind: str, append_only: frozenset[str]) -> SQL:
    if kind == "S":
        return SQL("USAGE, SELECT")
    if kind in ("v", "m") or table == SCHEMA_VERSIONS:
        return SQL("SELECT")
    return SQL("SELECT, INSERT") if table in append_only else SQL("SELECT, INSERT, UPDATE, DELETE")


def marks(url: str) -> dict[str, str]:
    """What we noted on this database about itself (for example which migrations it has had)."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')").fetchone()
    try:
        noted = json.loads(row[0]) if row and row[0] else {}
    except ValueError:  # PostgreSQL's own comment, "standard public schema"
        noted = {}
    return noted if isinstance(noted, dict) else {}


def mark(owner_url: str, **noted: str) -> None:
    """Note something on the database itself, where it cannot come apart from it as a file beside it could."""
    written = json.dumps(marks(owner_url) | noted)
    with psycopg.connect(owner_url) as connection:
        connection.execute(SQL("COMMENT ON SCHEMA public IS {}").format(Literal(written)))


def fingerprint(paths: Iterable[Path]) -> str:
    """A short hash over the content of files: equal when nothing that matters has changed."""
    seen = hashlib.sha256()
    for path in sorted(paths):
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]

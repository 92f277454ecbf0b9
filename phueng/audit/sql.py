"""Which promises of the audit does the database itself keep?

SQL texts for migrations. Other packages use two of them: `require_audit_trigger(table)` and
`append_only_trigger(table)`. Everything here runs on PostgreSQL 15 to 18.
"""

import re

from django.db.migrations import RunSQL

PHUENG_NOW_PLAIN = """
CREATE OR REPLACE FUNCTION phueng_now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT transaction_timestamp() $$;
"""

# Only demo and test settings install this one: a shiftable clock in production would be a way to move
# deadlines.
PHUENG_NOW_WITH_OFFSET = """
CREATE OR REPLACE FUNCTION phueng_now() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT transaction_timestamp()
        + COALESCE((SELECT shift FROM audit_clock_offset WHERE id = 1), interval '0') $$;
"""

CREATE_CLOCK_OFFSET = """
CREATE TABLE audit_clock_offset (
    id smallint PRIMARY KEY CHECK (id = 1),
    shift interval NOT NULL
);
"""

FILL_ENTRY = """
CREATE FUNCTION phueng_fill_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The writer may not choose these: they say in which transaction, and when, the row was born.
    NEW.xid := pg_current_xact_id()::text::bigint;
    NEW.written_at := phueng_now();
    PERFORM set_config('phueng.audited', NEW.xid::text, true);
    IF NOT NEW.is_read THEN
        PERFORM pg_notify('phueng_news', NEW.act);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_fill BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION phueng_fill_entry();
"""

APPEND_ONLY = """
CREATE FUNCTION phueng_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

REQUIRE_AUDIT = """
CREATE FUNCTION phueng_require_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    this_xid bigint := pg_current_xact_id()::text::bigint;
BEGIN
    -- The setting answers in the usual case without a look into the table; a rolled back savepoint undoes it.
    IF current_setting('phueng.audited', true) = this_xid::text THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT 1 FROM audit_entry WHERE xid = this_xid) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'a change of % left no audit entry in its transaction', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


# Filled by every migration that makes a table append-only; `phueng migrate` has loaded them all when it
# grants the app role SELECT and INSERT on these tables, and nothing more. Two locks: no privilege, and a
# trigger for everybody.
APPEND_ONLY_TABLES: set[str] = set()


def _checked(table: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,50}", table):
        raise ValueError(f"not a table name: {table!r}")
    return table


def append_only_sql(table: str) -> str:
    """Refuse UPDATE, DELETE and TRUNCATE for every role; per statement, so one that hits no row is told too."""
    table = _checked(table)
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION phueng_append_only();"
        # ALWAYS: switching the session to replica mode must not switch the promise off.
        f" ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only;"
    )


def append_only_trigger(table: str) -> RunSQL:
    """Make `table` append-only for everybody, as a migration operation."""
    APPEND_ONLY_TABLES.add(_checked(table))
    return RunSQL(append_only_sql(table), f"DROP TRIGGER {_checked(table)}_append_only ON {table};")


def require_audit_trigger(table: str) -> RunSQL:
    """Refuse, at commit, a transaction that wrote `table` without an audit entry, as a migration operation."""
    return RunSQL(require_audit_sql(table), f"DROP TRIGGER {_checked(table)}_require_audit ON {table};")


def require_audit_sql(table: str) -> str:
    """The same as SQL; deferred to the commit, so that the entry may come before or after the write."""
    table = _checked(table)
    return (
        f"CREATE CONSTRAINT TRIGGER {table}_require_audit AFTER INSERT OR UPDATE OR DELETE ON {table}"
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION phueng_require_audit();"
    )

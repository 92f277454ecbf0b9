"""Which promises about days and clocks does the database keep by itself?"""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger

_OFF_DAYS = """
CREATE VIEW calendars_off_day AS
SELECT d.calendar, d."on"
  FROM calendars_day d
 WHERE coalesce((SELECT c.is_off FROM calendars_daychange c WHERE c.day_id = d.id ORDER BY c.number DESC LIMIT 1), true);
"""

# Backdating is the oldest way to be on time: what a clock began with never changes, its due day moves only after a
# reason was written in the same transaction, and it stops once.
_CLOCK_GUARD = """
CREATE FUNCTION calendars_guard_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a clock is never removed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.id, NEW.subject_id, NEW.code, NEW.unit, NEW.length, NEW.law_th, NEW.law_en, NEW.started_at)
       IS DISTINCT FROM
       (OLD.id, OLD.subject_id, OLD.code, OLD.unit, OLD.length, OLD.law_th, OLD.law_en, OLD.started_at) THEN
        RAISE EXCEPTION 'a clock keeps what it began with' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.stopped_at IS NOT NULL THEN
        RAISE EXCEPTION 'a stopped clock does not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.calendar_version < OLD.calendar_version THEN
        RAISE EXCEPTION 'a clock does not forget holidays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.due_on <> OLD.due_on AND NOT EXISTS (
        SELECT 1 FROM calendars_clockmove m
         WHERE m.clock_id = OLD.id AND m.due_before = OLD.due_on AND m.due_after = NEW.due_on
           AND m.written_at = transaction_timestamp()) THEN
        RAISE EXCEPTION 'a due day moves only with a reason written before it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER calendars_clock_guard BEFORE UPDATE OR DELETE ON calendars_clock
    FOR EACH ROW EXECUTE FUNCTION calendars_guard_clock();

CREATE FUNCTION calendars_guard_pause() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a pause is never removed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.id, NEW.clock_id, NEW.reason_code, NEW.from_at)
       IS DISTINCT FROM (OLD.id, OLD.clock_id, OLD.reason_code, OLD.from_at)
       OR OLD.until_at IS NOT NULL THEN
        RAISE EXCEPTION 'a pause only ends, once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER calendars_pause_guard BEFORE UPDATE OR DELETE ON calendars_clockpause
    FOR EACH ROW EXECUTE FUNCTION calendars_guard_pause();

CREATE FUNCTION calendars_fill_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The writer may not choose it: it ties the reason to the transaction that moves the day.
    NEW.written_at := transaction_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER calendars_move_fill BEFORE INSERT ON calendars_clockmove
    FOR EACH ROW EXECUTE FUNCTION calendars_fill_move();
"""
_CLOCK_GUARD_UNDONE = """
DROP TRIGGER calendars_move_fill ON calendars_clockmove;
DROP FUNCTION calendars_fill_move();
DROP TRIGGER calendars_pause_guard ON calendars_clockpause;
DROP FUNCTION calendars_guard_pause();
DROP TRIGGER calendars_clock_guard ON calendars_clock;
DROP FUNCTION calendars_guard_clock();
"""

AUDITED_TABLES = (
    "calendars_day",
    "calendars_daychange",
    "calendars_clock",
    "calendars_clockpause",
    "calendars_clockmove",
)


class Migration(migrations.Migration):
    """Days are only added; clocks cannot be set back; no change without a trace."""

    dependencies = [("calendars", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        migrations.RunSQL(_OFF_DAYS, "DROP VIEW calendars_off_day;"),
        migrations.RunSQL(_CLOCK_GUARD, _CLOCK_GUARD_UNDONE),
        append_only_trigger("calendars_day"),
        append_only_trigger("calendars_daychange"),
        append_only_trigger("calendars_clockmove"),
        *(require_audit_trigger(table) for table in AUDITED_TABLES),
    ]

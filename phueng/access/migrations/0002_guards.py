"""The promises of access that the database keeps: hands for good, no change of an account without a trace."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger

# One statement from the caller, yet it must count after it has the lock: a function that is VOLATILE sees,
# in each of its own statements, what others committed meanwhile.
ALLOW = """
CREATE FUNCTION access_allow(wanted_key text, most integer, within_time interval) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    tried integer;
    moment timestamptz := phueng_now();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(wanted_key, 7021));
    DELETE FROM access_limitevent WHERE key_hash = wanted_key AND at <= moment - within_time;
    SELECT count(*) INTO tried FROM access_limitevent WHERE key_hash = wanted_key;
    IF tried >= most THEN
        RETURN false;
    END IF;
    INSERT INTO access_limitevent (key_hash, at) VALUES (wanted_key, moment);
    RETURN true;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        migrations.RunSQL(ALLOW, "DROP FUNCTION access_allow(text, integer, interval);"),
        append_only_trigger("access_hand"),
        append_only_trigger("access_signinevent"),
        require_audit_trigger("access_account"),
        require_audit_trigger("access_duty"),
        require_audit_trigger("access_delegation"),
        require_audit_trigger("access_hand"),
    ]

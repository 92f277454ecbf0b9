"""What does the database itself promise about claims?

No claim without a trace; who claimed what and when never changes, a claim that has ended stays as it ended, and none is
deleted. That two never hold at once is the exclusion constraint of the table.
"""

from django.db import migrations
from django.db.migrations import RunSQL

from phueng.audit.sql import require_audit_trigger

KEEP_CLAIM = """
CREATE FUNCTION phueng_keep_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a claim is never deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.released_at IS NOT NULL THEN
        RAISE EXCEPTION 'a claim that has ended stays as it ended' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.id, NEW.application_id, NEW.account_id, NEW.account_name, NEW.claimed_at)
       IS DISTINCT FROM (OLD.id, OLD.application_id, OLD.account_id, OLD.account_name, OLD.claimed_at) THEN
        RAISE EXCEPTION 'who claimed which case, and when, never changes'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER claim_is_kept BEFORE UPDATE OR DELETE ON applications_claim
    FOR EACH ROW EXECUTE FUNCTION phueng_keep_claim();
"""
LET_GO = "DROP TRIGGER claim_is_kept ON applications_claim; DROP FUNCTION phueng_keep_claim();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards"), ("applications", "0003_claim")]

    operations = [RunSQL(KEEP_CLAIM, LET_GO), require_audit_trigger("applications_claim")]

"""What does the database itself promise about applications?

No change without a trace, and what was once submitted stays what it was: its reference, scheme and moment never
change, a submitted request never becomes a draft again, and none is deleted.
"""

from django.db import migrations
from django.db.migrations import RunSQL

from phueng.audit.sql import append_only_trigger, require_audit_trigger

KEEP_SUBMITTED = """
CREATE FUNCTION phueng_keep_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reference <> OLD.reference OR NEW.scheme_code <> OLD.scheme_code OR NEW.sheet_id <> OLD.sheet_id THEN
        RAISE EXCEPTION 'the reference, scheme and answers of an application never change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.submitted_at IS NOT NULL AND NEW.submitted_at IS DISTINCT FROM OLD.submitted_at THEN
        RAISE EXCEPTION 'an application is submitted once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (OLD.state = 'submitted' AND NEW.state = 'draft') OR (OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn') THEN
        RAISE EXCEPTION 'an application does not go back from % to %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Only an appeal that succeeded opens a case again, and only one that had been decided.
    IF OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at
       AND NOT (NEW.closed_at IS NULL AND OLD.state = 'submitted' AND OLD.closed_why = 'decided') THEN
        RAISE EXCEPTION 'a closed application stays closed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER application_keep_submitted BEFORE UPDATE ON applications_application
    FOR EACH ROW EXECUTE FUNCTION phueng_keep_application();
CREATE FUNCTION phueng_keep_submitted_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an application that was submitted is never deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER application_is_not_deleted BEFORE DELETE ON applications_application
    FOR EACH ROW WHEN (OLD.submitted_at IS NOT NULL) EXECUTE FUNCTION phueng_keep_submitted_row();
"""

LET_GO = """
DROP TRIGGER application_is_not_deleted ON applications_application;
DROP FUNCTION phueng_keep_submitted_row();
DROP TRIGGER application_keep_submitted ON applications_application;
DROP FUNCTION phueng_keep_application();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards"), ("applications", "0001_initial")]

    operations = [
        RunSQL(KEEP_SUBMITTED, LET_GO),
        *(
            require_audit_trigger(f"applications_{table}")
            for table in ("application", "triage", "transfer", "missingthing", "forwarding")
        ),
        *(append_only_trigger(f"applications_{table}") for table in ("triage", "transfer", "forwarding")),
    ]

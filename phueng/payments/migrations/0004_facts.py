"""Who was left out and what the register said is added once, with an entry in the audit log, and never changed."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.payments import sql


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_progress"), ("audit", "0002_guards")]

    operations = [
        migrations.RunSQL(sql.FACTS, sql.DROP_FACTS),
        require_audit_trigger("payments_verification"),
        append_only_trigger("payments_exclusion"),
        append_only_trigger("payments_verification"),
        append_only_trigger("payments_registerword"),
    ]

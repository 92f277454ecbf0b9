"""What was answered, settled or seen stays as it was, and nothing changes without its trace."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.verification import sql


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        *[require_audit_trigger(table) for table in sql.AUDITED_TABLES],
        append_only_trigger("verification_settlement"),
        migrations.RunSQL(sql.GUARD_CHECK, sql.DROP_GUARD_CHECK),
        migrations.RunSQL(sql.GUARD_VISIT, sql.DROP_GUARD_VISIT),
    ]

"""What is owed is never edited, never without its trace, and never owed twice to one person under two records."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.entitlements import sql


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0001_initial"), ("registry", "0002_guards"), ("audit", "0002_guards")]

    operations = [
        *[require_audit_trigger(table) for table in sql.AUDITED_TABLES],
        *[append_only_trigger(table) for table in sql.APPEND_ONLY],
        migrations.RunSQL(sql.GUARD_DUE, sql.DROP_GUARD_DUE),
    ]

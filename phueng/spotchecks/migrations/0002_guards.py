"""Nobody chooses who is asked, nobody asks about their own office, and nothing that was said is hidden."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.spotchecks import sql


class Migration(migrations.Migration):
    dependencies = [
        ("spotchecks", "0001_initial"),
        ("payments", "0011_sample_seeds"),
        ("audit", "0002_guards"),
        ("access", "0002_guards"),
        ("registry", "0002_guards"),
        ("decisions", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(sql.GUARDS, sql.DROP_GUARDS),
        *[append_only_trigger(table) for table in sql.APPEND_ONLY_TABLES],
        *[require_audit_trigger(table) for table in sql.AUDITED_TABLES],
    ]

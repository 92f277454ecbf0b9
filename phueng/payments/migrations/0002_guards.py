"""Lines are frozen, runs are approved and released by different people, files and answers stay what they were."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.payments import sql


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
        ("audit", "0002_guards"),
        ("access", "0002_guards"),
        ("decisions", "0002_guards"),
        ("entitlements", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(sql.LINE, sql.DROP_LINE),
        migrations.RunSQL(sql.RUN, sql.DROP_RUN),
        append_only_trigger("payments_approval"),
        migrations.RunSQL(sql.FILE, sql.DROP_FILE),
        migrations.RunSQL(sql.ANSWER, sql.DROP_ANSWER),
        migrations.RunSQL(sql.AUDIT_OF_LINES, sql.DROP_AUDIT_OF_LINES),
        *[require_audit_trigger(table) for table in sql.AUDITED_TABLES],
    ]

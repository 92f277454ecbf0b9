"""Who may recommend, decide and settle is judged by the database; nothing that was said is ever edited."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.decisions import sql


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0001_initial"),
        ("audit", "0002_guards"),
        ("access", "0002_guards"),
        ("registry", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(sql.RECOMMENDATION, sql.DROP_RECOMMENDATION),
        migrations.RunSQL(sql.COMMITTEE, sql.DROP_COMMITTEE),
        migrations.RunSQL(sql.DECISION, sql.DROP_DECISION),
        migrations.RunSQL(sql.APPEAL, sql.DROP_APPEAL),
        *[append_only_trigger(table) for table in sql.APPEND_ONLY_TABLES],
        *[require_audit_trigger(table) for table in sql.AUDITED_TABLES],
    ]

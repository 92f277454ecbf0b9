"""Who may take money out, hand it over and account for it is guarded by the database."""

from django.db import migrations

from phueng.advances import sql
from phueng.audit.sql import require_audit_trigger


class Migration(migrations.Migration):
    dependencies = [
        ("advances", "0001_initial"),
        ("audit", "0002_guards"),
        ("access", "0002_guards"),
        ("documents", "0001_initial"),
        ("payments", "0012_counter_choice"),
    ]

    operations = [
        migrations.RunSQL(sql.ADVANCE, sql.DROP_ADVANCE),
        migrations.RunSQL(sql.HANDOVER, sql.DROP_HANDOVER),
        *[require_audit_trigger(table) for table in sql.AUDITED_TABLES],
    ]

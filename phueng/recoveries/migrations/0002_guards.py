"""Who may judge, what may be asked and what may come back is guarded by the database; nothing said is ever edited."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.recoveries import sql


class Migration(migrations.Migration):
    dependencies = [
        ("recoveries", "0001_initial"),
        ("audit", "0002_guards"),
        ("access", "0002_guards"),
        ("registry", "0002_guards"),
        ("decisions", "0002_guards"),
        ("payments", "0002_guards"),
    ]

    operations = [
        migrations.RunSQL(sql.ASKED, sql.DROP_ASKED),
        migrations.RunSQL(sql.OVERPAYMENT, sql.DROP_OVERPAYMENT),
        migrations.RunSQL(sql.JUDGING, sql.DROP_JUDGING),
        migrations.RunSQL(sql.PAYING_BACK, sql.DROP_PAYING_BACK),
        *[migrations.RunSQL(*sql.row_stays(table)) for table in sql.CHANGING_TABLES],
        *[append_only_trigger(table) for table in sql.APPEND_ONLY_TABLES],
        *[require_audit_trigger(table) for table in sql.AUDITED_TABLES],
    ]

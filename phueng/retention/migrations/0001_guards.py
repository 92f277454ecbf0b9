"""No case is wiped before its time, whoever asks."""

from django.db import migrations

from phueng.retention import sql


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0005_wiping"),
        ("verification", "0003_wiping_guards"),
        ("decisions", "0002_guards"),
        ("entitlements", "0002_guards"),
        ("payments", "0002_guards"),
        ("recoveries", "0002_guards"),
    ]

    operations = [migrations.RunSQL(sql.LAST_ACT + sql.WIPING, sql.DROP)]

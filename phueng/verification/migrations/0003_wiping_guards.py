"""What was answered and seen stays as it was, until the time of its case is over."""

from django.db import migrations

from phueng.verification import sql


class Migration(migrations.Migration):
    dependencies = [("verification", "0002_guards"), ("applications", "0005_wiping")]

    operations = [
        migrations.RunSQL(sql.LET_CHECK_GO, sql.KEEP_CHECK),
        migrations.RunSQL(sql.LET_VISIT_GO, sql.KEEP_VISIT),
    ]

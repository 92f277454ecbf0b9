"""A hand is borrowed from the paired office or headquarters only, and what was asked is never edited."""

from django.db import migrations

from phueng.access import sql
from phueng.audit.sql import require_audit_trigger


class Migration(migrations.Migration):
    dependencies = [("access", "0003_borrowed_hand"), ("audit", "0002_guards")]

    operations = [
        migrations.RunSQL(sql.BORROWED_HAND, sql.DROP_BORROWED_HAND),
        require_audit_trigger("access_borrowedhand"),
    ]

"""Postings are balanced, covered, audited and never edited, by the database itself."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.ledger import sql


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        migrations.RunSQL(sql.BALANCED, sql.DROP_BALANCED),
        migrations.RunSQL(sql.GUARDED, sql.DROP_GUARDED),
        append_only_trigger("ledger_posting"),
        append_only_trigger("ledger_movement"),
        require_audit_trigger("ledger_movement"),
        require_audit_trigger("ledger_ledgeraccount"),
    ]

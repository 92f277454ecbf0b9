"""Functions that guards of upper packages ask, and: no change of a person's record without its trace."""

from django.db import migrations

from phueng.audit.sql import require_audit_trigger
from phueng.registry import sql


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        migrations.RunSQL(sql.CANONICAL, sql.DROP_CANONICAL),
        migrations.RunSQL(sql.SELVES, sql.DROP_SELVES),
        migrations.RunSQL(sql.IS_KIN, sql.DROP_IS_KIN),
        *[require_audit_trigger(table) for table in sql.AUDITED_TABLES],
    ]

"""The promises of the audit that the database keeps: one clock, append-only rows, no write without an entry."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from phueng.audit import clock, sql


def install_the_clock_of_this_setting(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    clock.install_clock(schema_editor.connection, offset_allowed=clock.offset_is_allowed())


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.CREATE_CLOCK_OFFSET, "DROP TABLE audit_clock_offset;"),
        migrations.RunSQL(sql.PHUENG_NOW_PLAIN, "DROP FUNCTION phueng_now();"),
        migrations.RunPython(install_the_clock_of_this_setting, migrations.RunPython.noop),
        migrations.RunSQL(
            sql.FILL_ENTRY,
            "DROP TRIGGER audit_entry_fill ON audit_entry; DROP FUNCTION phueng_fill_entry();",
        ),
        migrations.RunSQL(sql.APPEND_ONLY, "DROP FUNCTION phueng_append_only();"),
        migrations.RunSQL(sql.REQUIRE_AUDIT, "DROP FUNCTION phueng_require_audit();"),
        sql.append_only_trigger("audit_entry"),
        sql.append_only_trigger("audit_leaf"),
        sql.append_only_trigger("audit_head"),
        sql.append_only_trigger("audit_headcopy"),
    ]

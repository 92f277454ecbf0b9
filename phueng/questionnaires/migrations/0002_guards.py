"""What does the database itself promise about answers? No answer without a trace of who saved it."""

from django.db import migrations

from phueng.audit.sql import require_audit_trigger


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards"), ("questionnaires", "0001_initial")]

    operations = [
        require_audit_trigger("questionnaires_sheet"),
        require_audit_trigger("questionnaires_answer"),
    ]

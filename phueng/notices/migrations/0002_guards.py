"""The promises of notices that the database keeps: no message changes, and no task is settled, without a trace."""

from django.db import migrations

from phueng.audit.sql import require_audit_trigger


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("audit", "0002_guards")]

    # Not on parts: a receipt is the operator's word, kept as it comes; what it changes about a message is audited.
    operations = [require_audit_trigger("notices_message"), require_audit_trigger("notices_unreachedtask")]

"""The promises of documents that the database keeps: no file comes, changes or goes without a trace."""

from django.db import migrations

from phueng.audit.sql import require_audit_trigger


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        require_audit_trigger("documents_content"),
        require_audit_trigger("documents_evidence"),
        require_audit_trigger("documents_letter"),
    ]

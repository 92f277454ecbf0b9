"""No word about what a person receives without its trace."""

from django.db import migrations

from phueng.audit.sql import require_audit_trigger


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial"), ("audit", "0002_guards")]

    operations = [require_audit_trigger("benefits_receivedbenefit")]

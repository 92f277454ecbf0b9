"""What the bank said about an account stays; what a person decided about it counts by the word of two."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.payments.sql import holders


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_holders"), ("audit", "0002_guards"), ("registry", "0002_guards")]

    operations = [
        migrations.RunSQL(holders.HOLDERS, holders.DROP_HOLDERS),
        append_only_trigger("payments_holdercheck"),
        append_only_trigger("payments_sharedflag"),
        require_audit_trigger("payments_holdercheck"),
        require_audit_trigger("payments_holderruling"),
    ]

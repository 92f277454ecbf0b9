"""References that belong to nobody: laid out with a trace, and for good."""

import uuid

from django.db import migrations, models

from phueng.audit.sql import append_only_trigger, require_audit_trigger


class Migration(migrations.Migration):
    dependencies = [("access", "0005_account_password_given_at")]

    operations = [
        migrations.CreateModel(
            name="BaitReference",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference_hash", models.CharField(max_length=64, unique=True)),
                (
                    "planted_where",
                    models.CharField(help_text="the backup, list or mailbox it was put into", max_length=200),
                ),
                ("set_at", models.DateTimeField()),
                ("set_by_id", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "access_baitreference",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reference_hash__regex", "^[0-9a-f]{64}$")), name="access_bait_hash"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("planted_where", ""), _negated=True), name="access_bait_says_where"
                    ),
                ],
            },
        ),
        append_only_trigger("access_baitreference"),
        require_audit_trigger("access_baitreference"),
    ]

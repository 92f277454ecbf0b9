"""The case was let go when its time was over: told once, for good, and not without a trace."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from phueng.audit.sql import append_only_trigger, require_audit_trigger


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_guards"), ("applications", "0004_claim_guards")]

    operations = [
        migrations.CreateModel(
            name="Wiping",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("last_act_on", models.DateField(help_text="the last thing that happened, money included")),
                ("last_day", models.DateField(help_text="the last day on which it was kept, as its scheme says")),
                ("wiped_at", models.DateTimeField()),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wiping",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("last_act_on"))),
                        name="wiping_comes_after_the_last_act",
                    )
                ],
            },
        ),
        append_only_trigger("applications_wiping"),
        require_audit_trigger("applications_wiping"),
    ]

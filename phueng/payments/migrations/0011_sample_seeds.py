"""The seed of a run's sample is laid down before the money leaves."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import phueng.access.sealed
from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.payments.sql.seeds import DROP_SEED, SEED


class Migration(migrations.Migration):
    dependencies = [("payments", "0010_room_for_answers"), ("audit", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="SampleSeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "commitment",
                    models.CharField(help_text="SHA-256 of the secret, in hex: said at once", max_length=64),
                ),
                ("sealed_seed", phueng.access.sealed.SealedTextField(help_text="the secret, in hex")),
                ("committed_at", models.DateTimeField()),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sample_seed", to="payments.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("commitment__regex", "^[0-9a-f]{64}$")), name="commitment_is_a_sha256"
                    )
                ],
            },
        ),
        migrations.RunSQL(SEED, DROP_SEED),
        append_only_trigger("payments_sampleseed"),
        require_audit_trigger("payments_sampleseed"),
    ]

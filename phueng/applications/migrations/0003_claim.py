"""Claims (who works on a case until when), and an index for the search by a part of the applicant's name."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_guards"),
        ("places", "0002_guards"),
        ("questionnaires", "0002_guards"),
        ("registry", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("account_id", models.UUIDField()),
                ("account_name", models.CharField(max_length=200)),
                ("claimed_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(help_text="the moment from which others may claim it")),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "released_why",
                    models.CharField(blank=True, help_text="done, given_back or taken_over", max_length=10),
                ),
                ("released_by_id", models.UUIDField(help_text="whoever took it over, or the holder", null=True)),
                ("released_by_name", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddIndex(
            model_name="application",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("applicant_name"), name="gin_trgm_ops"
                ),
                name="applicant_name_trigram",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="applications.application"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("application", "="),
                    (
                        models.Func(
                            models.F("claimed_at"),
                            django.db.models.functions.comparison.Coalesce(
                                models.F("released_at"), models.F("ends_at")
                            ),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="one_claim_of_an_application_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("claimed_at"))), name="claim_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", True), ("released_by_id__isnull", True), ("released_why", "")),
                    models.Q(
                        ("released_at__gte", models.F("claimed_at")),
                        ("released_by_id__isnull", False),
                        ("released_why__in", ("done", "given_back", "taken_over")),
                    ),
                    _connector="OR",
                ),
                name="claim_release_says_who_and_why",
            ),
        ),
    ]

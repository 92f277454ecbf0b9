"""What a bank said stays as it came; paid comes back, and paper counts, by the word of two."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.payments.sql import answers


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_results"), ("audit", "0002_guards")]

    operations = [
        migrations.RunSQL(answers.RESULTS, answers.DROP_RESULTS),
        append_only_trigger("payments_resultline"),
        migrations.RunSQL(answers.REVERSAL, answers.DROP_REVERSAL),
        migrations.RunSQL(answers.PRINTED, answers.DROP_PRINTED),
        *[require_audit_trigger(f"payments_{name}") for name in ("reversal", "printedreport", "printedmark")],
    ]

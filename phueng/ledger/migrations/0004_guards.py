"""Budget is given, moved and carried over by several people, by the database itself."""

from django.db import migrations

from phueng.audit.sql import append_only_trigger, require_audit_trigger
from phueng.ledger import sql, sql_budgets

# The earlier version of the balance check comes back on the way down.
BALANCED_BEFORE = sql.BALANCED.split("CREATE CONSTRAINT TRIGGER")[0].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_budgets"),
        ("audit", "0002_guards"),
        ("places", "0001_initial"),
        ("access", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(sql_budgets.BALANCED_IN_EACH_FUND, BALANCED_BEFORE),
        migrations.RunSQL(sql_budgets.BUDGETS, sql_budgets.DROP_BUDGETS),
        append_only_trigger("ledger_budgetapproval"),
        append_only_trigger("ledger_prooffinding"),
        require_audit_trigger("ledger_budgetplan"),
        require_audit_trigger("ledger_plannedallotment"),
        require_audit_trigger("ledger_budgettransfer"),
        require_audit_trigger("ledger_carryover"),
        require_audit_trigger("ledger_budgetapproval"),
        require_audit_trigger("ledger_dailyproof"),
    ]

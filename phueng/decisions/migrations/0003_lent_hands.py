"""Another office recommends or decides only while it is asked for a hand; being the paired one is no longer enough."""

from django.db import migrations

from phueng.decisions import sql


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_guards"), ("access", "0004_borrowed_hand_guards")]

    operations = [
        # Taking it back leaves the narrower guard: the wider one is what must not come back by accident.
        migrations.RunSQL(sql.RECOMMENDATION_FUNCTION, migrations.RunSQL.noop),
        migrations.RunSQL(sql.DECISION_FUNCTION, migrations.RunSQL.noop),
    ]

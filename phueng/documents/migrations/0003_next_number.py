"""Numbers of letters are given by the database itself, so that one statement can ask for a letter."""

from django.db import migrations

from phueng.documents.sql import NEXT_NUMBER


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_guards")]

    operations = [
        migrations.RunSQL(NEXT_NUMBER, "DROP FUNCTION phueng_next_letter_number(text, integer);"),
    ]

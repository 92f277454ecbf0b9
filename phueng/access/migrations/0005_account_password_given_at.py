"""A password that somebody else gave is to be changed at the first sign-in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0004_borrowed_hand_guards")]

    operations = [
        migrations.AddField("account", "password_given_at", models.DateTimeField(null=True)),
    ]

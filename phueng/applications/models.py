"""What was asked for, by whom, through which door, and whose desk is it on?"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce, Upper

from phueng.kernel.privacy import privacy
from phueng.places.models import Office, Subdistrict
from phueng.questionnaires.models import Sheet
from phueng.registry.models import Household, Person


class Application(models.Model):
    """One request under one scheme. The reference is there from the first page, so a draft can be found again."""

    PRIVACY = privacy(
        public="id reference scheme_code state channel started_at submitted_at office subdistrict is_emergency closed_at closed_why",
        personal="sheet person household contact_phone applicant_name birth_on helper_name helper_phone helper_relation "
        "consent_how consent_witness entered_by_id started_by_key language",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=11, unique=True)
    scheme_code = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="draft")
    channel = models.CharField(max_length=10, help_text="web, counter or helper")
    language = models.CharField(max_length=2, default="th")
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    started_by_key = models.CharField(max_length=64, help_text="which device started it; a hash, never the cookie")
    entered_by_id = models.UUIDField(null=True, help_text="the officer at the counter, or the helper's account")
    helper_name = models.CharField(max_length=200, blank=True)
    helper_phone = models.CharField(max_length=16, blank=True)
    helper_relation = models.CharField(max_length=60, blank=True)
    consent_how = models.CharField(max_length=30, blank=True, help_text="how the person agreed to be helped")
    consent_witness = models.CharField(max_length=200, blank=True, help_text="who heard it, when it was only spoken")
    submitted_at = models.DateTimeField(null=True)
    applicant_name = models.CharField(max_length=200, blank=True)
    birth_on = models.DateField(null=True, help_text="the second factor of tracking")
    contact_phone = models.CharField(max_length=16, blank=True)
    subdistrict = models.ForeignKey(Subdistrict, on_delete=models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    is_emergency = models.BooleanField(default=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("draft", "submitted", "withdrawn")), name="application_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(state="withdrawn")
                | Q(state="submitted", submitted_at__isnull=False, office__isnull=False),
                name="submitted_application_has_time_and_office",
            ),
            models.UniqueConstraint(
                fields=["person", "scheme_code"],
                condition=Q(state="submitted", closed_at__isnull=True, person__isnull=False),
                name="one_open_application_per_person_and_scheme",
            ),
            models.CheckConstraint(condition=~Q(helper_name="") | Q(helper_relation=""), name="helper_is_named"),
            models.CheckConstraint(
                condition=Q(channel__in=("web", "counter", "helper")), name="application_channel_is_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "submitted_at"], condition=Q(closed_at__isnull=True), name="applications_open"
            ),
            models.Index(fields=["started_by_key"]),
            models.Index(fields=["submitted_at"], condition=Q(state="submitted"), name="applications_submitted"),
            # The search of the desk asks UPPER(name) LIKE '%…%': only an index of trigrams of the same answers that.
            GinIndex(OpClass(Upper("applicant_name"), name="gin_trgm_ops"), name="applicant_name_trigram"),
        ]


class Triage(models.Model):
    """An officer called back, named the category and so started the clock."""

    PRIVACY = privacy(
        public="id application category is_emergency triaged_at", personal="triaged_by_id triaged_by_name call_note"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="triage")
    category = models.CharField(max_length=10)
    is_emergency = models.BooleanField(default=False)
    call_note = models.TextField(blank=True)
    triaged_at = models.DateTimeField()
    triaged_by_id = models.UUIDField()
    triaged_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(category__in=("known", "new")), name="triage_category_is_known")
        ]


class Transfer(models.Model):
    """The case moved to another office; its clock went on."""

    PRIVACY = privacy(
        public="id application from_office to_office transferred_at",
        personal="why transferred_by_id transferred_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="transfers")
    from_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    to_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    transferred_at = models.DateTimeField()
    transferred_by_id = models.UUIDField()
    transferred_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(from_office=F("to_office")), name="transfer_goes_somewhere_else"),
            models.UniqueConstraint(fields=["application", "transferred_at"], name="transfer_is_recorded_once"),
        ]


class MissingThing(models.Model):
    """The one thing an officer asked the citizen for; the clock rests until it is there."""

    PRIVACY = privacy(
        public="id application question_code asked_at answered_at",
        personal="note asked_by_id asked_by_name answer_note evidence_id",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="missing_things")
    question_code = models.CharField(max_length=60, help_text="the question or photo slot to answer again")
    note = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True)
    answer_note = models.CharField(max_length=1000, blank=True)
    evidence_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="one_open_missing_thing_per_application",
            )
        ]


class Forwarding(models.Model):
    """The request belongs to another agency and went there, with that agency's receipt."""

    PRIVACY = privacy(
        public="id application to_agency receipt_reference forwarded_at",
        personal="why forwarded_by_id forwarded_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="forwarding")
    to_agency = models.CharField(max_length=200)
    receipt_reference = models.CharField(max_length=80)
    why = models.CharField(max_length=300)
    forwarded_at = models.DateTimeField()
    forwarded_by_id = models.UUIDField()
    forwarded_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(receipt_reference=""), name="forwarding_has_a_receipt")]


class Claim(models.Model):
    """An officer said "I am working on this" until a moment. Nobody has to give it back: the time runs out by itself."""

    PRIVACY = privacy(
        public="id application claimed_at ends_at released_at released_why",
        personal="account_id account_name released_by_id released_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="claims")
    account_id = models.UUIDField()
    account_name = models.CharField(max_length=200)
    claimed_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="the moment from which others may claim it")
    released_at = models.DateTimeField(null=True)
    released_why = models.CharField(max_length=10, blank=True, help_text="done, given_back or taken_over")
    released_by_id = models.UUIDField(null=True, help_text="whoever took it over, or the holder")
    released_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_claim_of_an_application_at_a_time",
                expressions=[
                    ("application", RangeOperators.EQUAL),
                    (
                        Func(
                            F("claimed_at"),
                            Coalesce(F("released_at"), F("ends_at")),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("claimed_at")), name="claim_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_why="", released_by_id__isnull=True)
                | Q(
                    released_at__gte=F("claimed_at"),
                    released_why__in=("done", "given_back", "taken_over"),
                    released_by_id__isnull=False,
                ),
                name="claim_release_says_who_and_why",
            ),
        ]


class Wiping(models.Model):
    """What people told us about this case was let go, because its time was over. Written once, by retention."""

    PRIVACY = privacy(public="id application last_act_on last_day wiped_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="wiping")
    last_act_on = models.DateField(help_text="the last thing that happened, money included")
    last_day = models.DateField(help_text="the last day on which it was kept, as its scheme says")
    wiped_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("last_act_on")), name="wiping_comes_after_the_last_act")
        ]

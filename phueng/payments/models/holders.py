"""Whose account is it, what did a person decide about it, and who else is paid into it?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phueng.access.sealed import SealedTextField
from phueng.kernel.privacy import privacy
from phueng.payments.models.runs import Run
from phueng.registry.models import Person

# What a person may decide about an account: each but the last needs a second person.
RULINGS = ("same_person", "third_party", "shared", "new_account")


class HolderCheck(models.Model):
    """What the bank said about an account when it was asked before its first payment. The latest word counts.

    `stated_name` is the payee's name as it was compared: under another name the question is asked again. "unusable" is
    a number that no bank could have issued; nobody was asked about it.
    """

    PRIVACY = privacy(
        public="id bank_code nth standing is_masked verdict reasons bank_reference asked_at",
        personal="person blind_index last_digits stated_name holder_index",
        sensitive="holder_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    bank_code = models.CharField(max_length=3)
    blind_index = models.BinaryField(max_length=32)
    last_digits = models.CharField(max_length=4)
    nth = models.PositiveSmallIntegerField(help_text="which asking about this account of this person")
    asked_at = models.DateTimeField()
    standing = models.CharField(max_length=10)
    stated_name = models.CharField(max_length=200)
    holder_name = SealedTextField(null=True)
    holder_index = models.BinaryField(max_length=32, null=True, help_text="tells equal names without opening them")
    is_masked = models.BooleanField(default=False)
    verdict = models.CharField(max_length=10, blank=True)
    reasons = models.JSONField(default=list, help_text="codes of kernel.names, what differs")
    bank_reference = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "bank_code", "blind_index", "nth"], name="asking_about_an_account_is_counted"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=("open", "unknown"), verdict__in=("same", "variant", "different"))
                | Q(standing__in=("closed", "not_found", "unusable"), verdict=""),
                name="holder_of_a_usable_account_is_compared",
            ),
            models.CheckConstraint(condition=Q(nth__gte=1), name="asking_is_counted_from_one"),
        ]


class HolderRuling(models.Model):
    """What a person of finance decided about an account that the bank's answer alone does not clear.

    Same person (another spelling), a third party's account (guardian, caregiver) and an account shared by many count
    only when a second person has confirmed them; to ask for a new account needs nobody else.
    """

    PRIVACY = privacy(
        public="id kind bank_code payee_count relation ruled_at confirmed_at turned_down_at",
        personal="blind_index ruled_by confirmed_by turned_down_by",
        sensitive="holder_check why consent_id turned_down_why",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12)
    holder_check = models.ForeignKey(HolderCheck, on_delete=models.PROTECT, null=True, related_name="rulings")
    bank_code = models.CharField(max_length=3)
    blind_index = models.BinaryField(max_length=32)
    payee_count = models.PositiveSmallIntegerField(
        default=1, help_text="shared: up to how many payees it is let through"
    )
    why = models.CharField(max_length=300)
    relation = models.CharField(max_length=20, blank=True)
    consent_id = models.UUIDField(null=True, help_text="the payee's consent, as evidence in documents")
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    turned_down_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    turned_down_at = models.DateTimeField(null=True)
    turned_down_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder_check"], condition=Q(turned_down_at__isnull=True), name="holder_is_ruled_on_once"
            ),
            models.UniqueConstraint(
                fields=["bank_code", "blind_index"],
                condition=Q(kind="shared", turned_down_at__isnull=True, confirmed_at__isnull=True),
                name="sharing_is_ruled_on_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(kind__in=RULINGS), name="ruling_on_an_account_is_known"),
            models.CheckConstraint(condition=~Q(why=""), name="ruling_on_an_account_says_why"),
            models.CheckConstraint(
                condition=Q(kind="shared", holder_check__isnull=True)
                | (~Q(kind="shared") & Q(holder_check__isnull=False)),
                name="ruling_is_about_an_answer_or_a_sharing",
            ),
            models.CheckConstraint(
                condition=(~Q(kind="third_party") & Q(relation="", consent_id__isnull=True))
                | (Q(kind="third_party", consent_id__isnull=False) & ~Q(relation="")),
                name="third_party_has_relation_and_consent",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("ruled_by"))),
                name="ruling_is_confirmed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(turned_down_at__isnull=True, turned_down_by__isnull=True, turned_down_why="")
                | (
                    Q(turned_down_at__isnull=False, turned_down_by__isnull=False, confirmed_at__isnull=True)
                    & ~Q(turned_down_why="")
                ),
                name="turned_down_ruling_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind="new_account") | Q(confirmed_at__isnull=True, turned_down_at__isnull=True),
                name="asking_anew_needs_nobody_else",
            ),
        ]
        indexes = [
            models.Index(fields=["bank_code", "blind_index"], condition=Q(kind="shared"), name="rulings_on_sharing")
        ]


class SharedFlag(models.Model):
    """Somebody due in a run shares the account, or the phone, with other payees: shown with the run, never silent.

    A phone in one household is no news; one across households is.
    """

    PRIVACY = privacy(public="id run kind payee_count is_one_household noted_at", personal="person last_digits")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="shared_flags")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    last_digits = models.CharField(max_length=4)
    payee_count = models.PositiveIntegerField(help_text="how many different people, this one among them")
    is_one_household = models.BooleanField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "person", "kind"], name="sharing_is_flagged_once_in_a_run"),
            models.CheckConstraint(condition=Q(kind__in=("account", "phone")), name="what_is_shared_is_known"),
            models.CheckConstraint(condition=Q(payee_count__gte=2), name="sharing_takes_two"),
        ]

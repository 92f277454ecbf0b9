"""Who took how much cash out, whom did they give it to, and what came back?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phueng.kernel.privacy import privacy
from phueng.payments.models import Line, Run
from phueng.places.models import Office

IDENTITIES = ("card", "witnesses")
WAYS = ("cash", "cheque")
MARKS = ("signature", "thumbprint")


class Advance(models.Model):
    """The money of one counter run in the hands of two payers, from the day they took it until it is accounted for."""

    PRIVACY = privacy(
        public="id run office amount_satang place pay_on clear_by drawn_at cleared_at paid_satang returned_satang "
        "returned_reference",
        personal="first_payer first_payer_name second_payer second_payer_name drawn_by drawn_by_name cleared_by cleared_by_name",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    amount_satang = models.BigIntegerField()
    first_payer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_payer_name = models.CharField(max_length=200)
    second_payer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second_payer_name = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    pay_on = models.DateField()
    clear_by = models.DateField(help_text="the last day on which accounting for it is in time")
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn_by_name = models.CharField(max_length=200)
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cleared_by_name = models.CharField(max_length=200, blank=True)
    paid_satang = models.BigIntegerField(null=True)
    returned_satang = models.BigIntegerField(null=True)
    returned_reference = models.CharField(max_length=60, blank=True, help_text="receipt for the cash that came back")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(first_payer=F("second_payer")), name="two_people_pay"),
            models.CheckConstraint(condition=Q(amount_satang__gt=0), name="advance_is_something"),
            models.CheckConstraint(condition=~Q(place=""), name="advance_says_where"),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True, cleared_by__isnull=True, paid_satang__isnull=True)
                & Q(returned_satang__isnull=True)
                | Q(cleared_at__isnull=False, cleared_by__isnull=False, paid_satang__gte=0, returned_satang__gte=0)
                & Q(amount_satang=F("paid_satang") + F("returned_satang")),
                name="advance_balances",
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | Q(returned_satang=0) | ~Q(returned_reference=""),
                name="returned_cash_has_a_receipt",
            ),
        ]
        indexes = [models.Index(fields=["office", "cleared_at", "clear_by"])]


class Handover(models.Model):
    """One payee got the money: noted by one payer with the signed receipt, confirmed by the other, each signed in."""

    PRIVACY = privacy(
        public="id advance line amount_satang way cheque_bank cheque_on identity mark handed_at confirmed_at withdrawn_at",
        personal="cheque_number witness_1 witness_2 handed_by handed_by_name confirmed_by confirmed_by_name withdrawn_by_name "
        "withdrawn_why",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advance = models.ForeignKey(Advance, on_delete=models.PROTECT, related_name="handovers")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    amount_satang = models.BigIntegerField()
    way = models.CharField(max_length=10)
    cheque_number = models.CharField(max_length=20, blank=True)
    cheque_bank = models.CharField(max_length=100, blank=True)
    cheque_on = models.DateField(null=True)
    identity = models.CharField(max_length=10)
    mark = models.CharField(max_length=10)
    witness_1 = models.CharField(max_length=200, blank=True)
    witness_2 = models.CharField(max_length=200, blank=True)
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_by_name = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(withdrawn_at__isnull=True), name="line_is_handed_over_once"
            ),
            models.UniqueConstraint(
                fields=["cheque_bank", "cheque_number"],
                condition=Q(way="cheque", withdrawn_at__isnull=True),
                name="cheque_is_used_once",
            ),
            models.CheckConstraint(
                condition=Q(way="cash", cheque_number="", cheque_bank="", cheque_on__isnull=True)
                | Q(way="cheque", cheque_on__isnull=False) & ~Q(cheque_number="") & ~Q(cheque_bank=""),
                name="cheque_says_number_bank_and_day",
            ),
            models.CheckConstraint(
                condition=Q(identity="card", mark="signature")
                | Q(identity__in=IDENTITIES, mark__in=MARKS)
                & ~Q(witness_1="")
                & ~Q(witness_2="")
                & ~Q(witness_1=F("witness_2")),
                name="thumbprint_has_two_witnesses",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, withdrawn_at__isnull=True)
                & ~Q(confirmed_by=F("handed_by")),
                name="handover_is_confirmed_by_the_other",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""), name="withdrawn_handover_says_why"
            ),
        ]

"""What may an account do, where and until when; and who may decide what amount?"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from phueng.access.models.accounts import Account
from phueng.access.roles import ROLES
from phueng.kernel.privacy import privacy
from phueng.places.models import Office


class DateRange(Func):
    """`daterange(starts_on, ends_before)`, end excluded; an open end has no ending."""

    function = "daterange"
    output_field = DateRangeField()


class Duty(models.Model):
    """An account holds a role in an office from a day until a day."""

    PRIVACY = privacy(public="id role office starts_on ends_before reference", personal="account")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    reference = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "access_duty"
        constraints = [
            ExclusionConstraint(
                name="access_duty_once_at_a_time",
                expressions=[
                    (F("account"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (F("office"), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_before"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="access_duty_role", condition=Q(role__in=ROLES)),
            models.CheckConstraint(
                name="access_duty_range",
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} from {self.starts_on}"


class Delegation(models.Model):
    """An office lets a role, or one named account, decide up to an amount.

    `is_deputy` marks a person acting in another's place (รักษาราชการแทน). An empty scheme code means any
    scheme.
    """

    PRIVACY = privacy(
        public="id office role scheme_code up_to_satang starts_on ends_before is_deputy reference",
        personal="account",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    scheme_code = models.CharField(max_length=60, blank=True, default="")
    up_to_satang = models.BigIntegerField()
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    is_deputy = models.BooleanField(default=False)
    reference = models.CharField(max_length=200)

    class Meta:
        db_table = "access_delegation"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "role", "account", "scheme_code", "starts_on"],
                name="access_delegation_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="access_delegation_amount", condition=Q(up_to_satang__gt=0)),
            models.CheckConstraint(name="access_delegation_role", condition=Q(role__in=ROLES)),
            models.CheckConstraint(
                name="access_delegation_range",
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
            ),
            # A deputy is a person: "somebody acting" could be anybody.
            models.CheckConstraint(
                name="access_delegation_deputy_is_named",
                condition=Q(is_deputy=False) | Q(account__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} up to {self.up_to_satang} satang"

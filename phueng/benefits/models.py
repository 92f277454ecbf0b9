"""What does this person receive from anyone, from when until when, and who says so?"""

import uuid

from django.db import models
from django.db.models import F, Q

from phueng.kernel.privacy import privacy
from phueng.registry.models import Person


class ReceivedBenefit(models.Model):
    """A benefit of another agency (ours are read from entitlements), as that agency stated it."""

    PRIVACY = privacy(
        public="id agency_name starts_on ends_before source source_reference stated_at",
        personal="person amount_satang",
        sensitive="benefit_code",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    benefit_code = models.CharField(max_length=40)
    agency_name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_before = models.DateField(null=True)
    amount_satang = models.BigIntegerField(null=True)
    source = models.CharField(max_length=40)
    source_reference = models.CharField(max_length=80, blank=True)
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "benefit_code", "starts_on", "source"], name="received_benefit_is_stated_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="received_benefit_has_length",
            ),
        ]

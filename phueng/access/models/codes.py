"""Which one-time codes are out?"""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from phueng.kernel.privacy import privacy


class OneTimeCode(models.Model):
    """A code bound to one purpose, one subject and one phone.

    Only its keyed hash stays. `text_to_send` holds the readable message until notices fetches it, then is
    emptied.
    """

    PRIVACY = privacy(
        public="id purpose created_at expires_at attempts redeemed_at fetched_at language",
        personal="subject_id phone",
        sensitive="code_hash text_to_send",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    phone = models.CharField(max_length=20)
    code_hash = models.CharField(max_length=64, unique=True)
    text_to_send = models.CharField(max_length=160, blank=True, default="")
    language = models.CharField(max_length=2, default="th")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)
    redeemed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_onetimecode"
        constraints = [
            models.CheckConstraint(
                name="access_code_ten_minutes",
                condition=Q(expires_at__lte=F("created_at") + timedelta(minutes=10))
                & Q(expires_at__gt=F("created_at")),
            ),
            models.CheckConstraint(name="access_code_five_tries", condition=Q(attempts__lte=5)),
            models.CheckConstraint(
                name="access_code_text_goes", condition=Q(fetched_at__isnull=True) | Q(text_to_send="")
            ),
        ]
        indexes = [
            models.Index(fields=["purpose", "subject_id", "phone"], name="access_code_lookup"),
            models.Index(fields=["created_at"], name="access_code_to_send", condition=Q(fetched_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"code for {self.purpose}"

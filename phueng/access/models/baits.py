"""Which references belong to nobody, so that whoever asks for one has taken it from where it was laid out?"""

import uuid

from django.db import models
from django.db.models import Q

from phueng.kernel.privacy import privacy


class BaitReference(models.Model):
    """A reference that looks real. Only its keyed hash is kept: who reads this table cannot tell bait from requests."""

    PRIVACY = privacy(public="id planted_where set_at", personal="set_by_id", sensitive="reference_hash")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference_hash = models.CharField(max_length=64, unique=True)
    planted_where = models.CharField(max_length=200, help_text="the backup, list or mailbox it was put into")
    set_at = models.DateTimeField()
    set_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "access_baitreference"
        constraints = [
            models.CheckConstraint(name="access_bait_hash", condition=Q(reference_hash__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="access_bait_says_where", condition=~Q(planted_where="")),
        ]

    def __str__(self) -> str:
        return f"bait in {self.planted_where}"

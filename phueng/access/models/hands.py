"""Whose hands have been on a case?"""

import uuid

from django.db import models
from django.db.models import Q

from phueng.access.models.accounts import Account
from phueng.access.roles import HANDS
from phueng.audit.clock import PhuengNow
from phueng.kernel.privacy import privacy


class Hand(models.Model):
    """One account laid one hand on one case, for good (append-only).

    The unique constraint is the separation of duties: any two hands by the same account are refused, not only
    the pairs somebody thought of. A small office borrows a hand from another office.
    """

    PRIVACY = privacy(public="id case_id hand laid_at", personal="account")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    hand = models.CharField(max_length=20)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    laid_at = models.DateTimeField(db_default=PhuengNow())

    class Meta:
        db_table = "access_hand"
        constraints = [
            models.UniqueConstraint(fields=["case_id", "account"], name="access_hand_one_per_case"),
            models.CheckConstraint(name="access_hand_kind", condition=Q(hand__in=HANDS)),
        ]

    def __str__(self) -> str:
        return f"{self.hand} on {self.case_id}"

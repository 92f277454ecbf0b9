"""What had an officer typed when the session ended?"""

import uuid

from django.db import models
from django.db.models import F, Q

from phueng.access.models.accounts import Account
from phueng.kernel.privacy import privacy


class ParkedForm(models.Model):
    """A form that arrived after its session had ended, sealed, waiting a day for the same account."""

    PRIVACY = privacy(public="id path parked_at expires_at", personal="account", sensitive="sealed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    sealed = models.BinaryField()
    parked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "access_parkedform"
        constraints = [models.CheckConstraint(name="access_parked_range", condition=Q(expires_at__gt=F("parked_at")))]
        indexes = [models.Index(fields=["account", "-parked_at"], name="access_parked_account")]

    def __str__(self) -> str:
        return f"form parked for {self.path}"

"""Who tried to sign in, and how often was something tried?"""

import uuid

from django.db import models
from django.db.models import Q

from phueng.access.models.accounts import Account
from phueng.kernel.privacy import privacy


class SignInEvent(models.Model):
    """One step of a sign-in. `came_from` is a keyed hash of the address: patterns show, addresses do not."""

    PRIVACY = privacy(public="id outcome at request_id", personal="account came_from")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="+")
    outcome = models.CharField(max_length=20)
    at = models.DateTimeField()
    came_from = models.CharField(max_length=64, blank=True, default="")
    request_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "access_signinevent"
        constraints = [
            models.CheckConstraint(
                name="access_signin_outcome",
                condition=Q(outcome__in=["signed_in", "wrong", "throttled", "wrong_factor", "signed_out", "demo"]),
            )
        ]
        indexes = [models.Index(fields=["account", "-at"], name="access_signin_account")]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.at}"


class LimitEvent(models.Model):
    """One counted try. The key is hashed before it comes here, since it may hold a phone or an address."""

    PRIVACY = privacy(public="id at", personal="key_hash")

    id = models.BigAutoField(primary_key=True)
    key_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "access_limitevent"
        constraints = [models.CheckConstraint(name="access_limit_key", condition=Q(key_hash__regex=r"^[0-9a-f]{64}$"))]
        indexes = [models.Index(fields=["key_hash", "at"], name="access_limit_key_at")]

    def __str__(self) -> str:
        return f"try at {self.at}"

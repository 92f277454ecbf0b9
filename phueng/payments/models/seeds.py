"""Which seed was laid down before the money left, so that nobody could choose who is asked afterwards?"""

import uuid

from django.db import models
from django.db.models import Q

from phueng.access.sealed import SealedTextField
from phueng.kernel.privacy import privacy
from phueng.payments.models.runs import Run


class SampleSeed(models.Model):
    """A secret of 32 bytes and its SHA-256, made when the list is frozen. The secret is said when the sample is drawn."""

    PRIVACY = privacy(public="id run commitment committed_at", sensitive="sealed_seed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="sample_seed")
    commitment = models.CharField(max_length=64, help_text="SHA-256 of the secret, in hex: said at once")
    sealed_seed = SealedTextField(help_text="the secret, in hex")
    committed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(commitment__regex=r"^[0-9a-f]{64}$"), name="commitment_is_a_sha256")
        ]

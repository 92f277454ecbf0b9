"""What does access do on its own clock? It forgets what is over."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from phueng.access.models import LimitEvent, OneTimeCode, ParkedForm
from phueng.audit.clock import now

CODES_KEPT_FOR = timedelta(days=7)
LIMITS_KEPT_FOR = timedelta(days=2)


def forget_what_is_over(*, limit: int = 500) -> int:
    """Delete a batch of dead sessions, parked forms, counted tries and used codes; returns how many."""
    at = now()
    over = (
        Session.objects.filter(expire_date__lt=Now()),
        ParkedForm.objects.filter(expires_at__lt=at),
        LimitEvent.objects.filter(at__lt=at - LIMITS_KEPT_FOR),
        OneTimeCode.objects.filter(created_at__lt=at - CODES_KEPT_FOR),
    )
    return sum(
        rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:limit])).delete()[0] for rows in over
    )

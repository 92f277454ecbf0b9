"""Who takes the money in the hand, and who agreed to that?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from phueng.kernel.privacy import privacy
from phueng.places.models import Office
from phueng.registry.models import Person


class CounterChoice(models.Model):
    """Somebody without a usable account is paid at the counter, from the day on which a second person has confirmed it."""

    PRIVACY = privacy(
        public="id office chosen_at confirmed_at ended_at",
        personal="person chosen_by chosen_by_name confirmed_by confirmed_by_name ended_by_name",
        sensitive="why",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_by_name = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="person_has_one_counter_choice"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="counter_choice_says_why"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("chosen_by")),
                name="counter_choice_is_confirmed_by_somebody_else",
            ),
        ]

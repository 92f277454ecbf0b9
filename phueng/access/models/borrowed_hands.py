"""Which office was asked to lend a hand for a case?"""

import uuid

from django.db import models
from django.db.models import F, Q

from phueng.access.models.accounts import Account
from phueng.access.roles import LENDING_ROLES
from phueng.kernel.privacy import privacy
from phueng.places.models import Office


class BorrowedHand(models.Model):
    """An office asks its paired office, or headquarters, for one hand in one case; open until used or taken back.

    Only while it is open may people of the lending office see the case and lay that hand on it. The case stays where
    it is: its clock, its budget and its letters are those of the asking office.
    """

    PRIVACY = privacy(
        public="id case_id hand asking_office from_office asked_at ended_at ended_how",
        personal="asked_by why ended_by ended_why",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    hand = models.CharField(max_length=20)
    asking_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    from_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    why = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    ended_how = models.CharField(max_length=12, blank=True, default="")
    ended_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "access_borrowedhand"
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "hand"], condition=Q(ended_at__isnull=True), name="access_borrowed_once_at_a_time"
            ),
            models.CheckConstraint(name="access_borrowed_kind", condition=Q(hand__in=sorted(LENDING_ROLES))),
            models.CheckConstraint(name="access_borrowed_says_why", condition=~Q(why="")),
            models.CheckConstraint(name="access_borrowed_elsewhere", condition=~Q(from_office=F("asking_office"))),
            models.CheckConstraint(
                name="access_borrowed_end",
                condition=Q(ended_at__isnull=True, ended_how="", ended_why="", ended_by__isnull=True)
                | Q(
                    ended_at__gte=F("asked_at"),
                    ended_how__in=["used", "not_needed", "taken_back", "declined", "moved", "closed"],
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["from_office"], condition=Q(ended_at__isnull=True), name="access_borrowed_open"),
        ]

    def __str__(self) -> str:
        return f"{self.hand} lent to {self.case_id}"

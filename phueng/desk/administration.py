"""What does the administrator see: offices with their people, and who may decide up to how much?"""

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from phueng.access.models import Delegation, Duty
from phueng.access.queries import in_force
from phueng.places.models import Office
from phueng.places.queries import offices


def offices_listed(typed: str, on: date) -> QuerySet[Office]:
    """Offices by name or code, with the number of people who hold a duty there on a day."""
    found = offices().select_related("province", "paired_office")
    if typed:
        found = found.filter(Q(name_th__contains=typed) | Q(name_en__icontains=typed) | Q(code__istartswith=typed))
    working = (
        Duty.objects.filter(in_force(on), office=OuterRef("pk"), account__is_active=True)
        .order_by().values("office").annotate(n=Count("account", distinct=True)).values("n")
    )  # fmt: skip
    return found.annotate(people=Coalesce(Subquery(working), 0))


def delegations_listed() -> QuerySet[Delegation]:
    """Every delegation, the newest first."""
    return Delegation.objects.select_related("office", "account").order_by("-starts_on", "office__code", "up_to_satang")

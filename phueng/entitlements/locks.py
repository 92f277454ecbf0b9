"""How do two people who change one entitlement at once come one after the other?"""

from uuid import UUID

from django.db import connection

from phueng.entitlements import sql
from phueng.entitlements.models import Entitlement


def held_entitlement(entitlement_id: UUID) -> Entitlement:
    """The entitlement, kept from others until the transaction ends. Raises Entitlement.DoesNotExist."""
    with connection.cursor() as cursor:
        cursor.execute(sql.HOLD_ENTITLEMENT, [entitlement_id])
    return Entitlement.objects.get(pk=entitlement_id)


def may_make_dues() -> bool:
    """Only one transaction at a time makes months fall due; a second one lets the first finish."""
    with connection.cursor() as cursor:
        cursor.execute(sql.HOLD_FALLING_DUE)
        row = cursor.fetchone()
    return bool(row and row[0])

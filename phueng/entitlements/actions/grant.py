"""How does a decision become something owed, and never more often than the regulation allows?"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from uuid import UUID

from django.db import IntegrityError, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.entitlements.models import Due, Entitlement
from phueng.entitlements.refusals import GRANTED_OTHERWISE, cap_reached
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import fiscal_year_be
from phueng.registry.queries import canonical_id
from phueng.schemes.catalogue import scheme


@action
def grant(
    *,
    by: Actor,
    at: datetime,
    decision_id: UUID,
    scheme_code: str,
    kind: str,
    person_id: UUID,
    household_id: UUID,
    office_code: str,
    amount_satang: int,
    starts_on: date,
    ends_before: date | None = None,
) -> Entitlement:
    """Grant what a decision says: `lump_sum` (its due comes with it) or `monthly` (satang a month, due month by month).

    The same decision again returns the same entitlement. Person and household are fixed here. Raises
    Refused("cap_reached") when the household has had the sum as often as the fiscal year allows.
    """
    if by.id is None:
        raise ValueError("an entitlement is granted by a person")
    entitlement, is_new = Entitlement.objects.get_or_create(
        decision_id=decision_id,
        defaults={
            "scheme_code": scheme_code, "kind": kind, "person_id": canonical_id(person_id),
            "household_id": household_id, "office_code": office_code, "amount_satang": amount_satang,
            "starts_on": starts_on, "ends_before": ends_before, "fiscal_year": fiscal_year_be(starts_on),
            "granted_at": at, "granted_by_id": by.id,
        },
    )  # fmt: skip
    if not is_new:
        if (entitlement.scheme_code, entitlement.kind, entitlement.amount_satang) != (scheme_code, kind, amount_satang):
            raise Refused(GRANTED_OTHERWISE)
        return entitlement
    ordinal = _owe_lump_sum(entitlement, at) if kind == "lump_sum" else None
    record(
        by=by, at=at, act="entitlements.grant", subject=("entitlement", entitlement.pk), person_id=entitlement.person_id,
        after={
            "scheme": scheme_code, "kind": kind, "amount_satang": amount_satang, "starts_on": starts_on,
            "ends_before": ends_before, "decision": decision_id, "ordinal": ordinal,
        },
    )  # fmt: skip
    return entitlement


def _owe_lump_sum(entitlement: Entitlement, at: datetime) -> int:
    """Take the next free ordinal of the household's fiscal year by inserting it; never count first.

    Whoever inserts an ordinal that another transaction holds waits for it and, if it stays, tries the next one.
    """
    times = scheme(entitlement.scheme_code).times_a_year(entitlement.starts_on)
    ordinals: Iterable[int] = count(1) if times is None else range(1, times + 1)
    for ordinal in ordinals:
        due = Due(
            entitlement=entitlement, scheme_code=entitlement.scheme_code, office_code=entitlement.office_code,
            person_id=entitlement.person_id, household_id=entitlement.household_id,
            fiscal_year=entitlement.fiscal_year, ordinal=ordinal, amount_satang=entitlement.amount_satang,
            due_on=entitlement.starts_on, fell_due_at=at,
        )  # fmt: skip
        try:
            with transaction.atomic():
                Due.objects.bulk_create([due], ignore_conflicts=True)
        except IntegrityError as broken:
            # Numbers in YAML may be raised; the database's own limit then still holds, and says so politely.
            if "family_grant_at_most_three_times" in str(broken):
                raise Refused(cap_reached(ordinal - 1, entitlement.fiscal_year)) from broken
            raise
        if Due.objects.filter(pk=due.pk).exists():
            return ordinal
    raise Refused(cap_reached(times or 0, entitlement.fiscal_year))

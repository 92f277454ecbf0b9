"""What does an entitlement look like in a test? One factory for each model."""

import uuid
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from phueng.entitlements.models import Due, Ending, Entitlement, Hold, RateEdition
from phueng.registry.tests.factories import HouseholdFactory, PersonFactory

AT = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


class EntitlementFactory(DjangoModelFactory):  # type: ignore[type-arg]
    """An old-age allowance of 700 baht a month since October 2026."""

    class Meta:
        model = Entitlement

    scheme_code = "old_age"
    person = factory.SubFactory(PersonFactory)
    household = factory.SubFactory(HouseholdFactory)
    decision_id = factory.LazyFunction(uuid.uuid4)
    office_code = "M400101"
    kind = "monthly"
    amount_satang = 70_000
    starts_on = date(2026, 10, 1)
    fiscal_year = 2570
    granted_at = AT
    granted_by_id = factory.LazyFunction(uuid.uuid4)


class HoldFactory(DjangoModelFactory):  # type: ignore[type-arg]
    """Held since November 2026."""

    class Meta:
        model = Hold

    entitlement = factory.SubFactory(EntitlementFactory)
    reason_code = "moved"
    why = "ย้ายออกจากพื้นที่ รอตรวจสอบ"
    starts_on = date(2026, 11, 1)
    held_at = AT


class EndingFactory(DjangoModelFactory):  # type: ignore[type-arg]
    """Ended by a move."""

    class Meta:
        model = Ending

    entitlement = factory.SubFactory(EntitlementFactory)
    reason_code = "move"
    why = "ย้ายไปอยู่เทศบาลอื่น"
    ends_before = date(2026, 12, 1)
    ended_at = AT


class DueFactory(DjangoModelFactory):  # type: ignore[type-arg]
    """October 2026."""

    class Meta:
        model = Due

    entitlement = factory.SubFactory(EntitlementFactory)
    scheme_code = factory.SelfAttribute("entitlement.scheme_code")
    office_code = factory.SelfAttribute("entitlement.office_code")
    person = factory.SelfAttribute("entitlement.person")
    household = factory.SelfAttribute("entitlement.household")
    month = date(2026, 10, 1)
    fiscal_year = 2570
    amount_satang = 70_000
    due_on = date(2026, 10, 1)
    fell_due_at = AT


class RateEditionFactory(DjangoModelFactory):  # type: ignore[type-arg]
    """The numbers of the old-age allowance, gone through."""

    class Meta:
        model = RateEdition

    scheme_code = "old_age"
    sha256 = "0" * 64
    seen_at = AT
    done_at = AT

"""What does a benefit of another agency look like in a test?"""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from phueng.benefits.models import ReceivedBenefit
from phueng.registry.tests.factories import PersonFactory


class ReceivedBenefitFactory(DjangoModelFactory):  # type: ignore[type-arg]
    """A state welfare card."""

    class Meta:
        model = ReceivedBenefit

    person = factory.SubFactory(PersonFactory)
    benefit_code = "state_welfare_card"
    agency_name = "กรมบัญชีกลาง"
    starts_on = date(2024, 10, 1)
    source = "oss"
    stated_at = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)

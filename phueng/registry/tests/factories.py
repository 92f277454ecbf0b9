"""What does an invented person, household or fact look like in a test? One factory for each model."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from phueng.access.sealed import blind_index
from phueng.kernel.national_id import demo_national_id
from phueng.places.tests.factories import SubdistrictFactory
from phueng.registry.models import (
    AccountOwner,
    BankAccount,
    Circumstance,
    Home,
    Household,
    Identifier,
    Membership,
    Person,
    PersonName,
    Phone,
    Relation,
    SamePerson,
)

AT = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


class _Stated(DjangoModelFactory):  # type: ignore[type-arg]
    class Meta:
        abstract = True

    source = "test"
    stated_at = AT


class PersonFactory(_Stated):
    """A woman born in 1948."""

    class Meta:
        model = Person

    sex = "f"
    nationality = "THA"
    born_on = date(1948, 3, 1)


class PersonNameFactory(_Stated):
    """นางบุญมี ทดสอบ, numbered."""

    class Meta:
        model = PersonName

    person = factory.SubFactory(PersonFactory)
    title = "นาง"
    first_name = factory.Sequence(lambda n: f"บุญมี{n}")
    last_name = "ทดสอบ"


class IdentifierFactory(_Stated):
    """An invented number that passes the checksum."""

    class Meta:
        model = Identifier

    person = factory.SubFactory(PersonFactory)
    kind = "national_id"
    value = factory.Sequence(lambda n: demo_national_id(50_000 + n))
    blind_index = factory.LazyAttribute(lambda one: blind_index(one.kind, one.value))
    is_checksum_right = True


class HouseholdFactory(_Stated):
    """A house with a house code."""

    class Meta:
        model = Household

    house_code = factory.Sequence(lambda n: f"99{n:09d}")
    house_no = factory.Sequence(lambda n: f"{n}/1")
    moo = "4"
    subdistrict = factory.SubFactory(SubdistrictFactory)


class MembershipFactory(_Stated):
    """Lives there since 2020."""

    class Meta:
        model = Membership

    household = factory.SubFactory(HouseholdFactory)
    person = factory.SubFactory(PersonFactory)
    starts_on = date(2020, 1, 1)


class HomeFactory(_Stated):
    """A point in Khon Kaen."""

    class Meta:
        model = Home

    household = factory.SubFactory(HouseholdFactory)
    latitude = 16.43
    longitude = 102.83
    method = "gps"


class RelationFactory(_Stated):
    """Mother and child."""

    class Meta:
        model = Relation

    person = factory.SubFactory(PersonFactory)
    other = factory.SubFactory(PersonFactory)
    kind = "mother"


class PhoneFactory(_Stated):
    """A mobile phone."""

    class Meta:
        model = Phone

    person = factory.SubFactory(PersonFactory)
    number = factory.Sequence(lambda n: f"+669{n:08d}")


class BankAccountFactory(_Stated):
    """A Krungthai account."""

    class Meta:
        model = BankAccount

    person = factory.SubFactory(PersonFactory)
    bank_code = "006"
    number = factory.Sequence(lambda n: f"98{n:08d}")
    blind_index = factory.LazyAttribute(lambda one: blind_index("bank_account", f"{one.bank_code}:{one.number}"))
    last_digits = factory.LazyAttribute(lambda one: one.number[-4:])
    holder_name = "นางบุญมี ทดสอบ"


class CircumstanceFactory(_Stated):
    """Holds a state welfare card."""

    class Meta:
        model = Circumstance

    person = factory.SubFactory(PersonFactory)
    code = "has_state_welfare_card"
    value = True
    starts_on = date(2024, 10, 1)


class AccountOwnerFactory(DjangoModelFactory):  # type: ignore[type-arg]
    """An account and the person behind it."""

    class Meta:
        model = AccountOwner

    account = factory.SubFactory("phueng.access.tests.factories.AccountFactory")
    person = factory.SubFactory(PersonFactory)
    stated_at = AT


class SamePersonFactory(DjangoModelFactory):  # type: ignore[type-arg]
    """Two records that are one person."""

    class Meta:
        model = SamePerson

    person = factory.SubFactory(PersonFactory)
    canonical = factory.SubFactory(PersonFactory)
    why = "บันทึกซ้ำ"
    stated_at = AT
    stated_by_name = "ผู้ทดสอบ"

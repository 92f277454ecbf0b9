"""What does an invented place or office look like in a test? Codes lie outside the official ones (99…)."""

import factory
from factory.django import DjangoModelFactory

from phueng.places.models import District, Office, OfficeArea, Province, Subdistrict


class ProvinceFactory(DjangoModelFactory[Province]):
    """A province 91 to 99 that no list has; made once a code."""

    class Meta:
        model = Province
        django_get_or_create = ("code",)

    code = "99"
    name_th = factory.LazyAttribute(lambda place: f"จังหวัดสมมติ {place.code}")
    name_en = factory.LazyAttribute(lambda place: f"Invented Province {place.code}")


class DistrictFactory(DjangoModelFactory[District]):
    """An amphoe of the invented province."""

    class Meta:
        model = District
        django_get_or_create = ("code",)

    province = factory.SubFactory(ProvinceFactory)
    code = factory.Sequence(lambda n: f"99{n % 99 + 1:02d}")
    name_th = factory.LazyAttribute(lambda place: f"อำเภอสมมติ {place.code}")
    name_en = factory.LazyAttribute(lambda place: f"Invented District {place.code}")
    kind = "amphoe"


class SubdistrictFactory(DjangoModelFactory[Subdistrict]):
    """A tambon of an invented amphoe."""

    class Meta:
        model = Subdistrict
        django_get_or_create = ("code",)

    district = factory.SubFactory(DistrictFactory)
    code = factory.LazyAttributeSequence(lambda place, n: f"{place.district.code}{n % 99 + 1:02d}")
    name_th = factory.LazyAttribute(lambda place: f"ตำบลสมมติ {place.code}")
    name_en = factory.LazyAttribute(lambda place: f"Invented Subdistrict {place.code}")
    postal_codes = factory.LazyFunction(lambda: ["99000"])


class OfficeFactory(DjangoModelFactory[Office]):
    """A municipality without an area."""

    class Meta:
        model = Office

    code = factory.Sequence(lambda n: f"TEST-{n}")
    kind = "municipality"
    name_th = factory.LazyAttribute(lambda office: f"สำนักงานสมมติ {office.code}")
    name_en = factory.LazyAttribute(lambda office: f"Invented Office {office.code}")
    province = factory.SubFactory(ProvinceFactory)
    is_invented = True


class OfficeAreaFactory(DjangoModelFactory[OfficeArea]):
    """The office answers for one invented subdistrict."""

    class Meta:
        model = OfficeArea

    office = factory.SubFactory(OfficeFactory)
    kind = factory.SelfAttribute("office.kind")
    subdistrict = factory.SubFactory(SubdistrictFactory)

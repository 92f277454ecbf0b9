"""How do all provinces, districts, subdistricts and the state's offices get into the database?

The only file that reads the place list (PyPI geothai, data CC BY 4.0): web pages ask the database. Loading
again brings names and postal codes up to date and adds what is missing; what an operator changed on an
office stays.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import geothai
from geothai import types as listed

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.places import queries
from phueng.places.identity import HEADQUARTERS_CODE, centre_code, district_office_code, office_id
from phueng.places.models import District, Office, OfficeArea, Province, Subdistrict
from phueng.places.province_marks import PROVINCE_MARKS

BANGKOK = "10"
# The ministry's hot line, answered day and night: better on a letter than a number nobody keeps up to date.
_HOT_LINE = "1300"


@dataclass(frozen=True, slots=True)
class LoadedPlaces:
    """How many of each are there after loading."""

    provinces: int
    districts: int
    subdistricts: int
    offices: int


@action
def load_places(*, by: Actor, at: datetime) -> LoadedPlaces:
    """Load every place, the department, a centre a province and an office a district."""
    _load_areas()
    _load_offices(_headquarters_and_centres() + _district_offices())
    queries.forget_lists()
    loaded = LoadedPlaces(
        provinces=Province.objects.count(),
        districts=District.objects.count(),
        subdistricts=Subdistrict.objects.count(),
        offices=Office.objects.count(),
    )
    record(
        by=by,
        at=at,
        act="places.load",
        subject=("office", office_id(HEADQUARTERS_CODE)),
        why=f"geothai {geothai.DATA_VERSION}",
        after={
            "provinces": loaded.provinces,
            "districts": loaded.districts,
            "subdistricts": loaded.subdistricts,
        },
    )
    return loaded


def _every_district() -> list[listed.District]:
    return [district for province in geothai.provinces() for district in geothai.districts(province.code)]


def _every_subdistrict() -> list[listed.Subdistrict]:
    return [subdistrict for district in _every_district() for subdistrict in geothai.subdistricts(district.code)]


def _load_areas() -> None:
    Province.objects.bulk_create(
        [Province(code=p.code, name_th=p.name_th, name_en=p.name_en) for p in geothai.provinces()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_th", "name_en"],
    )
    District.objects.bulk_create(
        [
            District(
                code=d.code,
                province_id=d.province_code,
                # The list writes "เขตพระนคร"; the kind says khet already.
                name_th=d.name_th.removeprefix("เขต") if d.province_code == BANGKOK else d.name_th,
                name_en=d.name_en,
                kind=District.Kind.KHET if d.province_code == BANGKOK else District.Kind.AMPHOE,
            )
            for d in _every_district()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_th", "name_en"],
    )
    Subdistrict.objects.bulk_create(
        [
            Subdistrict(
                code=s.code,
                district_id=s.district_code,
                name_th=s.name_th,
                name_en=s.name_en,
                postal_codes=list(s.postal_codes),
            )
            for s in _every_subdistrict()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_th", "name_en", "postal_codes"],
        batch_size=2000,
    )


def _headquarters_and_centres() -> list[tuple[Office, OfficeArea | None]]:
    headquarters = Office(
        id=office_id(HEADQUARTERS_CODE),
        code=HEADQUARTERS_CODE,
        kind=Office.Kind.HEADQUARTERS,
        name_th="กรมพัฒนาสังคมและสวัสดิการ",
        name_en="Department of Social Development and Welfare",
        phone=_HOT_LINE,
    )
    return [
        (headquarters, None),
        *((_centre(p), _area_of(_centre(p), province_id=p.code)) for p in geothai.provinces()),
    ]


def _centre(province: listed.Province) -> Office:
    place = province.name_th if province.code == BANGKOK else f"จังหวัด{province.name_th}"
    code = centre_code(PROVINCE_MARKS[province.code].letters)
    return Office(
        id=office_id(code),
        code=code,
        kind=Office.Kind.CENTRE,
        name_th=f"ศูนย์คุ้มครองคนไร้ที่พึ่ง{place}",
        name_en=f"{province.name_en} Protection Centre for the Destitute",
        province_id=province.code,
        phone=_HOT_LINE,
        paired_office_id=office_id(centre_code(PROVINCE_MARKS[_PAIRS[province.code]].letters)),
    )


def _pairs() -> dict[str, str]:
    """Each province's neighbour by code (codes run through the regions); the odd one joins the last pair."""
    codes = sorted(PROVINCE_MARKS)
    pairs: dict[str, str] = {}
    for first, second in list(pairwise(codes))[::2]:
        pairs[first], pairs[second] = second, first
    if len(codes) % 2:
        pairs[codes[-1]] = codes[-2]
    return pairs


_PAIRS = _pairs()


def _district_offices() -> list[tuple[Office, OfficeArea | None]]:
    """The 878 district offices. Bangkok's 50 khet are the city's own and answer as municipalities."""
    offices: list[tuple[Office, OfficeArea | None]] = []
    for district in _every_district():
        if district.province_code != BANGKOK:
            code = district_office_code(district.code)
            office = Office(
                id=office_id(code),
                code=code,
                kind=Office.Kind.DISTRICT,
                name_th=f"ที่ว่าการอำเภอ{district.name_th}",
                name_en=f"{district.name_en} District Office",
                province_id=district.province_code,
            )
            offices.append((office, _area_of(office, district_id=district.code)))
    return offices


def _area_of(office: Office, **level: str) -> OfficeArea:
    return OfficeArea(office_id=office.id, kind=office.kind, **level)


def _load_offices(rows: list[tuple[Office, OfficeArea | None]]) -> None:
    Office.objects.bulk_create([office for office, _ in rows], ignore_conflicts=True)
    OfficeArea.objects.bulk_create([area for _, area in rows if area is not None], ignore_conflicts=True)

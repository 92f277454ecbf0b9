"""Which municipality answers for a subdistrict of the demo's provinces?

There is no licensed list of the 7,850 local authorities with their areas, so the demo invents one for each
subdistrict. Every such office says so (`is_invented`), and an operator's own list takes its place in real
use.
"""

from collections.abc import Collection
from datetime import datetime

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.places.identity import HEADQUARTERS_CODE, municipality_code, office_id
from phueng.places.models import District, Office, OfficeArea, Subdistrict

BANGKOK = "10"


@action
def load_invented_municipalities(*, province_codes: Collection[str], by: Actor, at: datetime) -> int:
    """Add a municipality for every subdistrict of these provinces (in Bangkok: the office of each khet).

    Returns how many stand there afterwards; those already there stay as they are.
    """
    offices: list[Office] = []
    areas: list[OfficeArea] = []
    for subdistrict in (
        Subdistrict.objects.filter(district__province__in=province_codes)
        .exclude(district__province=BANGKOK)
        .select_related("district__province")
    ):
        office = _municipality(subdistrict)
        offices.append(office)
        areas.append(OfficeArea(office_id=office.id, kind=office.kind, subdistrict_id=subdistrict.code))
    if BANGKOK in province_codes:
        for khet in District.objects.filter(province=BANGKOK):
            office = _khet_office(khet)
            offices.append(office)
            areas.append(OfficeArea(office_id=office.id, kind=office.kind, district_id=khet.code))
    Office.objects.bulk_create(offices, ignore_conflicts=True, batch_size=1000)
    OfficeArea.objects.bulk_create(areas, ignore_conflicts=True, batch_size=1000)
    record(
        by=by,
        at=at,
        act="places.invent_municipalities",
        subject=("office", office_id(HEADQUARTERS_CODE)),
        after={"provinces": sorted(province_codes), "municipalities": len(offices)},
    )
    return Office.objects.filter(kind=Office.Kind.MUNICIPALITY, province__in=province_codes).count()


def _municipality(subdistrict: Subdistrict) -> Office:
    name_th, name_en = _name(subdistrict)
    code = municipality_code(subdistrict.code)
    return Office(
        id=office_id(code),
        code=code,
        kind=Office.Kind.MUNICIPALITY,
        name_th=name_th,
        name_en=name_en,
        province_id=subdistrict.code[:2],
        subdistrict_id=subdistrict.code,
        is_invented=True,
    )


def _name(subdistrict: Subdistrict) -> tuple[str, str]:
    """The city in the middle of a capital, a small municipality here and there, else an administration."""
    district, province = subdistrict.district, subdistrict.district.province
    if district.name_th.startswith("เมือง") and subdistrict.code.endswith("0101"):
        return f"เทศบาลนคร{province.name_th}", f"{province.name_en} City Municipality"
    if int(subdistrict.code) % 3 == 0:
        return f"เทศบาลตำบล{subdistrict.name_th}", f"{subdistrict.name_en} Subdistrict Municipality"
    return (
        f"องค์การบริหารส่วนตำบล{subdistrict.name_th}",
        f"{subdistrict.name_en} Subdistrict Administrative Organisation",
    )


def _khet_office(khet: District) -> Office:
    code = municipality_code(khet.code)
    return Office(
        id=office_id(code),
        code=code,
        kind=Office.Kind.MUNICIPALITY,
        name_th=f"สำนักงานเขต{khet.name_th}",
        name_en=f"{khet.name_en} District Office, Bangkok",
        province_id=BANGKOK,
        is_invented=False,
    )

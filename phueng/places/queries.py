"""Which places are there, in dictionary order, and which office answers for one?

Lists of places are small, the same for everybody and change at most with a new release: each web process
keeps those it was asked for. Offices are asked of the database each time, since duties hang on them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from phueng.audit.prepared import columns_in, instance_from, row_of
from phueng.kernel.languages import is_english
from phueng.places.models import District, Office, OfficeArea, Province, Subdistrict

BANGKOK = "10"


@dataclass(frozen=True, slots=True)
class Place:
    """A province, district or subdistrict, as a list shows it."""

    code: str
    name_th: str
    name_en: str
    kind: str
    postal_codes: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """The name in the reader's language."""
        return self.name_en if is_english(lang) else self.name_th


@lru_cache(maxsize=4096)
def _kept(database: str, level: str, within: str) -> tuple[Place, ...]:
    rows: tuple[Place, ...]
    match level:
        case "province":
            rows = tuple(Place(p.code, p.name_th, p.name_en, "province") for p in Province.objects.all())
        case "district":
            rows = tuple(Place(d.code, d.name_th, d.name_en, d.kind) for d in District.objects.filter(province=within))
        case _:
            kind = "khwaeng" if within.startswith(BANGKOK) else "tambon"
            rows = tuple(
                Place(s.code, s.name_th, s.name_en, kind, tuple(s.postal_codes))
                for s in Subdistrict.objects.filter(district=within)
            )
    if not rows:
        raise LookupError  # an empty list is never kept: places may be loaded a moment later
    return rows


def _listed(level: str, within: str, lang: str) -> tuple[Place, ...]:
    try:
        places = _kept(str(connection.settings_dict["NAME"]), level, within)
    except LookupError:
        return ()
    return tuple(sorted(places, key=lambda place: place.name_en)) if is_english(lang) else places


def forget_lists() -> None:
    """Ask the database again; called after loading."""
    _kept.cache_clear()


def provinces(lang: str = "th") -> tuple[Place, ...]:
    """All provinces, in the order of the reader's language."""
    return _listed("province", "", lang)


def districts(province_code: str, lang: str = "th") -> tuple[Place, ...]:
    """The districts of a province; empty when there is no such province."""
    return _listed("district", province_code, lang)


def subdistricts(district_code: str, lang: str = "th") -> tuple[Place, ...]:
    """The subdistricts of a district; empty when there is no such district."""
    return _listed("subdistrict", district_code, lang)


def _one(places: tuple[Place, ...], code: str) -> Place | None:
    return next((place for place in places if place.code == code), None)


def is_subdistrict(code: str) -> bool:
    """Is this the code of a subdistrict that exists today?"""
    return len(code) == 6 and _one(subdistricts(code[:4]), code) is not None


def place_line(subdistrict_code: str, lang: str = "th", *, with_postal_code: bool = True) -> str:
    """ต.ในเมือง อ.เมืองขอนแก่น จ.ขอนแก่น 40000, or the same in English; the code itself when it is unknown."""
    province = _one(provinces(), subdistrict_code[:2])
    district = _one(districts(subdistrict_code[:2]), subdistrict_code[:4])
    subdistrict = _one(subdistricts(subdistrict_code[:4]), subdistrict_code)
    if province is None or district is None or subdistrict is None:
        return subdistrict_code
    line = _line(subdistrict, district, province, lang)
    return _with_postal_code(line, subdistrict.postal_codes) if with_postal_code else line


def _line(subdistrict: Place | Subdistrict, district: Place | District, province: Place | Province, lang: str) -> str:
    if is_english(lang):
        return f"{subdistrict.name_en}, {district.name_en}, {province.name_en}"
    if province.code == BANGKOK:
        return f"แขวง{subdistrict.name_th} เขต{district.name_th} {province.name_th}"
    return f"ต.{subdistrict.name_th} อ.{district.name_th} จ.{province.name_th}"


def _with_postal_code(line: str, postal_codes: Collection[str]) -> str:
    # Where a subdistrict has several postal codes, naming the first would send some letters astray.
    return f"{line} {next(iter(postal_codes))}" if len(postal_codes) == 1 else line


def offices(*, kind: str | None = None, province_code: str | None = None) -> QuerySet[Office]:
    """Offices in dictionary order, all or those of a kind or a province."""
    found = Office.objects.all()
    if kind is not None:
        found = found.filter(kind=kind)
    if province_code is not None:
        found = found.filter(province=province_code)
    return found


def office(code: str) -> Office | None:
    """The office with this code, or None."""
    return Office.objects.filter(code=code).first()


def office_by_id(office_id: UUID) -> Office | None:
    """The office with this id, or None."""
    return Office.objects.filter(id=office_id).first()


def lenders_to(office_id: UUID) -> list[Office]:
    """Offices from which this one may borrow a hand: the paired one, then headquarters."""
    asking = Office.objects.filter(id=office_id).select_related("paired_office").first()
    if asking is None:
        return []
    headquarters = Office.objects.filter(kind=Office.Kind.HEADQUARTERS).exclude(id=office_id)
    return [*([asking.paired_office] if asking.paired_office else []), *headquarters]


def offices_answering(subdistrict_code: str) -> dict[str, Office]:
    """Kind → the office that answers there. The smallest area wins: a municipality before its khet."""
    areas = OfficeArea.objects.filter(
        Q(subdistrict=subdistrict_code) | Q(district=subdistrict_code[:4]) | Q(province=subdistrict_code[:2])
    ).select_related("office")
    widest_first = sorted(areas, key=lambda area: (area.subdistrict_id is not None, area.district_id is not None))
    return {area.kind: area.office for area in widest_first}


def office_for(kind: str, subdistrict_code: str) -> Office | None:
    """The office of this kind that answers for the subdistrict, or None where there is none.

    Asked by every request that is sent: prepared, and by three indexes instead of one list of areas.
    """
    row = row_of("places_office_for", _OFFICE_FOR, kind, subdistrict_code)
    return instance_from(Office, row) if row is not None else None


# The smallest area wins, as in `offices_answering`.
_OFFICE_FOR = f"""
SELECT {columns_in(Office, "o")} FROM places_officearea a JOIN places_office o ON o.id = a.office_id
 WHERE a.kind = $1 AND (a.subdistrict_id = $2 OR a.district_id = left($2, 4) OR a.province_id = left($2, 2))
 ORDER BY a.subdistrict_id IS NULL, a.district_id IS NULL LIMIT 1
"""  # noqa: S608  # nosec B608  # columns of our own model


def subdistrict_codes_of(office_id: UUID) -> frozenset[str]:
    """Every subdistrict the office answers for by its areas (a district includes all of its tambon)."""
    areas = OfficeArea.objects.filter(office=office_id)
    return frozenset(
        Subdistrict.objects.filter(
            Q(code__in=areas.values("subdistrict"))
            | Q(district__in=areas.values("district"))
            | Q(district__province__in=areas.values("province"))
        ).values_list("code", flat=True)
    )


def subdistrict_codes_in(province_codes: Collection[str]) -> tuple[str, ...]:
    """Every subdistrict code of these provinces, by code."""
    found = Subdistrict.objects.filter(district__province__in=province_codes).order_by("code")
    return tuple(found.values_list("code", flat=True))

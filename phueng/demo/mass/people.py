"""Who are the invented residents, and where do most of them live?"""

from functools import lru_cache

from phueng.demo.district_points import DEMO_PROVINCES
from phueng.demo.residents import InventedResidents, invent_residents
from phueng.places.queries import subdistrict_codes_in
from phueng.registry.models import Person

# Three towns a province pay monthly allowances in the demo; a quarter of the province lives there, so that their
# lists are long enough to look like lists.
TOWNS: dict[str, tuple[str, ...]] = {
    "40": ("400101", "400104", "400701"),
    "30": ("300101", "301401", "302101"),
    "50": ("500101", "500701", "501901"),
    "84": ("840101", "840401", "841701"),
    "10": ("100502", "101001", "104701"),
    "90": ("900101", "901101", "900201"),
    "41": ("410101", "410401", "411701"),
    "34": ("340101", "341501", "340701"),
}
_SHARE_IN_TOWNS = 0.3


@lru_cache(maxsize=2)
def invented(count: int) -> InventedResidents:
    """About `count` residents, the same ones each time."""
    codes = list(subdistrict_codes_in(DEMO_PROVINCES))
    existing = set(codes)
    for province, towns in TOWNS.items():
        there = sum(1 for code in codes if code.startswith(province))
        times = max(1, round(there * _SHARE_IN_TOWNS / (1 - _SHARE_IN_TOWNS) / len(towns)))
        codes += [town for town in towns if town in existing] * times
    return invent_residents(codes, count=count)


def loaded_count() -> int:
    """How many residents were asked for when the mass was loaded into this database; 0 when it was not."""
    for count in (20_000, 2_000):
        if Person.objects.filter(pk=invented(count).residents[-1].id).exists():
            return count
    return 0

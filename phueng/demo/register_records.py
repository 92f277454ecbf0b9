"""What does the civil register of the demo know about the invented residents?

The same as we do, but for about one in a hundred, deliberately: a name a clerk spelled otherwise, someone
who has moved, a birth date a day off, a death nobody told us of. Checks have to find these.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from phueng.demo.names import respelled
from phueng.demo.residents import HouseholdRow, ResidentRow
from phueng.kernel.thai_dates import BE_AHEAD_OF_CE

Difference = Literal["", "spelling", "moved", "born", "died"]
_DIFFERENCES: tuple[Difference, ...] = ("spelling", "moved", "born", "died")

# Some day last summer: late enough that our own register has not heard of it.
_DIED_ON = date(2026, 8, 17)


def difference_of(resident: ResidentRow) -> Difference:
    """In what the register differs from us about a resident: "" for 99 in a hundred, always the same."""
    if resident.national_id is None or resident.died_on is not None:
        return ""
    drawn = zlib.crc32(resident.national_id.encode("ascii"))
    if drawn % 100:
        return ""
    difference = _DIFFERENCES[drawn // 100 % len(_DIFFERENCES)]
    born_day_matters = resident.born_day is not None
    return "spelling" if difference == "born" and not born_day_matters else difference


def register_records(
    residents: Sequence[ResidentRow], households: Iterable[HouseholdRow], *, differences: bool = True
) -> Iterator[dict[str, Any]]:
    """One record a resident with a number: a line of the stand-in's file (dates in BE, YYYYMMDD).

    Without `differences` the register knows exactly what we know.
    """
    differs = difference_of if differences else _agrees
    houses = {household.id: household for household in households}
    codes = sorted({household.subdistrict_code for household in houses.values()})
    members: defaultdict[object, list[str]] = defaultdict(list)
    for resident in residents:
        lives_there = resident.died_on is None and differs(resident) not in ("moved", "died")
        if resident.national_id is not None and lives_there:
            members[resident.household_id].append(resident.national_id)
    for resident in residents:
        if resident.national_id is not None:
            house = houses[resident.household_id]
            yield _record(resident, house, members, codes, differs(resident))


def record_as_registered(record: dict[str, Any], first_name: str, last_name: str) -> dict[str, Any]:
    """The same record with the name as the register spells it."""
    return {**record, "first_name": first_name, "last_name": last_name}


def _agrees(_: ResidentRow) -> Difference:
    return ""


def _record(
    resident: ResidentRow,
    house: HouseholdRow,
    members: Mapping[object, list[str]],
    codes: Sequence[str],
    difference: Difference,
) -> dict[str, Any]:
    has_moved = difference == "moved"
    died_on = _DIED_ON if difference == "died" else resident.died_on
    return {
        "national_id": resident.national_id,
        "vital_status": "alive" if died_on is None else "dead",
        "died": None if died_on is None else _be(died_on.year, died_on.month, died_on.day),
        "title": resident.title,
        "first_name": respelled(resident.first_name) if difference == "spelling" else resident.first_name,
        "last_name": resident.last_name,
        "born": _born(resident, one_day_off=difference == "born"),
        "sex": resident.sex,
        "nationality": resident.nationality,
        "address": {
            "house_no": "99/9" if has_moved else house.house_no,
            "moo": int(house.moo) if house.moo else None,
            "subdistrict_code": _elsewhere(house.subdistrict_code, codes) if has_moved else house.subdistrict_code,
        },
        "house_code": None if has_moved else house.house_code,
        "household_members": _house_register(resident, members[house.id], has_moved, died_on),
    }


def _house_register(
    resident: ResidentRow, members: list[str], has_moved: bool, died_on: date | None
) -> list[str | None] | None:
    """Who is registered in the house; the dead are struck off every house register."""
    if died_on is not None:
        return None
    return [resident.national_id] if has_moved else list(members)


def _elsewhere(code: str, codes: Sequence[str]) -> str:
    """Another subdistrict, so that another office answers, half-way round the list."""
    return codes[(codes.index(code) + len(codes) // 2) % len(codes)]


def _born(resident: ResidentRow, *, one_day_off: bool) -> str:
    day = resident.born_day
    if one_day_off and day is not None:
        day = day - 1 if day > 1 else day + 1
    return _be(resident.born_year, resident.born_month, day)


def _be(year: int, month: int | None, day: int | None) -> str:
    return f"{year + BE_AHEAD_OF_CE:04d}{month or 0:02d}{day or 0:02d}"

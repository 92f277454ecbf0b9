"""Who is on file in the tests of this gateway?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def person(national_id: str, /, **changed: Any) -> dict[str, Any]:
    """A woman in Khon Kaen whose birthday nobody wrote down, or somebody else where told."""
    return {
        "national_id": national_id,
        "vital_status": "alive",
        "died": None,
        "title": "นาง",
        "first_name": "บุญมี",
        "last_name": "ศรีสุข",
        "born": "24910000",
        "sex": "female",
        "nationality": "THA",
        "address": {"house_no": "99/1", "moo": 7, "subdistrict_code": "400101"},
        "house_code": "40010012345",
        "household_members": [national_id],
    } | changed


BOONMEE, DEPARTED, NOBODY = "9400100000011", "9400100000020", "9999999999994"


def write_people(folder: Path) -> Path:
    path = folder / "people.jsonl"
    people = [
        person(BOONMEE, household_members=[BOONMEE, "9400100000038"]),
        person(DEPARTED, vital_status="dead", died="25680115"),
    ]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in people), encoding="utf-8")
    return path

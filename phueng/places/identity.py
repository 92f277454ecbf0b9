"""Under which code and id is an office known, in every installation alike?

The id is made from the code, so that loading twice, a restored copy and the demo's cast all mean the same
office.
"""

from uuid import UUID, uuid5

_OFFICES = UUID("5b1d1f3e-7a53-5c39-9e0a-6f0c9f1f2569")

HEADQUARTERS_CODE = "DSDW"


def office_id(code: str) -> UUID:
    """The id of the office with this code."""
    return uuid5(_OFFICES, code)


def centre_code(letters: str) -> str:
    """KKN-DPC: the protection centre for the destitute of the province with these letters."""
    return f"{letters}-DPC"


def district_office_code(district_code: str) -> str:
    """D4001: the district office of that amphoe."""
    return f"D{district_code}"


def municipality_code(area_code: str) -> str:
    """M400101 for the municipality of a subdistrict; K1001 for a khet, Bangkok's answer to it."""
    return f"M{area_code}" if len(area_code) == 6 else f"K{area_code}"

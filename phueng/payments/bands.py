"""How many people must approve a run of this total, and how many of them from another office?

The numbers stand in bands.yaml. The database asks a function with the same numbers, made from the same file at
migration; a function and not a table, because the application's role may write rows but not functions.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.backends.base.base import BaseDatabaseWrapper

from phueng.kernel.money import SATANG_PER_BAHT

BANDS_FILE = Path(__file__).parent / "bands.yaml"


@dataclass(frozen=True)
class Band:
    """Approvals that a total asks for; `up_to_satang` None is the highest band."""

    up_to_satang: int | None
    approvals: int
    from_elsewhere: int

    def holds(self, total_satang: int) -> bool:
        """Whether this total lies at or below the end of the band."""
        return self.up_to_satang is None or total_satang <= self.up_to_satang


@dataclass(frozen=True)
class Bands:
    """The bands from a day on, lowest first, and where they are written."""

    starts_on: date
    law_th: str
    law_en: str
    is_general: bool
    bands: tuple[Band, ...]


def band_of(total_satang: int, on: date) -> Band:
    """The band of a total on a day. Raises LookupError for a day before the first bands."""
    return next(band for band in bands_on(on).bands if band.holds(total_satang))


def approvals_needed(total_satang: int, on: date) -> int:
    """How many approvals a list of this total needs when it is frozen on this day."""
    return band_of(total_satang, on).approvals


def bands_on(on: date) -> Bands:
    """The bands that hold on a day. Raises LookupError for a day before the first."""
    for bands in all_bands():
        if bands.starts_on <= on:
            return bands
    raise LookupError(f"bands.yaml has no bands for {on}")


@cache
def all_bands() -> tuple[Bands, ...]:
    """Every edition of the bands, the latest first."""
    written = yaml.safe_load(BANDS_FILE.read_text(encoding="utf-8"))
    return tuple(sorted((_edition(entry) for entry in written), key=lambda bands: bands.starts_on, reverse=True))


def _edition(written: dict[str, Any]) -> Bands:
    bands = tuple(
        Band(
            entry["up_to_baht"] * SATANG_PER_BAHT if "up_to_baht" in entry else None,
            entry["approvals"],
            entry["from_elsewhere"],
        )
        for entry in written["bands"]
    )
    ends = [band.up_to_satang for band in bands]
    if ends[-1] is not None or ends[:-1] != sorted(end for end in ends[:-1] if end is not None):
        raise ValueError(f"bands.yaml: {written['starts_on']}: bands rise, and the last one has no end")
    law = written["law"]
    return Bands(written["starts_on"], law["th"], law["en"], written["confidence"] == "general", bands)


def bands_sql() -> str:
    """CREATE OR REPLACE of payments_band(total, day): approvals, from_elsewhere. No row before the first day."""
    rows = ", ".join(
        f"(date '{edition.starts_on}', {'NULL::bigint' if band.up_to_satang is None else band.up_to_satang},"
        f" {band.approvals}, {band.from_elsewhere})"
        for edition in all_bands()
        for band in edition.bands
    )
    return f"""
CREATE OR REPLACE FUNCTION payments_band(total bigint, on_day date, OUT approvals integer, OUT from_elsewhere integer)
LANGUAGE sql IMMUTABLE AS $$
    SELECT b.approvals, b.from_elsewhere
    FROM (VALUES {rows}) AS b (starts_on, up_to, approvals, from_elsewhere)
    WHERE b.starts_on <= on_day AND (b.up_to IS NULL OR total <= b.up_to)
    ORDER BY b.starts_on DESC, b.up_to NULLS LAST LIMIT 1
$$;
"""  # noqa: S608 - dates and numbers of our own file


def install_bands(connection: BaseDatabaseWrapper) -> None:
    """Give the database the numbers of the file; `phueng migrate` does it after the migrations."""
    with connection.cursor() as cursor:
        cursor.execute(bands_sql())

"""Who is already here and could be this person?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import connection

from phueng.access.sealed import blind_index
from phueng.matching.thresholds import thresholds

Why = Literal["same_number", "same_birth"]


@dataclass(frozen=True)
class Candidate:
    """A known person who could be the one asked about. `similarity` of the most similar name, 0 to 1."""

    person_id: UUID
    name: str
    born_on: date | None
    why: Why
    similarity: float
    has_number: bool
    household_hint: str
    is_same_household: bool
    is_same_subdistrict: bool

    @property
    def is_likely(self) -> bool:
        """Must an officer say whether this is the same person?"""
        known = thresholds()
        if self.why == "same_number":
            return True
        enough = known.likely_at_the_same_home_from if self.is_same_household else known.likely_from
        return self.similarity >= enough


# One statement: the number through its blind index, or the block of the same birth date, both by index. A birth date
# known to the year only matches everybody of that year whose date is as vague, and the first of January. Names of all
# records of a person count; the most similar speaks. Similarity is that of trigrams, which misspellings change little.
_CANDIDATES = """
WITH found AS (
    SELECT i.person_id, true AS same_number FROM registry_identifier i
    WHERE i.kind = 'national_id' AND NOT i.is_disputed AND i.blind_index = %(index)s
    UNION
    SELECT p.id, false FROM registry_person p
    WHERE p.born_on = %(born_on)s
       OR (%(born_on)s::date IS NOT NULL AND (p.born_precision <> 'day' OR %(precision)s <> 'day')
           AND p.born_on >= date_trunc('year', %(born_on)s::date)
           AND p.born_on < date_trunc('year', %(born_on)s::date) + interval '1 year')
), people AS (
    SELECT registry_canonical(person_id) AS id, person_id AS self, bool_or(same_number) AS same_number
    FROM found GROUP BY person_id
), named AS (
    SELECT DISTINCT ON (people.id) people.id, n.full_name, similarity(n.full_name, %(name)s) AS alike,
           bool_or(people.same_number) OVER (PARTITION BY people.id) AS same_number
    FROM people JOIN registry_personname n ON n.person_id = people.self
    ORDER BY people.id, similarity(n.full_name, %(name)s) DESC, n.stated_at DESC
)
SELECT named.id, named.full_name, p.born_on, named.same_number, named.alike,
       EXISTS (SELECT 1 FROM registry_identifier i WHERE i.person_id = named.id
               AND i.kind = 'national_id' AND NOT i.is_disputed) AS has_number,
       coalesce(concat_ws(' ', nullif(h.house_no, ''), 'หมู่ ' || nullif(h.moo, ''), s.name_th, d.name_th), '') AS hint,
       coalesce(h.house_code <> '' AND h.house_code = %(house_code)s, false) AS same_household,
       coalesce(h.subdistrict_id = %(subdistrict)s, false) AS same_subdistrict
FROM named JOIN registry_person p ON p.id = named.id
LEFT JOIN registry_membership m ON m.person_id = named.id AND daterange(m.starts_on, m.ends_before) @> %(on)s::date
LEFT JOIN registry_household h ON h.id = m.household_id
LEFT JOIN places_subdistrict s ON s.code = h.subdistrict_id
LEFT JOIN places_district d ON d.code = s.district_id
WHERE named.same_number OR named.alike >= %(shown_from)s
ORDER BY named.same_number DESC, named.alike DESC, same_household DESC, same_subdistrict DESC, named.id
LIMIT %(most)s
"""


def candidates(
    *,
    national_id: str | None = None,
    first_name: str,
    last_name: str,
    born_on: date | None = None,
    born_precision: str = "day",
    house_code: str = "",
    subdistrict_code: str = "",
    on: date,
    most: int = 10,
) -> list[Candidate]:
    """Known people who could be this one, the surest first, in one statement. A score points; a person decides.

    `first_name` and `last_name` without title. `on` is the day for which the household is looked up.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            {
                "index": blind_index("national_id", national_id) if national_id else None,
                "born_on": born_on,
                "precision": born_precision,
                "name": f"{first_name} {last_name}".strip(),
                "house_code": house_code,
                "subdistrict": subdistrict_code,
                "on": on,
                "shown_from": thresholds().shown_from,
                "most": most,
            },
        )
        rows = cursor.fetchall()
    return [
        Candidate(
            person_id=row[0], name=row[1], born_on=row[2], why="same_number" if row[3] else "same_birth",
            similarity=round(float(row[4]), 3), has_number=row[5], household_hint=row[6],
            is_same_household=row[7], is_same_subdistrict=row[8],
        )
        for row in rows
    ]  # fmt: skip

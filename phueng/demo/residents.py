"""Who lives in the demo's provinces?

Invented households and residents, drawn with a seeded generator: the same seed gives the same people, so
that tests, demo and screenshots speak of the same ones. Plain rows, no database: the mass is loaded
set-wise elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID, uuid5

from phueng.demo.district_points import DEMO_PROVINCES, subdistrict_point
from phueng.demo.names import Name, given_name, surname
from phueng.kernel.national_id import demo_national_id

_PEOPLE = UUID("7a9e2d51-64c2-5a0e-9f0b-2569ca570001")

# Numbers below belong to the cast and to tests; the mass counts from here.
FIRST_NATIONAL_ID = 1_000_000
_FIRST_PHONE = 1_000  # 080-000-0000 to -0999 belong to the cast

# Share of households by province: the cast's office in Khon Kaen is to have a full queue.
_PROVINCE_WEIGHTS = {"40": 30, "30": 15, "50": 12, "41": 10, "34": 10, "90": 8, "84": 7, "10": 8}

# Form of household, share in a hundred.
_FORMS = (
    ("couple_with_children", 33),
    ("three_generations", 18),
    ("one_parent", 9),
    ("grandparents_with_grandchildren", 9),
    ("old_couple", 12),
    ("old_alone", 10),
    ("alone", 9),
)

_DISABILITIES = ("moving", "seeing", "hearing", "mind", "intellect", "learning", "autism")
_DISABILITY_WEIGHTS = (50, 10, 18, 8, 8, 3, 3)
# bank, digits of an account, share in a hundred
_BANKS = (("006", 10, 55), ("034", 12, 22), ("030", 12, 13), ("004", 10, 10))


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A house with its address."""

    id: UUID
    house_code: str
    house_no: str
    moo: str
    subdistrict_code: str
    latitude: float
    longitude: float
    head_id: UUID


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """One invented person. `born_month`, `born_day` are None where the register does not know them."""

    id: UUID
    household_id: UUID
    relation: str  # to the head: head spouse child parent grandchild
    national_id: str | None
    no_id_reason: str  # why there is no number; "" when there is one
    title: str
    first_name: str
    last_name: str
    first_name_en: str
    last_name_en: str
    sex: str  # female male
    nationality: str
    born_year: int
    born_month: int | None
    born_day: int | None
    died_on: date | None
    twin_of_id: UUID | None
    disability: str  # "" when there is none
    has_disability_card: bool
    has_state_welfare_card: bool
    phone: str | None  # +66…
    bank_code: str | None
    bank_account: str | None


class InventedResidents(NamedTuple):
    """Households and the residents in them, in the same order."""

    households: tuple[HouseholdRow, ...]
    residents: tuple[ResidentRow, ...]


class _Member(NamedTuple):
    relation: str
    sex: str
    born: date
    surname: Name
    is_twin: bool = False


def invent_residents(
    subdistrict_codes: Sequence[str],
    *,
    count: int = 20_000,
    seed: int = 2569,
    as_of: date = date(2026, 9, 30),
) -> InventedResidents:
    """About `count` residents (never fewer) of the demo's provinces; the codes are those that exist.

    Ages are right on `as_of`. Raises ValueError when no code lies in a province of the demo.
    """
    inventor = _Inventor(subdistrict_codes, seed, as_of)
    while len(inventor.residents) < count:
        inventor.add_household()
    return InventedResidents(tuple(inventor.households), tuple(inventor.residents))


class _Inventor:
    """Draws one household after the other; every number comes from a count, so none stands twice."""

    def __init__(self, subdistrict_codes: Sequence[str], seed: int, as_of: date) -> None:
        self._chance = Random(seed)  # noqa: S311 - invented people, nothing secret
        self._as_of = as_of
        self.households: list[HouseholdRow] = []
        self.residents: list[ResidentRow] = []
        self._codes = {
            province: sorted(code for code in subdistrict_codes if code.startswith(province))
            for province in DEMO_PROVINCES
        }
        self._provinces = [province for province in DEMO_PROVINCES if self._codes[province]]
        if not self._provinces:
            raise ValueError("none of these subdistricts lies in a province of the demo")
        self._weights = [_PROVINCE_WEIGHTS[province] for province in self._provinces]

    def add_household(self) -> None:
        chance, number = self._chance, len(self.households)
        household_id = uuid5(_PEOPLE, f"household {number}")
        is_poor = chance.random() < 0.42
        phone = self._phone(number) if chance.random() < 0.93 else None
        members = self._members()
        first = len(self.residents)
        for offset, member in enumerate(members):
            self.residents.append(self._resident(member, first + offset, household_id, is_poor, phone))
        self.households.append(self._household(household_id, number, self.residents[first].id))

    def _household(self, household_id: UUID, number: int, head_id: UUID) -> HouseholdRow:
        chance = self._chance
        province = chance.choices(self._provinces, self._weights)[0]
        code = chance.choice(self._codes[province])
        latitude, longitude = subdistrict_point(code)
        spread = 0.004 if province == "10" else 0.012
        house_no = str(chance.randint(1, 399))
        if chance.random() < 0.3:
            house_no += f"/{chance.randint(1, 29)}"
        return HouseholdRow(
            id=household_id,
            house_code=f"{code[:4]}{number:07d}",
            house_no=house_no,
            # Bangkok has no villages.
            moo="" if province == "10" else str(chance.randint(1, 14)),
            subdistrict_code=code,
            latitude=round(latitude + chance.uniform(-spread, spread), 5),
            longitude=round(longitude + chance.uniform(-spread, spread), 5),
            head_id=head_id,
        )

    # ------------------------------------------------------------------------------------------ who lives
    # together

    def _members(self) -> list[_Member]:
        chance = self._chance
        form = chance.choices([name for name, _ in _FORMS], [share for _, share in _FORMS])[0]
        name = surname(chance)
        match form:
            case "old_alone":
                return [self._someone("head", chance.randint(60, 96), name, women=0.68)]
            case "alone":
                return [self._someone("head", chance.randint(24, 59), name, women=0.45)]
            case "old_couple":
                return self._couple(chance.randint(60, 90), name)
            case "grandparents_with_grandchildren":
                age = chance.randint(52, 79)
                couple = self._couple(age, name)[: 1 + (chance.random() < 0.6)]
                return couple + self._children(min(17, age - 38), surname(chance), "grandchild")
            case "one_parent":
                parent = self._someone("head", chance.randint(20, 52), name, women=0.8)
                return [parent, *self._children(self._age(parent) - 18, name, "child")]
            case "three_generations":
                couple = self._couple(chance.randint(28, 50), name)
                old_age = min(99, self._age(couple[0]) + chance.randint(21, 36))
                parents = self._couple(old_age, name, relations=("parent", "parent"))
                parents = parents[: 1 + (chance.random() < 0.55)]
                return couple + self._children(self._age(couple[0]) - 20, name, "child") + parents
            case _:
                couple = self._couple(chance.randint(23, 56), name)
                return couple + self._children(self._age(couple[0]) - 20, name, "child")

    def _someone(self, relation: str, age: int, name: Name, women: float = 0.5) -> _Member:
        sex = "female" if self._chance.random() < women else "male"
        return _Member(relation, sex, self._born(age), name)

    def _couple(self, age: int, name: Name, relations: tuple[str, str] = ("head", "spouse")) -> list[_Member]:
        chance = self._chance
        other_age = max(18, age + chance.randint(-6, 5))
        sexes = ("male", "female") if chance.random() < 0.66 else ("female", "male")
        # A wife may keep her own surname (Personal Name Act, as amended in 2548).
        other_name = name if chance.random() < 0.75 else surname(chance)
        return [
            _Member(relations[0], sexes[0], self._born(age), name),
            _Member(relations[1], sexes[1], self._born(other_age), other_name),
        ]

    def _children(self, oldest: int, name: Name, relation: str) -> list[_Member]:
        chance = self._chance
        if oldest < 0:
            return []
        count = chance.choices((0 if relation == "child" else 1, 1, 2, 3, 4), (10, 36, 36, 14, 4))[0]
        children: list[_Member] = []
        for _ in range(count):
            child = self._someone(relation, chance.randint(0, min(oldest, 24)), name)
            children.append(child)
            if chance.random() < 0.012:
                children.append(child._replace(sex=self._twin_sex(child.sex), is_twin=True))
        return children

    def _twin_sex(self, sex: str) -> str:
        other = "male" if sex == "female" else "female"
        return sex if self._chance.random() < 0.66 else other

    def _born(self, age: int) -> date:
        born = self._as_of - timedelta(days=int(age * 365.25) + self._chance.randint(0, 364))
        return min(born, self._as_of)

    def _age(self, member: _Member) -> int:
        return (self._as_of - member.born).days * 4 // 1461

    # ------------------------------------------------------------------------------------------ one person

    def _resident(
        self, member: _Member, number: int, household_id: UUID, is_poor: bool, household_phone: str | None
    ) -> ResidentRow:
        chance, age = self._chance, self._age(member)
        first_name = self._first_name(member, age)
        no_id_reason, nationality = self._papers()
        month, day = self._known_birthday(member.born, age)
        disability = self._disability(age)
        bank_code, account = self._account(number, age)
        return ResidentRow(
            id=uuid5(_PEOPLE, f"resident {number}"),
            household_id=household_id,
            relation=member.relation,
            national_id=None if no_id_reason else demo_national_id(FIRST_NATIONAL_ID + number),
            no_id_reason=no_id_reason,
            title=self._title(member, age),
            first_name=first_name.th,
            last_name=member.surname.th,
            first_name_en=first_name.en,
            last_name_en=member.surname.en.capitalize(),
            sex=member.sex,
            nationality=nationality,
            born_year=member.born.year,
            born_month=month,
            born_day=day,
            died_on=self._died_on(member.born, age),
            twin_of_id=self.residents[-1].id if member.is_twin else None,
            disability=disability,
            has_disability_card=bool(disability) and chance.random() < 0.85,
            has_state_welfare_card=is_poor and age >= 18 and not no_id_reason and chance.random() < 0.85,
            # One telephone in the house is the rule, one of one's own the exception.
            phone=household_phone if age >= 15 and chance.random() < 0.8 else None,
            bank_code=bank_code,
            bank_account=account,
        )

    def _first_name(self, member: _Member, age: int) -> Name:
        name = given_name(self._chance, member.sex, age)
        while member.is_twin and name.th == self.residents[-1].first_name:
            name = given_name(self._chance, member.sex, age)
        return name

    def _title(self, member: _Member, age: int) -> str:
        if member.sex == "male":
            return "เด็กชาย" if age < 15 else "นาย"
        if age < 15:
            return "เด็กหญิง"
        is_married = member.relation in ("spouse", "parent") or (member.relation == "head" and age > 30)
        return "นาง" if is_married and self._chance.random() < 0.7 else "นางสาว"

    def _papers(self) -> tuple[str, str]:
        drawn = self._chance.random()
        if drawn < 0.003:
            return "never_registered", ""
        if drawn < 0.005:
            return "stateless", "XXA"
        return "", "THA"

    def _known_birthday(self, born: date, age: int) -> tuple[int | None, int | None]:
        drawn = self._chance.random()
        if age >= 70 and drawn < 0.08:
            return None, None
        if age >= 60 and drawn < 0.11:
            return born.month, None
        return born.month, born.day

    def _died_on(self, born: date, age: int) -> date | None:
        if self._chance.random() >= (0.035 if age >= 75 else 0.012 if age >= 60 else 0.0015):
            return None
        return max(born, self._as_of - timedelta(days=self._chance.randint(1, 900)))

    def _disability(self, age: int) -> str:
        if self._chance.random() >= (0.13 if age >= 60 else 0.035 if age >= 18 else 0.02):
            return ""
        return self._chance.choices(_DISABILITIES, _DISABILITY_WEIGHTS)[0]

    def _phone(self, household_number: int) -> str:
        return f"+6680000{(_FIRST_PHONE + household_number % 9_000):04d}"

    def _account(self, number: int, age: int) -> tuple[str | None, str | None]:
        if age < 15 or self._chance.random() > 0.9:
            return None, None
        bank, digits, _ = self._chance.choices(_BANKS, [share for *_, share in _BANKS])[0]
        # Begins with 99 and then counts: well formed, opened by nobody.
        return bank, f"99{number:0{digits - 2}d}"

"""Which invented person asks for what, and how far has each request come by today?

Every case is drawn with its whole future; what lies after `until` has not happened. So the stages of the open cases
come out by themselves, and nothing in a case is older than what led to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from phueng.demo.mass.moments import Diary
from phueng.demo.mass.people import TOWNS
from phueng.demo.residents import HouseholdRow, InventedResidents, ResidentRow
from phueng.kernel.thai_dates import BANGKOK
from phueng.places.identity import centre_code, municipality_code
from phueng.places.province_marks import PROVINCE_MARKS

_CASES = UUID("7a9e2d51-64c2-5a0e-9f0b-2569ca570004")

HARDSHIPS = (
    ("lost_income", 30), ("serious_illness", 18), ("disability_at_home", 12), ("earner_left", 9), ("earner_died", 8),
    ("disaster", 8), ("no_home", 6), ("earner_jailed", 4), ("violence", 3), ("other", 2),
)  # fmt: skip
INCOMES = (0, 1_200_000, 2_400_000, 3_600_000, 4_800_000, 6_000_000, 7_800_000)  # satang a year
TOO_MUCH_INCOME = (12_600_000, 16_800_000, 24_000_000)
AMOUNTS = (200_000, 250_000, 300_000)
_SHARES = (("family", 0.575), ("old_age", 0.31), ("disability", 0.115))


@dataclass
class Case:
    """One request from its first page to its end; None is "has not happened"."""

    id: UUID
    number: int
    scheme: str
    applicant: ResidentRow
    house: HouseholdRow
    office_code: str
    channel: str
    language: str
    hardship: str
    income_satang: int
    proposed_satang: int | None  # family only; monthly amounts come from the rules
    category: str
    is_emergency: bool
    has_pension: bool
    has_card: bool
    worker: str  # place in the team
    started_at: datetime
    submitted_at: datetime | None = None
    checked_at: datetime | None = None
    triaged_at: datetime | None = None
    asked_at: datetime | None = None  # for a missing thing
    answered_at: datetime | None = None
    visit_started_at: datetime | None = None
    visited_at: datetime | None = None
    recommended_at: datetime | None = None
    decided_at: datetime | None = None
    appealed_at: datetime | None = None
    settled_at: datetime | None = None
    ended_at: datetime | None = None
    ended_why: str = ""  # withdrawn forwarded
    # filled in by the writers
    outcome: str = ""  # approve refuse
    amount_satang: int = 0
    reference: str = ""
    sheet_id: UUID | None = None
    reasons: list[dict[str, object]] = field(default_factory=list)

    @property
    def is_submitted(self) -> bool:
        """Whether it ever left the citizen's hands."""
        return self.submitted_at is not None

    @property
    def has_account(self) -> bool:
        """Whether money can go to a bank."""
        return self.applicant.bank_account is not None

    @property
    def name(self) -> str:
        """The applicant's name as spoken."""
        return f"{self.applicant.title}{self.applicant.first_name} {self.applicant.last_name}"

    def sub_id(self, what: str) -> UUID:
        """An id for something that belongs to this case."""
        return uuid5(self.id, what)


def happened(moment: datetime | None) -> datetime:
    """The moment of a step that was taken. Raises ValueError for one that was not."""
    if moment is None:
        raise ValueError("this step has not been taken")
    return moment


def plan_cases(mass: InventedResidents, *, count: int, first_day: date, until: datetime, diary: Diary) -> list[Case]:
    """`count` cases submitted from `first_day` (the first of the last fiscal year) until now, and a few drafts."""
    planner = _Planner(mass, first_day, until, diary)
    cases = [case for scheme, share in _SHARES for case in planner.cases(scheme, round(count * share))]
    return [*cases, *planner.drafts(max(4, count // 50))]


class _Planner:
    def __init__(self, mass: InventedResidents, first_day: date, until: datetime, diary: Diary) -> None:
        self._mass, self._until, self._diary = mass, until, diary
        self._first_day = first_day
        self._chance: Random = diary.chance
        self._houses = {house.id: house for house in mass.households}
        self._number = 0
        self._used: set[tuple[str, UUID]] = set()

    # -------------------------------------------------------------------------------------------- who may ask

    def _applicants(self, scheme: str) -> list[ResidentRow]:
        towns = {code for codes in TOWNS.values() for code in codes}
        found = [
            one for one in self._mass.residents
            if one.died_on is None and self._may_ask(scheme, one) and (
                scheme == "family" or self._houses[one.household_id].subdistrict_code in towns)
        ]  # fmt: skip
        self._chance.shuffle(found)
        return found

    def _may_ask(self, scheme: str, one: ResidentRow) -> bool:
        if one.born_year > self._first_day.year - 19:
            return False
        if scheme == "family":
            return one.relation == "head"
        if one.national_id is None or one.nationality != "THA":
            return False
        return one.born_year <= self._first_day.year - 61 if scheme == "old_age" else bool(one.disability)

    # ------------------------------------------------------------------------------------------------- cases

    def cases(self, scheme: str, count: int) -> Iterator[Case]:
        """The cases of one scheme, each applicant once."""
        applicants = self._applicants(scheme)
        for applicant in applicants[:count]:
            case = self._case(scheme, applicant, self._submission_day())
            self._live_through(case)
            yield self._cut(case)

    def drafts(self, count: int) -> Iterator[Case]:
        """Requests that somebody has begun in the last days and not sent."""
        heads = [one for one in self._applicants("family") if ("family", one.id) not in self._used]
        for applicant in heads[:count]:
            day = self._until.date() - timedelta(days=self._chance.randint(2, 12))
            case = self._case("family", applicant, day)
            case.channel = "web"
            yield case

    def _submission_day(self) -> date:
        last = self._until.astimezone(BANGKOK).date() - timedelta(days=1)
        drawn = self._chance.random()
        if drawn < 0.07:  # the queues of today
            return last - timedelta(days=self._chance.randint(0, 16))
        if drawn < 0.14:
            return last - timedelta(days=self._chance.randint(0, 50))
        days = (last - self._first_day).days
        return self._first_day + timedelta(days=self._chance.randint(0, max(0, days)))

    def _case(self, scheme: str, applicant: ResidentRow, day: date) -> Case:
        chance, number = self._chance, self._number
        self._number += 1
        self._used.add((scheme, applicant.id))
        house = self._houses[applicant.household_id]
        channel = chance.choices(("web", "counter", "helper"), (60, 28, 12))[0]
        is_poor = scheme != "family" or chance.random() > 0.05
        started_at = self._diary.at_home(day)
        if channel == "counter":
            started_at = self._diary.at_desk(self._diary.working_day_before(day))
        return Case(
            id=uuid5(_CASES, f"{scheme} {applicant.id}"),
            number=number,
            scheme=scheme,
            applicant=applicant,
            house=house,
            office_code=_office_of(scheme, house.subdistrict_code),
            channel=channel,
            language="en" if chance.random() < 0.03 else "th",
            hardship=chance.choices([h for h, _ in HARDSHIPS], [share for _, share in HARDSHIPS])[0],
            income_satang=chance.choice(INCOMES if is_poor else TOO_MUCH_INCOME),
            proposed_satang=chance.choice(AMOUNTS) if scheme == "family" else None,
            category="known" if chance.random() < 0.35 else "new",
            is_emergency=scheme == "family" and chance.random() < 0.06,
            has_pension=scheme == "old_age" and chance.random() < 0.05,
            has_card=applicant.has_disability_card,
            worker=chance.choice(("worker1", "worker2")),
            started_at=started_at,
        )

    # -------------------------------------------------------------------------------------- what becomes of it

    def _live_through(self, case: Case) -> None:
        chance, diary = self._chance, self._diary
        case.submitted_at = case.started_at + timedelta(minutes=chance.randint(6, 55), seconds=chance.randint(0, 59))
        case.checked_at = case.submitted_at + timedelta(seconds=chance.randint(1, 40))
        case.triaged_at = diary.later(case.submitted_at, 0, 0 if case.is_emergency else 3)
        since = case.triaged_at
        if chance.random() < 0.02:
            case.ended_at, case.ended_why = diary.later(since, 0, 3), "forwarded"
            return
        if chance.random() < 0.06 and not case.is_emergency:
            case.asked_at = diary.later(since, 0, 2)
            case.answered_at = since = case.asked_at + timedelta(
                days=chance.randint(1, 9), minutes=chance.randint(9, 500)
            )
        # Some are late: too many visits, too few hands.
        waits = chance.randint(13, 24) if chance.random() < 0.05 else chance.randint(1, 4)
        if case.scheme == "family":
            case.visit_started_at = diary.later(since, 0 if case.is_emergency else 1, 0 if case.is_emergency else waits)
            case.visited_at = since = case.visit_started_at + timedelta(minutes=chance.randint(25, 95))
        else:
            since = diary.later(since, 1, waits)
        case.recommended_at = diary.later(since, 0, 0 if case.is_emergency else 2)
        case.decided_at = diary.later(case.recommended_at, 0, 0 if case.is_emergency else 3)
        if chance.random() < 0.02:
            case.ended_at, case.ended_why = diary.later(case.triaged_at, 0, 1), "withdrawn"
            return
        if chance.random() < 0.3:  # only the refused appeal; the writers look at it then
            case.appealed_at = case.decided_at + timedelta(days=chance.randint(2, 12), hours=chance.randint(0, 5))
            case.settled_at = diary.later(case.appealed_at, 5, 24)

    def _cut(self, case: Case) -> Case:
        """Nothing happens after now, nor after the end."""
        if case.ended_at is not None and case.ended_at > self._until:
            case.ended_at, case.ended_why = None, ""
        last = case.ended_at or self._until
        for name in (
            "triaged_at", "asked_at", "answered_at", "visit_started_at", "visited_at", "recommended_at", "decided_at",
            "appealed_at", "settled_at",
        ):  # fmt: skip
            moment = getattr(case, name)
            if moment is not None and moment >= last:
                setattr(case, name, None)
        if case.asked_at is None:
            case.answered_at = None
        if case.asked_at is not None and case.answered_at is None:
            # Nobody visits or decides while the one missing thing is missing.
            case.visit_started_at = case.visited_at = case.recommended_at = case.decided_at = None
        if case.ended_at is not None:
            case.visit_started_at = case.visited_at = case.recommended_at = case.decided_at = None
        return case


def _office_of(scheme: str, subdistrict_code: str) -> str:
    if scheme == "family":
        return centre_code(PROVINCE_MARKS[subdistrict_code[:2]].letters)
    area = subdistrict_code[:4] if subdistrict_code.startswith("10") else subdistrict_code
    return municipality_code(area)


def offices_of(cases: Sequence[Case]) -> list[str]:
    """Every office that has a case, in order."""
    return sorted({case.office_code for case in cases})

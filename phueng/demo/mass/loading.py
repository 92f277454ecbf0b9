"""In which order is the mass loaded, and in which transactions?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.db.models import Count

from phueng.audit.clock import now
from phueng.calendars.queries import holidays
from phueng.demo.foundation import CENTRES, MONTHLY_SCHEMES, allot_budget
from phueng.demo.mass.checks import write_checks
from phueng.demo.mass.moments import Diary
from phueng.demo.mass.money import movements, write_movements, write_runs
from phueng.demo.mass.orders import settle_outcomes, write_entitlements, write_orders
from phueng.demo.mass.people import invented
from phueng.demo.mass.plan import Case, offices_of, plan_cases
from phueng.demo.mass.requests import write_requests
from phueng.demo.mass.rulings import rule_on
from phueng.demo.mass.runs import Calendars, plan_runs
from phueng.demo.mass.teams import Team, hire, invent_team
from phueng.demo.mass.told import write_messages
from phueng.demo.mass.traces import Trace
from phueng.demo.mass.visits import write_visits
from phueng.demo.people import MUNICIPALITY
from phueng.demo.registering import register_residents
from phueng.demo.residents import InventedResidents, ResidentRow
from phueng.kernel.thai_dates import fiscal_year_be, fiscal_year_range, in_bangkok
from phueng.payments.models import Run

_TOWN_BUDGET = 300_000_000  # satang a year and scheme
_REGISTERED_AT = datetime(2025, 9, 1, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class LoadedMass:
    """What was loaded."""

    residents: tuple[ResidentRow, ...]
    applications: int
    entries: int


def load_mass(*, residents: int = 20_000, applications: int = 2_000) -> LoadedMass:
    """Load the mass: residents first, then their cases, each in one transaction with its audit entries."""
    until = now()
    mass = invented(residents)
    with transaction.atomic():
        _register(mass)
    with transaction.atomic():
        trace = Trace()
        cases = _load_cases(mass, applications, until, trace)
        entries = trace.write()
    with connection.cursor() as cursor:
        # Statistics, so that the first pages opened are as quick as later ones.
        cursor.execute("ANALYZE")
    return LoadedMass(mass.residents, len(cases), entries)


def _register(mass: InventedResidents) -> None:
    trace = Trace()
    register_residents(mass.households, mass.residents, at=_REGISTERED_AT)
    for resident in mass.residents:
        trace.system(
            _REGISTERED_AT, "registry.register_person", ("person", resident.id), person_id=resident.id,
            after={"source": "civil_register", "has_national_id": resident.national_id is not None},
        )  # fmt: skip
    trace.write()


def _load_cases(mass: InventedResidents, count: int, until: datetime, trace: Trace) -> list[Case]:
    today = in_bangkok(until).date()
    first_day, _ = fiscal_year_range(fiscal_year_be(today) - 1)
    days_off = holidays("office", first_day - timedelta(days=30), today + timedelta(days=60))
    diary = Diary(Random(2569), days_off)  # noqa: S311 - invented people, nothing secret
    cases = plan_cases(mass, count=count, first_day=first_day, until=until, diary=diary)
    sent = [case for case in cases if case.is_submitted]
    rulings = rule_on(sent, today)
    settle_outcomes(sent, rulings)
    teams = _hire_teams(cases, trace)
    write_requests(cases, teams, trace)
    write_visits(sent, teams, trace)
    write_checks(sent, rulings, teams, trace)
    write_orders(sent, teams, trace)
    dues = write_entitlements(sent, teams, trace, until)
    bank_days_off = holidays("bank", first_day, today + timedelta(days=60))
    runs = plan_runs(dues, Calendars(days_off, bank_days_off), until, _runs_there())
    write_runs(runs, teams, trace)
    write_movements(movements(dues, runs, teams), datetime.combine(first_day, datetime.min.time(), UTC))
    write_messages(sent, runs)
    return cases


def _runs_there() -> dict[tuple[str, int], int]:
    counted = Run.objects.values_list("office__code", "fiscal_year").annotate(count=Count("pk"))
    return {(code, year): count for code, year, count in counted}


def _hire_teams(cases: list[Case], trace: Trace) -> dict[str, Team]:
    teams = {code: invent_team(code) for code in offices_of(cases)}
    hire(teams.values(), trace)
    for code in teams:
        if code not in CENTRES and code != MUNICIPALITY:
            allot_budget(code, MONTHLY_SCHEMES, _TOWN_BUDGET)
    return teams

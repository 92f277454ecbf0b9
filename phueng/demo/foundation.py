"""What stands in every demo and test database before anybody asks for help?

Places, days off, the cast with duties and delegations, the citizens in the registry, and budgets. Loading it again
changes nothing.
"""

from datetime import UTC, date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from phueng.access.actions import give_delegation, give_duty
from phueng.access.models import Account
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.calendars.actions.load_days import load_days
from phueng.demo.district_points import DEMO_PROVINCES
from phueng.demo.people import CITIZENS, HOUSES, MUNICIPALITY, PASSWORD, PEOPLE, UDON_THANI, Citizen, citizen
from phueng.demo.registering import register_residents
from phueng.demo.residents import HouseholdRow, ResidentRow
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import allot
from phueng.places.actions.load_invented_municipalities import load_invented_municipalities
from phueng.places.actions.load_places import load_places
from phueng.places.identity import centre_code, office_id
from phueng.places.province_marks import PROVINCE_MARKS
from phueng.registry.actions import link_account, state_relation
from phueng.registry.models import Person

BY = SYSTEM("demo")
# Duties and delegations are older than every invented case.
DUTIES_SINCE = date(2024, 10, 1)
FOUNDED_AT = datetime(2024, 10, 1, 2, 0, tzinfo=UTC)
ORDER_TH = "คำสั่งสมมุติที่ 1/2567"
FISCAL_YEARS = (2569, 2570)
CENTRES = tuple(centre_code(PROVINCE_MARKS[code].letters) for code in DEMO_PROVINCES)
_CENTRE_BUDGET = 250_000_000  # satang a year: 2.5 million baht
_MUNICIPAL_BUDGET = 600_000_000
FAMILY_CEILING = 300_000
MONTHLY_CEILING = 100_000
MONTHLY_SCHEMES = ("old_age", "disability")


def found() -> None:
    """Load what is missing, in one transaction."""
    at = now()
    with transaction.atomic():
        load_places(by=BY, at=at)
        load_invented_municipalities(province_codes=DEMO_PROVINCES, by=BY, at=at)
        load_days(first_year=2024, last_year=2030, by=BY, at=at)
        _open_accounts()
        _give_duties()
        _register_citizens()
        for code in CENTRES:
            allot_budget(code, ("family",), _CENTRE_BUDGET)
        allot_budget(MUNICIPALITY, MONTHLY_SCHEMES, _MUNICIPAL_BUDGET)


def _open_accounts() -> None:
    """The password is hashed once for all: many slow hashes of one printed password would protect nothing."""
    there = set(Account.objects.filter(pk__in=[one.account_id for one in PEOPLE]).values_list("pk", flat=True))
    missing = [one for one in PEOPLE if one.account_id not in there]
    if not missing:
        return
    password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    Account.objects.bulk_create(
        [
            Account(
                id=one.account_id, username=one.username, display_name_th=one.name_th, display_name_en=one.name_en,
                kind=one.kind, password=password, opened_at=FOUNDED_AT, password_changed_at=FOUNDED_AT,
            )
            for one in missing
        ]
    )  # fmt: skip
    for one in missing:
        record(
            by=BY, at=FOUNDED_AT, act="access.open_account", subject=("account", one.account_id),
            after={"username": one.username, "kind": one.kind, "name": one.name_th},
        )  # fmt: skip


def _give_duties() -> None:
    for one in PEOPLE:
        for duty in one.duties:
            give_duty(
                account_id=one.account_id, role=duty.role, office_id=duty.office_id, starts_on=DUTIES_SINCE,
                reference=ORDER_TH, by=BY, at=FOUNDED_AT,
            )  # fmt: skip
    for code in {*CENTRES, UDON_THANI}:
        delegate(code, FAMILY_CEILING)
    delegate(MUNICIPALITY, MONTHLY_CEILING)


def delegate(office_code: str, up_to_satang: int) -> None:
    """The approvers of this office may decide up to this sum, whatever the scheme."""
    give_delegation(
        office_id=office_id(office_code), role="approver", up_to_satang=up_to_satang, starts_on=DUTIES_SINCE,
        reference=ORDER_TH, by=BY, at=FOUNDED_AT,
    )  # fmt: skip


def allot_budget(office_code: str, scheme_codes: tuple[str, ...], satang: int) -> None:
    """This office may spend this much under each scheme in each fiscal year of the demo."""
    for year in FISCAL_YEARS:
        opened_at = datetime(year - 543 - 1, 10, 1, 2, 0, tzinfo=UTC)
        for scheme_code in scheme_codes:
            allot(
                by=BY, at=opened_at, fund=Fund(year, scheme_code, office_code), amount_satang=satang,
                key=f"allot:{year}:{scheme_code}:{office_code}", subject=("office", office_id(office_code)),
            )  # fmt: skip


def _register_citizens() -> None:
    known = [one for one in CITIZENS if one.is_in_registry]
    if not Person.objects.filter(pk=known[0].person_id).exists():
        houses = [cast_house(key) for key in HOUSES]
        register_residents(
            houses, [cast_resident(one) for one in known], at=FOUNDED_AT,
            villages={house.household_id: house.village for house in HOUSES.values()},
            pensioners=frozenset(one.person_id for one in known if one.has_state_pension),
        )  # fmt: skip
        for one in known:
            record(
                by=BY, at=FOUNDED_AT, act="registry.register_person", subject=("person", one.person_id),
                person_id=one.person_id, after={"source": "civil_register", "has_national_id": True},
            )  # fmt: skip
    for officer in PEOPLE:
        if officer.citizen_key:
            owner = citizen(officer.citizen_key)
            link_account(by=BY, at=FOUNDED_AT, account_id=officer.account_id, person_id=owner.person_id)
    for one in CITIZENS:
        if one.relation in ("child", "grandchild"):
            head = next(c for c in CITIZENS if c.household_key == one.household_key and c.relation == "head")
            state_relation(
                by=BY, at=FOUNDED_AT, source="civil_register", person_id=one.person_id, other_id=head.person_id,
                kind=one.relation,
            )  # fmt: skip


def cast_house(key: str) -> HouseholdRow:
    """A house of the cast as a row like any other."""
    house = HOUSES[key]
    head = next(one for one in CITIZENS if one.household_key == key and one.relation == "head")
    return HouseholdRow(
        id=house.household_id, house_code=house.house_code, house_no=house.house_no, moo=house.moo,
        subdistrict_code=house.subdistrict_code, latitude=house.latitude, longitude=house.longitude,
        head_id=head.person_id,
    )  # fmt: skip


def cast_resident(one: Citizen) -> ResidentRow:
    """A citizen of the cast as a row like any other."""
    first_en, _, last_en = one.name_en.partition(" ")
    knows_day, knows_month = one.born_precision == "day", one.born_precision != "year"
    return ResidentRow(
        id=one.person_id, household_id=one.household_id, relation=one.relation, national_id=one.national_id,
        no_id_reason="" if one.national_id else "never_registered", title=one.title, first_name=one.first_name,
        last_name=one.last_name, first_name_en=first_en, last_name_en=last_en, sex=one.sex, nationality="THA",
        born_year=one.born_on.year, born_month=one.born_on.month if knows_month else None,
        born_day=one.born_on.day if knows_day else None, died_on=None, twin_of_id=None,
        disability="moving" if one.has_disability_card else "", has_disability_card=one.has_disability_card,
        has_state_welfare_card=one.has_state_welfare_card, phone=one.phone or None, bank_code=one.bank_code or None,
        bank_account=one.account or None,
    )  # fmt: skip

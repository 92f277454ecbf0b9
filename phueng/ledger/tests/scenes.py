"""How does a test get budget, and people who may give, move and carry it?"""

import datetime
import uuid
from uuid import UUID

from django.db import connection

from phueng.access.models import Account
from phueng.access.tests.factories import AccountFactory, DutyFactory
from phueng.audit.actions import record
from phueng.audit.actors import SYSTEM, Actor
from phueng.ledger import actions
from phueng.ledger.accounts import Fund
from phueng.ledger.queries import BudgetState, balances, state_of
from phueng.places.identity import HEADQUARTERS_CODE
from phueng.places.models import Office

NOON = datetime.datetime(2026, 11, 2, 5, 0, tzinfo=datetime.UTC)
NEXT_YEAR = datetime.datetime(2027, 10, 4, 5, 0, tzinfo=datetime.UTC)  # fiscal year 2571
BY = SYSTEM("test")
SUBJECT = ("test", UUID(int=7))
GIVER, TAKER = "KKN-DPC", "UDN-DPC"


def left_a_trace() -> None:
    """Factories write rows without an action: leave the entry that the database insists on."""
    record(by=BY, at=NOON, act="ledger.test", subject=SUBJECT)


def fund(office_code: str = GIVER, fiscal_year: int = 2580, **changed: str) -> Fund:
    """A fund of a year for which nothing was allotted before."""
    return Fund(fiscal_year, changed.pop("scheme_code", "family"), office_code, **changed)


def own_fund() -> Fund:
    """A fund nobody else touches."""
    return Fund(2570, "family", f"T{uuid.uuid4().hex[:8]}")


def officer(role: str, office_code: str) -> Actor:
    """Somebody new with this duty."""
    left_a_trace()
    account: Account = AccountFactory.create(username=f"{role}-{uuid.uuid4().hex[:6]}")
    DutyFactory.create(account=account, role=role, office=Office.objects.get(code=office_code))
    return Actor("staff", account.pk, account.display_name_th, role, office_code, "test")


def at_headquarters(role: str) -> Actor:
    """The same at headquarters."""
    return officer(role, HEADQUARTERS_CODE)


def allotted(mine: Fund, satang: int) -> Fund:
    """The fund with this much available."""
    actions.allot(by=BY, at=NOON, fund=mine, amount_satang=satang, key=f"{uuid.uuid4()}", subject=SUBJECT)
    return mine


def step(name: str, mine: Fund, satang: int, key: str = "", at: datetime.datetime = NOON) -> None:
    """reserve, commit, … of a fund."""
    act = getattr(actions, name)
    act(by=BY, at=at, fund=mine, amount_satang=satang, key=key or f"{uuid.uuid4()}", subject=SUBJECT)


def standing(mine: Fund) -> BudgetState:
    """Where the fund's money is."""
    return state_of(balances(mine))


def settle_constraints() -> None:
    """Ask the deferred guards now, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")

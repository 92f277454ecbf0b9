"""How does an empty, migrated database become the demo? `load_foundation()`, `load_demo()`, `write_register()`,
`write_accounts()`."""

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from phueng.demo.foundation import cast_house, cast_resident, found
from phueng.demo.people import CITIZENS, HELD_OTHERWISE, HOUSES, NEW_ACCOUNTS, REGISTERED_OTHERWISE
from phueng.demo.register_records import record_as_registered, register_records
from phueng.gateways.name_inquiry.wire import account_as_json

# As many as one step of sealing takes.
_SEALED_AT_ONCE = 5_000


def load_foundation() -> None:
    """Places, days off, the cast, their registry entries and budgets. Repeating it changes nothing."""
    found()


def load_demo(*, residents: int = 20_000, applications: int = 2_000) -> None:
    """The foundation, the cast's cases, then the mass of residents with theirs; ends with every invariant.

    Raises BrokenPromise when an invariant does not hold: a demo that lies about money would be worse than none.
    """
    from phueng.audit.work import seal_entries
    from phueng.demo.invariants import BrokenPromise, broken_promises
    from phueng.demo.mass.loading import load_mass
    from phueng.demo.story.cases import load_cast_cases
    from phueng.demo.story.recoveries import paid_after_a_death

    begun_at = time.monotonic()
    found()
    _tell("foundation", begun_at)
    load_cast_cases()
    _tell("the cast's cases", begun_at)
    mass = load_mass(residents=residents, applications=applications)
    _tell(f"{len(mass.residents):,} residents, {mass.applications:,} applications", begun_at)
    write_register(settings.PHUENG_REGISTER_RECORDS, mass_count=residents)
    write_accounts(settings.PHUENG_BANK_ACCOUNTS)
    paid_after_a_death()
    while seal_entries() >= _SEALED_AT_ONCE:
        pass
    _tell("the audit is sealed", begun_at)
    broken = broken_promises()
    if broken:
        raise BrokenPromise(broken)
    _tell("every invariant holds", begun_at)


def _tell(what: str, begun_at: float) -> None:
    print(f"  {time.monotonic() - begun_at:5.1f} s  {what}")  # noqa: T201 - the person at the terminal waits


def write_register(path: Path, *, mass_count: int | None = None) -> int:
    """Write what the stand-in of the civil register knows: the cast and, when it is loaded, the mass.

    `mass_count` is how many residents were asked for; None looks into the database. Returns the number of people.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8") as written:
        for line in _everybody(mass_count):
            written.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count


def write_accounts(path: Path) -> int:
    """Write what the stand-in of the bank's name inquiry knows: the accounts of everybody in the registry, those that
    came back as closed, and those of the cast who state theirs only when they apply. Returns the number of accounts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = {(line["bank_code"], line["account"]): line for line in [*_registered_accounts(), *cast_accounts()]}
    for bank_code, account in _closed_accounts():
        lines[bank_code, account] = account_as_json(
            bank_code, account, lines[bank_code, account]["holder_name"], "closed"
        )
    with path.open("w", encoding="utf-8") as written:
        for line in lines.values():
            written.write(json.dumps(line, ensure_ascii=False) + "\n")
    return len(lines)


def cast_accounts() -> Iterator[dict[str, Any]]:
    """The accounts of the cast as their banks know them, without any database."""
    for one in CITIZENS:
        if one.account:
            yield account_as_json(one.bank_code, one.account, HELD_OTHERWISE.get(one.key, one.name_th))
        if one.key in NEW_ACCOUNTS:
            yield account_as_json(*NEW_ACCOUNTS[one.key], one.name_th)


def _registered_accounts() -> Iterator[dict[str, Any]]:
    from phueng.registry.models import BankAccount

    for account in BankAccount.objects.order_by("stated_at", "pk").iterator(chunk_size=2_000):
        yield account_as_json(account.bank_code, account.number, account.holder_name)


def _closed_accounts() -> list[tuple[str, str]]:
    from phueng.registry.models import BankAccount

    ended = BankAccount.objects.filter(ended_why__startswith="bank:")
    return [(account.bank_code, account.number) for account in ended]


def cast_register() -> Iterator[dict[str, Any]]:
    """The civil register's records of the cast, without any database."""
    people = {c.national_id: c for c in CITIZENS if c.national_id and c.household_key}
    residents = [cast_resident(citizen) for citizen in people.values()]
    for line in register_records(residents, [cast_house(key) for key in HOUSES], differences=False):
        citizen = people[line["national_id"]]
        if citizen.key in REGISTERED_OTHERWISE:
            line = record_as_registered(line, *REGISTERED_OTHERWISE[citizen.key])
        yield line


def _everybody(mass_count: int | None) -> Iterable[dict[str, Any]]:
    from phueng.demo.mass.people import invented, loaded_count

    yield from cast_register()
    count = loaded_count() if mass_count is None else mass_count
    if count:
        mass = invented(count)
        yield from register_records(mass.residents, mass.households)

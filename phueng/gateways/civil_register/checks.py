"""Which questions must every civil register answer alike, the real one in its test environment and our stand-in?

Whoever connects the real register names three people of its test data; the stand-in is asked about three of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from phueng.gateways.civil_register.contract import CivilRegisterGateway, NotFound, RegisterAnswer


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Three numbers whose answers are known beforehand."""

    alive: str
    dead: str
    nobody: str


def check_register(register: CivilRegisterGateway, known: KnownPeople) -> None:
    """AssertionError names the first promise that does not hold."""
    alive = _ask(register, known.alive)
    assert isinstance(alive, RegisterAnswer), "a living person is found"
    assert alive.national_id == known.alive, "the answer is about the person asked for"
    assert alive.is_alive and alive.died is None, "a living person has no day of death"
    assert alive.first_name and alive.address.subdistrict_code, "name and address come with the answer"
    if alive.household_members is not None:
        assert known.alive in alive.household_members, "a person belongs to their own household"

    dead = _ask(register, known.dead)
    assert isinstance(dead, RegisterAnswer), "a dead person is found as well"
    assert not dead.is_alive and dead.died is not None, "a death has a date"

    assert isinstance(_ask(register, known.nobody), NotFound), "an unknown number is an answer, not an error"

    again = _ask(register, known.alive)
    assert isinstance(again, RegisterAnswer) and again.born == alive.born, "asking twice gives the same facts"


def _ask(register: CivilRegisterGateway, national_id: str) -> RegisterAnswer | NotFound:
    return register.lookup(
        national_id, reason="connection check", asked_by="phueng checks", request_id=f"check-{national_id[-4:]}"
    )

"""Which questions must every civil register answer alike, the real one in its test environment and our
stand-in?

Whoever connects the real register names three people of its test data; the stand-in is asked about three of
ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from phueng.gateways.civil_register.contract import CivilRegisterGateway, NotFound, RegisterAnswer
from phueng.gateways.promises import PromiseBroken, promised


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Three numbers whose answers are known beforehand."""

    alive: str
    dead: str
    nobody: str


def check_register(register: CivilRegisterGateway, known: KnownPeople) -> None:
    """`PromiseBroken` names the first promise that does not hold."""
    alive = _found(register, known.alive)
    promised(alive.national_id == known.alive, "the answer is about the person asked for")
    promised(alive.is_alive and alive.died is None, "a living person has no day of death")
    promised(alive.first_name and alive.address.subdistrict_code, "name and address come with the answer")
    if alive.household_members is not None:
        promised(known.alive in alive.household_members, "a person belongs to their own household")

    dead = _found(register, known.dead)
    promised(not dead.is_alive and dead.died is not None, "a death has a date")

    nobody = _ask(register, known.nobody)
    promised(isinstance(nobody, NotFound), "an unknown number is an answer, not an error")
    promised(_found(register, known.alive).born == alive.born, "asking twice gives the same facts")


def _found(register: CivilRegisterGateway, national_id: str) -> RegisterAnswer:
    answer = _ask(register, national_id)
    if not isinstance(answer, RegisterAnswer):
        raise PromiseBroken("a person of the register is found, dead or alive")
    return answer


def _ask(register: CivilRegisterGateway, national_id: str) -> RegisterAnswer | NotFound:
    return register.lookup(
        national_id,
        reason="connection check",
        asked_by="phueng checks",
        request_id=f"check-{national_id[-4:]}",
    )

"""How is one more fact about a person stated?"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from phueng.access.sealed import blind_index
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Problem, Refused
from phueng.registry.models import AccountOwner, BankAccount, Circumstance, Person, PersonName, Phone, Relation


def _note(by: Actor, at: datetime, act: str, person_id: UUID, **after: Any) -> None:
    record(by=by, at=at, act=f"registry.{act}", subject=("person", person_id), person_id=person_id, after=after)


@action
def state_name(
    *,
    by: Actor,
    at: datetime,
    source: str,
    person_id: UUID,
    title: str,
    first_name: str,
    last_name: str,
    kind: str = "registered",
) -> PersonName:
    """State a name; the same fact from the same source is kept once."""
    name, is_new = PersonName.objects.get_or_create(
        person_id=person_id,
        kind=kind,
        first_name=first_name,
        last_name=last_name,
        source=source,
        defaults={"title": title, "stated_at": at},
    )
    if is_new:
        _note(by, at, "state_name", person_id, kind=kind, source=source)
    return name


@action
def state_phone(*, by: Actor, at: datetime, source: str, person_id: UUID, number: str) -> Phone:
    """State a phone number (+66…)."""
    phone, is_new = Phone.objects.get_or_create(
        person_id=person_id, number=number, defaults={"source": source, "stated_at": at}
    )
    if is_new:
        _note(by, at, "state_phone", person_id, source=source, last_digits=number[-4:])
    return phone


@action
def state_account(
    *, by: Actor, at: datetime, source: str, person_id: UUID, bank_code: str, number: str, holder_name: str
) -> BankAccount:
    """State the account that money may go to; `number` is normalised digits. Repeating it changes nothing."""
    account, is_new = BankAccount.objects.get_or_create(
        person_id=person_id,
        bank_code=bank_code,
        blind_index=blind_index("bank_account", f"{bank_code}:{number}"),
        ended_at=None,
        defaults={
            "number": number,
            "last_digits": number[-4:],
            "holder_name": holder_name,
            "source": source,
            "stated_at": at,
        },
    )
    if is_new:
        _note(by, at, "state_account", person_id, bank_code=bank_code, last_digits=number[-4:], source=source)
    return account


@action
def end_account(*, by: Actor, at: datetime, account_id: UUID, why: str) -> BankAccount:
    """The account cannot be used any more (closed, wrong holder, returned by the bank)."""
    account = BankAccount.objects.select_for_update().get(pk=account_id)
    if account.ended_at is None:
        account.ended_at, account.ended_why = at, why
        account.save(update_fields=["ended_at", "ended_why"])
        _note(
            by,
            at,
            "end_account",
            account.person_id,
            bank_code=account.bank_code,
            last_digits=account.last_digits,
            why=why,
        )
    return account


@action
def state_circumstance(
    *,
    by: Actor,
    at: datetime,
    source: str,
    person_id: UUID,
    code: str,
    value: Any,
    starts_on: date,
    ends_before: date | None = None,
) -> Circumstance:
    """State a dated fact that rules ask for. The code is a rule column of the schemes."""
    fact, is_new = Circumstance.objects.get_or_create(
        person_id=person_id,
        code=code,
        starts_on=starts_on,
        source=source,
        defaults={"value": value, "ends_before": ends_before, "stated_at": at},
    )
    if is_new:
        _note(by, at, "state_circumstance", person_id, code=code, source=source)
    return fact


@action
def state_death(*, by: Actor, at: datetime, source: str, person_id: UUID, died_on: date) -> Person:
    """The civil register says that the person died. A second, different date is refused, not overwritten."""
    person = Person.objects.select_for_update().get(pk=person_id)
    if person.died_on is None:
        person.died_on = died_on
        person.save(update_fields=["died_on"])
        _note(by, at, "state_death", person_id, died_on=died_on, source=source)
    elif person.died_on != died_on:
        raise Refused(
            Problem(
                "death_date_differs",
                "มีวันที่เสียชีวิตอีกวันหนึ่งบันทึกไว้แล้ว",
                "Another date of death is already on record",
                "ตรวจสอบกับทะเบียนราษฎรก่อนแก้ไข",
                "Check with the civil register before changing it",
            )
        )
    return person


@action
def state_relation(*, by: Actor, at: datetime, source: str, person_id: UUID, other_id: UUID, kind: str) -> Relation:
    """`person` is the `kind` of `other`."""
    relation, is_new = Relation.objects.get_or_create(
        person_id=person_id, other_id=other_id, kind=kind, defaults={"source": source, "stated_at": at}
    )
    if is_new:
        _note(by, at, "state_relation", person_id, other_id=other_id, kind=kind)
    return relation


@action
def link_account(*, by: Actor, at: datetime, account_id: UUID, person_id: UUID) -> AccountOwner:
    """This account belongs to this person: kinship checks look through this row."""
    owner, is_new = AccountOwner.objects.get_or_create(
        account_id=account_id, person_id=person_id, defaults={"stated_at": at}
    )
    if is_new:
        _note(by, at, "link_account", person_id, account_id=account_id)
    return owner

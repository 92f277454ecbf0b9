"""Somebody has no account that can be paid: one officer notes that they take it in the hand, another confirms it."""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import clean_text
from phueng.payments import problems
from phueng.payments.hands import said_plainly
from phueng.payments.models import CounterChoice


@action
def choose_counter(*, by: Actor, at: datetime, person_id: UUID, office_id: UUID, why: str) -> CounterChoice:
    """Note it; nothing changes until somebody else confirms. Noted already: the same choice. Refused: outside_area."""
    if by.id is None:
        raise ValueError("a person notes the choice")
    known = CounterChoice.objects.filter(person_id=person_id, ended_at=None).first()
    if known is not None:
        return known
    with said_plainly():
        choice = CounterChoice.objects.create(
            person_id=person_id, office_id=office_id, why=clean_text(why, 300), chosen_at=at, chosen_by_id=by.id,
            chosen_by_name=by.name,
        )  # fmt: skip
    record(
        by=by, at=at, act="payments.choose_counter", subject=("counter_choice", choice.pk), person_id=person_id, why=why
    )
    return choice


@action
def confirm_counter(*, by: Actor, at: datetime, choice_id: UUID) -> CounterChoice:
    """A second person agrees: from now on counter runs gather this person's money. Refused: same_signer, outside_area."""
    choice = CounterChoice.objects.select_for_update(of=("self",)).get(pk=choice_id)
    if choice.confirmed_at is not None and choice.confirmed_by_id == by.id:
        return choice
    if choice.confirmed_at is not None or choice.ended_at is not None:
        raise Refused(problems.WRONG_STEP)
    choice.confirmed_at, choice.confirmed_by_id, choice.confirmed_by_name = at, by.id, by.name
    with said_plainly():
        choice.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_by_name"])
    record(
        by=by, at=at, act="payments.confirm_counter", subject=("counter_choice", choice.pk), person_id=choice.person_id
    )
    return choice


@action
def end_counter(*, by: Actor, at: datetime, choice_id: UUID) -> CounterChoice:
    """The person has an account now, or it was a mistake: bank runs gather them again."""
    choice = CounterChoice.objects.select_for_update(of=("self",)).get(pk=choice_id)
    if choice.ended_at is None:
        choice.ended_at, choice.ended_by_name = at, by.name
        choice.save(update_fields=["ended_at", "ended_by_name"])
        record(
            by=by, at=at, act="payments.end_counter", subject=("counter_choice", choice.pk), person_id=choice.person_id
        )
    return choice

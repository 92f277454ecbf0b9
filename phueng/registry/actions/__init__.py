"""What can be stated about a person? Each act adds facts with a source and a time; none overwrites."""

from phueng.registry.actions.household import join_household, register_household, state_home
from phueng.registry.actions.merge import say_same_person, undo_same_person
from phueng.registry.actions.person import complete_person, register_person
from phueng.registry.actions.state import (
    end_account,
    link_account,
    state_account,
    state_circumstance,
    state_death,
    state_name,
    state_phone,
    state_relation,
)

__all__ = [
    "complete_person",
    "end_account",
    "join_household",
    "link_account",
    "register_household",
    "register_person",
    "say_same_person",
    "state_account",
    "state_circumstance",
    "state_death",
    "state_home",
    "state_name",
    "state_phone",
    "state_relation",
    "undo_same_person",
]

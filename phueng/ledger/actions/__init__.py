"""How does money, or the promise of it, move? Named movements, each idempotent by its key."""

from phueng.ledger.actions.budget import allot, commit, disburse, release_commitment, release_reservation, reserve
from phueng.ledger.actions.cash import arrive, come_back, put_in_suspense, send_out
from phueng.ledger.actions.move import move, reverse

__all__ = [
    "allot",
    "arrive",
    "come_back",
    "commit",
    "disburse",
    "move",
    "put_in_suspense",
    "release_commitment",
    "release_reservation",
    "reserve",
    "reverse",
    "send_out",
]

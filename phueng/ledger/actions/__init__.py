"""How does money, or the promise of it, move? Named movements, each idempotent by its key."""

from phueng.ledger.actions.budget import allot, commit, disburse, release_commitment, release_reservation, reserve
from phueng.ledger.actions.carry_over import approve_carry_over, ask_to_carry_over, withdraw_carry_over
from phueng.ledger.actions.cash import arrive, come_back, put_in_suspense, send_out
from phueng.ledger.actions.move import move, move_across, reverse
from phueng.ledger.actions.plans import confirm_plan, drop_plan, enter_plan
from phueng.ledger.actions.proofs import Found, record_proof, sign_proof
from phueng.ledger.actions.recover import recover
from phueng.ledger.actions.transfers import approve_transfer, ask_for_transfer, withdraw_transfer

__all__ = [
    "Found",
    "allot",
    "approve_carry_over",
    "approve_transfer",
    "arrive",
    "ask_for_transfer",
    "ask_to_carry_over",
    "come_back",
    "commit",
    "confirm_plan",
    "disburse",
    "drop_plan",
    "enter_plan",
    "move",
    "move_across",
    "put_in_suspense",
    "record_proof",
    "recover",
    "release_commitment",
    "release_reservation",
    "reserve",
    "reverse",
    "send_out",
    "sign_proof",
    "withdraw_carry_over",
    "withdraw_transfer",
]

"""What can be done with money that is paid in the hand: take it out, hand it over, account for it."""

from phueng.advances.actions.clear_advance import clear_advance
from phueng.advances.actions.draw_advance import draw_advance
from phueng.advances.actions.hand_over import Receipt, confirm_handover, hand_over, withdraw_handover

__all__ = ["Receipt", "clear_advance", "confirm_handover", "draw_advance", "hand_over", "withdraw_handover"]

"""What can be done about whether money arrived: draw, try, ask, confirm, dispute, follow up."""

from phueng.spotchecks.actions.close_discrepancy import close_discrepancy
from phueng.spotchecks.actions.draw_sample import draw_sample
from phueng.spotchecks.actions.note_try import note_try
from phueng.spotchecks.actions.record_interview import record_interview
from phueng.spotchecks.actions.say_receipt import confirm_receipt, dispute_receipt

__all__ = [
    "close_discrepancy",
    "confirm_receipt",
    "dispute_receipt",
    "draw_sample",
    "note_try",
    "record_interview",
]

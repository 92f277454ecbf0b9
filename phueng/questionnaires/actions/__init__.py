"""What can be done with a sheet of answers: start it, save answers to it, close it."""

from phueng.questionnaires.actions.close_sheet import close_sheet, closing_entry
from phueng.questionnaires.actions.save_answers import save_answers
from phueng.questionnaires.actions.start_sheet import start_sheet

__all__ = ["close_sheet", "closing_entry", "save_answers", "start_sheet"]

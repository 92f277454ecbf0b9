"""Which questions does an officer answer at the home (form ปสค.1)?"""

from functools import cache
from pathlib import Path

from phueng.questionnaires.definitions import Questionnaire, load_questionnaire

VISIT_FILE = Path(__file__).parent / "visit.yaml"


@cache
def visit_questionnaire() -> Questionnaire:
    """The form of a home visit, read once."""
    return load_questionnaire(VISIT_FILE)

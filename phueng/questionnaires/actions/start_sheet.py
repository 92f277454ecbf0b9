"""How does a run through a questionnaire begin?"""

from datetime import datetime

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.questionnaires.definitions import Questionnaire
from phueng.questionnaires.models import Sheet


@action
def start_sheet(*, by: Actor, at: datetime, questionnaire: Questionnaire) -> Sheet:
    """An empty sheet for this version of the questions. Not repeatable by itself: the caller's own row points to it."""
    sheet = Sheet.objects.create(
        questionnaire_code=questionnaire.code, version=str(questionnaire.version), started_at=at
    )
    record(
        by=by,
        at=at,
        act="questionnaires.start_sheet",
        subject=("sheet", sheet.id),
        after={"questionnaire": sheet.questionnaire_code, "version": sheet.version},
    )
    return sheet

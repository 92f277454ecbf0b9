"""How is a page of the form kept? As typed, right or wrong, at every move."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.applications.locks import locked_for
from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.kernel.problems import Problem
from phueng.questionnaires.actions import save_answers
from phueng.schemes.catalogue import questionnaire


@action
def save_application_answers(
    *, by: Actor, at: datetime, application_id: UUID, page_code: str, typed: Mapping[str, Any]
) -> dict[str, Problem]:
    """Keep the answers of one page of a draft and return what is wrong with them, by question.

    The entry in the audit is the questionnaire's own. Raises Refused once the request was sent or withdrawn.
    """
    application, _ = locked_for(application_id, "save", by)
    return save_answers(
        by=by,
        at=at,
        sheet_id=application.sheet_id,
        questionnaire=questionnaire(application.scheme_code),
        typed=typed,
        page_code=page_code,
    )

"""How is a page of the visit form kept? As typed, right or wrong, at every move."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.kernel.problems import Problem
from phueng.questionnaires.actions import save_answers
from phueng.verification.states import insist_may
from phueng.verification.visit_form import visit_questionnaire
from phueng.verification.visits import locked_open_visit


@action
def save_visit_answers(
    *, by: Actor, at: datetime, visit_id: UUID, page_code: str, typed: Mapping[str, Any]
) -> dict[str, Problem]:
    """Keep the answers of one page and return what is wrong with them, by question. Raises Refused("visit_finished")."""
    insist_may("visit", by.role)
    visit = locked_open_visit(visit_id)
    return save_answers(
        by=by, at=at, sheet_id=visit.sheet_id, questionnaire=visit_questionnaire(), typed=typed, page_code=page_code
    )

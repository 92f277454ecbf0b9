"""What was answered at the home? Read by the checks and by the pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.questionnaires.queries import Answers, answers_of
from phueng.verification.models import Visit
from phueng.verification.refusals import VISIT_FINISHED
from phueng.verification.visit_form import visit_questionnaire


def answers_of_visit(visit: Visit) -> Answers:
    """All answers of one visit, read as of the day it began."""
    day = in_bangkok(visit.finished_at or visit.started_at).date()
    return answers_of(visit.sheet_id, visit_questionnaire(), today=day)


def latest_visit_answers(application_id: UUID) -> tuple[Answers, datetime] | None:
    """The answers of the last finished visit and when it was finished."""
    visit = (
        Visit.objects.filter(application_id=application_id, finished_at__isnull=False).order_by("-finished_at").first()
    )
    return None if visit is None or visit.finished_at is None else (answers_of_visit(visit), visit.finished_at)


def locked_visit(visit_id: UUID) -> Visit:
    """The visit with its row held until the transaction ends. Raises Visit.DoesNotExist."""
    return Visit.objects.select_for_update(of=("self",)).select_related("application__office").get(pk=visit_id)


def locked_open_visit(visit_id: UUID) -> Visit:
    """The same, while it is being filled in; Refused("visit_finished") afterwards."""
    visit = locked_visit(visit_id)
    if visit.finished_at is not None:
        raise Refused(VISIT_FINISHED)
    return visit


def form_rows(visit: Visit, language: str = "th") -> list[dict[str, Any]]:
    """The form page by page as it is read on paper: titles, questions, answers; unanswered ones are shown as such."""
    answers = answers_of_visit(visit)
    form = visit_questionnaire()
    english = language.startswith("en")
    return [
        {
            "title": page.title_en if english else page.title_th,
            "rows": [
                {
                    "label": form.questions[code].label(language),
                    "value": _said(answers, code, language),
                    "is_photo": form.questions[code].kind == "photo",
                    "photos": [str(one) for one in answers.value(code) or []]
                    if form.questions[code].kind == "photo"
                    else [],
                }
                for code in page.questions
            ],
        }
        for page in form.pages
    ]


def _said(answers: Answers, code: str, language: str) -> str:
    return answers.display(code, language) or ("Not answered" if language.startswith("en") else "ไม่ได้ตอบ")

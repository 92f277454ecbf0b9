"""How is what a person typed kept, right or wrong?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.questionnaires.definitions import Questionnaire
from phueng.questionnaires.models import Answer, Sheet
from phueng.questionnaires.understanding import understand

SHEET_CLOSED = Problem(
    "sheet_closed",
    "ส่งคำตอบชุดนี้ไปแล้ว จึงแก้ไขในหน้านี้ไม่ได้",
    "These answers were already sent and cannot be changed on this page.",
    "ดูสถานะคำขอ หรือโทร 1300 หากมีข้อมูลที่ต้องแก้",
    "Look at the status of the request, or call 1300 if something must be corrected.",
)


@action
def save_answers(
    *,
    by: Actor,
    at: datetime,
    sheet_id: UUID,
    questionnaire: Questionnaire,
    typed: Mapping[str, Any],
    page_code: str,
    is_correction: bool = False,
) -> dict[str, Problem]:
    """Keep each answer exactly as typed, with what we understood; return what is wrong, by question.

    Nothing is refused for being wrong: a page closed in the middle must come back as it was. One statement writes all
    answers. `is_correction` opens a closed sheet for the one thing an officer asked for again. Raises
    Refused("sheet_closed").
    """
    # The lock puts two phones that save the same sheet one after the other; the later one wins, question by question.
    sheet = Sheet.objects.select_for_update().get(id=sheet_id)
    if sheet.closed_at is not None and not is_correction:
        raise Refused(SHEET_CLOSED)
    rows, problems = [], {}
    today = in_bangkok(at).date()
    for code in sorted(set(typed) & set(questionnaire.questions)):
        understood = understand(questionnaire.questions[code], typed[code], today=today)
        if isinstance(understood, Problem):
            problems[code] = understood
        rows.append(
            Answer(
                sheet=sheet,
                question_code=code,
                typed=typed[code],
                value=None if isinstance(understood, Problem) else understood.value,
                problem_code=understood.code[:40] if isinstance(understood, Problem) else "",
                saved_at=at,
            )
        )
    if rows:
        Answer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["sheet", "question_code"],
            update_fields=["typed", "value", "problem_code", "saved_at"],
        )
    # Written even when it says the same: whoever sends the sheet sees by its version that answers were saved meanwhile.
    sheet.last_page_code = page_code[:60]
    sheet.save(update_fields=["last_page_code"])
    record(
        by=by,
        at=at,
        act="questionnaires.save_answers",
        subject=("sheet", sheet.id),
        # Codes only: the answers themselves are sealed in their own table and must not lie open in the audit.
        after={"page": page_code[:60], "answered": [row.question_code for row in rows], "problems": sorted(problems)},
    )
    return problems

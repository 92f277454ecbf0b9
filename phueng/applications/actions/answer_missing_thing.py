"""What happens when the missing thing arrives?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.applications.locks import locked_for
from phueng.applications.models import MissingThing
from phueng.applications.refusals import ANSWER_NEEDED, NOTHING_ASKED
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.resume_clock import resume_clock
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import clean_text
from phueng.questionnaires.actions import save_answers
from phueng.schemes.catalogue import questionnaire


@action
def answer_missing_thing(
    *,
    by: Actor,
    at: datetime,
    application_id: UUID,
    typed: Mapping[str, Any] | None = None,
    note: str = "",
    evidence_id: UUID | None = None,
) -> MissingThing:
    """Take the answer, a photo or a note, and let the clock run on.

    A wrong answer is refused with its own problem and the valid one from before stays; a double click returns the
    answer given before. Raises Refused(nothing_asked, answer_needed, or the answer's problem).
    """
    application, _ = locked_for(application_id, "answer_missing_thing", by)
    missing = MissingThing.objects.filter(application=application).order_by("-asked_at").first()
    if missing is None:
        raise Refused(NOTHING_ASKED)
    if missing.answered_at is not None:
        return missing
    answer = {
        code: raw for code, raw in (typed or {}).items() if code == missing.question_code and raw not in ("", [], {})
    }
    words = clean_text(note, 1000, keep_lines=True)
    if not answer and not words and evidence_id is None:
        raise Refused(ANSWER_NEEDED)
    if answer:
        problems = save_answers(
            by=by,
            at=at,
            sheet_id=application.sheet_id,
            questionnaire=questionnaire(application.scheme_code),
            typed=answer,
            page_code="",
            is_correction=True,
        )
        if problems:
            raise Refused(next(iter(problems.values())))
    missing.answered_at = at
    missing.answer_note = words
    missing.evidence_id = evidence_id
    missing.save(update_fields=["answered_at", "answer_note", "evidence_id"])
    _let_clock_run_on(application.id, by=by, at=at)
    record(
        by=by,
        at=at,
        act="applications.answer_missing_thing",
        subject=("application", application.id),
        person_id=application.person_id,
        after={"question": missing.question_code, "evidence_id": evidence_id},
    )
    return missing


def _let_clock_run_on(application_id: UUID, *, by: Actor, at: datetime) -> None:
    try:
        resume_clock(subject_id=application_id, code="decide", by=by, at=at)
    except Refused as refused:
        # Asked before triage: no clock was held.
        if refused.problem.code != "no_running_clock":
            raise

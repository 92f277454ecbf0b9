"""How do photos join a request, and how does one leave it?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.applications.locks import locked, locked_for
from phueng.applications.models import Application, MissingThing
from phueng.applications.refusals import UNKNOWN_QUESTION
from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.documents.actions import receive_evidence, withdraw_evidence
from phueng.documents.models import Evidence
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.questionnaires.actions import save_answers
from phueng.questionnaires.definitions import Question
from phueng.questionnaires.queries import answers_of
from phueng.questionnaires.understanding import understand
from phueng.schemes.catalogue import questionnaire


@action
def add_photo(
    *, by: Actor, at: datetime, application_id: UUID, question_code: str, original_name: str, content: bytes
) -> Evidence:
    """Take one photo for one photo question. Raises Refused with the reason when the file is none we can take.

    After the request was sent only the photo that an officer asked for is taken.
    """
    application, question = _open_for_photo(application_id, question_code, by)
    if problem := _too_many(application, question, at):
        raise problem
    evidence = receive_evidence(
        by=by,
        at=at,
        subject=("application", application.id),
        slot=question_code,
        original_name=original_name,
        content=content,
    )
    kept = [one for one in _listed(application, question_code, at) if one != str(evidence.id)]
    _save(application, question_code, [*kept, str(evidence.id)], by=by, at=at)
    return evidence


@action
def remove_photo(*, by: Actor, at: datetime, application_id: UUID, question_code: str, evidence_id: UUID) -> None:
    """Take a photo back. One that is not on this list any more was removed before: nothing happens."""
    application, _ = _open_for_photo(application_id, question_code, by)
    kept = _listed(application, question_code, at)
    if str(evidence_id) not in kept:
        return
    withdraw_evidence(by=by, at=at, evidence_id=evidence_id)
    _save(application, question_code, [one for one in kept if one != str(evidence_id)], by=by, at=at)


def _open_for_photo(application_id: UUID, question_code: str, by: Actor) -> tuple[Application, Question]:
    application = locked(application_id)
    asked_again = MissingThing.objects.filter(
        application=application, answered_at=None, question_code=question_code
    ).exists()
    act = "answer_missing_thing" if application.state == "submitted" and asked_again else "save"
    application, _ = locked_for(application_id, act, by)
    question = questionnaire(application.scheme_code).questions.get(question_code)
    if question is None or question.kind != "photo":
        raise Refused(UNKNOWN_QUESTION)
    return application, question


def _too_many(application: Application, question: Question, at: datetime) -> Refused | None:
    """Ask the questionnaire itself how many photos it takes, before a file is stored for nothing."""
    one_more = [*_listed(application, question.code, at), "one-more"]
    understood = understand(question, one_more, today=in_bangkok(at).date())
    return Refused(understood) if isinstance(understood, Problem) else None


def _listed(application: Application, question_code: str, at: datetime) -> list[str]:
    answers = answers_of(application.sheet_id, questionnaire(application.scheme_code), today=in_bangkok(at).date())
    listed: Any = answers.typed(question_code)
    return [str(one) for one in listed] if isinstance(listed, list) else []


def _save(application: Application, question_code: str, listed: list[str], *, by: Actor, at: datetime) -> None:
    form = questionnaire(application.scheme_code)
    save_answers(
        by=by,
        at=at,
        sheet_id=application.sheet_id,
        questionnaire=form,
        typed={question_code: listed},
        page_code=form.page_of(question_code).code,
        is_correction=application.state == "submitted",
    )

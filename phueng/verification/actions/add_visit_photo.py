"""How does a photo join the visit form?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.documents.actions import receive_evidence
from phueng.documents.models import Evidence
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.questionnaires.actions import save_answers
from phueng.questionnaires.understanding import understand
from phueng.verification.refusals import NO_SUCH_PHOTO
from phueng.verification.states import insist_may
from phueng.verification.visit_form import visit_questionnaire
from phueng.verification.visits import answers_of_visit, locked_open_visit


@action
def add_visit_photo(
    *, by: Actor, at: datetime, visit_id: UUID, question_code: str, original_name: str, content: bytes
) -> Evidence:
    """Take one photo for one photo question. Raises Refused with the reason when the file is none we can take."""
    insist_may("visit", by.role)
    visit = locked_open_visit(visit_id)
    form = visit_questionnaire()
    question = form.questions.get(question_code)
    if question is None or question.kind != "photo":
        raise Refused(NO_SUCH_PHOTO)
    listed = [str(one) for one in answers_of_visit(visit).typed(question_code) or []]
    # Ask the form how many photos it takes before a file is stored for nothing.
    understood = understand(question, [*listed, "one-more"], today=in_bangkok(at).date())
    if isinstance(understood, Problem):
        raise Refused(understood)
    evidence = receive_evidence(
        by=by, at=at, subject=("visit", visit.pk), slot=question_code, original_name=original_name, content=content
    )
    kept = [one for one in listed if one != str(evidence.id)]
    save_answers(
        by=by, at=at, sheet_id=visit.sheet_id, questionnaire=form, typed={question_code: [*kept, str(evidence.id)]},
        page_code=form.page_of(question_code).code,
    )  # fmt: skip
    return evidence

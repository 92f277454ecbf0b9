"""What does the person say to it: what happened, what is left, on what does the household live?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_text import clean_text
from phueng.recoveries.models import Answer
from phueng.recoveries.refusals import refuse
from phueng.recoveries.states import HEARS
from phueng.recoveries.steps import insist_on, locked, move_to, subject


@action
def answer_notice(
    *,
    by: Actor,
    at: datetime,
    overpayment_id: UUID,
    words: str,
    left_satang: int | None = None,
    income_satang: int | None = None,
    household_size: int | None = None,
    channel: str = "web",
) -> Answer:
    """Keep the answer; one more may follow until somebody assesses. The same again is kept once.

    `income_satang` is the household's in a month. Refused: wrong_step, nothing_said.
    """
    overpayment = locked(overpayment_id)
    insist_on(overpayment, *HEARS)
    words = clean_text(words, 4000, keep_lines=True)
    said = {
        "words": words, "left_satang": left_satang, "income_satang": income_satang, "household_size": household_size,
    }  # fmt: skip
    if not words and left_satang is None and income_satang is None:
        raise refuse("nothing_said")
    last = overpayment.answers.order_by("-answered_at", "-pk").first()
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return last
    answer = Answer.objects.create(
        overpayment=overpayment, channel=channel, answered_at=at, answered_by_name=by.name, **said
    )
    move_to(overpayment, "heard", at=at)
    record(
        by=by,
        at=at,
        act="recoveries.answer_notice",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        after={"channel": channel},
    )
    return answer

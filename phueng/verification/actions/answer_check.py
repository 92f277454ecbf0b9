"""How is the answer to a check kept, once and for good?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.verification.findings import storable
from phueng.verification.models import Check
from phueng.verification.states import insist_may


@action
def answer_check(
    *,
    by: Actor,
    at: datetime,
    check_id: UUID,
    outcome: str,
    answer: Mapping[str, Any],
    source: str,
    question: Mapping[str, Any] | None = None,
) -> Check:
    """Keep what was answered: `passed`, `failed` or `attention`, by whom (`source`), to which question.

    A check that was answered before is returned unchanged: an answer that comes twice, or late, does no harm.
    """
    insist_may("answer_check", by.role)
    if not answer or not source:
        raise ValueError("an answer says something and has a source")
    check = Check.objects.select_for_update(of=("self",)).select_related("application").get(pk=check_id)
    if check.answered_at is not None:
        return check
    check.outcome, check.answer, check.source = outcome, storable(answer), source
    check.question = storable(question) if question else check.question
    check.answered_at, check.last_failure = at, ""
    check.save(update_fields=["outcome", "answer", "source", "question", "answered_at", "last_failure"])
    record(
        by=by, at=at, act="verification.answer_check", subject=("check", check.pk), person_id=check.application.person_id,
        # Code and source only: what was answered is personal and stands in the check itself.
        after={
            "application": check.application_id, "kind": check.kind, "round": check.round, "outcome": outcome,
            "code": answer.get("code", ""), "source": source,
        },
    )  # fmt: skip
    return check

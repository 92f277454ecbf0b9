"""How does an officer settle what a machine may only point at?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import clean_text
from phueng.registry.actions import say_same_person, state_account
from phueng.verification.actions.ask_again import ask_again
from phueng.verification.cases import case_of
from phueng.verification.models import Check, Settlement
from phueng.verification.open_applications import locked_open_application
from phueng.verification.refusals import (
    NOT_A_CANDIDATE,
    NOT_FOR_SETTLING,
    REASON_NEEDED,
    SETTLED_OTHERWISE,
)
from phueng.verification.rounds import latest_checks
from phueng.verification.states import insist_may


@action
def settle_check(
    *, by: Actor, at: datetime, check_id: UUID, outcome: str, why: str, same_as: UUID | None = None
) -> Settlement:
    """Say what holds: `accepted` (go on) or `refused` (the doubt was right), and why.

    `same_as`: the applicant is this person of the list that was found; one row joins the records and the later checks
    run again. The same word again returns the first settlement. Raises Refused(check_needs_no_settling,
    settled_otherwise, not_a_candidate, reason_needed, application_not_open).
    """
    insist_may("settle_check", by.role)
    reason = clean_text(why, 500)
    if not reason:
        raise Refused(REASON_NEEDED)
    if by.id is None:
        raise ValueError("a check is settled by a person")
    application_id = Check.objects.values_list("application_id", flat=True).get(pk=check_id)
    application = locked_open_application(application_id)  # held: two officers settle one after the other
    check = Check.objects.select_related("application").get(pk=check_id)
    if check.outcome != "attention" or latest_checks([application_id])[application_id][check.kind].pk != check.pk:
        raise Refused(NOT_FOR_SETTLING)
    settled = Settlement.objects.filter(check_asked=check).first()
    if settled is not None:
        if settled.outcome != outcome:
            raise Refused(SETTLED_OTHERWISE)
        return settled
    settlement = Settlement.objects.create(
        check_asked=check,
        outcome=outcome,
        why=reason,
        settled_at=at,
        settled_by_id=by.id,
        settled_by_name=by.name[:200],
    )
    record(
        by=by, at=at, act="verification.settle_check", subject=("check", check.pk), person_id=application.person_id,
        why=reason, after={"application": application_id, "kind": check.kind, "outcome": outcome, "same_as": same_as},
    )  # fmt: skip
    if same_as is not None:
        _join_records(check, same_as, reason, by=by, at=at)
    elif outcome == "accepted" and (check.answer or {}).get("account_differs"):
        _take_new_account(check, by=by, at=at)
    return settlement


def _join_records(check: Check, same_as: UUID, why: str, *, by: Actor, at: datetime) -> None:
    answer = check.answer or {}
    if str(same_as) not in {one["person_id"] for one in answer.get("candidates", ())}:
        raise Refused(NOT_A_CANDIDATE)
    say_same_person(by=by, at=at, person_id=UUID(answer["person_id"]), canonical_person_id=same_as, why=why)
    ask_again(by=by, at=at, application_id=check.application_id, kind="same_person", why=why)


def _take_new_account(check: Check, *, by: Actor, at: datetime) -> None:
    """The officer called and the account is right: from now on the person is paid into it."""
    case = case_of(check.application, by=by, at=at)
    account = case.counted.get("bank_account")
    if account and case.person_id:
        state_account(
            by=by, at=at, source="applicant", person_id=case.person_id, bank_code=account["bank_code"],
            number=account["number"], holder_name=account["holder"],
        )  # fmt: skip

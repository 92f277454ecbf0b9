"""How does a case get the second person that its own office does not have?

A missing hand comes from the paired office or from headquarters; it is never waived. The case stays with its office:
clock, budget and letters are untouched. The lender decides under the delegation of the lending office.
"""

from datetime import datetime
from uuid import UUID

from phueng.access.actions import borrow_hand, end_borrowed_hands
from phueng.access.models import BorrowedHand
from phueng.applications.locks import locked
from phueng.applications.models import Application
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.decisions import refusals
from phueng.decisions.queries import decisions_of
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.places.queries import office
from phueng.schemes.catalogue import scheme


@action
def ask_for_hand(
    *, by: Actor, at: datetime, application_id: UUID, hand: str, from_office_id: UUID, why: str
) -> BorrowedHand:
    """Ask the paired office or headquarters for a `verifier` or an `approver`, with a reason.

    Asking the same office again returns the open request. Refused: why_is_missing, outside_area, case_is_closed,
    hand_not_waited_for, committee_decides, not_a_lender, nobody_there, hand_asked_already.
    """
    if not why.strip():
        raise Refused(refusals.WHY_IS_MISSING)
    application = locked(application_id)
    if application.office is None or by.office_code != application.office.code:
        raise Refused(refusals.PROBLEMS["outside_area"])
    if application.closed_at is not None:
        raise Refused(refusals.PROBLEMS["case_is_closed"])
    _insist_it_waits_for(hand, application, at)
    asked = borrow_hand(
        case_id=application.pk, hand=hand, asking_office_id=application.office.pk, from_office_id=from_office_id,
        why=why.strip(), by=by, at=at,
    )  # fmt: skip
    if (asked.asked_at, asked.asked_by_id) == (at, by.id):
        record(
            by=by, at=at, act="decisions.ask_for_hand", subject=("application", application.pk),
            person_id=application.person_id, why=why.strip(), after={"hand": hand, "from_office": from_office_id},
        )  # fmt: skip
    return asked


@action
def give_back_hand(*, by: Actor, at: datetime, application_id: UUID, hand: str, why: str) -> int:
    """End an open request: the asking office takes it back, the asked office says it cannot. Returns how many ended.

    Refused: why_is_missing, outside_area.
    """
    if not why.strip():
        raise Refused(refusals.WHY_IS_MISSING)
    application = locked(application_id)
    acting = office(by.office_code)
    asked = BorrowedHand.objects.filter(case_id=application_id, hand=hand, ended_at=None).first()
    if asked is None:
        return 0
    if acting is None or acting.pk not in (asked.asking_office_id, asked.from_office_id):
        raise Refused(refusals.PROBLEMS["outside_area"])
    how = "taken_back" if acting.pk == asked.asking_office_id else "declined"
    ended = end_borrowed_hands(case_id=application_id, hand=hand, how=how, why=why.strip(), by=by, at=at)
    record(
        by=by, at=at, act="decisions.give_back_hand", subject=("application", application_id),
        person_id=application.person_id, why=why.strip(), after={"hand": hand, "how": how},
    )  # fmt: skip
    return ended


def hands_waited_for(application: Application, *, is_recommended: bool, at: datetime) -> tuple[str, ...]:
    """The hands that this case can borrow now: a verifier before the recommendation, an approver after it."""
    if application.closed_at is not None or application.state != "submitted":
        return ()
    if not is_recommended:
        return ("verifier",)
    by_committee = scheme(application.scheme_code).decider(in_bangkok(at).date()) == "committee"
    return () if by_committee else ("approver",)


def _insist_it_waits_for(hand: str, application: Application, at: datetime) -> None:
    is_recommended = decisions_of([application.pk])[application.pk].awaiting is not None
    if hand in hands_waited_for(application, is_recommended=is_recommended, at=at):
        return
    if hand == "approver" and is_recommended:
        raise Refused(refusals.COMMITTEE_DECIDES)
    raise Refused(refusals.HAND_NOT_WAITED_FOR)

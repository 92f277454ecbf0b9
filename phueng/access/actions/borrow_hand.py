"""How does an office without enough hands borrow one, and how does that end?"""

from datetime import datetime
from uuid import UUID

from phueng.access.models import BorrowedHand, Duty
from phueng.access.problems import HAND_ASKED_ALREADY, NOBODY_THERE, NOT_A_LENDER
from phueng.access.queries import in_force
from phueng.access.roles import LENDING_ROLES
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.places.queries import lenders_to


@action
def borrow_hand(
    *, case_id: UUID, hand: str, asking_office_id: UUID, from_office_id: UUID, why: str, by: Actor, at: datetime
) -> BorrowedHand:
    """Ask an office for one hand in one case. Asking the same office again returns the request that is open.

    Raises Refused(not_a_lender, nobody_there, hand_asked_already). Whether the case waits for that hand is judged
    where cases are decided.
    """
    if by.id is None:
        raise ValueError("a person asks for a hand")
    if from_office_id not in {office.pk for office in lenders_to(asking_office_id)}:
        raise Refused(NOT_A_LENDER)
    holders = Duty.objects.filter(
        in_force(in_bangkok(at).date()), office_id=from_office_id, role__in=LENDING_ROLES[hand], account__is_active=True
    )
    if not holders.exists():
        raise Refused(NOBODY_THERE)
    wanted = BorrowedHand(
        case_id=case_id,
        hand=hand,
        asking_office_id=asking_office_id,
        from_office_id=from_office_id,
        asked_by_id=by.id,
        asked_at=at,
        why=why[:300],
    )
    # Insert first, look afterwards: of two colleagues who press at once, one row stays.
    BorrowedHand.objects.bulk_create([wanted], ignore_conflicts=True)
    there = BorrowedHand.objects.get(case_id=case_id, hand=hand, ended_at=None)
    if there.from_office_id != from_office_id:
        raise Refused(HAND_ASKED_ALREADY)
    if there.pk == wanted.pk:
        record(
            by=by,
            at=at,
            act="access.borrow_hand",
            subject=("case", case_id),
            why=why,
            after={"hand": hand, "asking_office": asking_office_id, "from_office": from_office_id},
        )
    return there


@action
def end_borrowed_hands(
    *, case_id: UUID, how: str, hand: str | None = None, why: str = "", by: Actor, at: datetime
) -> int:
    """End what is asked for in this case (one hand, or all); returns how many requests that were.

    `how`: used, not_needed, taken_back, declined, moved, closed. With "used", a hand that was laid by another office
    than the one asked is noted as not needed.
    """
    asked = BorrowedHand.objects.select_for_update(of=("self",)).filter(case_id=case_id, ended_at=None)
    rows = list((asked.filter(hand=hand) if hand else asked).select_related("from_office"))
    for row in rows:
        row.ended_at, row.ended_by_id, row.ended_why = at, by.id, why[:300]
        row.ended_how = "not_needed" if how == "used" and by.office_code != row.from_office.code else how
        row.save(update_fields=["ended_at", "ended_by", "ended_why", "ended_how"])
        record(
            by=by,
            at=at,
            act="access.end_borrowed_hand",
            subject=("case", case_id),
            why=why,
            after={"hand": row.hand, "from_office": row.from_office_id, "how": row.ended_how},
        )
    return len(rows)

"""What does the second person say about a ruling on an account?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.hands import said_plainly
from phueng.payments.models import HolderRuling


@action
def confirm_ruling(*, by: Actor, at: datetime, ruling_id: UUID) -> HolderRuling:
    """Confirm: from now on the account may be paid. Confirming again changes nothing.

    Refused: second_person, already_ruled, outside_area, ruler_has_a_hand.
    """
    ruling = HolderRuling.objects.select_for_update(of=("self",)).get(pk=ruling_id)
    if ruling.confirmed_by_id is not None and ruling.confirmed_by_id == by.id:
        return ruling
    if ruling.confirmed_at is not None or ruling.turned_down_at is not None or ruling.kind == "new_account":
        raise Refused(problems.ALREADY_RULED)
    ruling.confirmed_by_id, ruling.confirmed_at = by.id, at
    with said_plainly():
        ruling.save(update_fields=["confirmed_by", "confirmed_at"])
    record(
        by=by, at=at, act="payments.confirm_ruling", subject=("holder_ruling", ruling.pk), after={"kind": ruling.kind}
    )
    return ruling


@action
def turn_down_ruling(*, by: Actor, at: datetime, ruling_id: UUID, why: str) -> HolderRuling:
    """Turn it down, or take one's own back: the account waits for another ruling.

    Refused: why_is_missing, already_ruled, outside_area, ruler_has_a_hand.
    """
    if not why.strip():
        raise Refused(problems.WHY_IS_MISSING)
    ruling = HolderRuling.objects.select_for_update(of=("self",)).get(pk=ruling_id)
    if ruling.confirmed_at is not None or ruling.turned_down_at is not None or ruling.kind == "new_account":
        raise Refused(problems.ALREADY_RULED)
    ruling.turned_down_by_id, ruling.turned_down_at, ruling.turned_down_why = by.id, at, why.strip()[:300]
    with said_plainly():
        ruling.save(update_fields=["turned_down_by", "turned_down_at", "turned_down_why"])
    record(
        by=by, at=at, act="payments.turn_down_ruling", subject=("holder_ruling", ruling.pk), why=why,
        after={"kind": ruling.kind},
    )  # fmt: skip
    return ruling

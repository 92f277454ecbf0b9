"""How does somebody take a part in a case, so that they can take no other?"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from phueng.access.models import Hand
from phueng.access.problems import SAME_HANDS
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused


@action
def lay_hand(*, case_id: UUID, hand: str, by: Actor, at: datetime) -> None:
    """Lay one hand on one case, for good.

    Laying the same hand again changes nothing. Raises Refused(same_hands) when this account has laid
    another hand on the case, and ValueError for an actor without an account (a worker step decides
    nothing).
    """
    _lay([case_id], hand, by, at)


@action
def lay_hands(*, case_ids: Iterable[UUID], hand: str, by: Actor, at: datetime) -> None:
    """Lay one hand on every case of a payment run; refused as a whole when one of them refuses."""
    _lay(sorted(set(case_ids)), hand, by, at)


def _lay(case_ids: list[UUID], hand: str, by: Actor, at: datetime) -> None:
    if by.id is None:
        raise ValueError("only an account can lay a hand on a case")
    # Insert first, look afterwards: whoever comes second, even at the same instant, finds the row of the
    # first.
    Hand.objects.bulk_create(
        [Hand(case_id=case_id, hand=hand, account_id=by.id, laid_at=at) for case_id in case_ids],
        ignore_conflicts=True,
        batch_size=5000,
    )
    mine = Hand.objects.filter(case_id__in=case_ids, account_id=by.id)
    if mine.exclude(hand=hand).exists():
        raise Refused(SAME_HANDS)
    new = list(mine.filter(laid_at=at).values_list("case_id", flat=True))
    if not new:
        return
    if len(new) == 1:
        record(by=by, at=at, act="access.lay_hand", subject=("case", new[0]), after={"hand": hand})
    else:
        record(
            by=by,
            at=at,
            act="access.lay_hands",
            subject=("account", by.id),
            after={"hand": hand, "cases": sorted(str(case_id) for case_id in new)},
        )

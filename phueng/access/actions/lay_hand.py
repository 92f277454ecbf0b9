"""How does somebody take a part in a case, so that they can take no other?"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

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


@action
def lay_hands_on(*, cases: QuerySet[Any, UUID], hand: str, account_id: UUID, by: Actor, at: datetime) -> int:
    """Lay one hand of an account on every case that a query gives; one statement for any number of cases.

    `cases` is a query of one column (`.values_list("case_id", flat=True)`), which may repeat itself. `account_id` is
    whose hand it is: a worker step may finish what its owner asked for. Refused as a whole (same_hands) when this
    account has another hand on one of them; returns how many hands are new.
    """
    wanted, parameters = cases.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO access_hand (id, case_id, hand, account_id, laid_at)
                SELECT gen_random_uuid(), one.case_id, %s, %s, %s FROM (SELECT DISTINCT * FROM ({wanted}) q) one (case_id)
                ON CONFLICT (case_id, account_id) DO NOTHING""",  # noqa: S608 - the query is Django's own
            [hand, account_id, at, *parameters],
        )
        new: int = cursor.rowcount
        # Insert first, look afterwards, as in _lay.
        cursor.execute(
            f"""SELECT EXISTS (SELECT 1 FROM access_hand h WHERE h.account_id = %s AND h.hand <> %s
                               AND h.case_id IN ({wanted}))""",  # noqa: S608
            [account_id, hand, *parameters],
        )
        if cursor.fetchone()[0]:
            raise Refused(SAME_HANDS)
    if new:
        after = {"hand": hand, "new": new}
        record(by=by, at=at, act="access.lay_hands", subject=("account", account_id), after=after)
    return new


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

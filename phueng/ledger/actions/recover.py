"""How does money come back that was paid and not owed?

grants → bank. The budget stays as it is: what was disbursed in a year was disbursed, and whether returned money may be
spent again is the treasury's word, not ours. What is still asked is a fact of the package above, never a posting: the
ledger says where money is, and a hope is nowhere.
"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.ledger.accounts import Fund
from phueng.ledger.actions.move import move
from phueng.ledger.models import Movement


@action
def recover(
    *, by: Actor, at: datetime, fund: Fund, amount_satang: int, key: str, subject: tuple[str, UUID]
) -> Movement:
    """A person, a bank or a family gave back what was paid: it lies in our bank account."""
    return move(
        by=by,
        at=at,
        key=key,
        memo="รับคืนเงินที่จ่ายไปโดยไม่มีสิทธิ",
        subject=subject,
        fund=fund,
        amounts={"grants": -amount_satang, "bank": amount_satang},
    )

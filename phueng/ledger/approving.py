"""Which requests about budget need two approvals, who may give them, and when are there enough?

Shared by transfers and carry-overs. The same is guarded in SQL (sql_budgets.py): here it is said in words, there it is
kept.
"""

from datetime import datetime

from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.ledger import problems
from phueng.ledger.models import BudgetApproval, BudgetTransfer, CarryOver
from phueng.ledger.refusals import said_plainly

APPROVALS_NEEDED = 2
# Roles that may approve; an administrator does so at headquarters only.
APPROVING_ROLES = ("finance_checker", "releaser", "administrator")
# Roles that may ask.
ASKING_ROLES = ("finance_maker", "administrator")
# Roles that enter and confirm a plan, at headquarters.
PLANNING_ROLES = ("finance_maker", "administrator")
CONFIRMING_ROLES = ("finance_checker", "releaser", "administrator")


def lay_approval(*, by: Actor, at: datetime, request: BudgetTransfer | CarryOver) -> int:
    """Write this person's approval of a locked, open request; how many there are now."""
    if by.id is None:
        raise ValueError("an approver has an account")
    if request.moved_at is not None or request.withdrawn_at is not None:
        raise Refused(problems.REQUEST_IS_SETTLED)
    if request.asked_by_id == by.id:
        raise Refused(problems.SAME_PERSON)
    if not request.approvals.filter(approved_by_id=by.id).exists():
        with said_plainly():
            BudgetApproval.objects.create(
                transfer=request if isinstance(request, BudgetTransfer) else None,
                carry_over=request if isinstance(request, CarryOver) else None,
                approved_by_id=by.id,
                approved_by_name=by.name,
                role=by.role,
                office_code=by.office_code,
                approved_at=at,
            )
    return request.approvals.count()

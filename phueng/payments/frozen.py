"""Are a run's lines still exactly what was frozen?"""

from phueng.payments.models import Line, Run
from phueng.payments.rules import FrozenLine, root_of


def frozen(line: Line) -> FrozenLine:
    """What the line says, as it goes into the root."""
    return FrozenLine(
        line.number, line.reference, line.due_id, line.bank_code, line.account, line.payee_name, line.amount_satang
    )


def is_as_frozen(run: Run) -> bool:
    """Derive the Merkle root again from the rows and compare it with the one that was signed."""
    return root_of([frozen(line) for line in run.lines.order_by("number")]) == run.lines_root

"""Which payments does the database refuse, whoever asks?"""

from phueng.payments.sql.answers import ANSWER, DROP_ANSWER
from phueng.payments.sql.files import DROP_FILE, FILE
from phueng.payments.sql.lines import AUDIT_OF_LINES, DROP_AUDIT_OF_LINES, DROP_FACTS, DROP_LINE, FACTS, LINE
from phueng.payments.sql.runs import DROP_RUN, RUN

__all__ = [
    "ANSWER",
    "AUDITED_BY_STATEMENT",
    "AUDITED_TABLES",
    "AUDIT_OF_LINES",
    "DROP_ANSWER",
    "DROP_AUDIT_OF_LINES",
    "DROP_FACTS",
    "DROP_FILE",
    "DROP_LINE",
    "DROP_RUN",
    "FACTS",
    "FILE",
    "LINE",
    "RUN",
]

AUDITED_TABLES = (
    "payments_run",
    "payments_approval",
    "payments_filechunk",
    "payments_bankfile",
    "payments_filetrouble",
    "payments_resultfile",
    "payments_suspenseitem",
)
# Tables that may grow by a million rows in one act: each statement, not each row, owes an entry (see sql/lines.py).
AUDITED_BY_STATEMENT = ("payments_line", "payments_exclusion", "payments_registerword", "payments_resultline")

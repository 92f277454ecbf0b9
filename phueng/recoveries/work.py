"""What does this package do on its own clock? It notes payments after a death or an ending, and asks nobody for money."""

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import format_date
from phueng.recoveries.actions import note_overpayment
from phueng.recoveries.finding import payments_not_owed
from phueng.recoveries.refusals import PROBLEMS

WORKER = SYSTEM("recoveries.note_what_was_not_owed")
_WORDS = {
    "paid_after_death": "ทะเบียนราษฎรแจ้งการเสียชีวิตวันที่ {day} และมีการจ่ายเงินหลังจากนั้น",
    "ended_entitlement": "สิทธิสิ้นสุดก่อนวันที่ {day} และมีการจ่ายเงินหลังจากนั้น",
}


def note_what_was_not_owed(*, limit: int = 200) -> int:
    """Note each find in a transaction of its own; an officer takes it from there. Returns how many were noted."""
    noted = 0
    for found in payments_not_owed(limit):
        try:
            note_overpayment(
                by=WORKER,
                at=now(),
                lines=dict.fromkeys(found.line_ids),
                cause=found.cause,
                what_happened=_WORDS[found.cause].format(day=format_date(found.since, "th")),
            )
        except Refused as refused:
            # An officer noted the same payment a moment ago: that is as good.
            if refused.problem != PROBLEMS["line_is_asked_about_once"]:
                raise
        else:
            noted += 1
    return noted

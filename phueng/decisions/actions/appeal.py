"""How does a citizen ask for the decision to be looked at again, and who answers?

Administrative Procedure Act B.E. 2539: the appeal goes to the office within 15 days (s.44), which answers within 30
(s.45). It is settled by somebody who had no hand in the case, in the paired office where there is one. An appeal that
succeeds brings the case back to the desk for a new recommendation and a new decider.
"""

from datetime import datetime
from uuid import UUID

from phueng.access.actions import lay_hand
from phueng.applications.actions import reopen_application
from phueng.applications.actions.triage import CLOCK_UNITS
from phueng.applications.locks import locked
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.start_clock import start_clock
from phueng.calendars.actions.stop_clock import stop_clock
from phueng.decisions import refusals
from phueng.decisions.models import Appeal, Decision
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.references import format_reference, new_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.notices.actions import queue_message
from phueng.schemes.catalogue import scheme

CLOCK = "appeal_answer"
GROUNDS_MISSING = Problem(
    "grounds_missing",
    "ยังไม่ได้บอกว่าไม่เห็นด้วยเพราะอะไร",
    "You have not said yet why you disagree",
    "เขียนสั้น ๆ ด้วยคำของคุณเอง",
    "Write it briefly in your own words",
)


@action
def lodge_appeal(*, by: Actor, at: datetime, decision_id: UUID, grounds: str, channel: str = "web") -> Appeal:
    """Lodge the appeal; a second one for the same decision returns the first."""
    if not grounds.strip():
        raise Refused(GROUNDS_MISSING)
    decision = Decision.objects.get(pk=decision_id)
    # The decision's own table takes no lock (nothing may update it), so the application's row is held.
    application = locked(decision.application_id)
    known = Appeal.objects.filter(decision=decision).first()
    if known is not None:
        return known
    home = application.office
    if home is None:
        raise ValueError("a decided application has an office")
    appeal = Appeal.objects.create(
        decision=decision,
        reference=new_reference(),
        grounds=grounds,
        channel=channel,
        appealed_at=at,
        office_id=home.paired_office_id or home.pk,
    )
    rule = scheme(application.scheme_code).clock(CLOCK, in_bangkok(at).date())
    start_clock(
        by=by,
        at=at,
        subject_id=appeal.pk,
        code=CLOCK,
        unit=CLOCK_UNITS[rule.unit],
        length=rule.length("known"),
        law_th=rule.law.th,
        law_en=rule.law.en,
    )
    record(
        by=by,
        at=at,
        act="decisions.lodge_appeal",
        subject=("application", application.pk),
        person_id=application.person_id,
        after={"appeal": appeal.pk, "channel": channel},
    )
    queue_message(
        by=by,
        at=at,
        template_code="appeal_received",
        subject=("application", application.pk),
        to_phone=application.contact_phone,
        person_id=application.person_id,
        language=application.language,
        occasion=str(appeal.pk),
        values={"reference": format_reference(application.reference)},
    )
    return appeal


@action
def settle_appeal(*, by: Actor, at: datetime, appeal_id: UUID, outcome: str, why: str) -> Appeal:
    """Settle: `upheld` (the decision stands), `reversed` (back to the desk, another decider) or `late`."""
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("decision__application").get(pk=appeal_id)
    if appeal.settled_at is not None:
        if (appeal.settled_by_id, appeal.outcome) == (by.id, outcome):
            return appeal
        raise Refused(refusals.PROBLEMS["already_settled"])
    if not why.strip():
        raise Refused(refusals.WHY_IS_MISSING)
    appeal.outcome, appeal.settled_why, appeal.settled_at = outcome, why, at
    appeal.settled_by_id, appeal.settled_by_name = by.id, by.name
    with refusals.said_plainly():
        appeal.save(update_fields=["outcome", "settled_why", "settled_at", "settled_by", "settled_by_name"])
    application = appeal.decision.application
    lay_hand(case_id=application.pk, hand="approver", by=by, at=at)
    stop_clock(by=by, at=at, subject_id=appeal.pk, code=CLOCK, why="settled")
    record(
        by=by,
        at=at,
        act="decisions.settle_appeal",
        subject=("application", application.pk),
        person_id=application.person_id,
        why=why,
        after={"outcome": outcome},
    )
    if outcome == "reversed":
        reopen_application(by=by, at=at, application_id=application.pk, why="appeal")
    queue_message(
        by=by,
        at=at,
        template_code=f"appeal_{outcome}",
        subject=("application", application.pk),
        to_phone=application.contact_phone,
        person_id=application.person_id,
        language=application.language,
        occasion=str(appeal.pk),
        values={"reference": format_reference(application.reference)},
    )
    return appeal

"""Which document draws the money of a run from the treasury?"""

import re
from datetime import datetime
from uuid import UUID

from django.conf import settings

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import ascii_digits
from phueng.payments import problems
from phueng.payments.approving import insist_on_duty
from phueng.payments.hands import said_plainly
from phueng.payments.models import Run


@action
def record_gfmis(*, by: Actor, at: datetime, run_id: UUID, gfmis_number: str) -> Run:
    """Write the number of the drawing document beside a frozen run; until release it may be corrected.

    One number stands beside one run of an office and fiscal year: books of several offices (a municipality draws
    through a system of its own) may use the same number, and a run that was abandoned gives its number back.
    Refused: not_frozen, wrong_step, outside_area, not_a_draw_document, draw_document_taken.
    """
    number = re.sub(r"[\s-]", "", ascii_digits(gfmis_number)).upper()
    if len(number) > 20 or not re.fullmatch(settings.PHUENG_GFMIS_NUMBER, number):
        raise Refused(problems.NOT_A_DRAW_DOCUMENT)
    run = Run.objects.select_for_update(of=("self",)).select_related("office").get(pk=run_id)
    insist_on_duty(run, by, at, "finance_maker", "finance_checker")
    before = run.gfmis_number
    if before == number:
        return run
    if run.released_at is not None or run.abandoned_at is not None:
        raise Refused(problems.WRONG_STEP)
    if run.frozen_at is None:
        raise Refused(problems.NOT_FROZEN)
    run.gfmis_number = number
    with said_plainly():
        run.save(update_fields=["gfmis_number"])
    record(
        by=by,
        at=at,
        act="payments.record_gfmis",
        subject=("run", run.pk),
        before={"gfmis_number": before},
        after={"gfmis_number": number},
    )
    return run

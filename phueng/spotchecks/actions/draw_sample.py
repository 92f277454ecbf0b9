"""The bank has answered: who is asked whether the money arrived, and by which office?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.models import Run, SampleSeed
from phueng.spotchecks import rules
from phueng.spotchecks.drawing import assign, is_answered, offices_that_ask, paid_references
from phueng.spotchecks.models import Draw
from phueng.spotchecks.numbers import numbers_on
from phueng.spotchecks.refusals import refuse, said_plainly


@action
def draw_sample(*, by: Actor, at: datetime, run_id: UUID) -> Draw:
    """Say the seed that was laid down before the release, and give each payment it draws to another office.

    Drawn before: the same. Refused: run_is_not_answered (or nothing arrived), nobody_to_ask.
    """
    run = Run.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=run_id)
    known = Draw.objects.filter(run=run).first()
    if known is not None:
        return known
    paid = paid_references(run.pk) if is_answered(run) else []
    if not paid:
        raise refuse("run_is_not_answered")
    today = in_bangkok(at).date()
    offices, numbers = offices_that_ask(run.office, today), numbers_on(today)
    if not offices:
        raise refuse("nobody_to_ask")
    seed = SampleSeed.objects.get(run=run).sealed_seed
    wanted = rules.sample_size(len(paid), numbers)
    with said_plainly():
        draw = Draw.objects.create(
            run=run, seed=seed, paid_count=len(paid), wanted=wanted, margin=numbers.margin,
            confidence=numbers.confidence, tries=numbers.tries, drawn_at=at,
        )  # fmt: skip
        assign(draw, rules.order(seed, paid, wanted), 1, offices, at)
    record(
        by=by, at=at, act="spotchecks.draw_sample", subject=("run", run.pk),
        after={"seed": seed, "paid": len(paid), "asked": wanted},
    )  # fmt: skip
    return draw

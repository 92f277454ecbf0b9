"""How does the maker freeze a list of payments?"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.queries import holidays
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import is_working_day
from phueng.payments import problems
from phueng.payments.batching import begin, freeze, take_next
from phueng.payments.candidates import count_of_candidates
from phueng.payments.freezing import is_small, next_number
from phueng.payments.gathering import Gathered, Ready, Wish, batches, kind_of_run, wish_of
from phueng.payments.hands import said_plainly
from phueng.payments.models import Run
from phueng.payments.register import is_heard_about
from phueng.places.models import Office


@action
def prepare_run(
    *, by: Actor, at: datetime, scheme_code: str, office_id: UUID, effective_on: date, at_counter: bool = False
) -> Run:
    """Make a run of everything that is ready for one scheme and office, with an effective bank day.

    A small run is frozen at once. A large one, and one about whose payees the civil register or, before a first
    payment, the bank must be asked first, is gathered by the worker (phueng.payments.preparing.gather_runs). A run
    spends the budget of one fiscal year, a certified list also holds one month: what is due beyond that waits for the
    next run. Refused: nothing_due, not_a_bank_day, run_under_way, lines_taken (another maker was faster), same_hands,
    budget_exceeded (monthly benefits take their budget here), outside_area.
    """
    today = in_bangkok(at).date()
    if effective_on < today or not is_working_day(
        effective_on, holidays("bank", effective_on, effective_on + timedelta(days=1))
    ):
        raise Refused(problems.NOT_A_BANK_DAY)
    if by.id is None:
        raise ValueError("a maker has an account")
    # Two makers of one office wait for each other; others may go on naming the office in what they write.
    office = Office.objects.select_for_update(no_key=True).get(pk=office_id)
    if Run.objects.filter(office=office, scheme_code=scheme_code, frozen_at=None, abandoned_at=None).exists():
        raise Refused(problems.RUN_UNDER_WAY)
    wish = wish_of(scheme_code, office, effective_on, at_counter=at_counter)
    batch, first = _first_ready(wish)
    run = Run(
        id=uuid4(),
        number=next_number(office, first.due.fiscal_year),
        pay_route=wish.pay_route,
        scheme_code=scheme_code,
        office=office,
        fiscal_year=first.due.fiscal_year,
        effective_on=effective_on,
        wanted_count=count_of_candidates(scheme_code, office.code, effective_on, in_hand=wish.in_hand),
        prepared_at=at,
        prepared_by_id=by.id,
    )
    with said_plainly():
        run.save(force_insert=True)
    gathering = begin(run, at, kind_of_run(first, wish))
    if is_small(run) and is_heard_about(batch.ready, at) and all(one.is_asked_about for one in batch.ready):
        take_next(run, gathering, at, batch)
        freeze(by=by, at=at, run=run, progress=gathering)
    record(
        by=by,
        at=at,
        act="payments.prepare_run",
        subject=("run", run.pk),
        after={
            "number": run.number, "wanted": run.wanted_count, "lines": run.line_count,
            "total_satang": run.total_satang, "root": run.lines_root,
        },
    )  # fmt: skip
    return run


def _first_ready(wish: Wish) -> tuple[Gathered, Ready]:
    """The first batch that holds something to pay, and the first of it: that one says which budget the run spends."""
    for batch in batches(wish, settings.PHUENG_RUN_BATCH + 1):
        if batch.ready:
            return batch, batch.ready[0]
    raise Refused(problems.NOTHING_DUE)

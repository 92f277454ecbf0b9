"""How does the maker freeze a list of payments?"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.queries import holidays
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import is_working_day
from phueng.ledger.actions import reserve
from phueng.payments import problems
from phueng.payments.freezing import frozen_lines, next_number, root_of_lines
from phueng.payments.gathering import cases_of, preview_run
from phueng.payments.hands import lay_hands_on_run, said_plainly
from phueng.payments.models import Line, Run
from phueng.payments.settling import fund_of, is_monthly
from phueng.places.models import Office
from phueng.schemes.catalogue import scheme


@action
def prepare_run(*, by: Actor, at: datetime, scheme_code: str, office_id: UUID, effective_on: date) -> Run:
    """Freeze everything that is ready for one scheme and office into a run with an effective bank day.

    A run spends the budget of one fiscal year, a certified list also holds one month: what is due beyond that waits for
    the next run. Refused: nothing_due, not_a_bank_day, lines_taken (another maker was faster), same_hands,
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
    ready = preview_run(scheme_code=scheme_code, office=office, on=effective_on).ready
    if not ready:
        raise Refused(problems.NOTHING_DUE)
    year = ready[0].due.fiscal_year
    run = Run(
        id=uuid4(),
        number=next_number(office, year),
        pay_route=scheme(scheme_code).pay_route,
        scheme_code=scheme_code,
        office=office,
        fiscal_year=year,
        effective_on=effective_on,
        line_count=len(ready),
        total_satang=sum(item.due.amount_satang for item in ready),
        prepared_at=at,
        prepared_by_id=by.id,
    )
    lines = frozen_lines(run, ready)
    run.lines_root = root_of_lines(lines)
    cases = set(cases_of([item.due for item in ready]).values())
    lay_hands_on_run(by=by, at=at, run=run, hand="payer", cases=cases)
    with said_plainly():
        run.save(force_insert=True)
        Line.objects.bulk_create(lines, batch_size=2000)
    if is_monthly(run):
        key, subject = f"run:{run.pk}:reserve", ("run", run.pk)
        reserve(by=by, at=at, fund=fund_of(run), amount_satang=run.total_satang, key=key, subject=subject)
    record(
        by=by,
        at=at,
        act="payments.prepare_run",
        subject=("run", run.pk),
        after={"number": run.number, "lines": run.line_count, "total_satang": run.total_satang, "root": run.lines_root},
    )
    return run

"""How does the maker freeze a list of payments?"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, connection, transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.queries import holidays
from phueng.kernel.bank_accounts import normalise_account
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.references import new_line_reference
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.kernel.working_days import is_working_day
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import reserve
from phueng.payments import problems
from phueng.payments.gathering import PROMPTPAY, Ready, cases_of, preview_run
from phueng.payments.hands import lay_hands_on_run, problem_in
from phueng.payments.models import Line, Run
from phueng.payments.rules import FrozenLine, root_of
from phueng.places.models import Office
from phueng.schemes.catalogue import scheme


@action
def prepare_run(*, by: Actor, at: datetime, scheme_code: str, office_id: UUID, effective_on: date) -> Run:
    """Freeze everything that is ready for one scheme and office into a run with an effective bank day.

    Refused: nothing_due, not_a_bank_day, lines_taken (another maker was faster), same_hands, budget_exceeded (monthly
    benefits take their budget here), outside_area.
    """
    today = in_bangkok(at).date()
    if effective_on < today or not is_working_day(
        effective_on, holidays("bank", effective_on, effective_on + timedelta(days=1))
    ):
        raise Refused(problems.NOT_A_BANK_DAY)
    office = Office.objects.select_for_update().get(pk=office_id)  # two makers of one office wait for each other
    ready = preview_run(scheme_code=scheme_code, office=office, on=effective_on).ready
    if not ready:
        raise Refused(problems.NOTHING_DUE)
    rule, year = scheme(scheme_code), fiscal_year_be(effective_on)
    run = Run(
        id=uuid4(),
        number=_next_number(office, year),
        pay_route=rule.pay_route,
        scheme_code=scheme_code,
        office=office,
        fiscal_year=year,
        effective_on=effective_on,
        line_count=len(ready),
        total_satang=sum(item.due.amount_satang for item in ready),
        prepared_at=at,
        prepared_by_id=by.id,
    )
    lines = _lines(run, ready)
    run.lines_root = root_of(
        [
            FrozenLine(x.number, x.reference, x.due_id, x.bank_code, x.account, x.payee_name, x.amount_satang)
            for x in lines
        ]
    )
    _write(run, lines)
    lay_hands_on_run(by=by, at=at, run=run, hand="payer", cases=set(cases_of([item.due for item in ready]).values()))
    if rule.benefit_kind == "monthly":
        reserve(
            by=by,
            at=at,
            fund=Fund(year, scheme_code, office.code),
            amount_satang=run.total_satang,
            key=f"run:{run.pk}:reserve",
            subject=("run", run.pk),
        )
    record(
        by=by,
        at=at,
        act="payments.prepare_run",
        subject=("run", run.pk),
        after={"number": run.number, "lines": run.line_count, "total_satang": run.total_satang, "root": run.lines_root},
    )
    return run


def _next_number(office: Office, year: int) -> str:
    count = Run.objects.filter(office=office, fiscal_year=year).count()
    return f"{office.code}-{year % 100}-{count + 1:04d}"[-20:]


def _lines(run: Run, ready: tuple[Ready, ...]) -> list[Line]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('payments_line_number') FROM generate_series(1, %s)", [len(ready)])
        numbers = [row[0] for row in cursor.fetchall()]
    return [
        _line(run, position, new_line_reference(number), item)
        for position, (number, item) in enumerate(zip(numbers, ready, strict=True), start=1)
    ]


def _line(run: Run, position: int, reference: str, item: Ready) -> Line:
    account, branch = item.account, "0000"
    if item.bank_code != PROMPTPAY:
        normal = normalise_account(item.bank_code, item.account)
        if isinstance(normal, Problem):
            raise Refused(normal)
        account, branch = normal.account11, normal.branch4
    return Line(
        run=run,
        number=position,
        due=item.due,
        person_id=item.due.person_id,
        payee_name=item.payee_name,
        bank_code=item.bank_code,
        branch=branch,
        account=account,
        last_digits=account[-4:],
        amount_satang=item.due.amount_satang,
        reference=reference,
    )


def _write(run: Run, lines: list[Line]) -> None:
    try:
        with transaction.atomic():
            run.save(force_insert=True)
            Line.objects.bulk_create(lines, batch_size=2000)
    except IntegrityError as error:
        if "due_has_one_live_instruction" in str(error):
            raise Refused(problems.LINES_TAKEN) from error
        known = problem_in(error)
        if known is None:
            raise
        raise Refused(known) from error
    except DatabaseError as error:
        known = problem_in(error)
        if known is None:
            raise
        raise Refused(known) from error

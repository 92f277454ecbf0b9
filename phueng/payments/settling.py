"""What moves when a line is paid, or comes back: the line itself, the budget, the money?

Shared by everything that settles lines: the bank's answer, and a file that the bank did not take at all.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from phueng.audit.actors import Actor
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import arrive, come_back, disburse, release_commitment, release_reservation
from phueng.payments.models import Line, Run
from phueng.schemes.catalogue import scheme


@dataclass(frozen=True)
class Settled:
    """A locked line and what became of it."""

    line: Line
    settled_on: date | None = None
    bank_reference: str = ""
    returned_code: str = ""


def fund_of(run: Run) -> Fund:
    """Whose budget the run spends."""
    return Fund(run.fiscal_year, run.scheme_code, run.office.code)


def is_monthly(run: Run) -> bool:
    """Whether the run pays a monthly benefit, which takes its budget when the run is prepared."""
    return scheme(run.scheme_code).benefit_kind == "monthly"


def settle_lines(
    *,
    by: Actor,
    at: datetime,
    key: str,
    paid: Sequence[Settled] = (),
    returned: Sequence[Settled] = (),
) -> None:
    """Write the outcome on the lines and post it, run by run; `key` names the answer that said so.

    The postings stand under the run, so that its page explains every satang of it.
    """
    _write(at, paid, returned)
    sums: tuple[dict[UUID, int], dict[UUID, int]] = (defaultdict(int), defaultdict(int))
    for position, settled in enumerate((paid, returned)):
        for one in settled:
            sums[position][one.line.run_id] += one.line.amount_satang
    post_outcomes(by=by, at=at, key=key, paid=sums[0], returned=sums[1])


def post_outcomes(*, by: Actor, at: datetime, key: str, paid: Mapping[UUID, int], returned: Mapping[UUID, int]) -> None:
    """Post what was paid and what came back, in satang by run."""
    runs = Run.objects.select_related("office").in_bulk({*paid, *returned})
    for run_id in sorted(runs):
        _post(by, at, runs[run_id], f"{key}:{run_id}", paid.get(run_id, 0), returned.get(run_id, 0))


def _post(by: Actor, at: datetime, run: Run, key: str, paid_satang: int, returned_satang: int) -> None:
    fund, subject = fund_of(run), ("run", run.pk)
    if paid_satang:
        arrive(by=by, at=at, fund=fund, amount_satang=paid_satang, key=f"{key}:arrive", subject=subject)
        disburse(by=by, at=at, fund=fund, amount_satang=paid_satang, key=f"{key}:disburse", subject=subject)
    if returned_satang:
        come_back(by=by, at=at, fund=fund, amount_satang=returned_satang, key=f"{key}:return", subject=subject)
        release_commitment(by=by, at=at, fund=fund, amount_satang=returned_satang, key=f"{key}:free", subject=subject)
        if is_monthly(run):
            # The next run reserves it again: a month's budget is held by a run, a single sum's by its decision.
            release_reservation(
                by=by, at=at, fund=fund, amount_satang=returned_satang, key=f"{key}:unreserve", subject=subject
            )


def _write(at: datetime, paid: Sequence[Settled], returned: Sequence[Settled]) -> None:
    with connection.cursor() as cursor:
        if paid:
            cursor.execute(
                """UPDATE payments_line l SET paid_at = %s, settled_on = v.day, bank_reference = v.bank_reference
                   FROM unnest(%s::uuid[], %s::date[], %s::text[]) AS v(id, day, bank_reference) WHERE l.id = v.id""",
                [
                    at,
                    [one.line.pk for one in paid],
                    [one.settled_on for one in paid],
                    [one.bank_reference[:60] for one in paid],
                ],
            )
        for one in returned:
            one.line.returned_at, one.line.returned_code = at, one.returned_code[:60]
        if returned:
            cursor.execute(
                """UPDATE payments_line l SET returned_at = %s, returned_code = v.code, settled_on = v.day
                   FROM unnest(%s::uuid[], %s::text[], %s::date[]) AS v(id, code, day) WHERE l.id = v.id""",
                [
                    at,
                    [one.line.pk for one in returned],
                    [one.line.returned_code for one in returned],
                    [one.settled_on for one in returned],
                ],
            )

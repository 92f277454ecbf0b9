"""Who signs in a test, and what do they sign: people with any duties, runs of any total, rows beside the actions."""

from datetime import date
from functools import partial
from typing import Any

from phueng.access.models import Duty
from phueng.access.tests.factories import AccountFactory
from phueng.audit.actors import Actor
from phueng.decisions.tests.rawly import insert
from phueng.ledger.actions import reserve
from phueng.payments.actions import approve_run
from phueng.payments.bands import approvals_needed
from phueng.payments.files import header_of, write_chunks
from phueng.payments.freezing import root_of_lines
from phueng.payments.hands import lay_hands_on_run
from phueng.payments.models import Approval, Run
from phueng.payments.seeds import commit_seeds
from phueng.payments.settling import fund_of
from phueng.payments.tests.factories import LineFactory, RunFactory
from phueng.payments.tests.scenes import MAKER, NOON
from phueng.places.identity import centre_code, office_id

DAY = date(2026, 11, 2)
HOME, PAIRED = centre_code("KKN"), centre_code("UDN")


def someone(role: str, *office_codes: str) -> Actor:
    """A new account with a duty in these offices."""
    return everything({role}, *office_codes)


def everything(roles: set[str], *office_codes: str) -> Actor:
    """A new account with all of these duties in these offices."""
    account = AccountFactory.create()
    for code in office_codes:
        for role in sorted(roles):
            Duty.objects.create(account=account, role=role, office_id=office_id(code), starts_on=date(2024, 10, 1))
    return Actor("staff", account.pk, account.display_name_th, sorted(roles)[0], office_codes[0], "test")


def worth(*amounts: int) -> Run:
    """A frozen run over sums of any size, each of a case of its own; its budget is reserved."""
    run: Run = RunFactory.create(wanted_count=len(amounts))
    lines = [
        LineFactory.create(
            run=run, number=number, amount_satang=satang, due__amount_satang=satang,
            due__entitlement__amount_satang=satang,
        )
        for number, satang in enumerate(amounts, start=1)
    ]  # fmt: skip
    run.line_count, run.total_satang, run.frozen_at = len(lines), sum(amounts), NOON
    run.lines_root, run.approvals_needed = root_of_lines(lines), approvals_needed(run.total_satang, DAY)
    write_chunks(run, header_of(run), lines)
    run.save()
    commit_seeds([(run.pk, NOON)])
    fund, subject = fund_of(run), ("run", run.pk)
    reserve(by=MAKER, at=NOON, fund=fund, amount_satang=run.total_satang, key=f"test:{run.pk}", subject=subject)
    lay_hands_on_run(by=MAKER, at=NOON, run=run, hand="payer")
    return run


def approve(run: Run, by: Actor) -> Run:
    """One approval through the action."""
    return approve_run(by=by, at=NOON, run_id=run.pk)


def raw_approval(run: Run, by: Actor, nth: int, office_code: str = HOME) -> Any:
    """An approval as the application's role could write it, beside the action."""
    office = office_id(office_code)
    return partial(insert, Approval, run_id=run.pk, nth=nth, approved_by_id=by.id, office_id=office, approved_at=NOON)

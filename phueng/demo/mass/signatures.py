"""Who signs the runs of the mass, when, and how do the signatures get into their tables one step after the other?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4
from zlib import crc32

from django.db import connection

from phueng.demo.copying import copy_rows
from phueng.demo.mass.runs import PlannedRun
from phueng.demo.mass.teams import Member, Team
from phueng.demo.mass.traces import Trace
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.bands import band_of
from phueng.places.identity import office_id
from phueng.schemes.catalogue import scheme


@dataclass(frozen=True)
class Signature:
    """One approval of a run."""

    nth: int
    member: Member
    at: datetime


def approvals_of(run: PlannedRun, team: Team) -> list[Signature]:
    """The approvals that the run's band asks for, the last of them when it is checked; none before that.

    What another office has to give comes last: the own checkers look at the list first.
    """
    if run.checked_at is None:
        return []
    band = band_of(run.total_satang, in_bangkok(run.prepared_at).date())
    at_home = [team["checker"], team["checker2"]][: band.approvals - band.from_elsewhere]
    signers = [*at_home, team["lender"]][: band.approvals]
    step = (run.checked_at - run.prepared_at) / len(signers)
    moments = [run.prepared_at + step * nth for nth in range(1, len(signers))]
    return [
        Signature(nth, member, at)
        for nth, (member, at) in enumerate(zip(signers, [*moments, run.checked_at], strict=True), start=1)
    ]


def gfmis_number(run: PlannedRun) -> str:
    """An invented document number of ten digits, its own for each run of an office and year."""
    return f"36{crc32(run.office_code.encode()) % 10_000:04d}{int(run.number[-4:]):04d}"


def lay_hands(runs: list[PlannedRun], teams: Mapping[str, Team]) -> None:
    """The hand of everybody who signed, on the run and on each case of a single sum."""
    copy_rows("access_hand", ("id", "case_id", "hand", "account_id", "laid_at"), _hands(runs, teams))


def _hands(runs: list[PlannedRun], teams: Mapping[str, Team]) -> Iterator[tuple[Any, ...]]:
    for run in runs:
        is_lump = scheme(run.scheme).benefit_kind == "lump_sum"
        cases = [run.id, *(line.due.case.id for line in run.lines if is_lump)]
        for hand, member, at in _parts(run, teams[run.office_code]):
            for case_id in cases:
                yield uuid4(), case_id, hand, member.id, at


def _parts(run: PlannedRun, team: Team) -> Iterator[tuple[str, Member, datetime]]:
    yield "payer", team["maker"], run.prepared_at
    for one in approvals_of(run, team):
        yield "checker", one.member, one.at
    if run.released_at is not None:
        yield "releaser", team["releaser"], run.released_at


def freeze(runs: list[PlannedRun], frozen: Mapping[Any, tuple[int, int, str]]) -> None:
    """Say how many lines of how much each run holds (`frozen`: run id → count, total, root), and who must approve it."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE payments_run SET frozen_at = prepared_at, line_count = %s, total_satang = %s, lines_root = %s,"
            " approvals_needed = %s WHERE id = %s",
            [
                (*frozen[run.id], band_of(run.total_satang, in_bangkok(run.prepared_at).date()).approvals, run.id)
                for run in runs
            ],
        )


def approve(runs: list[PlannedRun], teams: Mapping[str, Team]) -> None:
    """The approvals in their order, then that each run has what its band asks for."""
    signed = [(run, one) for run in runs for one in approvals_of(run, teams[run.office_code])]
    with connection.cursor() as cursor:
        for nth in (1, 2, 3):  # the guard counts them one after the other
            cursor.executemany(
                "INSERT INTO payments_approval (id, run_id, nth, approved_by_id, office_id, approved_at)"
                " VALUES (gen_random_uuid(), %s, %s, %s, %s, %s)",
                [
                    (run.id, nth, one.member.id, office_id(one.member.office_code), one.at)
                    for run, one in signed
                    if one.nth == nth
                ],
            )
        cursor.executemany(
            "UPDATE payments_run SET checked_at = %s, gfmis_number = %s WHERE id = %s",
            [(run.checked_at, gfmis_number(run), run.id) for run in runs if run.checked_at is not None],
        )


def release(runs: list[PlannedRun], teams: Mapping[str, Team]) -> None:
    """The releaser of each office signs; the files stand written."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE payments_run SET released_at = %s, released_by_id = %s WHERE id = %s",
            [
                (run.released_at, teams[run.office_code]["releaser"].id, run.id)
                for run in runs
                if run.released_at is not None
            ],
        )


def trace_signatures(run: PlannedRun, team: Team, trace: Trace) -> None:
    """An entry for each signature under a run, by the account that signed."""
    subject = ("run", run.id)
    after = {"number": run.number, "lines": len(run.lines), "total_satang": run.total_satang}
    trace.act(team["maker"].actor, run.prepared_at, "payments.prepare_run", subject, after=after)
    for one in approvals_of(run, team):
        trace.act(one.member.actor, one.at, "payments.approve_run", subject, after=after | {"nth": one.nth})
    if run.checked_at is not None:
        drawn = {"gfmis_number": gfmis_number(run)}
        trace.act(team["maker"].actor, run.checked_at, "payments.record_gfmis", subject, after=drawn)
    if run.released_at is not None:
        trace.act(team["releaser"].actor, run.released_at, "payments.release_run", subject, after=after)

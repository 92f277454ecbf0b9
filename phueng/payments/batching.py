"""How does a run come together batch by batch, so that a crash at any moment loses nothing and doubles nothing?

Each batch is one transaction: its lines, who was left out, its records for the file, and the place where the next one
begins. What was cut off is not there at all, and the next round begins at the place that the last one left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from phueng.audit.actors import Actor
from phueng.gateways.faults import FileRefused
from phueng.kernel.merkle import Frontier
from phueng.kernel.thai_dates import in_bangkok
from phueng.ledger.actions import reserve
from phueng.payments.bands import approvals_needed
from phueng.payments.candidates import FIRST, Place
from phueng.payments.copying import copy_rows
from phueng.payments.files import as_problem, chunks_of, header_kept
from phueng.payments.freezing import frozen_lines, grown, write_lines
from phueng.payments.gathering import Gathered, LeftOut, Ready, Wish, gather, kind_of_run
from phueng.payments.hands import lay_hands_on_run, said_plainly
from phueng.payments.models import FileChunk, Line, Progress, Run
from phueng.payments.rendering import WRITTEN_LATE, header_of
from phueng.payments.rules import NOT_ASKED
from phueng.payments.seeds import commit_seeds
from phueng.payments.settling import fund_of, is_monthly
from phueng.payments.sharing import flag_sharing


@dataclass
class Gathering:
    """How far a run has come together. It is kept in its progress row, in plain JSON."""

    kind: tuple[int, str, int]
    after: Place | None = FIRST
    lines: int = 0
    total_satang: int = 0
    products: dict[str, int] = field(default_factory=dict)
    frontier: Frontier = field(default_factory=Frontier)

    def as_json(self, header: Any) -> dict[str, Any]:
        """What the progress row keeps."""
        return {
            "kind": list(self.kind),
            "after": None if self.after is None else [str(self.after[0]), str(self.after[1])],
            "lines": self.lines,
            "total_satang": self.total_satang,
            "products": self.products,
            "peaks": [peak.hex() for peak in self.frontier.peaks],
            "header": header,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Gathering":
        """What an earlier round kept."""
        after = kept["after"]
        return cls(
            kind=(kept["kind"][0], kept["kind"][1], kept["kind"][2]),
            after=None if after is None else (date.fromisoformat(after[0]), UUID(after[1])),
            lines=kept["lines"],
            total_satang=kept["total_satang"],
            products=kept["products"],
            frontier=Frontier([bytes.fromhex(peak) for peak in kept["peaks"]], kept["lines"]),
        )


def begin(run: Run, at: datetime, kind: tuple[int, str, int]) -> Progress:
    """Note that the run's lines are to be gathered, and what its files say about us."""
    header = None if run.pay_route in WRITTEN_LATE else header_of(run)
    return Progress.objects.create(
        run=run, step="gather", wanted=run.wanted_count, began_at=at, last_at=at, place=Gathering(kind).as_json(header)
    )


def wish_of_run(run: Run) -> Wish:
    """What the run gathers."""
    return Wish(run.scheme_code, run.office.code, run.effective_on, run.pay_route)


def take_next(run: Run, progress: Progress, at: datetime, gathered: Gathered | None = None) -> int:
    """Put the next batch into the run; returns how many dues were looked at. The caller's transaction and entry."""
    state, wish = Gathering.from_json(progress.place), wish_of_run(run)
    if state.after is None:
        return 0
    looked = (
        _without_unasked(gathered)
        if gathered
        else _without_own_cases(run, _without_unasked(gather(wish, state.after, settings.PHUENG_RUN_BATCH)))
    )
    ready = [item for item in looked.ready if kind_of_run(item, wish) == state.kind]
    lines, chunks, unfit = _written(run, header_kept(run), ready, state)
    with said_plainly():
        write_lines(lines)
    _leave_out(run, [*looked.left_out, *unfit])
    flag_sharing(
        run, at, [due.person_id for due in (*(one.due for one in ready), *(one.due for one in looked.left_out))]
    )
    FileChunk.objects.bulk_create(chunks)
    for chunk in chunks:
        state.products[chunk.product] = state.products.get(chunk.product, 0) + chunk.line_count
    grown(state.frontier, lines)
    state.lines += len(lines)
    state.total_satang += sum(line.amount_satang for line in lines)
    state.after = looked.place
    count = len(looked.ready) + len(looked.left_out)
    progress.place = state.as_json(progress.place["header"])
    progress.done, progress.last_at, progress.trouble = min(progress.done + count, progress.wanted), at, ""
    progress.save(update_fields=["place", "done", "last_at", "trouble"])
    return count


def is_gathered(progress: Progress) -> bool:
    """Whether no batch is left."""
    return progress.place["after"] is None


def freeze(*, by: Actor, at: datetime, run: Run, progress: Progress) -> None:
    """Say once and for all what the run holds, lay the maker's hand on its cases, and take its budget."""
    state = Gathering.from_json(progress.place)
    run.line_count, run.total_satang, run.lines_root = state.lines, state.total_satang, state.frontier.root().hex()
    run.frozen_at, run.approvals_needed = at, approvals_needed(run.total_satang, in_bangkok(at).date())
    with said_plainly():
        run.save(update_fields=["line_count", "total_satang", "lines_root", "frozen_at", "approvals_needed"])
    commit_seeds([(run.pk, at)])
    lay_hands_on_run(by=by, at=at, run=run, hand="payer", account_id=run.prepared_by_id)
    if is_monthly(run):
        key, subject = f"run:{run.pk}:reserve", ("run", run.pk)
        reserve(by=by, at=at, fund=fund_of(run), amount_satang=run.total_satang, key=key, subject=subject)
    progress.ended_at = progress.last_at = at
    progress.done = progress.wanted
    progress.save(update_fields=["ended_at", "last_at", "done"])


def _written(
    run: Run, header: Any, ready: Sequence[Ready], state: Gathering
) -> tuple[list[Line], list[FileChunk], list[LeftOut]]:
    """Lines and their records; a line that the file cannot hold is left out with the others, not found at the end."""
    lines = frozen_lines(run, ready, state.lines + 1)
    if run.pay_route in WRITTEN_LATE:
        return lines, [], []
    try:
        return lines, list(chunks_of(run, header, lines, state.products)), []
    except FileRefused as refused:
        unfit = {refusal.reference for refusal in refused.refusals}
        out = [
            LeftOut(item.due, item.payee_name, "line_does_not_fit")
            for item, line in zip(ready, lines, strict=True)
            if line.reference in unfit
        ]
        if not out:
            raise as_problem(refused) from refused  # it is not a line: the contract with the bank is wrong
        kept = [item for item, line in zip(ready, lines, strict=True) if line.reference not in unfit]
        lines, chunks, more = _written(run, header, kept, state)
        return lines, chunks, [*out, *more]


def _leave_out(run: Run, left_out: Sequence[LeftOut]) -> None:
    copy_rows(
        "payments_exclusion",
        ("id", "run_id", "due_id", "reason"),
        ("uuid", "uuid", "uuid", "varchar"),
        ((uuid4(), run.pk, item.due.pk, item.reason) for item in left_out),
    )


def _without_unasked(gathered: Gathered) -> Gathered:
    """Whom the bank has not answered about is never frozen into a list; the next run finds the answer."""
    unasked = [item for item in gathered.ready if not item.is_asked_about]
    if not unasked:
        return gathered
    return Gathered(
        tuple(item for item in gathered.ready if item.is_asked_about),
        (*gathered.left_out, *(LeftOut(item.due, item.payee_name, NOT_ASKED) for item in unasked)),
        gathered.place,
    )


def _without_own_cases(run: Run, gathered: Gathered) -> Gathered:
    """Of a large run, cases that the maker had judged are left to a colleague; of a small one the maker is told."""
    cases = [item.due.case_id for item in gathered.ready if item.due.case_id]
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT a.id FROM applications_application a
               JOIN decisions_recommendation r ON r.application_id = a.id
               LEFT JOIN decisions_decision c ON c.recommendation_id = r.id
               WHERE a.id = ANY(%(cases)s) AND %(maker)s IN (a.entered_by_id, r.recommended_by_id, c.decided_by_id)
               UNION
               SELECT h.case_id FROM access_hand h
               WHERE h.case_id = ANY(%(cases)s) AND h.account_id = %(maker)s AND h.hand <> 'payer'""",
            {"cases": cases, "maker": run.prepared_by_id},
        )
        own = {row[0] for row in cursor.fetchall()}
    if not own:
        return gathered
    mine = [item for item in gathered.ready if item.due.case_id in own]
    return Gathered(
        tuple(item for item in gathered.ready if item.due.case_id not in own),
        (*gathered.left_out, *(LeftOut(item.due, item.payee_name, "own_case") for item in mine)),
        gathered.place,
    )

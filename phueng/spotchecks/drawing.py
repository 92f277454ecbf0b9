"""Whom does the seed of a run draw, which office asks, and is what was drawn what the seed says?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from phueng.access.models import Duty
from phueng.payments.models import Line, Run, SampleSeed
from phueng.payments.seeds import commitment_of
from phueng.places.models import Office
from phueng.spotchecks import rules
from phueng.spotchecks.models import Draw, Interview
from phueng.spotchecks.sql import INTERVIEWERS


def is_answered(run: Run) -> bool:
    """Whether the bank has said of every payment whether it arrived."""
    return run.released_at is not None and not run.lines.filter(paid_at=None, returned_at=None).exists()


def paid_references(run_id: UUID) -> list[str]:
    """The references of the payments that arrived: from these the sample is drawn."""
    return list(Line.objects.filter(run_id=run_id, paid_at__isnull=False).values_list("reference", flat=True))


def offices_that_ask(paying: Office, on: date) -> dict[str, UUID]:
    """Provincial centres of other provinces where somebody may ask on this day; the headquarters when there is none."""
    able = Duty.objects.filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=on), role__in=INTERVIEWERS, starts_on__lte=on
    )
    offices = Office.objects.filter(pk__in=able.values("office_id")).exclude(pk=paying.pk)
    centres = offices.filter(kind="centre")
    if paying.province_id is not None:
        centres = centres.exclude(province_id=paying.province_id)
    return dict(centres.values_list("code", "pk")) or dict(
        offices.filter(kind="headquarters").values_list("code", "pk")
    )


def assign(draw: Draw, drawn: Sequence[str], first: int, offices: dict[str, UUID], at: datetime) -> list[Interview]:
    """Interviews for these payments at the places from `first` on, in the order of the seed. One statement."""
    lines = dict(Line.objects.filter(reference__in=drawn).values_list("reference", "pk"))
    codes = sorted(offices)
    return Interview.objects.bulk_create(
        [
            Interview(
                draw=draw,
                line_id=lines[reference],
                place=place,
                sort_key=rules.key_of(draw.seed, reference).hex(),
                office_id=offices[rules.office_for(draw.seed, place, codes)],
                assigned_at=at,
            )
            for place, reference in enumerate(drawn, start=first)
        ]
    )


@dataclass(frozen=True)
class Verified:
    """What somebody who draws the sample again finds. Every fault is a short code."""

    number: str
    commitment: str
    seed: str
    paid_count: int
    wanted: int
    drawn: tuple[str, ...]
    faults: tuple[str, ...]


def verify(number: str) -> Verified | None:
    """Draw the sample of a run again from its seed and its payments, and compare; None when it was not drawn yet."""
    draw = Draw.objects.select_related("run").filter(run__number=number).first()
    if draw is None:
        return None
    committed = SampleSeed.objects.get(run=draw.run)
    numbers = rules.Numbers(draw.margin, draw.confidence, 1, draw.tries, 1)
    paid = paid_references(draw.run_id)
    asked = list(Interview.objects.filter(draw=draw).order_by("place").values_list("line__reference", flat=True))
    faults = []
    if commitment_of(draw.seed) != committed.commitment:
        faults.append("seed_is_not_the_committed_one")
    if draw.run.released_at is None or committed.committed_at > draw.run.released_at:
        faults.append("committed_too_late")
    if len(paid) != draw.paid_count or draw.wanted < rules.sample_size(len(paid), numbers):
        faults.append("size_is_wrong")
    if rules.order(draw.seed, paid, len(asked)) != asked or len(asked) < draw.wanted:
        faults.append("sample_is_not_what_the_seed_says")
    return Verified(number, committed.commitment, draw.seed, draw.paid_count, draw.wanted, tuple(asked), tuple(faults))

"""Which runs may somebody see, and which of them wait for this person?

Everybody in the finance of an office sees its runs; an auditor sees all. The paired office and headquarters lend hands:
their people see a run of another office only while it waits for the kind of signature that they can give, and afterwards
when they gave it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from phueng.access.viewers import Viewer
from phueng.kernel.problems import Refused
from phueng.payments.approving import FINANCE_ROLES, StillNeeded, needed_after, signs_for
from phueng.payments.models import Approval, BankFile, Exclusion, FileTrouble, Progress, Run, SharedFlag

_WAITS_FOR = {
    "finance_checker": Q(frozen_at__isnull=False, checked_at__isnull=True, abandoned_at__isnull=True),
    "releaser": Q(written_at__isnull=False, released_at__isnull=True, abandoned_at__isnull=True),
}
_WORK = JSONObject(done="done", wanted="wanted")
MOST = 60
# An approval as the pages show it.
_APPROVAL = JSONObject(
    at="approved_at",
    office_id="office_id",
    office_th="office__name_th",
    office_en="office__name_en",
    name_th="approved_by__display_name_th",
    name_en="approved_by__display_name_en",
)


@dataclass(frozen=True)
class WaitingRun:
    """A run that waits for this person: to approve, to release, or to say which document draws the money."""

    run: Run
    act: str
    is_borrowed: bool
    needed: StillNeeded


def runs_for(viewer: Viewer) -> QuerySet[Run]:
    """Runs that the viewer may see, the latest first, with what the board shows of each."""
    runs = _annotated(viewer)
    if viewer.has_role("auditor"):
        return runs
    own = Q(office_id__in=viewer.office_ids(*FINANCE_ROLES))
    signed = Q(has_signed=True) | Q(released_by_id=viewer.account_id)
    return runs.filter(own | _lent(viewer) | signed)


def run_for(viewer: Viewer, number: str) -> Run | None:
    """One run by its number; not there and not yours are the same answer."""
    return runs_for(viewer).filter(number=number).first()


def _annotated(viewer: Viewer) -> QuerySet[Run]:
    """With its approvals and counts beside each run, so that a list asks once."""
    mine = {"run": OuterRef("pk")}
    approvals = Approval.objects.filter(**mine).order_by("nth")
    left_out = Exclusion.objects.filter(**mine).order_by().values("run").annotate(n=Count("pk"))
    shared = SharedFlag.objects.filter(**mine).order_by().values("run").annotate(n=Count("pk"))
    return (
        Run.objects.select_related("office", "prepared_by", "released_by")
        .annotate(
            has_unsent=Exists(BankFile.objects.filter(**mine, sent_at__isnull=True)),
            has_trouble=Exists(FileTrouble.objects.filter(file__run=OuterRef("pk"), settled_at__isnull=True)),
            has_signed=Exists(approvals.filter(approved_by_id=viewer.account_id)),
            signed=ArraySubquery(approvals.values(one=_APPROVAL)),
            work=ArraySubquery(Progress.objects.filter(**mine, ended_at__isnull=True).values(one=_WORK)),
            left_out=Coalesce(Subquery(left_out.values("n")), 0),
            shared=Coalesce(Subquery(shared.values("n")), 0),
        )
        .order_by("-prepared_at", "-pk")
    )


def _lent(viewer: Viewer) -> Q:
    """Runs of other offices that wait for a signature which this viewer's office lends."""
    found = Q(pk__in=[])
    for role, waits in _WAITS_FOR.items():
        offices = viewer.office_ids(role)
        if any(duty.role == role and duty.office_kind == "headquarters" for duty in viewer.duties):
            found |= waits
        elif offices:
            found |= waits & Q(office__paired_office_id__in=offices)
    return found


def waiting_for(viewer: Viewer) -> list[WaitingRun]:
    """What waits for this very person: the own office's runs first, then those that only another office can go on with,
    then the rest that a hand is lent to; of each the oldest first."""
    own = Q(office_id__in=viewer.office_ids("finance_maker", "finance_checker"))
    wanted = own & Q(checked_at__isnull=False, gfmis_number="", released_at__isnull=True, abandoned_at__isnull=True)
    for role, waits in _WAITS_FOR.items():
        if viewer.has_role(role):
            wanted |= waits & Q(office_id__in=viewer.office_ids(role))
    if not viewer.has_role(*FINANCE_ROLES):
        return []
    runs = _annotated(viewer).filter(wanted | _lent(viewer)).order_by("prepared_at", "pk")[:MOST]
    found = [waiting for run in runs if (waiting := waits_for(viewer, run)) is not None]
    return sorted(found, key=lambda one: (one.is_borrowed, not one.needed.must_be_elsewhere))


def waits_for(viewer: Viewer, run: Run) -> WaitingRun | None:
    """What this person can do for a run of runs_for() right now, or None."""
    held = [(duty.role, duty.office_id) for duty in viewer.duties if duty.role in FINANCE_ROLES]
    at_home = {role for role, office in held if office == run.office_id}
    needed = needed_by(run)
    act = _act(viewer, run, held, at_home, needed)
    return None if act is None else WaitingRun(run, act, not at_home, needed)


def needed_by(run: Run) -> StillNeeded:
    """Which approvals a run of runs_for() still lacks."""
    signed = getattr(run, "signed", [])
    return needed_after(run, len(signed), sum(one["office_id"] != str(run.office_id) for one in signed))


def _act(
    viewer: Viewer, run: Run, held: Sequence[tuple[str, UUID]], at_home: set[str], needed: StillNeeded
) -> str | None:
    if run.abandoned_at is not None or run.released_at is not None or run.frozen_at is None:
        return None
    is_new = viewer.account_id != run.prepared_by_id and not getattr(run, "has_signed", False)
    if needed.count and is_new and _may_approve(run, held, needed):
        return "approve"
    if run.checked_at is not None and not run.gfmis_number and at_home & {"finance_maker", "finance_checker"}:
        return "record"
    if run.written_at is not None and run.gfmis_number and is_new and viewer.has_role("releaser"):
        return "release"
    return None


def _may_approve(run: Run, held: Sequence[tuple[str, UUID]], needed: StillNeeded) -> bool:
    try:
        return signs_for(run, held).is_elsewhere or not needed.must_be_elsewhere
    except Refused:
        return False

"""For which office does somebody sign, and whose signatures does a run still need?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from phueng.access.models import Duty
from phueng.access.queries import in_force
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments import problems
from phueng.payments.bands import band_of
from phueng.payments.models import Approval, Run
from phueng.places.identity import HEADQUARTERS_CODE, office_id

FINANCE_ROLES = ("finance_maker", "finance_checker", "releaser")


@dataclass(frozen=True)
class SignsFor:
    """The office that an approver signs for; from elsewhere is who has no part in the finance of the run's office."""

    office_id: UUID
    is_elsewhere: bool


@dataclass(frozen=True)
class StillNeeded:
    """How many approvals are missing, and how many of these only another office can give."""

    count: int
    from_elsewhere: int

    @property
    def must_be_elsewhere(self) -> bool:
        """Whether each approval that is missing belongs to another office."""
        return 0 < self.count <= self.from_elsewhere


def lends_hands_to(run: Run) -> tuple[UUID, ...]:
    """The offices whose people may sign for a run, its own first: then the paired one, then headquarters."""
    offices = (run.office_id, run.office.paired_office_id, office_id(HEADQUARTERS_CODE))
    return tuple(dict.fromkeys(one for one in offices if one is not None))


def office_signed_for(run: Run, by: Actor, at: datetime) -> SignsFor:
    """Where this account is a checker who may sign for the run. Refused: outside_area."""
    return signs_for(run, _held(run, by, at))


def insist_on_duty(run: Run, by: Actor, at: datetime, *roles: str, is_lent: bool = False) -> None:
    """Refused(outside_area) unless this account holds one of the roles in the run's office, or, where hands may be
    lent, in an office that lends them."""
    offices = lends_hands_to(run) if is_lent else (run.office_id,)
    if not any(role in roles and office in offices for role, office in _held(run, by, at)):
        raise Refused(problems.OUTSIDE_AREA)


def _held(run: Run, by: Actor, at: datetime) -> set[tuple[str, UUID]]:
    if by.id is None:  # a worker step signs nothing
        return set()
    duties = Duty.objects.filter(
        in_force(in_bangkok(at).date()), account_id=by.id, role__in=FINANCE_ROLES, office_id__in=lends_hands_to(run)
    )
    return set(duties.values_list("role", "office_id"))


def signs_for(run: Run, held: Collection[tuple[str, UUID]]) -> SignsFor:
    """The same from duties (role, office) that are known already."""
    for office in lends_hands_to(run):
        if ("finance_checker", office) in held:
            return SignsFor(office, all(at_home != run.office_id for _, at_home in held))
    raise Refused(problems.OUTSIDE_AREA)


def still_needed(run: Run, given: Sequence[Approval]) -> StillNeeded:
    """What a frozen run lacks."""
    return needed_after(run, len(given), sum(one.office_id != run.office_id for one in given))


def needed_after(run: Run, given: int, from_elsewhere: int) -> StillNeeded:
    """The same from counts. An approval from elsewhere stands under another office than the run's."""
    if run.frozen_at is None or run.checked_at is not None or run.abandoned_at is not None:
        return StillNeeded(0, 0)
    band = band_of(run.total_satang, in_bangkok(run.frozen_at).date())
    return StillNeeded(run.approvals_needed - given, max(0, band.from_elsewhere - from_elsewhere))

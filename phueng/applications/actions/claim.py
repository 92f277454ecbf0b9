"""How does an officer say "I am working on this", give it back, or take it over from a colleague?

A claim keeps two people from doing the same work; it is no lock. Everyone may still read the case, and what may be done
with it is decided elsewhere. It ends by itself, so that a closed laptop holds nobody up.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from phueng.applications.locks import locked_for
from phueng.applications.models import Application, Claim
from phueng.applications.queries import running_claims
from phueng.applications.refusals import claimed_by_another
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused


@action
def claim_case(*, by: Actor, at: datetime, application_id: UUID) -> Claim:
    """Say that this officer works on the case from now on; claiming one's own again starts the minutes anew.

    Raises Refused(claimed_by_another) while a colleague has it.
    """
    application, _ = locked_for(application_id, "claim", by)
    running = running_claims([application_id], at).first()
    if running is None:
        return _begin(application, by, at)
    if running.account_id != by.id:
        raise Refused(claimed_by_another(running))
    running.ends_at = _end_of(at)
    running.save(update_fields=["ends_at"])
    _note(application, "applications.claim", by, at, {"ends_at": running.ends_at.isoformat()})
    return running


@action
def take_over_case(*, by: Actor, at: datetime, application_id: UUID) -> Claim:
    """End a colleague's claim and begin one's own; the ended one keeps who took it. One's own is claimed anew."""
    application, _ = locked_for(application_id, "claim", by)
    running = running_claims([application_id], at).first()
    if running is not None and running.account_id == by.id:
        return running
    if running is not None:
        _end(running, by, at, "taken_over")
        _note(application, "applications.take_over", by, at, {"from": running.account_name})
    return _begin(application, by, at)


@action
def release_case(*, by: Actor, at: datetime, application_id: UUID, why: str = "given_back") -> None:
    """End one's own claim: given back, or done because the next step is somebody else's. Without one, nothing happens."""
    application = Application.objects.select_for_update(of=("self",)).get(id=application_id)
    running = running_claims([application_id], at).first()
    if running is not None and running.account_id == by.id:
        _end(running, by, at, why)
        _note(application, "applications.release", by, at, {"why": why})


def _begin(application: Application, by: Actor, at: datetime) -> Claim:
    if by.id is None:
        raise ValueError("only somebody who signed in claims a case")
    claim = Claim.objects.create(
        application=application, account_id=by.id, account_name=by.name[:200], claimed_at=at, ends_at=_end_of(at)
    )
    _note(application, "applications.claim", by, at, {"ends_at": claim.ends_at.isoformat()})
    return claim


def _end(claim: Claim, by: Actor, at: datetime, why: str) -> None:
    claim.released_at, claim.released_why = at, why
    claim.released_by_id, claim.released_by_name = by.id, by.name[:200]
    claim.save(update_fields=["released_at", "released_why", "released_by_id", "released_by_name"])


def _end_of(at: datetime) -> datetime:
    return at + timedelta(minutes=settings.PHUENG_CLAIM_MINUTES)


def _note(application: Application, act: str, by: Actor, at: datetime, after: dict[str, str]) -> None:
    record(by=by, at=at, act=act, subject=("application", application.pk), person_id=application.person_id, after=after)

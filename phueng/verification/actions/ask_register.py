"""Who asks the civil register about a person, and how is it made sure that two workers do not ask at once?"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.verification.cases import case_of
from phueng.verification.models import Check
from phueng.verification.patience import patience
from phueng.verification.states import insist_may


@dataclass(frozen=True, slots=True)
class RegisterQuestion:
    """One question, claimed and on record before it is asked."""

    check_id: UUID
    national_id: str = field(repr=False)
    reason: str
    asked_by: str
    request_id: str


@action
def ask_register(*, by: Actor, at: datetime, check_id: UUID) -> RegisterQuestion | None:
    """Claim a due question to the civil register and put the asking on record; the asking itself is outside.

    None: nothing to ask (answered meanwhile, claimed by another worker, or no number). The claim ends by itself, so a
    worker that is killed while it waits for the answer loses nothing.
    """
    insist_may("postpone_check", by.role)
    check = Check.objects.select_for_update(of=("self",)).select_related("application__office").get(pk=check_id)
    number = case_of(check.application, by=by, at=at).national_id
    if check.answered_at is not None or check.next_try_at > at or number is None:
        return None
    check.next_try_at = at + patience().claim_holds
    check.save(update_fields=["next_try_at"])
    request_id = uuid4().hex
    office = check.application.office
    record(
        by=by, at=at, act="verification.ask_register", subject=("check", check.pk),
        person_id=check.application.person_id, why="ตรวจสอบข้อเท็จจริงของคำขอรับสวัสดิการ",
        after={"application": check.application_id, "request_id": request_id, "tries": check.tries},
    )  # fmt: skip
    return RegisterQuestion(
        check_id=check.pk,
        national_id=number,
        reason=f"welfare application {check.application.reference}",
        asked_by=office.code if office else "phueng",
        request_id=request_id,
    )

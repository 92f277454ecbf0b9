"""How is the civil register asked, outside any transaction, so that a silent register holds nothing and loses nothing?

Claim the question and put it on record, ask, hand the finding back. Killed anywhere, the claim runs out and the next
run asks again.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.gateways.civil_register.contract import RegisterUnavailable
from phueng.gateways.civil_register.live import CivilRegister
from phueng.verification.actions.ask_register import RegisterQuestion, ask_register
from phueng.verification.actions.postpone_check import postpone_check
from phueng.verification.cases import case_of
from phueng.verification.checking.civil_register import check_civil_register, without_number
from phueng.verification.findings import Finding
from phueng.verification.models import Check


@dataclass
class Run:
    """One pass of the worker: how much it may do, and which kinds it leaves out from here on."""

    left: int
    done: int = 0
    leave_out: set[str] = field(default_factory=set)
    register: CivilRegister | None = None


def ask(run: Run, check_id: UUID, by: Actor) -> Finding | None:
    """The register's finding, or None when it stays open (another worker has it, or the register is silent)."""
    check = Check.objects.select_related("application__office").get(pk=check_id)
    case = case_of(check.application, by=by, at=now())
    if case.national_id is None:
        return without_number(case)
    question = ask_register(by=by, at=now(), check_id=check_id)
    if question is None:
        return None
    try:
        answer = _register(run).lookup(
            question.national_id, reason=question.reason, asked_by=question.asked_by, request_id=question.request_id
        )
    except RegisterUnavailable as silent:
        _wait(run, question, silent, by)
        return None
    return check_civil_register(case, answer)


def _wait(run: Run, question: RegisterQuestion, silent: RegisterUnavailable, by: Actor) -> None:
    postpone_check(by=by, at=now(), check_id=question.check_id, failure=silent.kind)
    if silent.kind != "malformed":
        # It is the register, not this question: asking for the others now would make everybody wait for its silence.
        run.leave_out.add("civil_register")


def _register(run: Run) -> CivilRegister:
    if run.register is None:
        seconds = float(settings.PHUENG_CIVIL_REGISTER_SECONDS)
        run.register = CivilRegister(
            settings.PHUENG_CIVIL_REGISTER_URL,
            settings.PHUENG_CIVIL_REGISTER_TOKEN,
            timeout=seconds,
            deadline=2 * seconds,
        )
    return run.register

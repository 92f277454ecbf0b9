"""What does a check get to see of a request? Read once for each check, inside its transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from phueng.applications.models import Application
from phueng.applications.queries import answers_of_application
from phueng.audit.actors import Actor
from phueng.kernel.thai_dates import PartialDate, in_bangkok
from phueng.questionnaires.definitions import visible_answers
from phueng.questionnaires.queries import Answers
from phueng.schemes.catalogue import scheme
from phueng.schemes.definition import Scheme
from phueng.verification.models import Check
from phueng.verification.rounds import latest_checks, standing


@dataclass(frozen=True)
class Case:
    """A request with its answers and the checks answered so far; `by` and `at` are those of the running check."""

    application: Application
    answers: Answers
    checks: Mapping[str, Check]
    by: Actor
    at: datetime
    counted: Mapping[str, Any] = field(default_factory=dict)

    @property
    def on(self) -> date:
        return in_bangkok(self.at).date()

    @property
    def scheme(self) -> Scheme:
        return scheme(self.application.scheme_code)

    @property
    def national_id(self) -> str | None:
        """The number as stated, 13 digits, or None."""
        return self.counted.get("national_id")

    @property
    def no_id_reason(self) -> str:
        return self.counted.get("no_national_id_reason") or "unknown"

    @property
    def stated_name(self) -> dict[str, str]:
        name = self.counted.get("full_name") or {}
        return {part: str(name.get(part, "")) for part in ("title", "first_name", "last_name")}

    @property
    def stated_birth(self) -> str:
        """Partial ISO date as stated, or ""."""
        return self.counted.get("birth_date") or ""

    @property
    def stated_address(self) -> Mapping[str, str]:
        return self.counted.get("stays_at") or {}

    @property
    def registered(self) -> Mapping[str, Any] | None:
        """What the civil register holds about this person; None when it was not asked, or spoke of somebody else."""
        check = self.checks.get("civil_register")
        if check is None or check.answer is None:
            return None
        doubtful = check.answer.get("stops_others") and standing(check) != "accepted"
        return None if doubtful else check.answer.get("registered")

    @property
    def is_number_confirmed(self) -> bool:
        return self.registered is not None

    @property
    def born(self) -> PartialDate | None:
        """The registered birth date, else the stated one."""
        iso = (self.registered or {}).get("born") or self.stated_birth
        return PartialDate.from_iso(iso) if iso else None

    @property
    def person_id(self) -> UUID | None:
        """The person this request belongs to, also when a second open request kept it from being linked."""
        if self.application.person_id is not None:
            return self.application.person_id
        check = self.checks.get("same_person")
        known = (check.answer or {}).get("person_id") if check else None
        return UUID(known) if known else None


def case_of(application: Application, *, by: Actor, at: datetime) -> Case:
    """The case as it is now: three queries."""
    answers = answers_of_application(application)
    return Case(
        application=application,
        answers=answers,
        checks=latest_checks([application.id])[application.id],
        by=by,
        at=at,
        counted=visible_answers(answers.questionnaire, answers.values()),
    )

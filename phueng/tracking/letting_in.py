"""Are these the two things that only the applicant, or somebody they trust, has in hand?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from phueng.applications.models import Application
from phueng.applications.resuming import same_birth
from phueng.kernel.problems import Problem
from phueng.kernel.references import normalise_reference
from phueng.kernel.thai_dates import PartialDate, parse_date
from phueng.questionnaires.models import Answer
from phueng.questionnaires.parts import written_day

# Nobody was born then. Comparing with it costs what comparing with a real day costs.
_NOBODY_BORN = PartialDate(1000, 1, 1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a reference somebody typed stands for. An unknown one stands for nobody, and costs as much to find out."""

    application_id: UUID
    person_id: UUID | None
    reference: str
    born: PartialDate | None
    phone: str
    is_known: bool


def claimed(reference: str) -> Claimed:
    """Two queries, known or not: the request and the birth date on its sheet (which knows if only the year is known)."""
    meant = normalise_reference(reference) or ""
    found = Application.objects.filter(reference=meant).exclude(reference="").first()
    sheet_id = found.sheet_id if found else uuid4()
    answer = Answer.objects.filter(sheet_id=sheet_id, question_code="birth_date").first()
    if found is None:
        return Claimed(uuid4(), None, meant or reference.strip().upper()[:40], None, "", is_known=False)
    born = PartialDate.of(found.birth_on) if found.birth_on else None
    if answer is not None and answer.value:
        born = PartialDate.from_iso(str(answer.value))
    return Claimed(found.id, found.person_id, found.reference, born, found.contact_phone, is_known=True)


def birth_fits(claim: Claimed, typed: str, *, today: date) -> bool:
    """Is this the birth date of that applicant, as exactly as it is known? Typed in any way people write a day."""
    meant = parse_date(written_day(typed[:80]), today)
    day = PartialDate(1001) if isinstance(meant, Problem) else meant
    fits = same_birth(claim.born or _NOBODY_BORN, day)
    return fits and claim.is_known

"""Are these the two things that only the applicant, or somebody they trust, has in hand?"""

from datetime import date

from phueng.applications.resuming import same_birth
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import PartialDate, parse_date
from phueng.questionnaires.parts import written_day
from phueng.tracking.queries import Claimed

# Nobody was born then. Comparing with it costs what comparing with a real day costs.
_NOBODY_BORN = PartialDate(1000, 1, 1)


def birth_fits(claim: Claimed, typed: str, *, today: date) -> bool:
    """Is this the birth date of that applicant, as exactly as it is known? Typed in any way people write a day."""
    meant = parse_date(written_day(typed[:80]), today)
    day = PartialDate(1001) if isinstance(meant, Problem) else meant
    fits = same_birth(claim.born or _NOBODY_BORN, day)
    return fits and claim.is_known

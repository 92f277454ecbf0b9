"""How is each check answered by the worker? One file a check: it gets the case and gives a finding."""

from collections.abc import Callable

from phueng.verification.cases import Case
from phueng.verification.checking.eligibility import check_eligibility
from phueng.verification.checking.household import check_household
from phueng.verification.checking.identifier import check_identifier
from phueng.verification.checking.other_benefits import check_other_benefits
from phueng.verification.checking.same_person import check_same_person
from phueng.verification.findings import Finding

# The civil register is not among them: it is asked outside any transaction (see work.py).
CHECKERS: dict[str, Callable[[Case], Finding]] = {
    "identifier": check_identifier,
    "same_person": check_same_person,
    "household": check_household,
    "other_benefits": check_other_benefits,
    "eligibility": check_eligibility,
}

__all__ = ["CHECKERS"]

"""Is the ID number one that can exist, and if there is none, why?"""

from django.conf import settings

from phueng.kernel.national_id import mask_national_id, problem_with_national_id
from phueng.verification.cases import Case
from phueng.verification.findings import Finding, fact, found


def check_identifier(case: Case) -> Finding:
    """The check digit decides; it proves no existence. Without a number an officer sees the reason."""
    number = case.national_id
    if number is None:
        th, en = reason_words(case)
        return found("attention", "no_number", "applicant", th={"reason": th}, en={"reason": en})
    problem = problem_with_national_id(number, allow_unissued=settings.PHUENG_ALLOWS_UNISSUED_IDS)
    shown = [
        fact("national_id", stated=mask_national_id(number), source="applicant", as_of=case.application.submitted_at)
    ]
    if problem is not None:
        return found(
            "failed", "number_is_wrong", "check_digit", facts=shown, stops_others=True, problem=problem.code,
            problem_th=problem.th, problem_en=problem.en,
        )  # fmt: skip
    return found("passed", "number_is_right", "check_digit", facts=shown)


def reason_words(case: Case) -> tuple[str, str]:
    """Why there is no number, in the words of the form."""
    code = "no_national_id_reason"
    return case.answers.display(code, "th") or "ไม่รู้", case.answers.display(code, "en") or "not known"

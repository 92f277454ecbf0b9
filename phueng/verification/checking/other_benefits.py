"""Does another benefit exclude or limit this one, and how often has the household had it this fiscal year?"""

from typing import Any

from phueng.benefits.queries import received_by
from phueng.entitlements.queries import times_granted
from phueng.kernel.thai_dates import fiscal_year_be
from phueng.registry.queries import canonical_id
from phueng.schemes.combinations import Received, UnknownBenefit, Verdict, benefit, verdicts
from phueng.verification.cases import Case
from phueng.verification.findings import Finding, fact, found

# Answers of the form that name no benefit.
_NO_BENEFIT = frozenset({"none"})


def check_other_benefits(case: Case) -> Finding:
    """What agencies and we ourselves know decides; what only the applicant said is looked at by an officer."""
    if case.person_id is None:
        raise LookupError("benefits are looked for once the person is known")
    person_id, household_id = canonical_id(case.person_id), case.application.household_id
    known = received_by(person_id, case.on, household_id=household_id)
    stated = _stated(case, {one.benefit_code for one in known})
    code = case.application.scheme_code
    sure, said = verdicts(code, known, case.on), verdicts(code, stated, case.on)
    year = fiscal_year_be(case.on)
    times = times_granted(household_id, code, year) if household_id else 0
    cap = case.scheme.times_a_year(case.on)
    told: dict[str, Any] = {
        "verdicts": [_shown(one, "phueng") for one in sure] + [_shown(one, "applicant") for one in said],
        "received": [_received(one) for one in known],
        "grants_this_fiscal_year": times,
        "facts": [fact("grants_this_fiscal_year", known=times, source="phueng", as_of=case.at)] if cap else [],
        "question": {"fiscal_year": year},
    }
    if any(one.kind == "excludes" for one in sure):
        return found("failed", "benefit_excludes", "phueng", **told)
    if cap is not None and times >= cap:
        return found("failed", "times_used_up", "phueng", th={"times": str(times)}, **told)
    if any(one.kind != "together" for one in [*sure, *said]):
        return found("attention", "benefit_needs_a_look", "phueng", **told)
    return found("passed", "nothing_stands_against", "phueng", **told)


def _stated(case: Case, known: set[str]) -> list[Received]:
    """What the applicant said to receive and nobody else told us."""
    said = case.counted.get("help_received") or []
    return [
        Received(benefit_code=code, agency="ผู้ขอแจ้ง", starts_on=case.on)
        for code in said
        if code not in _NO_BENEFIT and code not in known
    ]


def _shown(verdict: Verdict, source: str) -> dict[str, Any]:
    name_th, name_en = verdict.with_code, verdict.with_code
    try:
        known = benefit(verdict.with_code)
        name_th, name_en = known.name.th, known.name.en
    except UnknownBenefit:
        if verdict.with_code == "other_help":
            name_th, name_en = "ความช่วยเหลืออย่างอื่น", "Something else"
    return {
        "kind": verdict.kind, "with_code": verdict.with_code, "name_th": name_th, "name_en": name_en, "source": source,
        "law_th": verdict.law.th, "law_en": verdict.law.en, "sentence_th": verdict.sentence_th,
        "sentence_en": verdict.sentence_en,
    }  # fmt: skip


def _received(one: Received) -> dict[str, Any]:
    return {
        "code": one.benefit_code, "agency": one.agency, "starts_on": one.starts_on, "ends_before": one.ends_before,
        "amount_satang": one.amount_satang,
    }  # fmt: skip

"""Does the person meet the conditions of the law, by which facts, and from whom do we have each?"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from phueng.entitlements.amounts import fitting
from phueng.entitlements.queries import times_granted
from phueng.kernel.thai_dates import PartialDate, fiscal_year_be, in_bangkok
from phueng.places.queries import subdistrict_codes_of
from phueng.registry.queries import StatedFact, canonical_id, facts_of
from phueng.schemes.evaluate import decide, first_month_due
from phueng.schemes.facts import COLUMNS, Fact
from phueng.schemes.parameters import NoParameter
from phueng.schemes.reasons import Decision, Reason
from phueng.verification.cases import Case
from phueng.verification.findings import Finding, found
from phueng.verification.visits import latest_visit_answers

THAI = "THA"
_OUTCOMES = {"eligible": "passed", "not_eligible": "failed", "cannot_tell": "attention"}


def check_eligibility(case: Case) -> Finding:
    """The rules' reading, with every reason, value and source. A person decides; this only says what the law asks."""
    facts = facts_for(case)
    try:
        decision = decide(case.scheme, facts, case.on)
    except NoParameter as missing:
        return found("attention", "cannot_tell", "rules", outcome="cannot_tell", reasons=[], missing=str(missing))
    return found(
        _OUTCOMES[decision.outcome],  # type: ignore[arg-type]
        decision.outcome,
        "rules",
        question={"on": case.on},
        outcome=decision.outcome,
        amount_satang=decision.amount_satang,
        first_month=_first_month(case, decision, facts),
        reasons=[_reason(one) for one in decision.reasons],
        parameters_used=_plain(decision),
    )


def _first_month(case: Case, decision: Decision, facts: dict[str, Fact]) -> date | None:
    """The first month owed, kept with the answer: whoever decides later need not ask the rules again."""
    if case.scheme.benefit_kind != "monthly" or decision.outcome != "eligible":
        return None
    return first_month_due(case.scheme, facts, case.on)


def facts_for(case: Case) -> dict[str, Fact]:
    """Every fact we have, each from the source with the most authority: the applicant says, agencies know better, an
    officer has seen it, and about life, birth and nationality the civil register has the last word."""
    submitted_at = case.application.submitted_at or case.at
    facts: dict[str, Fact] = {
        code: Fact(value, "applicant", submitted_at) for code, value in case.answers.column_values().items()
    }
    if case.person_id is not None:
        _take(facts, _of_registry(canonical_id(case.person_id), case.on))
    _take(facts, _of_visit(case))
    _take(facts, _of_civil_register(case))
    _take(facts, _of_ours(case, submitted_at))
    return {code: fact for code, fact in facts.items() if code in COLUMNS}


def _take(facts: dict[str, Fact], better: dict[str, Fact]) -> None:
    facts.update({code: fact for code, fact in better.items() if fact.value is not None})


def _of_registry(person_id: UUID, on: date) -> dict[str, Fact]:
    stated = facts_of(person_id, on)
    facts: dict[str, Fact] = {}
    for code, one in stated.items():
        # What the applicant said earlier gives way to what they say now.
        if code in COLUMNS and one.source != "applicant":
            facts[code] = Fact(fitting(code, one), one.source, one.as_of)
    nationality: StatedFact = stated["nationality"]
    if nationality.value:
        facts["is_thai"] = Fact(nationality.value == THAI, nationality.source, nationality.as_of)
    if stated["died_on"].value:
        facts["is_alive"] = Fact(False, stated["died_on"].source, stated["died_on"].as_of)
    return facts


def _of_visit(case: Case) -> dict[str, Fact]:
    visited = latest_visit_answers(case.application.id)
    if visited is None:
        return {}
    answers, finished_at = visited
    facts = {code: Fact(value, "home_visit", finished_at) for code, value in answers.column_values().items()}
    if answers.value("met_whom") == "applicant":
        facts["is_alive"] = Fact(True, "home_visit", finished_at)
    return facts


def _of_civil_register(case: Case) -> dict[str, Fact]:
    registered = case.registered
    if registered is None:
        return {}
    as_of = datetime.fromisoformat(registered["answered_at"])
    born = PartialDate.from_iso(registered["born"])
    facts = {
        "is_alive": Fact(registered["vital_status"] == "alive", "civil_register", as_of),
        "is_thai": Fact(registered["nationality"] == THAI, "civil_register", as_of),
        "born_on": Fact(born.as_date(), "civil_register", as_of),
        "born_on_precision": Fact(born.precision, "civil_register", as_of),
    }
    if case.application.office_id is not None:
        here = registered["subdistrict_code"] in subdistrict_codes_of(case.application.office_id)
        facts["is_registered_here"] = Fact(here, "civil_register", as_of)
    return facts


def _of_ours(case: Case, submitted_at: datetime) -> dict[str, Fact]:
    household_id = case.application.household_id
    facts = {"registered_on": Fact(in_bangkok(submitted_at).date(), "phueng", submitted_at)}
    if household_id is not None:
        times = times_granted(household_id, case.application.scheme_code, fiscal_year_be(case.on))
        facts["grants_this_fiscal_year"] = Fact(times, "phueng", case.at)
    return facts


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code, "label_th": reason.label.th, "label_en": reason.label.en, "law": reason.law.code,
        "law_th": reason.law.th, "law_en": reason.law.en, "passed": reason.passed, "value": reason.value,
        "source": reason.source, "as_of": reason.as_of, "sentence_th": reason.sentence_th, "sentence_en": reason.sentence_en,
    }  # fmt: skip


def _plain(decision: Decision) -> dict[str, Any]:
    return {name: getattr(value, "value", value) for name, value in decision.parameters_used.items()}

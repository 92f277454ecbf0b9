"""Is this person already here? Find or register them, join the request to them, and point at those who look alike."""

from datetime import date
from typing import Any
from uuid import UUID

from phueng.applications.actions import link_person
from phueng.applications.models import Application
from phueng.audit.actors import Actor
from phueng.kernel.problems import Refused
from phueng.kernel.references import format_reference
from phueng.kernel.thai_dates import PartialDate
from phueng.kernel.titles import strip_title
from phueng.matching.queries import Candidate, candidates
from phueng.registry import actions as registry
from phueng.registry.models import Person
from phueng.registry.queries import (
    canonical_id,
    facts_of,
    household_of,
    payable_account,
    person_by_identifier,
)
from phueng.verification.cases import Case
from phueng.verification.findings import Finding, fact, found
from phueng.verification.models import Settlement

# What an applicant says about themselves that other rules will ask again. Kept with the applicant as its source, and
# only while nobody with more authority has said anything.
STATED_CIRCUMSTANCES = (
    "has_state_pension", "has_regular_state_pay", "lives_in_state_shelter", "has_disability_card", "has_state_welfare_card",
)  # fmt: skip


def check_same_person(case: Case) -> Finding:
    """Never a score that joins: the number does, or an officer. Whoever looks alike is shown."""
    person_id, was_known = _person(case)
    _state_facts(case, person_id)
    alike = _look_alikes(case, person_id)
    other_account = _account(case, person_id)
    told: dict[str, Any] = {
        "person_id": person_id, "was_known": was_known, "candidates": [_shown(one) for one in alike],
        "account_differs": other_account is not None, "facts": [other_account] if other_account else [],
    }  # fmt: skip
    here = household_of(person_id, case.on)
    try:
        link_person(
            by=case.by, at=case.at, application_id=case.application.id, person_id=person_id,
            household_id=case.application.household_id or (here.id if here else None),
        )  # fmt: skip
    except Refused as refusal:
        if refusal.problem.code != "open_application_exists":
            raise
        return found(
            "attention", "already_open", "phueng", stops_others=True,
            th={"reference": _open_reference(case, person_id)}, **told,
        )  # fmt: skip
    if alike:
        return found("attention", "looks_like_someone_known", "phueng", **told)
    if other_account:
        return found("attention", "account_differs", "phueng", **told)
    return found("passed", "known_person" if was_known else "new_person", "phueng", **told)


def _person(case: Case) -> tuple[UUID, bool]:
    """The person of this request: joined before, known by number, or registered now."""
    if case.person_id is not None:
        return canonical_id(case.person_id), True
    known = person_by_identifier("national_id", case.national_id) if case.national_id else None
    if known is not None:
        return known, True
    registered = case.registered or {}
    name = registered or case.stated_name
    title, first_name = strip_title(name["first_name"])
    born = case.born
    person = registry.register_person(
        by=case.by, at=case.at, source="civil_register" if registered else "applicant",
        title=name["title"] or title, first_name=first_name[:100], last_name=name["last_name"][:100],
        sex=registered.get("sex", ""), nationality=registered.get("nationality", ""),
        born_on=born.as_date() if born else None, born_precision=born.precision if born else "day",
        national_id=case.national_id, no_id_reason="" if case.national_id else case.no_id_reason,
    )  # fmt: skip
    return canonical_id(person.pk), False


def _state_facts(case: Case, person_id: UUID) -> None:
    told: dict[str, Any] = {"by": case.by, "at": case.at, "person_id": person_id}
    if case.registered:
        _state_register_facts(case, told)
    stated = case.stated_name
    registry.state_name(
        **told, source="applicant", kind="stated", title=stated["title"],
        first_name=strip_title(stated["first_name"])[1][:100], last_name=stated["last_name"][:100],
    )  # fmt: skip
    if case.counted.get("phone"):
        registry.state_phone(**told, source="applicant", number=case.counted["phone"])
    known = facts_of(person_id, case.on)
    for code, value in case.answers.column_values().items():
        authority = known.get(code)
        if code in STATED_CIRCUMSTANCES and (authority is None or authority.source == "applicant"):
            registry.state_circumstance(**told, source="applicant", code=code, value=value, starts_on=case.on)


def _state_register_facts(case: Case, told: dict[str, Any]) -> None:
    registered = case.registered or {}
    born = PartialDate.from_iso(registered["born"])
    registry.complete_person(
        **told, source="civil_register", sex=registered["sex"], nationality=registered["nationality"],
        born_on=born.as_date(), born_precision=born.precision,
    )  # fmt: skip
    registry.state_name(
        **told, source="civil_register", title=registered["title"], first_name=registered["first_name"],
        last_name=registered["last_name"],
    )  # fmt: skip
    if registered["died"]:
        _state_death(case.by, case, told["person_id"], PartialDate.from_iso(registered["died"]).as_date())


def _state_death(by: Actor, case: Case, person_id: UUID, died_on: date) -> None:
    person = Person.objects.get(pk=person_id)
    if person.died_on is not None:
        return  # known already; a second, different date is for an officer, see registry.state_death
    # A death known to the year only counts as 1 January, which may lie before the birthday of that year.
    registry.state_death(
        by=by, at=case.at, source="civil_register", person_id=person_id,
        died_on=max(died_on, person.born_on) if person.born_on else died_on,
    )  # fmt: skip


def _look_alikes(case: Case, person_id: UUID) -> list[Candidate]:
    """Likely people that nobody has spoken about yet. Two people with two confirmed numbers are two people."""
    name = case.registered or case.stated_name
    born = case.born
    settled = {
        one["person_id"]
        for answer in Settlement.objects.filter(
            check_asked__application=case.application, check_asked__kind="same_person"
        ).values_list("check_asked__answer", flat=True)
        for one in (answer or {}).get("candidates", ())
    }
    likely = candidates(
        first_name=strip_title(name["first_name"])[1], last_name=name["last_name"],
        born_on=born.as_date() if born else None, born_precision=born.precision if born else "day",
        house_code=(case.registered or {}).get("house_code", ""),
        subdistrict_code=case.stated_address.get("subdistrict_code", ""), on=case.on,
    )  # fmt: skip
    return [
        one
        for one in likely
        if one.is_likely
        and one.person_id != person_id
        and str(one.person_id) not in settled
        and not (one.has_number and case.is_number_confirmed)
    ]


def _account(case: Case, person_id: UUID) -> dict[str, Any] | None:
    """State the first account. A different one than we pay into waits for an officer.

    Whoever holds a copy of somebody's card could otherwise move that person's allowance into an account of their own.
    """
    account = case.counted.get("bank_account")
    if not account:
        return None
    paid_into = payable_account(person_id)
    if paid_into is None:
        registry.state_account(
            by=case.by, at=case.at, source="applicant", person_id=person_id, bank_code=account["bank_code"],
            number=account["number"], holder_name=account["holder"],
        )  # fmt: skip
        return None
    if (paid_into.bank_code, paid_into.number) == (account["bank_code"], account["number"]):
        return None
    return fact(
        "bank_account", stated=f"{account['bank_code']} …{account['number'][-4:]}",
        known=f"{paid_into.bank_code} …{paid_into.last_digits}", verdict="different", source="phueng",
    )  # fmt: skip


def _open_reference(case: Case, person_id: UUID) -> str:
    other = (
        Application.objects.filter(
            person_id=person_id, scheme_code=case.application.scheme_code, state="submitted", closed_at=None
        )
        .exclude(pk=case.application.pk)
        .first()
    )
    return format_reference(other.reference) if other else "-"


def _shown(one: Candidate) -> dict[str, Any]:
    return {
        "person_id": str(one.person_id), "name": one.name, "born_on": one.born_on, "why": one.why,
        "similarity": one.similarity, "has_number": one.has_number, "household": one.household_hint,
        "is_same_household": one.is_same_household, "is_same_subdistrict": one.is_same_subdistrict,
    }  # fmt: skip

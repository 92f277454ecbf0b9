"""With whom does this person live? The house register says, else what we know, else what was stated."""

from uuid import UUID

from django.db import connection

from phueng.applications.actions import link_person
from phueng.kernel.problems import Refused
from phueng.places.queries import is_subdistrict
from phueng.registry import actions as registry
from phueng.registry.queries import canonical_id, household_at, household_of
from phueng.verification.cases import Case
from phueng.verification.findings import Finding, fact, found


def check_household(case: Case) -> Finding:
    """Find or register the household and let the person live there; the number of grants is counted by it."""
    if case.person_id is None:
        raise LookupError("the household is looked for once the person is known")
    person_id = canonical_id(case.person_id)
    if (case.registered or {}).get("vital_status") == "dead":
        return found("failed", "person_died", "civil_register")
    household_id, code, source = _household(case, person_id)
    if household_id is None:
        return found("attention", "household_unknown", "applicant")
    facts = [fact("household", known=str(household_id), source=source, as_of=case.at)]
    try:
        registry.join_household(
            by=case.by, at=case.at, source=source, person_id=person_id, household_id=household_id, starts_on=case.on
        )
    except Refused as refusal:
        if refusal.problem.code != "moved_before_arriving":
            raise
        return found("attention", "moved_today", "phueng", facts=facts)
    try:
        link_person(
            by=case.by, at=case.at, application_id=case.application.id, person_id=person_id, household_id=household_id
        )
    except Refused as refusal:
        if refusal.problem.code != "open_application_exists":
            raise
        return found("attention", "already_open", "phueng", th={"reference": "-"}, facts=facts, stops_others=True)
    return found("passed", code, source, facts=facts, household_id=household_id)


def _household(case: Case, person_id: UUID) -> tuple[UUID | None, str, str]:
    """(household, code of the sentence, source)."""
    registered = case.registered or {}
    if registered.get("house_code") and is_subdistrict(registered["subdistrict_code"]):
        household = registry.register_household(
            by=case.by, at=case.at, source="civil_register", subdistrict_code=registered["subdistrict_code"],
            house_code=registered["house_code"], house_no=registered["house_no"], moo=registered["moo"],
        )  # fmt: skip
        return household.pk, "household_of_register", "civil_register"
    known = household_of(person_id, case.on)
    if known is not None:
        return known.id, "household_known", "phueng"
    stated = case.stated_address
    if not is_subdistrict(stated.get("subdistrict_code", "")):
        return None, "", ""
    return _household_as_stated(case), "household_as_stated", "applicant"


def _household_as_stated(case: Case) -> UUID:
    """The same written address is the same household: else two of a family would count as two households."""
    stated = case.stated_address
    address = {
        "subdistrict_code": stated["subdistrict_code"], "house_no": stated.get("house_no", "")[:40],
        "moo": stated.get("moo", "")[:10], "village": stated.get("village", "")[:100],
        "road": stated.get("street", "")[:100],
    }  # fmt: skip
    with connection.cursor() as cursor:  # two requests from one new address come one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ["|".join(address.values())])
    there = household_at(**address)
    if there is not None:
        return there
    return registry.register_household(by=case.by, at=case.at, source="applicant", **address).pk

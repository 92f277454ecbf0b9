"""Does the civil register know this person as they described themselves?"""

from collections.abc import Mapping
from typing import Any

from phueng.gateways.civil_register.contract import NotFound, RegisterAnswer
from phueng.kernel.thai_dates import PartialDate, format_date
from phueng.registry.queries import person_by_identifier
from phueng.verification.cases import Case
from phueng.verification.comparing import compare_births, compare_names
from phueng.verification.findings import Finding, fact, found
from phueng.verification.patience import patience


def without_number(case: Case) -> Finding:
    """Nobody can be asked about: an officer looks at the person or at other papers."""
    return found(
        "attention", "not_asked_without_number", "applicant", question={"asked": False, "why": case.no_id_reason}
    )


def check_civil_register(case: Case, answer: RegisterAnswer | NotFound) -> Finding:
    """Compare what the register says with what was stated. Both values stay visible.

    A number under which the register knows somebody with another name and another birth date is most likely a slip of
    the pen, or somebody else's card: nothing is joined to it before an officer has asked.
    """
    question = {"asked": True, "request_id": answer.request_id, "register_reference": answer.register_reference}
    if isinstance(answer, NotFound):
        return found("attention", "number_not_found", "civil_register", question=question, stops_others=True)
    registered = registered_values(answer)
    name = compare_names(case.stated_name, registered, variant_from=patience().spelling_variant_from)
    birth = compare_births(case.stated_birth, answer.born.iso)
    facts = _facts(case, answer, registered, name, birth)
    told: dict[str, Any] = {"facts": facts, "question": question}
    if name == "different" and birth == "different":
        # Kept because the officer may find that it is the right person after all; until then no later check sees it.
        return found("attention", "another_person", "civil_register", stops_others=True, registered=registered, **told)
    if not answer.is_alive:
        return found("failed", "person_died", "civil_register", registered=registered, **told)
    if "different" in (name, birth):
        return found("attention", "register_differs", "civil_register", registered=registered, **told)
    code = "spelling_differs" if name == "spelling" else "register_agrees"
    return found("passed", code, "civil_register", registered=registered, **told)


def registered_values(answer: RegisterAnswer) -> dict[str, Any]:
    """What the register holds, as the later checks use it. Numbers of housemates become people known here, or a count."""
    members = answer.household_members or ()
    others = [number for number in members if number != answer.national_id]
    known = [person_id for number in others if (person_id := person_by_identifier("national_id", number))]
    return {
        "title": answer.title, "first_name": answer.first_name, "last_name": answer.last_name,
        "born": answer.born.iso, "is_year_doubtful": answer.born.is_year_doubtful,
        "sex": {"male": "m", "female": "f"}.get(answer.sex, ""), "nationality": answer.nationality,
        "vital_status": answer.vital_status, "died": answer.died.iso if answer.died else None,
        "house_code": answer.house_code or "", "house_no": answer.address.house_no,
        "moo": str(answer.address.moo or ""), "subdistrict_code": answer.address.subdistrict_code,
        "members_count": len(members) or None, "known_member_ids": [str(person_id) for person_id in known],
        "answered_at": answer.answered_at.isoformat(),
    }  # fmt: skip


def _facts(
    case: Case, answer: RegisterAnswer, registered: Mapping[str, Any], name: str, birth: str
) -> list[Mapping[str, Any]]:
    from_register: dict[str, Any] = {"source": "civil_register", "as_of": answer.answered_at}
    stays = case.stated_address.get("subdistrict_code", "")
    stated_born = PartialDate.from_iso(case.stated_birth) if case.stated_birth else None
    return [
        fact("name", stated=_spoken(case.stated_name), known=_spoken(registered), verdict=name, **from_register),
        fact(
            "birth_date",
            stated=format_date(stated_born, "th") if stated_born else None,
            known=format_date(PartialDate.from_iso(answer.born.iso), "th"),
            verdict=birth,
            **from_register,
        ),
        fact("vital_status", known=answer.vital_status, verdict="same" if answer.is_alive else "different", **from_register),
        fact("nationality", known=answer.nationality, **from_register),
        # Many people stay elsewhere than they are registered: shown, never held against them here.
        fact(
            "subdistrict", stated=stays, known=answer.address.subdistrict_code,
            verdict="same" if stays == answer.address.subdistrict_code else "elsewhere", **from_register,
        ),
        fact("household_members", known=registered["members_count"], **from_register),
    ]  # fmt: skip


def _spoken(name: Mapping[str, Any]) -> str:
    return f"{name['title']}{name['first_name']} {name['last_name']}".strip()

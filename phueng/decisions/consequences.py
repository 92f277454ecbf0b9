"""What follows from a decision in the same transaction: budget, entitlement, letter, message?"""

from datetime import datetime

from phueng.applications.models import Application
from phueng.audit.actors import Actor
from phueng.decisions.letters import letter_values
from phueng.decisions.models import Decision
from phueng.decisions.rules import first_day_owed
from phueng.documents.actions import ask_for_letter
from phueng.entitlements.actions import grant
from phueng.kernel.references import format_reference
from phueng.kernel.thai_dates import fiscal_year_be, in_bangkok
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import reserve
from phueng.notices.actions import queue_message
from phueng.places.models import Office
from phueng.schemes.catalogue import scheme
from phueng.verification.queries import eligibility_of


def follow_through(*, by: Actor, at: datetime, application: Application, decision: Decision) -> None:
    """Grant what was approved, and tell the person either way."""
    rule, on, office = scheme(application.scheme_code), in_bangkok(at).date(), application.office
    if office is None:
        raise ValueError("a decided application has an office")
    if decision.outcome == "approved":
        _grant(by, at, application, decision, office)
    ask_for_letter(
        by=by,
        at=at,
        kind="decisions/decision_letter",
        subject=("decision", decision.pk),
        office_code=office.code,
        language=application.language,
        context=letter_values(application, decision, rule, office, on),
    )
    queue_message(
        by=by,
        at=at,
        template_code=f"application_{decision.outcome}",
        subject=("application", application.pk),
        to_phone=application.contact_phone,
        person_id=application.person_id,
        language=application.language,
        occasion=f"round{decision.round}",
        values={"reference": format_reference(application.reference)},
    )


def _grant(by: Actor, at: datetime, application: Application, decision: Decision, office: Office) -> None:
    rule, on, amount = scheme(application.scheme_code), in_bangkok(at).date(), decision.amount_satang or 0
    if application.person_id is None or application.household_id is None:
        raise ValueError("an approved application has a person and a household: their checks hinder approval")
    grant(
        by=by,
        at=at,
        decision_id=decision.pk,
        scheme_code=rule.code,
        kind=rule.benefit_kind,
        person_id=application.person_id,
        household_id=application.household_id,
        office_code=office.code,
        amount_satang=amount,
        starts_on=first_day_owed(rule, eligibility_of(application.pk), on),
    )
    if rule.benefit_kind == "lump_sum":
        # A monthly benefit takes its budget month by month, when its run is prepared.
        reserve(
            by=by,
            at=at,
            fund=Fund(fiscal_year_be(on), rule.code, office.code),
            amount_satang=amount,
            key=f"decision:{decision.pk}",
            subject=("decision", decision.pk),
        )

"""What follows from a decision in the same transaction: budget, entitlement, letter, message?"""

from datetime import datetime, timedelta

from phueng.applications.models import Application
from phueng.audit.actors import Actor
from phueng.decisions.models import Decision
from phueng.decisions.rules import first_day_owed
from phueng.documents.actions import ask_for_letter
from phueng.entitlements.actions import grant
from phueng.kernel.money import baht_in_words, format_baht
from phueng.kernel.references import format_reference
from phueng.kernel.thai_dates import fiscal_year_be, format_date, in_bangkok
from phueng.ledger.accounts import Fund
from phueng.ledger.actions import reserve
from phueng.notices.actions import queue_message
from phueng.places.models import Office
from phueng.schemes.catalogue import scheme
from phueng.verification.queries import eligibility_of


def follow_through(*, by: Actor, at: datetime, application: Application, decision: Decision) -> None:
    """Grant what was approved, and tell the person either way."""
    if decision.outcome == "approved":
        _grant(by, at, application, decision)
    _tell(by, at, application, decision)


def _grant(by: Actor, at: datetime, application: Application, decision: Decision) -> None:
    rule, on = scheme(application.scheme_code), in_bangkok(at).date()
    office = Office.objects.get(pk=application.office_id)
    amount = decision.amount_satang or 0
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


def _tell(by: Actor, at: datetime, application: Application, decision: Decision) -> None:
    rule, on = scheme(application.scheme_code), in_bangkok(at).date()
    office = Office.objects.get(pk=application.office_id)
    appeal_until = on + timedelta(days=rule.clock("appeal_window", on).length("known"))
    ask_for_letter(
        by=by,
        at=at,
        kind="decisions/decision_letter",
        subject=("decision", decision.pk),
        office_code=office.code,
        language=application.language,
        context={
            "reference": format_reference(application.reference),
            "name": application.applicant_name,
            "scheme_th": rule.name.th,
            "scheme_en": rule.name.en,
            "office_th": office.name_th,
            "office_en": office.name_en,
            "office_address": office.address,
            "office_phone": office.phone,
            "outcome": decision.outcome,
            "amount": format_baht(decision.amount_satang or 0, "th"),
            "amount_en": format_baht(decision.amount_satang or 0, "en"),
            "amount_in_words": baht_in_words(decision.amount_satang or 0),
            "why": decision.why,
            "reasons": [
                {
                    "th": reason.get("sentence_th", ""),
                    "en": reason.get("sentence_en", ""),
                    "law": reason.get("law", ""),
                    "passed": reason.get("passed"),
                }
                for reason in decision.reasons
            ],
            "decided_on_th": format_date(on, "th"),
            "decided_on_en": format_date(on, "en"),
            "decided_by": decision.decided_by_name,
            "appeal_until_th": format_date(appeal_until, "th"),
            "appeal_until_en": format_date(appeal_until, "en"),
        },
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

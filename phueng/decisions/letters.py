"""What does the letter about a decision say? Values only; the page is templates/decisions/decision_letter.html."""

from datetime import date, timedelta
from typing import Any

from phueng.applications.models import Application
from phueng.decisions.models import Decision
from phueng.kernel.money import baht_in_words, format_baht
from phueng.kernel.references import format_reference
from phueng.kernel.thai_dates import format_date
from phueng.places.models import Office
from phueng.schemes.definition import Scheme


def letter_values(
    application: Application, decision: Decision, rule: Scheme, office: Office, on: date
) -> dict[str, Any]:
    """Everything the letter needs, in both languages; the reasons are those that the decision keeps."""
    appeal_until = on + timedelta(days=rule.clock("appeal_window", on).length("known"))
    amount = decision.amount_satang or 0
    return {
        "reference": format_reference(application.reference),
        "name": application.applicant_name,
        "scheme_th": rule.name.th,
        "scheme_en": rule.name.en,
        "office_th": office.name_th,
        "office_en": office.name_en,
        "office_address": office.address,
        "office_phone": office.phone,
        "outcome": decision.outcome,
        "amount": format_baht(amount, "th"),
        "amount_en": format_baht(amount, "en"),
        "amount_in_words": baht_in_words(amount),
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
    }

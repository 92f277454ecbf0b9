"""What do the letters say? Values only, in both languages; the pages are templates/recoveries/<kind>.html."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from phueng.kernel.money import baht_in_words, format_baht
from phueng.kernel.references import format_reference
from phueng.kernel.thai_dates import format_date
from phueng.recoveries.models import Instalment, Overpayment
from phueng.recoveries.rules import Reason
from phueng.recoveries.wording import CAUSE_WORDS
from phueng.registry.queries import person_card
from phueng.schemes.catalogue import scheme


def both_days(name: str, day: date) -> dict[str, str]:
    """A day in both languages, as the letters want it."""
    return {f"{name}_th": format_date(day, "th"), f"{name}_en": format_date(day, "en")}


def both_sums(name: str, satang: int) -> dict[str, str]:
    """A sum in both languages and in Thai words."""
    return {
        f"{name}_th": format_baht(satang, "th"),
        f"{name}_en": format_baht(satang, "en"),
        f"{name}_words": baht_in_words(satang),
    }


def opening(overpayment: Overpayment, on: date) -> dict[str, Any]:
    """What every letter begins with."""
    office, card, rule = overpayment.office, person_card(overpayment.person_id), scheme(overpayment.scheme_code)
    application = overpayment.application
    return {
        "reference": format_reference(overpayment.reference),
        "application_reference": format_reference(application.reference) if application else "",
        "name": card.full_name if card else "",
        "scheme_th": rule.name.th,
        "scheme_en": rule.name.en,
        "office_th": office.name_th,
        "office_en": office.name_en,
        "office_address": office.address,
        "office_phone": office.phone,
        "cause_th": CAUSE_WORDS[overpayment.cause][0],
        "cause_en": CAUSE_WORDS[overpayment.cause][1],
        "what_happened": overpayment.what_happened,
        "payments": [
            {
                **both_days("day", line.line.settled_on or line.line.run.effective_on),
                **both_sums("paid", line.line.amount_satang),
                **both_sums("sum", line.amount_satang),
            }
            for line in overpayment.lines.select_related("line__run").order_by("line__run__effective_on", "pk")
        ],
        **both_sums("amount", overpayment.amount_satang),
        **both_days("dated", on),
    }


def reasons_said(reasons: Iterable[Reason]) -> list[dict[str, str]]:
    """Reasons as an assessment keeps them and letters print them."""
    return [
        {"code": one.code, "th": one.th, "en": one.en, "law_th": one.law_th, "law_en": one.law_en} for one in reasons
    ]


def instalments_said(instalments: Iterable[Instalment]) -> list[dict[str, Any]]:
    """The rows of a plan."""
    return [
        {"ordinal": one.ordinal, **both_days("day", one.due_on), **both_sums("sum", one.amount_satang)}
        for one in instalments
    ]

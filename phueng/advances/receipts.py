"""What does a receipt (ใบสำคัญรับเงิน) say? One for each payee, made when the money is taken out, signed when it is given."""

from datetime import datetime
from typing import Any

from phueng.advances.models import Advance
from phueng.audit.actors import Actor
from phueng.documents.actions import ask_for_letter
from phueng.kernel.money import baht_in_words, format_baht
from phueng.kernel.thai_dates import format_date
from phueng.payments.models import Line
from phueng.schemes.catalogue import scheme

KIND = "advances/receipt"


def ask_for_receipts(advance: Advance, *, by: Actor, at: datetime) -> None:
    """Number one for each payee; the worker makes the pages within seconds."""
    for line in Line.objects.filter(run_id=advance.run_id).defer("account", "national_id").order_by("number"):
        ask_for_letter(
            by=by, at=at, kind=KIND, subject=("line", line.pk), office_code=advance.office.code, language="th",
            context=receipt_said(advance, line),
        )  # fmt: skip


def receipt_said(advance: Advance, line: Line) -> dict[str, Any]:
    """The values of one receipt, in both languages."""
    rule, office, run = scheme(advance.run.scheme_code), advance.office, advance.run
    return {
        "office_th": office.name_th,
        "office_en": office.name_en,
        "office_address": office.address,
        "place": advance.place,
        "pay_on_th": format_date(advance.pay_on, "th"),
        "pay_on_en": format_date(advance.pay_on, "en"),
        "payee": line.payee_name,
        "scheme_th": rule.name.th,
        "scheme_en": rule.name.en,
        "amount_th": format_baht(line.amount_satang, "th"),
        "amount_en": format_baht(line.amount_satang, "en"),
        "amount_words": baht_in_words(line.amount_satang),
        "run_number": run.number,
        "line_reference": line.reference,
        "first_payer": advance.first_payer_name,
        "second_payer": advance.second_payer_name,
    }

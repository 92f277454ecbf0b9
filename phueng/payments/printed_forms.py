"""What shape does input from the bank's printed reports have?"""

from datetime import date

from django import forms

from phueng.audit.clock import now
from phueng.design.widgets import DayWidget, NumberText
from phueng.design.wording import say, say_lazily
from phueng.kernel.money import parse_baht
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok, parse_date
from phueng.kernel.thai_text import ascii_digits
from phueng.payments.printed import Totals
from phueng.payments.wording import REASON_CODES, reason_words


class CountField(forms.CharField):
    """How many, in Thai or Arabic digits; nothing typed is none."""

    widget = NumberText

    def clean(self, value: object) -> object:
        typed = ascii_digits(str(super().clean(value))).replace(",", "").strip()
        if not typed:
            return 0
        if not typed.isdecimal() or len(typed) > 7:
            raise forms.ValidationError(str(say_lazily("ใส่จำนวนเป็นตัวเลข", "Enter a whole number")))
        return int(typed)


class SumField(forms.CharField):
    """Baht as printed, satang inside; nothing typed is nothing."""

    widget = NumberText

    def clean(self, value: object) -> object:
        typed = str(super().clean(value)).strip()
        if ascii_digits(typed).strip("0.,") == "":
            return 0
        try:
            return parse_baht(typed)
        except Refused as refusal:
            raise forms.ValidationError(say(refusal.problem.in_full("th"), refusal.problem.in_full("en"))) from refusal


class ReportForm(forms.Form):
    """The report itself and the totals at its end."""

    kind = forms.ChoiceField(
        label=say_lazily("รายงาน", "Report"),
        choices=[
            ("037", say_lazily("037 รายละเอียดผลการจ่าย", "037 payment results")),
            ("038", say_lazily("038 รายการคืน", "038 items returned")),
        ],
        error_messages={"required": say_lazily("เลือกชนิดรายงาน", "Choose the kind of report")},
        widget=forms.RadioSelect,
    )
    paper = forms.FileField(
        label=say_lazily("รายงานจากธนาคาร", "The bank's report"),
        help_text=say_lazily("PDF หรือภาพถ่าย ไม่เกิน 10 MB", "PDF or photo, at most 10 MB"),
        error_messages={
            "required": say_lazily("แนบรายงาน", "Attach the report"),
            "empty": say_lazily("แฟ้มนี้ว่างเปล่า", "This file is empty"),
        },
    )
    settled_on = forms.CharField(
        label=say_lazily("วันที่ในรายงาน", "Day in the report"),
        error_messages={"required": say_lazily("ใส่วันที่ในรายงาน", "Enter the day in the report")},
        widget=DayWidget,
    )
    paid_count = CountField(label=say_lazily("จ่ายได้ กี่รายการ", "Paid: how many"), required=False)
    paid_satang = SumField(label=say_lazily("จ่ายได้ รวมกี่บาท", "Paid: sum in baht"), required=False)
    returned_count = CountField(label=say_lazily("คืน กี่รายการ", "Returned: how many"), required=False)
    returned_satang = SumField(label=say_lazily("คืน รวมกี่บาท", "Returned: sum in baht"), required=False)

    def clean_settled_on(self) -> date:
        """A whole day that has come."""
        today = in_bangkok(now()).date()
        read = parse_date(self.cleaned_data["settled_on"], today)
        if isinstance(read, Problem):
            raise forms.ValidationError(say(read.in_full("th"), read.in_full("en")))
        if read.precision != "day" or read.as_date() > today:
            raise forms.ValidationError(
                say("ใส่วันที่ครบ และไม่ใช่วันที่ยังมาไม่ถึง", "Enter a whole day that is not in the future")
            )
        return read.as_date()

    @property
    def totals(self) -> Totals:
        """What was typed from the end of the paper."""
        said = self.cleaned_data
        return Totals(said["paid_count"], said["paid_satang"], said["returned_count"], said["returned_satang"])


def mark_choices() -> list[tuple[str, str]]:
    """What a payment may be marked as; one choice holds outcome and reason, so that none can be forgotten."""
    returned = [
        (f"returned:{code}", say("คืน: {why}", "Returned: {why}", why=reason_words(code))) for code in REASON_CODES
    ]
    return [("", say("ยังไม่ทำเครื่องหมาย", "Not marked")), ("paid", say("จ่ายแล้ว", "Paid")), *returned]

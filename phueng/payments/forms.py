"""What shape does a finance officer's input have?"""

from datetime import date
from typing import TypeVar

from django import forms

from phueng.audit.clock import now
from phueng.design.widgets import DayWidget
from phueng.design.wording import say_lazily
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import in_bangkok, parse_date

SomeForm = TypeVar("SomeForm", bound=forms.Form)


class PrepareForm(forms.Form):
    """On which bank day the money should arrive."""

    effective_on = forms.CharField(
        label=say_lazily("วันที่เงินเข้าบัญชี", "Day the money arrives"),
        help_text=say_lazily("ต้องเป็นวันทำการธนาคาร", "It must be a bank working day"),
        error_messages={"required": say_lazily("ใส่วันที่เงินเข้าบัญชี", "Enter the day on which the money should arrive")},
        widget=DayWidget,
    )

    def clean_effective_on(self) -> date:
        """A whole day, however it was typed."""
        read = parse_date(self.cleaned_data["effective_on"], in_bangkok(now()).date())
        if isinstance(read, Problem):
            raise forms.ValidationError(_in_full(read))
        if read.precision != "day":
            raise forms.ValidationError(
                str(say_lazily("ใส่วัน เดือน และปีให้ครบ", "Enter day, month and year")), code="not_a_whole_day"
            )
        return read.as_date()


class DrawForm(forms.Form):
    """The number of the document that draws the money."""

    gfmis_number = forms.CharField(
        label=say_lazily("เลขที่เอกสาร GFMIS", "GFMIS document number"),
        help_text=say_lazily(
            "เอกสารขอเบิกของชุดนี้ เช่น 3600012345", "The document that draws this run, such as 3600012345"
        ),
        error_messages={"required": say_lazily("ใส่เลขที่เอกสาร", "Enter the document number")},
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )


class ReleaseForm(forms.Form):
    """The last characters of the fingerprint, read from the page and typed by the releaser."""

    last_of_digest = forms.CharField(
        label=say_lazily("พิมพ์ 4 ตัวท้ายของรหัสแฟ้ม", "Type the last 4 characters of the files' fingerprint"),
        help_text=say_lazily("ตัวที่เน้นไว้ในรหัสแฟ้มข้างบน", "The ones that stand out in the fingerprint above"),
        error_messages={"required": say_lazily("พิมพ์ 4 ตัวท้ายของรหัส", "Type the last 4 characters")},
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class WhyForm(forms.Form):
    """A reason in words."""

    why = forms.CharField(
        label=say_lazily("เหตุผล", "Reason"),
        max_length=300,
        error_messages={
            "required": say_lazily("เขียนเหตุผลสั้น ๆ", "Write a short reason"),
            "max_length": say_lazily("เขียนไม่เกิน 300 ตัวอักษร", "At most 300 characters"),
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FoundForm(WhyForm):
    """What an unexplained item turned out to be."""

    why = forms.CharField(
        label=say_lazily("ตรวจพบว่าเป็นอะไร และทำอะไรไปแล้ว", "What it turned out to be, and what was done"),
        max_length=300,
        error_messages={
            "required": say_lazily("เขียนสั้น ๆ ว่าตรวจพบอะไร", "Write briefly what you found"),
            "max_length": say_lazily("เขียนไม่เกิน 300 ตัวอักษร", "At most 300 characters"),
        },
    )


class ResultForm(forms.Form):
    """An answer that the officer downloaded from the bank; which kind it is, its first lines say."""

    file = forms.FileField(
        label=say_lazily("แฟ้มผลการจ่าย", "Result file"),
        error_messages={
            "required": say_lazily("เลือกแฟ้มผลการจ่าย", "Choose the result file"),
            "empty": say_lazily("แฟ้มนี้ว่างเปล่า", "This file is empty"),
        },
    )


def with_problem(form: SomeForm, problem: Problem) -> SomeForm:
    """The bound form again, with what went wrong and what to do; nothing typed is lost."""
    form.is_valid()
    form.add_error(None, _in_full(problem))
    return form


def _in_full(problem: Problem) -> str:
    return str(say_lazily(problem.in_full("th"), problem.in_full("en")))

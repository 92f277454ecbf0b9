"""What shape does a finance officer's input have?"""

from datetime import date
from typing import Any

from django import forms

from phueng.audit.clock import now
from phueng.design.widgets import DayWidget
from phueng.design.wording import say_lazily
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import in_bangkok, parse_date


class PrepareForm(forms.Form):
    """On which bank day the money should arrive."""

    effective_on = forms.CharField(
        label=say_lazily("วันที่เงินเข้าบัญชี", "Day the money arrives"),
        help_text=say_lazily("ต้องเป็นวันทำการธนาคาร", "It must be a bank working day"),
        widget=DayWidget,
    )

    def clean_effective_on(self) -> date:
        """A whole day, however it was typed."""
        read = parse_date(self.cleaned_data["effective_on"], in_bangkok(now()).date())
        if isinstance(read, Problem):
            raise forms.ValidationError(say_lazily(f"{read.th} {read.next_th}", f"{read.en} {read.next_en}"))
        return read.as_date()


class ReleaseForm(forms.Form):
    """The last characters of the fingerprint, read from the page and typed by the releaser."""

    last_of_root = forms.CharField(
        label=say_lazily("พิมพ์ 4 ตัวท้ายของรหัสชุดจ่าย", "Type the last 4 characters of the fingerprint"), max_length=20
    )


class WhyForm(forms.Form):
    """A reason in words."""

    why = forms.CharField(label=say_lazily("เหตุผล", "Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ResultForm(forms.Form):
    """An answer that the officer downloaded from the bank."""

    file = forms.FileField(label=say_lazily("แฟ้มผลการจ่าย", "Result file"))
    pay_route = forms.ChoiceField(
        label=say_lazily("แฟ้มนี้มาจาก", "This file comes from"),
        choices=[
            ("krungthai", say_lazily("ธนาคารกรุงไทย", "Krungthai Bank")),
            ("comptroller", say_lazily("กรมบัญชีกลาง", "Comptroller General's Department")),
        ],
        widget=forms.RadioSelect,
    )


def with_problem(form: forms.Form, problem: Problem) -> Any:
    """The bound form again, with what went wrong and what to do; nothing typed is lost."""
    form.is_valid()
    form.add_error(None, str(say_lazily(f"{problem.th} {problem.next_th}", f"{problem.en} {problem.next_en}")))
    return form

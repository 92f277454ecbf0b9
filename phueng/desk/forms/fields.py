"""Which inputs do the officers' forms share: a sentence, a day, an amount, one of several?"""

from collections.abc import Iterable
from typing import Any

from django import forms

from phueng.audit.clock import now
from phueng.design.widgets import DayWidget, NumberText
from phueng.design.wording import current_language, say_lazily
from phueng.kernel.money import parse_baht, problem_with_baht
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok, parse_date

Choices = Iterable[tuple[str, Any]]


def words(th: str, en: str, *, rows: int = 3, **said: Any) -> forms.CharField:
    """A box for a sentence or two."""
    return forms.CharField(
        label=say_lazily(th, en),
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": say_lazily("เขียนเหตุผลหรือข้อความสั้น ๆ", "Write a short reason or note.")},
        **said,
    )


def line(th: str, en: str, *, needed: tuple[str, str] = ("กรอกช่องนี้", "Fill this in."), **said: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=say_lazily(th, en), error_messages={"required": say_lazily(*needed)}, max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}), **said,
    )  # fmt: skip


def choice(
    th: str, en: str, options: Iterable[tuple[str, str, str]] = (), *, widget: Any = None, **said: Any
) -> forms.ChoiceField:
    """One of several, as radio buttons unless another widget is given."""
    return forms.ChoiceField(
        label=say_lazily(th, en),
        widget=widget or forms.RadioSelect,
        choices=[(code, say_lazily(option_th, option_en)) for code, option_th, option_en in options],
        error_messages={
            "required": say_lazily("เลือกหนึ่งข้อ", "Choose one."),
            "invalid_choice": say_lazily("เลือกข้อที่มีในรายการ", "Choose one from the list."),
        },
        **said,
    )


class DayField(forms.CharField):
    """A whole day in any writing (27/11/2569, 27 พ.ย. 69); the value is a date."""

    def __init__(self, th: str, en: str, **said: Any) -> None:
        super().__init__(
            label=say_lazily(th, en), widget=DayWidget,
            error_messages={"required": say_lazily("กรอกวัน เดือน ปี", "Enter day, month and year.")}, **said,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = parse_date(typed, in_bangkok(now()).date())
        if isinstance(found, Problem):
            raise forms.ValidationError(found.in_full(current_language()))
        if found.precision != "day":
            raise forms.ValidationError(str(say_lazily("กรอกวัน เดือน ปีให้ครบ", "Enter day, month and year.")))
        return found.as_date()


class BahtField(forms.CharField):
    """An amount in baht in any writing; the value is satang."""

    def __init__(self, th: str, en: str, **said: Any) -> None:
        super().__init__(
            label=say_lazily(th, en), widget=NumberText,
            error_messages={"required": say_lazily("กรอกจำนวนเงินเป็นบาท", "Enter the amount in baht.")}, **said,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        problem = problem_with_baht(typed)
        if problem is not None:
            raise forms.ValidationError(problem.in_full(current_language()))
        return parse_baht(typed)


def add_refusal(form: forms.Form, refused: Refused, fields: dict[str, str]) -> None:
    """Show why an action refused: beside its input, or above the form when it is about the case itself."""
    name = fields.get(refused.problem.code)
    form.add_error(name if name in form.fields else None, refused.problem.in_full(current_language()))

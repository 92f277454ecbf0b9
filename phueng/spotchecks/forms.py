"""What shape does the input of these pages have? Shape only; what may be done is said by the acts."""

from datetime import date
from typing import Any

from django import forms

from phueng.audit.clock import now
from phueng.design.widgets import DayWidget, NumberText
from phueng.design.wording import say_lazily
from phueng.kernel.money import parse_baht
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok, parse_date
from phueng.spotchecks.wording import OUTCOME_WORDS, RECEIVED_WORDS, YES_NO_WORDS

_CHOOSE = say_lazily("เลือกหนึ่งข้อ", "Choose one")
_TOO_LONG = say_lazily("ข้อความยาวเกินไป", "This is too long")


def _choice(th: str, en: str, table: dict[str, tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=say_lazily(th, en),
        choices=[(code, say_lazily(*words)) for code, words in table.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )


class BahtField(forms.CharField):
    """A sum as people write it ("1,200.50", Thai digits), in satang; empty is None."""

    def __init__(self, th: str, en: str, *, help_th: str = "", help_en: str = "") -> None:
        super().__init__(
            label=say_lazily(th, en),
            help_text=say_lazily(help_th, help_en) if help_th else "",
            required=False,
            max_length=40,
            error_messages={"max_length": say_lazily("ตัวเลขยาวเกินไป", "This number is too long")},
            widget=NumberText,
        )

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_baht(text)
        except Refused as refused:
            raise forms.ValidationError(in_full(refused.problem)) from refused


class DayField(forms.CharField):
    """A whole day, however it was typed; empty is None."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(label=say_lazily(th, en), required=False, widget=DayWidget)

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        read = parse_date(text, in_bangkok(now()).date())
        if isinstance(read, Problem):
            raise forms.ValidationError(in_full(read))
        if read.precision != "day":
            raise forms.ValidationError(str(say_lazily("ใส่วัน เดือน และปีให้ครบ", "Enter day, month and year")))
        return read.as_date()


class SheetForm(forms.Form):
    """The questions, in the order in which they are asked. The sum that was paid is not shown: it would be an answer."""

    received = _choice("ได้รับเงินหรือไม่", "Did the money come?", RECEIVED_WORDS)
    amount_satang = BahtField(
        "ได้เท่าไร", "How much came?", help_th="เว้นว่างได้ถ้าจำไม่ได้ อย่าบอกยอดก่อน",
        help_en="Leave it empty if they do not remember. Do not say the sum first.",
    )  # fmt: skip
    received_on = DayField("ได้รับเมื่อวันที่", "On which day?")
    asked_back = _choice("มีใครขอเงินคืนหรือขอส่วนแบ่งหรือไม่", "Did anybody ask for part of it back?", YES_NO_WORDS)
    signed_self = _choice("ลงชื่อรับเองหรือไม่", "Did they sign for it themselves?", YES_NO_WORDS)
    knows_application = _choice("รู้เรื่องคำขอนี้หรือไม่", "Do they know of the request?", YES_NO_WORDS)
    visitor = forms.CharField(
        label=say_lazily("ใครมาเยี่ยมบ้าน", "Who came to the home?"), required=False, max_length=300,
        error_messages={"max_length": _TOO_LONG},
    )  # fmt: skip
    words = forms.CharField(
        label=say_lazily("เรื่องอื่นที่อยากบอก", "Anything else they want to say"), required=False, max_length=4000,
        error_messages={"max_length": _TOO_LONG}, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ClosingForm(forms.Form):
    """What an auditor found."""

    outcome = _choice("พบอะไร", "What was found?", OUTCOME_WORDS)
    why = forms.CharField(
        label=say_lazily("เหตุผลและหลักฐาน", "Reason and evidence"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": say_lazily("เขียนสั้น ๆ ว่าตรวจอะไรและพบอะไร", "Write briefly what was looked at and found"),
            "max_length": _TOO_LONG,
        },
    )  # fmt: skip


class PartForm(forms.Form):
    """What came of a payment, typed by the payee."""

    amount_satang = BahtField("ได้รับจริงเท่าไร", "How much did you get?")

    def clean_amount_satang(self) -> int:
        """Without a sum there is nothing to write down."""
        amount: int | None = self.cleaned_data["amount_satang"]
        if amount is None:
            raise forms.ValidationError(str(say_lazily("ใส่จำนวนเงินที่ได้รับ", "Enter how much you got")))
        return amount


def in_full(problem: Problem) -> str:
    """What went wrong and what to do, in the reader's language."""
    return str(say_lazily(problem.in_full("th"), problem.in_full("en")))


def with_problem(form: Any, problem: Problem) -> Any:
    """The bound form again, with what went wrong and what to do; nothing typed is lost."""
    form.is_valid()
    form.add_error(None, in_full(problem))
    return form

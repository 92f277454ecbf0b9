"""What shape does the input of these pages have? Shape only; what may be done is said by the acts."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms

from phueng.audit.clock import now
from phueng.design.widgets import DayWidget
from phueng.design.wording import say_lazily
from phueng.kernel.problems import Problem
from phueng.kernel.thai_dates import in_bangkok, parse_date
from phueng.payments.printed_forms import SumField

SomeForm = TypeVar("SomeForm", bound=forms.Form)
_CHOOSE = {
    "required": say_lazily("เลือกหนึ่งข้อ", "Choose one"),
    "invalid_choice": say_lazily("เลือกหนึ่งข้อ", "Choose one"),
}


def _words(th: str, en: str, most: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=say_lazily(th, en), max_length=most, required=required,
        error_messages={
            "required": say_lazily("กรอกช่องนี้", "Fill this in"),
            "max_length": say_lazily("ข้อความยาวเกินไป", "This is too long"),
        },
    )  # fmt: skip


class DayField(forms.CharField):
    """A whole day, however it was typed."""

    def __init__(self, th: str, en: str, *, required: bool = True) -> None:
        super().__init__(
            label=say_lazily(th, en), required=required, widget=DayWidget,
            error_messages={"required": say_lazily("ใส่วัน เดือน และปี", "Enter day, month and year")},
        )  # fmt: skip

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


class ChooseForm(forms.Form):
    """Whose money, by the number of the request, and why."""

    reference = _words("เลขอ้างอิงคำขอ", "Reference of the request", 40)
    why = _words("ทำไมต้องรับที่เคาน์เตอร์", "Why at the counter?", 300)


class DrawForm(forms.Form):
    """Who takes the money, and where and when it is paid."""

    first_payer = forms.ChoiceField(label=say_lazily("ผู้จ่ายคนที่หนึ่ง", "First payer"), error_messages=_CHOOSE)
    second_payer = forms.ChoiceField(label=say_lazily("ผู้จ่ายคนที่สอง", "Second payer"), error_messages=_CHOOSE)
    place = _words("จ่ายที่ไหน", "Where it is paid", 200)
    pay_on = DayField("จ่ายวันที่", "Pay day")

    def __init__(self, *args: Any, payers: list[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("first_payer", "second_payer"):
            field = self.fields[name]
            field.choices = [("", say_lazily("เลือก", "Choose")), *((str(pk), words) for pk, words in payers)]  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """What stands on the signed receipt."""

    identity = forms.ChoiceField(
        label=say_lazily("รู้ได้อย่างไรว่าเป็นคนนี้", "How do you know who it is?"), widget=forms.RadioSelect,
        error_messages=_CHOOSE,
        choices=[
            ("card", say_lazily("ดูบัตรประชาชนแล้ว", "I looked at the ID card")),
            ("witnesses", say_lazily("ไม่มีบัตร พยานสองคนรู้จัก", "No card; two witnesses know the person")),
        ],
    )  # fmt: skip
    mark = forms.ChoiceField(
        label=say_lazily("ลงชื่ออย่างไร", "How was it signed?"), widget=forms.RadioSelect, error_messages=_CHOOSE,
        choices=[
            ("signature", say_lazily("ลายมือชื่อ", "Signature")),
            ("thumbprint", say_lazily("ลายนิ้วหัวแม่มือ มีพยานสองคน", "Thumbprint, with two witnesses")),
        ],
    )  # fmt: skip
    witness_1 = _words("พยานคนที่หนึ่ง (ถ้ามี)", "First witness (if any)", 200, required=False)
    witness_2 = _words("พยานคนที่สอง (ถ้ามี)", "Second witness (if any)", 200, required=False)
    way = forms.ChoiceField(
        label=say_lazily("จ่ายเป็น", "Paid in"), widget=forms.RadioSelect, initial="cash", error_messages=_CHOOSE,
        choices=[("cash", say_lazily("เงินสด นับต่อหน้าแล้ว", "Cash, counted together")), ("cheque", say_lazily("เช็ค", "Cheque"))],
    )  # fmt: skip
    cheque_number = _words("เลขที่เช็ค (ถ้าเป็นเช็ค)", "Cheque number (if a cheque)", 20, required=False)
    cheque_bank = _words("ธนาคารของเช็ค (ถ้าเป็นเช็ค)", "Bank of the cheque (if a cheque)", 100, required=False)
    cheque_on = DayField("วันที่บนเช็ค (ถ้าเป็นเช็ค)", "Day on the cheque (if a cheque)", required=False)
    photo = forms.FileField(
        label=say_lazily("รูปใบสำคัญรับเงินที่ลงชื่อแล้ว", "Photo of the signed receipt"),
        error_messages={
            "required": say_lazily("แนบรูปใบสำคัญรับเงิน", "Attach a photo of the signed receipt"),
            "empty": say_lazily("ไฟล์นี้ว่างเปล่า", "This file is empty"),
        },
    )


class WithdrawForm(forms.Form):
    why = _words("เพราะอะไร", "Why?", 300)


class ClearForm(forms.Form):
    """The cash that came back, counted."""

    returned_satang = SumField(
        label=say_lazily("เงินสดที่ส่งคืน (ไม่มีใส่ 0)", "Cash that came back (0 if none)"),
        error_messages={"required": say_lazily("ใส่จำนวนเงิน", "Enter the sum")},
    )
    returned_reference = _words("เลขที่ใบเสร็จรับเงินคืน", "Number of the receipt for it", 60, required=False)


def in_full(problem: Problem) -> str:
    """What went wrong and what to do, in the reader's language."""
    return str(say_lazily(problem.in_full("th"), problem.in_full("en")))


def with_problem(form: SomeForm, problem: Problem) -> SomeForm:
    """The bound form again, with what went wrong and what to do; nothing typed is lost."""
    form.is_valid()
    form.add_error(None, in_full(problem))
    return form

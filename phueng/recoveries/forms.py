"""What shape does the input of these pages have? Shape only; what may be done is said by the acts."""

from datetime import date
from typing import Any, TypeVar

from django import forms

from phueng.audit.clock import now
from phueng.design.widgets import DayWidget, NumberText
from phueng.design.wording import say_lazily
from phueng.kernel.money import parse_baht
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok, parse_date
from phueng.recoveries.wording import APPEAL_WORDS, CAUSE_WORDS, CHANNEL_WORDS, FAULT_WORDS, WAY_WORDS

SomeForm = TypeVar("SomeForm", bound=forms.Form)
_WRITE = say_lazily("เขียนสั้น ๆ ด้วยคำของคุณเอง", "Write it briefly in your own words")
_CHOOSE = say_lazily("เลือกหนึ่งข้อ", "Choose one")
_TOO_LONG = say_lazily("ข้อความยาวเกินไป", "This is too long")


def _choices(table: dict[str, tuple[str, str]], *left_out: str) -> list[tuple[str, Any]]:
    return [(code, say_lazily(*words)) for code, words in table.items() if code not in left_out]


def _long_text(th: str, en: str, help_th: str = "", help_en: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=say_lazily(th, en),
        help_text=say_lazily(help_th, help_en) if help_th else "",
        max_length=4000,
        required=required,
        error_messages={"required": _WRITE, "max_length": _TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BahtField(forms.CharField):
    """A sum as people write it ("1,200.50", Thai digits), in satang; empty is None."""

    def __init__(self, th: str, en: str, *, help_th: str = "", help_en: str = "", required: bool = True) -> None:
        super().__init__(
            label=say_lazily(th, en),
            help_text=say_lazily(help_th, help_en) if help_th else "",
            required=required,
            max_length=40,
            error_messages={
                "required": say_lazily("ใส่จำนวนเงิน", "Enter the sum"),
                "max_length": say_lazily("ตัวเลขยาวเกินไป", "This number is too long"),
            },
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
    """A whole day, however it was typed."""

    def __init__(self, th: str, en: str, *, required: bool = True) -> None:
        super().__init__(
            label=say_lazily(th, en),
            required=required,
            error_messages={"required": say_lazily("ใส่วัน เดือน และปี", "Enter day, month and year")},
            widget=DayWidget,
        )

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


class NoteForm(forms.Form):
    """Why payments were not owed. Which ones, and how much of each, are fields of the list (see views/board.py)."""

    cause = forms.ChoiceField(
        label=say_lazily("เพราะอะไร", "Why"),
        choices=_choices(CAUSE_WORDS),
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    what_happened = _long_text(
        "เกิดอะไรขึ้น",
        "What happened",
        "ผู้รับจะได้อ่านข้อความนี้ เขียนให้เข้าใจง่าย ไม่กล่าวหา",
        "The person will read this. Write it plainly, and accuse nobody.",
    )


class AnswerForm(forms.Form):
    """What the person says, and the short sheet about means. Nothing here has to be filled in."""

    words = _long_text("เล่าให้เราฟัง", "Tell us", "เช่น ใช้เงินไปกับอะไร รู้หรือไม่ว่าไม่มีสิทธิ",
                       "For example what the money was used for, and whether you knew it was not owed", required=False)  # fmt: skip
    left_satang = BahtField("เงินก้อนนี้ยังเหลืออยู่เท่าไร", "How much of this money is still there?", required=False)
    income_satang = BahtField(
        "รายได้ทั้งบ้านต่อเดือน", "Income of the whole household in a month", required=False,
        help_th="ใช้เพื่อไม่ให้ขอคืนเกินที่รับไหว", help_en="Asked so that nobody has to pay more than they can",
    )  # fmt: skip
    household_size = forms.IntegerField(
        label=say_lazily("คนในบ้านกี่คน", "How many people live there?"), required=False, min_value=1, max_value=60,
        error_messages={
            "invalid": say_lazily("ใส่เป็นตัวเลข", "Enter a number"),
            "min_value": say_lazily("อย่างน้อย 1 คน", "At least 1"),
            "max_value": say_lazily("ไม่เกิน 60 คน", "At most 60"),
        },
        widget=NumberText,
    )  # fmt: skip


def _channel(*left_out: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=say_lazily("รับทางไหน", "How it came"),
        choices=_choices(CHANNEL_WORDS, "web", *left_out),
        initial="office",
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )


class OfficerAnswerForm(AnswerForm):
    """The same, noted by an officer."""

    channel = _channel()


class EnquiryForm(forms.Form):
    """What bank and family said."""

    found = _long_text(
        "ธนาคารและครอบครัวบอกว่าอย่างไร",
        "What did bank and family say?",
        "อย่าทวงครอบครัว ถ้าส่งคืนเองให้จดไว้",
        "Do not ask the family to pay. Note it if they give something back of themselves.",
    )
    found_satang = BahtField("จะส่งคืนเท่าไร (ไม่มีใส่ 0)", "How much will come back (0 if nothing)")


class AssessForm(forms.Form):
    """Fault, good faith, evidence and reason. The outcome is computed."""

    fault = forms.ChoiceField(
        label=say_lazily("ความผิดพลาดเกิดจากใคร", "Whose mistake was it?"), choices=_choices(FAULT_WORDS),
        widget=forms.RadioSelect, error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )  # fmt: skip
    good_faith = forms.ChoiceField(
        label=say_lazily("ผู้รับสุจริตหรือไม่", "Was it received in good faith?"),
        choices=[
            ("yes", say_lazily("สุจริต ไม่รู้และไม่ควรรู้ว่าไม่มีสิทธิ", "Yes: did not know and could not have known")),
            ("no", say_lazily("รู้ หรือควรรู้ว่าไม่มีสิทธิ", "Knew, or should have known, that it was not owed")),
            ("false", say_lazily("ให้ข้อมูลเท็จหรือปกปิดความจริง", "Said something false or hid the truth")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )  # fmt: skip
    evidence = _long_text("หลักฐาน", "Evidence")
    why = _long_text("เหตุผล", "Reason", "ผู้รับจะได้อ่านข้อความนี้", "The person will read this.")


class WhyForm(forms.Form):
    why = _long_text("เหตุผล", "Reason")


class DecideForm(forms.Form):
    """Agree, or send it back with a reason."""

    outcome = forms.ChoiceField(
        label=say_lazily("คำสั่ง", "Decision"),
        choices=[
            ("agree", say_lazily("เห็นด้วย ออกคำสั่งตามนี้", "I agree: make it an order")),
            ("send_back", say_lazily("ยังไม่เห็นด้วย ส่งกลับให้ประเมินใหม่", "Not yet: assess it anew")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )  # fmt: skip
    why = _long_text("เหตุผล (ถ้าส่งกลับ)", "Reason (when sending it back)", required=False)


class GroundsForm(forms.Form):
    """Why the person disagrees."""

    grounds = _long_text("ไม่เห็นด้วยเพราะอะไร", "Why do you disagree?")


class OfficerGroundsForm(GroundsForm):
    channel = _channel()


class SettleForm(forms.Form):
    """How the appeal ends."""

    outcome = forms.ChoiceField(
        label=say_lazily("คำวินิจฉัย", "Outcome"), choices=_choices(APPEAL_WORDS), widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )  # fmt: skip
    asked_satang = BahtField("ยอดที่ขอคืนใหม่ (เฉพาะเมื่อลด)", "New sum asked back (only when it is less)", required=False)
    why = _long_text("เหตุผล", "Reason")


class PlanForm(forms.Form):
    """How much a month, from when."""

    monthly_satang = BahtField("คืนเดือนละ", "Each month", required=False)
    first_on = DayField("งวดแรกวันที่", "First instalment on", required=False)


class OfficerPlanForm(PlanForm):
    channel = _channel()


class ConsentForm(forms.Form):
    """So much of each coming month may be kept back."""

    monthly_satang = BahtField("หักได้เดือนละ", "May be kept back each month")
    agrees = forms.BooleanField(
        label=say_lazily(
            "ยินยอมโดยสมัครใจ ถอนเมื่อใดก็ได้โดยไม่ต้องบอกเหตุผล",
            "Agreed of own free will; it can be taken back at any time without a reason",
        ),
        error_messages={"required": say_lazily("ต้องยินยอมก่อน", "This needs the person's agreement")},
    )


class OfficerConsentForm(ConsentForm):
    channel = _channel("phone")


class RepaymentForm(forms.Form):
    """Money that came back."""

    way = forms.ChoiceField(
        label=say_lazily("คืนทางไหน", "How it came"), choices=_choices(WAY_WORDS),
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )  # fmt: skip
    reference = forms.CharField(
        label=say_lazily("เลขที่ใบเสร็จหรือรายการโอน", "Receipt or transfer number"), max_length=60,
        error_messages={
            "required": say_lazily("ใส่เลขที่อ้างอิง", "Enter the number"),
            "max_length": say_lazily("เลขยาวเกินไป", "This number is too long"),
        },
    )  # fmt: skip
    amount_satang = BahtField("จำนวนเงิน", "Sum")
    received_on = DayField("รับเมื่อวันที่", "Received on")


def in_full(problem: Problem) -> str:
    """What went wrong and what to do, in the reader's language."""
    return str(say_lazily(problem.in_full("th"), problem.in_full("en")))


def with_problem(form: SomeForm, problem: Problem) -> SomeForm:
    """The bound form again, with what went wrong and what to do; nothing typed is lost."""
    form.is_valid()
    form.add_error(None, in_full(problem))
    return form

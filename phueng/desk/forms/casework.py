"""What shape does the input have with which an officer works on a case?

Shape only: who may do what, and whether it is possible now, is said by the actions below.
"""

from typing import Any

from django import forms

from phueng.design.widgets import NumberText
from phueng.design.wording import say_lazily
from phueng.desk.forms.fields import BahtField, Choices, DayField, choice, line, words


class TriageForm(forms.Form):
    category = choice(
        "คนนี้เคยได้รับความช่วยเหลือจากเราหรือไม่",
        "Have we helped this person before?",
        (
            ("known", "เคย เรามีประวัติ (10 วัน)", "Yes, we have a record (10 days)"),
            ("new", "รายใหม่ ต้องเยี่ยมบ้านก่อน (15 วัน)", "New, a visit comes first (15 days)"),
        ),
    )
    is_emergency = forms.BooleanField(
        label=say_lazily("เรื่องด่วน ต้องช่วยภายในวันนี้", "Urgent: help is needed today"), required=False
    )
    call_note = words(
        "โทรกลับแล้วได้ความว่าอย่างไร", "What did you learn from the call?", required=False,
        help_text=say_lazily("ถ้าโทรไม่ติด เขียนว่าโทรเมื่อไร", "If nobody answered, say when you called."),
    )  # fmt: skip


class TransferForm(forms.Form):
    to_office = choice("โอนไปที่", "Transfer to", widget=forms.Select)
    why = words("เพราะอะไร", "Why?")

    def __init__(self, *args: Any, offices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_office"].choices = [("", say_lazily("– เลือกสำนักงาน –", "– choose an office –")), *offices]  # type: ignore[attr-defined]


class AskMissingForm(forms.Form):
    question = choice("ขอข้อไหน", "Which one?", widget=forms.Select)
    note = words(
        "บอกผู้ขอว่าขออะไร ทำไม", "Tell the applicant what, and why",
        help_text=say_lazily("ผู้ขอจะเห็นข้อความนี้ เวลาหยุดนับจนกว่าจะตอบ", "The applicant reads this. The clock rests until the answer."),
    )  # fmt: skip

    def __init__(self, *args: Any, questions: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = [("", say_lazily("– เลือกข้อ –", "– choose –")), *questions]  # type: ignore[attr-defined]


class AnsweredForm(forms.Form):
    note = words(
        "ผู้ขอตอบว่าอย่างไร",
        "What did the applicant answer?",
        help_text=say_lazily("ตอบทางโทรศัพท์หรือที่สำนักงาน", "By phone or at the office"),
    )


class ForwardForm(forms.Form):
    to_agency = line("ส่งต่อไปหน่วยงานใด", "To which agency?")
    receipt_reference = line(
        "เลขรับของหน่วยงานนั้น", "Their receipt number",
        needed=("ขอเลขรับจากหน่วยงานปลายทางก่อน แล้วกรอก", "Ask the receiving agency for its number, then enter it."),
    )  # fmt: skip
    why = words("เพราะอะไร", "Why?")


class WithdrawForm(forms.Form):
    why = words("ผู้ขอบอกว่าถอนเพราะอะไร", "Why does the applicant withdraw?", required=False)


class SettleForm(forms.Form):
    outcome = choice(
        "คุณดูแล้วเห็นว่า", "Having looked at it, you say",
        (("accepted", "ใช้ได้", "It holds"), ("refused", "ใช้ไม่ได้", "It does not hold")),
    )  # fmt: skip
    same_as = choice("เป็นคนเดียวกับ", "The same person as", required=False)
    why = words("รู้ได้อย่างไร", "How do you know?", rows=2)

    def __init__(self, *args: Any, candidates: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = list(candidates)
        if options:
            nobody = ("", say_lazily("ไม่ใช่คนเดียวกับใครในรายการ", "None of these"))
            self.fields["same_as"].choices = [*options, nobody]  # type: ignore[attr-defined]
        else:
            del self.fields["same_as"]


class RecommendForm(forms.Form):
    outcome = choice(
        "ความเห็น", "Your recommendation",
        (
            ("approve", "ควรช่วยเหลือ", "Help"),
            ("refuse", "ยังไม่เข้าเงื่อนไข", "Refuse"),
            ("wait_budget", "ควรช่วยเหลือ แต่รองบประมาณ", "Help, once there is budget"),
        ),
    )  # fmt: skip
    amount = BahtField("จำนวนเงินที่เสนอ", "Proposed amount", required=False)
    why = words(
        "เหตุผล", "Reasons", help_text=say_lazily("ผู้อนุมัติและผู้ขอจะได้อ่าน", "The approver and the applicant will read this.")
    )

    def __init__(self, *args: Any, is_amount_open: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_amount_open:
            del self.fields["amount"]


class DecideForm(forms.Form):
    why = words(
        "เหตุผล", "Reasons", required=False,
        help_text=say_lazily("ต้องเขียนเมื่อไม่อนุมัติ ผู้ขอจะได้อ่านในหนังสือ", "Needed when you refuse. It stands in the letter."),
    )  # fmt: skip
    outcome = choice("ผล", "Outcome", (("approve", "อนุมัติ", "Approve"), ("refuse", "ไม่อนุมัติ", "Refuse")))


class AppealForm(forms.Form):
    grounds = words(
        "ผู้ขอไม่เห็นด้วยเพราะอะไร", "Why does the applicant disagree?",
        help_text=say_lazily("เขียนตามคำของผู้ขอ", "In the applicant's own words"),
    )  # fmt: skip


class SettleAppealForm(forms.Form):
    outcome = choice(
        "คำวินิจฉัย", "Outcome",
        (
            ("upheld", "ยืนตามคำสั่งเดิม", "The decision stands"),
            ("reversed", "ให้พิจารณาใหม่", "To be decided anew"),
            ("late", "ยื่นเกินกำหนด", "Lodged too late"),
        ),
    )  # fmt: skip
    why = words("เหตุผล", "Reasons")


class SuspendForm(forms.Form):
    on = DayField("พักตั้งแต่วันที่", "Suspend from")
    why = words("เพราะอะไร", "Why?")


class ResumeForm(forms.Form):
    on = DayField("จ่ายต่อตั้งแต่วันที่", "Pay again from")
    why = words("เพราะอะไร", "Why?")


class EndForm(forms.Form):
    reason = choice(
        "สิ้นสุดเพราะ", "It ends because",
        (
            ("death", "เสียชีวิต", "Death"),
            ("move", "ย้ายไปอยู่ที่อื่น", "Moved away"),
            ("expiry", "ครบกำหนด", "Expired"),
            ("decision", "มีคำสั่งให้สิ้นสุด", "By decision"),
        ),
    )  # fmt: skip
    on = DayField("ตั้งแต่วันที่", "From")
    why = words("รายละเอียด", "Details")


class UnreachedForm(forms.Form):
    outcome = line(
        "ทำอย่างไร ได้ผลอย่างไร", "What did you do, and with what result?",
        needed=("เขียนสั้น ๆ ว่าบอกผู้ขออย่างไร", "Say briefly how the person was told."),
    )  # fmt: skip


class PlaceForm(forms.Form):
    latitude = forms.CharField(
        label=say_lazily("ละติจูด", "Latitude"), required=False, widget=NumberText({"inputmode": "decimal"})
    )
    longitude = forms.CharField(
        label=say_lazily("ลองจิจูด", "Longitude"), required=False, widget=NumberText({"inputmode": "decimal"})
    )
    accuracy = forms.CharField(required=False, widget=forms.HiddenInput)

"""What shape does the input have on the pages around the questions?"""

from django import forms

from phueng.design.widgets import DayWidget, PhoneInput, PhotoInput
from phueng.design.wording import say, say_lazily
from phueng.schemes.catalogue import schemes

CONSENTS = (
    ("thumbprint", "พิมพ์ลายนิ้วมือและถ่ายภาพไว้", "Thumbprint, with a photo of it"),
    ("spoken", "พูดยินยอมต่อหน้าพยาน", "Spoken in front of a witness"),
    ("code", "บอกรหัสที่ส่งไปโทรศัพท์ของผู้ขอ", "The code sent to the applicant's phone"),
)


class ResumeForm(forms.Form):
    """A number and a birth date. It checks nothing by itself: right, wrong and unknown look alike."""

    reference = forms.CharField(
        label=say_lazily("เลขอ้างอิงคำขอ", "Reference number"),
        help_text=say_lazily("11 ตัว เช่น 7K3M-9QX2-4TB", "11 characters, for example 7K3M-9QX2-4TB"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    birth_date = forms.CharField(label=say_lazily("วันเกิดของผู้ขอ", "Applicant's birth date"), widget=DayWidget)

    def miss(self) -> None:
        """One sentence for every kind of miss."""
        self.errors.clear()
        self.add_error(
            "reference",
            say(
                "เลขอ้างอิงกับวันเกิดไม่ตรงกัน ดูเลขในข้อความหรือใบรับคำขอ แล้วลองอีกครั้ง หรือโทร 1300",
                "The number and the birth date do not match. Look at the message or the slip and try again, or call 1300.",
            ),
        )


class MissingThingForm(forms.Form):
    note = forms.CharField(
        label=say_lazily("บอกเจ้าหน้าที่", "A word to the officer"),
        help_text=say_lazily("ถ้าหาไม่ได้ บอกเราว่าติดขัดตรงไหน", "If you cannot find it, tell us what the difficulty is."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label=say_lazily("เพราะอะไร", "Why?"),
        help_text=say_lazily("ไม่บอกก็ได้", "You need not say."),
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class OnBehalfForm(forms.Form):
    """An application entered for somebody who sits beside the officer or helper."""

    scheme = forms.ChoiceField(label=say_lazily("ขออะไร", "What for?"), widget=forms.RadioSelect)
    consent = forms.ChoiceField(
        label=say_lazily("ผู้ขอยินยอมให้คุณกรอกแทนอย่างไร", "How did the applicant agree that you fill it in?"),
        widget=forms.RadioSelect,
        choices=[(code, say_lazily(th, en)) for code, th, en in CONSENTS],
        error_messages={
            "required": say_lazily("ถามผู้ขอ แล้วเลือกวิธีที่ผู้ขอให้ความยินยอม", "Ask the applicant, then choose how they agreed.")
        },
    )
    consent_photo = forms.FileField(
        label=say_lazily("ภาพลายนิ้วมือของผู้ขอ (เมื่อพิมพ์ลายนิ้วมือ)", "Photo of the thumbprint (when given by thumbprint)"),
        required=False,
        widget=PhotoInput,
    )
    witness = forms.CharField(
        label=say_lazily("ชื่อพยาน (เมื่อพูดยินยอม)", "Name of the witness (when spoken)"), required=False, max_length=200
    )
    phone = forms.CharField(
        label=say_lazily("เบอร์โทรของผู้ขอ (เมื่อใช้รหัส)", "Applicant's phone (when by code)"),
        required=False,
        widget=PhoneInput,
    )
    otp = forms.CharField(label=say_lazily("รหัส 6 หลักที่ผู้ขอได้รับ", "The 6 digits the applicant received"), required=False)
    relation = forms.CharField(
        label=say_lazily("คุณเป็นอะไรกับผู้ขอ", "What are you to the applicant?"), required=False, max_length=60
    )
    is_emergency = forms.BooleanField(
        label=say_lazily("เรื่องด่วน ต้องช่วยภายในวันนี้", "Urgent: help is needed today"), required=False
    )

    def __init__(self, *args: object, is_helper: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(one.code, say_lazily(one.name.th, one.name.en)) for one in schemes()]
        self.fields["scheme"] = forms.ChoiceField(
            label=say_lazily("ขออะไร", "What for?"),
            widget=forms.RadioSelect,
            choices=choices,
            error_messages={"required": say_lazily("เลือกว่าขออะไร", "Choose what is asked for.")},
        )
        if not is_helper:
            del self.fields["relation"]

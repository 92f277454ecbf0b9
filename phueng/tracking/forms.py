"""What shape does the input have? No form here decides anything: right, wrong and unknown look alike."""

from django import forms

from phueng.design.widgets import DayWidget, NumberText
from phueng.design.wording import current_language, say_lazily
from phueng.kernel.bank_accounts import open_banks

_REFERENCE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": "40"}


def _banks() -> list[tuple[str, str]]:
    lang = current_language()
    return [("", "–"), *((bank.code, bank.name(lang)) for bank in open_banks())]


class LookUpForm(forms.Form):
    """The number of the request and the birth date."""

    reference = forms.CharField(
        label=say_lazily("เลขอ้างอิงคำขอ", "Reference number"),
        help_text=say_lazily(
            "11 ตัว อยู่ในข้อความ SMS และใบรับคำขอ เช่น 7K3M-9QX2-4TB",
            "11 characters, in the text message and on the slip, for example 7K3M-9QX2-4TB",
        ),
        widget=forms.TextInput(_REFERENCE),
        required=False,
    )
    birth_date = forms.CharField(
        label=say_lazily("วันเกิดของผู้ขอ", "Applicant's birth date"),
        help_text=say_lazily("ไม่รู้วันหรือเดือน เว้นว่างได้", "Leave the day or month empty if it is not known."),
        widget=DayWidget,
        required=False,
    )


class CodeForm(forms.Form):
    """The number of the request and the code from the message."""

    reference = forms.CharField(
        label=say_lazily("เลขอ้างอิงคำขอ", "Reference number"), widget=forms.TextInput(_REFERENCE), required=False
    )
    code = forms.CharField(
        label=say_lazily("รหัส 6 หลักใน SMS", "The 6-digit code in the message"),
        widget=NumberText({"autocomplete": "one-time-code", "maxlength": "20"}),
        required=False,
    )


class AppealForm(forms.Form):
    grounds = forms.CharField(
        label=say_lazily("คุณไม่เห็นด้วยเพราะอะไร", "Why do you disagree?"),
        help_text=say_lazily(
            "เขียนสั้น ๆ ด้วยคำของคุณเอง ประโยคเดียวก็ได้", "Briefly, in your own words. One sentence is enough."
        ),
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
        required=False,
    )


class AccountForm(forms.Form):
    """Another bank account, as it stands in the passbook."""

    bank = forms.ChoiceField(label=say_lazily("ธนาคาร", "Bank"), choices=_banks, required=False)
    number = forms.CharField(
        label=say_lazily("เลขที่บัญชี", "Account number"), widget=NumberText({"maxlength": "40"}), required=False
    )
    holder = forms.CharField(
        label=say_lazily("ชื่อบัญชี", "Account name"),
        help_text=say_lazily(
            "ตามหน้าแรกของสมุดบัญชี ต้องเป็นชื่อผู้ขอ", "As on the first page of the passbook: the applicant's own."
        ),
        max_length=200,
        required=False,
    )


class AccountCodeForm(AccountForm):
    """The same with the code that proves whose phone this is."""

    code = forms.CharField(
        label=say_lazily("รหัส 6 หลักใน SMS", "The 6-digit code in the message"),
        widget=NumberText({"autocomplete": "one-time-code", "maxlength": "20"}),
        required=False,
    )

"""What shape does the input have for meetings and for administering an office?"""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from phueng.access.roles import ROLE_NAMES, STAFF_ROLES
from phueng.design.widgets import NumberText
from phueng.design.wording import say, say_lazily
from phueng.desk.forms.fields import BahtField, Choices, DayField, choice, line, words
from phueng.kernel.thai_text import ascii_digits
from phueng.schemes.catalogue import schemes

BANGKOK = ZoneInfo("Asia/Bangkok")
ANY_SCHEME = ("", "ทุกโครงการ", "Every scheme")


def _roles() -> list[tuple[str, str, str]]:
    return [(role, *ROLE_NAMES[role]) for role in (*STAFF_ROLES, "helper")]


def _schemes() -> list[tuple[str, str, str]]:
    return [(one.code, one.short_name.th, one.short_name.en) for one in schemes()]


class _OfficeForm(forms.Form):
    """A form with a list of offices."""

    office_field = "office"

    def __init__(self, *args: Any, offices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.office_field].choices = [("", say_lazily("– เลือกสำนักงาน –", "– choose an office –")), *offices]  # type: ignore[attr-defined]


class CallMeetingForm(_OfficeForm):
    office = choice("สำนักงาน", "Office", widget=forms.Select)
    scheme = choice("พิจารณาเรื่องอะไร", "Which scheme?", _schemes(), widget=forms.Select)
    held_on = DayField("วันประชุม", "Day")
    held_time = line("เวลา", "Time", help_text=say_lazily("เช่น 09:30", "For example 09:30"))
    quorum = forms.IntegerField(
        label=say_lazily("องค์ประชุม (คน)", "Quorum (members)"), min_value=2, max_value=30, widget=NumberText,
        error_messages={
            "required": say_lazily("กรอกจำนวนคน", "Enter a number."),
            "invalid": say_lazily("กรอกเป็นตัวเลข", "Enter a number."),
            "min_value": say_lazily("อย่างน้อย 2 คน", "At least 2 members."),
            "max_value": say_lazily("ไม่เกิน 30 คน", "At most 30 members."),
        },
    )  # fmt: skip

    def clean_held_time(self) -> time:
        """9.30, 09:30 and ๐๙.๓๐ น. are the same hour."""
        typed = ascii_digits(self.cleaned_data["held_time"]).replace("น.", "").strip().replace(".", ":")
        try:
            return datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007  an hour of the day, not a moment
        except ValueError:
            raise forms.ValidationError(say("เขียนเวลาเช่น 09:30", "Write the time like 09:30.")) from None

    def held_at(self) -> datetime:
        """The moment of the meeting."""
        return datetime.combine(self.cleaned_data["held_on"], self.cleaned_data["held_time"], BANGKOK)


class AttendanceForm(forms.Form):
    members = forms.MultipleChoiceField(
        label=say_lazily("ผู้เข้าประชุม", "Present"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": say_lazily("เลือกผู้เข้าประชุมอย่างน้อยหนึ่งคน", "Choose at least one member.")},
    )  # fmt: skip
    chair = choice("ประธาน", "Chair", widget=forms.Select)

    def __init__(self, *args: Any, members: Choices = (), chair_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = list(members)
        self.fields["members"].choices = people  # type: ignore[attr-defined]
        # A meeting has one chair from beginning to end: once recorded, there is nobody else to choose.
        chairs = [one for one in people if one[0] == chair_id] or people
        self.fields["chair"].choices = [("", say_lazily("– เลือกประธาน –", "– choose the chair –")), *chairs]  # type: ignore[attr-defined]


class ResolveForm(forms.Form):
    outcome = choice(
        "มติ", "Resolution",
        (("approve", "เห็นชอบ", "Approve"), ("refuse", "ไม่เห็นชอบ", "Refuse"), ("postpone", "เลื่อนไปครั้งหน้า", "Postpone")),
    )  # fmt: skip
    note = words("เหตุผลและข้อสังเกต", "Reasons and remarks", rows=2)


class RecuseForm(forms.Form):
    member = choice("ใครออกจากห้อง", "Who leaves the room?", widget=forms.Select)
    why = line("เพราะอะไร", "Why?")

    def __init__(self, *args: Any, members: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", say_lazily("– เลือก –", "– choose –")), *members]  # type: ignore[attr-defined]


class MinutesForm(forms.Form):
    minutes = words("รายงานการประชุม", "Minutes", rows=8)


class OpenAccountForm(forms.Form):
    username = line("ชื่อผู้ใช้", "Username", help_text=say_lazily("ตัวอักษรอังกฤษ เช่น orathai.s", "For example orathai.s"))
    display_name_th = line("ชื่อ นามสกุล", "Name in Thai")
    display_name_en = line("ชื่อภาษาอังกฤษ", "Name in English")
    email = forms.EmailField(
        label=say_lazily("อีเมล", "E-mail"), required=False,
        error_messages={"invalid": say_lazily("เขียนอีเมลให้ครบ เช่น orathai@example.go.th", "Write the whole address.")},
    )  # fmt: skip


class GiveDutyForm(_OfficeForm):
    role = choice("หน้าที่", "Role", _roles(), widget=forms.Select)
    office = choice("สำนักงาน", "Office", widget=forms.Select)
    starts_on = DayField("ตั้งแต่วันที่", "From")
    ends_before = DayField("ถึงก่อนวันที่", "Until before", required=False)
    reference = line("คำสั่งที่", "Order number")


class EndDutyForm(forms.Form):
    ends_before = DayField("สิ้นสุดก่อนวันที่", "Ends before")
    why = line("เพราะอะไร", "Why?")


class DelegationForm(_OfficeForm):
    office = choice("สำนักงาน", "Office", widget=forms.Select)
    account = choice("มอบให้", "To", widget=forms.Select, required=False)
    scheme = choice("โครงการ", "Scheme", (ANY_SCHEME, *_schemes()), widget=forms.Select, required=False)
    up_to = BahtField("วงเงินไม่เกิน", "Up to")
    starts_on = DayField("ตั้งแต่วันที่", "From")
    ends_before = DayField("ถึงก่อนวันที่", "Until before", required=False)
    reference = line("คำสั่งที่", "Order number")

    def __init__(self, *args: Any, accounts: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everyone = ("", say_lazily("ผู้อนุมัติทุกคนของสำนักงาน", "Every approver of the office"))
        self.fields["account"].choices = [everyone, *accounts]  # type: ignore[attr-defined]


class AnnounceDayForm(forms.Form):
    calendar = choice(
        "ปฏิทิน",
        "Calendar",
        (("office", "วันทำการของราชการ", "Government offices"), ("bank", "วันทำการของธนาคาร", "Banks")),
    )
    on = DayField("วันหยุด", "Day off")
    name_th = line("ชื่อวัน", "Name in Thai")
    name_en = line("ชื่อภาษาอังกฤษ", "Name in English")
    reference = line("มติ ครม. หรือคำสั่ง", "Cabinet resolution or order")

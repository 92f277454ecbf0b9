"""With which invented content does the catalogue show the components?

Chosen to be hard: stacked Thai marks, long names, a name of 10,000 letters, empty, late and wrong.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from phueng.design import icons, pieces
from phueng.design.widgets import DayWidget, NumberText, PhoneInput, PhotoInput
from phueng.design.wording import say, say_lazily
from phueng.kernel.thai_dates import BANGKOK

NOW = datetime(2026, 11, 23, 10, 32, tzinfo=BANGKOK)
DUE_ON = date(2026, 11, 27)
REFERENCE = "7K3M9QX2W5D"
LONG_THAI = "ผู้ใหญ่บ้านหมู่ที่ ๑๒ บ้านหนองบัวน้ำที่กว้างใหญ่ไพศาลสุดลูกหูลูกตาและเต็มไปด้วยดอกบัวหลวงตลอดทั้งปี"
TEN_KILOBYTES = "ก้าวหน้ามั่นคง" * 240


class ExampleForm(forms.Form):
    """One field of each kind."""

    first_name = forms.CharField(
        label=say_lazily("ชื่อจริง", "First name"),
        help_text=say_lazily("ตามบัตรประชาชน ไม่ต้องใส่คำนำหน้า", "As on the ID card, without title"),
        error_messages={"required": say_lazily("กรอกชื่อจริงตามบัตรประชาชน", "Type the first name on the ID card")},
    )
    phone = forms.CharField(label=say_lazily("เบอร์โทรที่ติดต่อได้", "Telephone"), widget=PhoneInput, required=False)
    income = forms.CharField(label=say_lazily("รายได้ต่อเดือนของทั้งบ้าน", "Income of the home per month"), widget=NumberText)
    born_on = forms.CharField(
        label=say_lazily("วันเกิด", "Date of birth"),
        help_text=say_lazily(
            "เช่น 12 เมษายน 2491 ถ้ารู้แค่ปี กรอกแค่ปีได้", "For example 12 April 1948; the year alone is enough"
        ),
        error_messages={"required": say_lazily("กรอกวันเกิด อย่างน้อยปีเกิด", "Give the date of birth, at least the year")},
        widget=DayWidget,
    )
    story = forms.CharField(
        label=say_lazily("เล่าความเดือดร้อนให้เราฟัง", "Tell us what happened"),
        help_text=say_lazily("เขียนสั้น ๆ ก็ได้", "A few words are enough"),
        widget=forms.Textarea,
        error_messages={"required": say_lazily("เล่าให้เราฟังสั้น ๆ", "Tell us in a few words")},
    )
    province = forms.ChoiceField(
        label=say_lazily("จังหวัดที่อยู่ตอนนี้", "Province where you stay now"),
        choices=[
            ("", say_lazily("เลือกจังหวัด", "Choose a province")),
            ("40", say_lazily("ขอนแก่น", "Khon Kaen")),
        ],
        error_messages={"required": say_lazily("เลือกจังหวัด", "Choose a province")},
    )
    lives_with = forms.ChoiceField(
        label=say_lazily("ตอนนี้อยู่กับใคร", "Who do you live with?"),
        choices=[
            ("alone", say_lazily("อยู่คนเดียว", "Alone")),
            ("family", say_lazily("อยู่กับลูกหลานหรือญาติพี่น้อง", "With children or relatives")),
            ("none", say_lazily("ไม่มีที่อยู่แน่นอน", "No fixed place")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": say_lazily("เลือกหนึ่งข้อ", "Choose one")},
    )
    needs = forms.MultipleChoiceField(
        label=say_lazily("ต้องการให้ช่วยเรื่องใดบ้าง", "What help do you need?"),
        choices=[
            ("food", say_lazily("อาหารและของใช้", "Food and supplies")),
            ("rent", say_lazily("ค่าเช่าบ้าน", "Rent")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    photo = forms.FileField(
        label=say_lazily("รูปถ่ายหน้าบ้าน", "Photo of the home"),
        help_text=say_lazily("ถ่ายด้วยโทรศัพท์ได้เลย", "A phone photo is fine"),
        widget=PhotoInput,
        required=False,
    )
    agrees = forms.BooleanField(
        label=say_lazily("ข้าพเจ้ารับรองว่าข้อมูลเป็นความจริง", "I confirm that this is true"),
        error_messages={"required": say_lazily("ติ๊กเพื่อรับรองข้อมูลก่อนส่ง", "Tick to confirm before sending")},
    )


class OneQuestionForm(forms.Form):
    """A citizen page asks one thing."""

    lives_with = ExampleForm.base_fields["lives_with"]


def filled_form() -> ExampleForm:
    return ExampleForm(
        prefix="filled",
        initial={
            "first_name": "ปิ่นปินัทธ์", "phone": "081 234 5678", "income": "3,500", "born_on": "12/4/2491",
            "story": LONG_THAI, "province": "40", "lives_with": "family", "needs": ["rent"], "agrees": True,
        },
    )  # fmt: skip


def wrong_form() -> ExampleForm:
    form = ExampleForm({"wrong-born_on_0": "31", "wrong-born_on_1": "2", "wrong-income": "สามพันกว่า"}, prefix="wrong")
    form.add_error("income", say("กรอกเป็นตัวเลข เช่น 3500", "Type digits, for example 3500"))
    return form


def events() -> list[pieces.Event]:
    return [
        pieces.Event(
            say("อนุมัติและโอนเงิน", "Decision and payment"), DUE_ON, "waiting",
            say("เมื่อผู้มีอำนาจอนุมัติแล้ว เงินเข้าบัญชีพร้อมข้อความแจ้ง", "Then the money arrives, with a message"),
            say("ผู้อนุมัติ ศูนย์ พม. ขอนแก่น", "Approver, Khon Kaen centre"),
        ),
        pieces.Event(
            say("ขอเอกสารเพิ่ม 1 อย่าง", "One document needed"), NOW, "action",
            say("ถ่ายรูปหน้าสมุดบัญชีธนาคาร", "Photo of the front page of the bank book"),
            say("นักสังคมสงเคราะห์", "Social worker"), "#",
        ),
        pieces.Event(
            say("เยี่ยมบ้าน", "Home visit"), NOW - timedelta(days=1), "late",
            who=say("นักสังคมสงเคราะห์", "Social worker"),
        ),
        pieces.Event(
            say("ตรวจกับทะเบียนราษฎรแล้ว", "Checked with the civil register"), NOW - timedelta(days=2), "done",
            say("ชื่อ วันเกิด และที่อยู่ตรงกัน", "Name, birth date and address agree"), say("ระบบ", "System"),
        ),
        pieces.Event(say("เรารับคำขอแล้ว", "We received the application"), NOW - timedelta(days=2), "done"),
    ]  # fmt: skip


def rows() -> list[pieces.Row]:
    return [
        pieces.Row(say("ชื่อ", "Name"), "นางปิ่นปินัทธ์ ผู้ใหญ่กว้างขวาง", "#", say("ทะเบียนราษฎร", "Civil register")),
        pieces.Row(say("ที่อยู่", "Address"), LONG_THAI, "#"),
        pieces.Row(say("เบอร์โทรสำรอง", "Second telephone"), "", "#"),
        pieces.Row(say("คนในบ้าน", "People at home"), say("4 คน (เด็ก 2 คน)", "4 (2 children)"), "#"),
        pieces.Row(say("ชื่อยาวมาก", "Very long name"), TEN_KILOBYTES[:180], "#"),
    ]


def queue() -> pieces.Table:
    columns = [
        pieces.Column(say("ผู้ขอ", "Applicant"), "name"),
        pieces.Column(say("เรื่อง", "Scheme")),
        pieces.Column(say("ครบกำหนด", "Due"), "due"),
        pieces.Column(say("จำนวนเงิน", "Amount"), "amount", is_number=True),
    ]
    family = say("สงเคราะห์ครอบครัว", "Family grant")
    cells = [
        ("นางคำปิ่น ที่พึ่งใจ", family, say("เลยกำหนด 2 วัน", "2 days late"), "3,000", True),
        ("นายบุญกู้ น้ำใจดี", family, say("วันนี้", "Today"), "2,000", False),
        (
            "น.ส.ปวีณ์นุช กตัญญูรู้คุณ",
            say("เบี้ยความพิการ", "Disability allowance"),
            say("3 วันทำการ", "3 working days"),
            "800",
            False,
        ),
    ]
    lines = [pieces.TableRow(line[:4], "#", is_late=line[4]) for line in cells]
    return pieces.Table(say("งานที่รอคุณ", "Waiting for you"), columns, lines, as_of=NOW)


def photos() -> list[pieces.Photo]:
    captions = (say("หน้าบ้าน", "Front of the home"), say("หลังคารั่วด้านทิศเหนือ", "Leaking roof, north side"))
    return [pieces.Photo("/design/photo.svg", caption, taken_at=NOW) for caption in captions]


def catalogue_context() -> dict[str, Any]:
    empty_table = pieces.Table(say("ใบสำคัญจ่าย", "Vouchers"), queue().columns, [])
    return {
        "now": NOW, "due_on": DUE_ON, "reference": REFERENCE, "long_thai": LONG_THAI,
        "ten_kilobytes": TEN_KILOBYTES,
        "empty_form": ExampleForm(prefix="empty"), "filled_form": filled_form(), "wrong_form": wrong_form(),
        "rows": rows(), "events": events(), "table": queue(), "empty_table": empty_table, "photos": photos(),
        "states": list(pieces.STATES), "signs": sorted(icons.ICONS),
        "tasks": [
            pieces.Task(say("ข้อมูลของคุณ", "About you"), "#", "done", say("บันทึกแล้ว 10:32 น.", "Saved 10:32")),
            pieces.Task(say("คนในบ้าน", "People at home"), "#", "action", say("ทำต่อ", "Continue")),
            pieces.Task(say("ตรวจคำตอบและส่ง", "Check and send")),
        ],
        "chips": [
            pieces.Chip(say("จังหวัดขอนแก่น", "Khon Kaen"), "?"),
            pieces.Chip(say("เกินกำหนด", "Late"), "?"),
        ],
        "tabs": [
            pieces.Tab(say("ทั้งหมด", "All"), "#", 1204, is_current=True),
            pieces.Tab(say("ยังไม่มีคนรับ", "Unassigned"), "#", 8),
            pieces.Tab(say("ของฉัน", "Mine"), "#"),
        ],
        "figures": [
            pieces.Row(say("คำขอปีนี้", "Applications this year"), "2,000", note=say("วันนี้", "Today")),
            pieces.Row(say("จ่ายแล้ว", "Paid"), "4,812,000"),
            pieces.Row(say("เกินกำหนด", "Late"), "2.3%"),
        ],
        "page": Paginator(range(95), 20).page(2),
        "place": {"th": "อำเภอเมืองขอนแก่น", "en": "Mueang Khon Kaen"},
    }  # fmt: skip


def citizen_context(*, wrong: bool) -> dict[str, Any]:
    form = OneQuestionForm({} if wrong else None)
    return {"form": form, "step": 3, "steps": 8, "back_url": "#", "has_errors": wrong}


def officer_context() -> dict[str, Any]:
    office = say("ศูนย์ พม. จังหวัดขอนแก่น", "Khon Kaen centre")
    return catalogue_context() | {
        "signed_in": pieces.SignedIn("วรรณา ใจดี", say("นักสังคมสงเคราะห์", "Social worker"), office, "#"),
    }

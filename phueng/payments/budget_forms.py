"""What shape does input about budgets have? Amounts are read with Thai digits and units, as people write them."""

from django import forms

from phueng.design.widgets import NumberText
from phueng.design.wording import say_lazily
from phueng.kernel.money import parse_baht
from phueng.kernel.problems import Refused
from phueng.kernel.thai_text import ascii_digits
from phueng.ledger.sources import SOURCES
from phueng.payments.proof_wording import scheme_words, source_words
from phueng.schemes.catalogue import schemes

FIRST_YEAR, LAST_YEAR = 2560, 2640  # a year typed in the other era lies outside
MOST_BYTES = 2_000_000


def fund_choices() -> list[tuple[str, object]]:
    """scheme@source for every scheme and source, in words."""
    return [
        (f"{one.code}@{source}", f"{scheme_words(one.code)} · {source_words(source)}")
        for one in schemes()
        for source in SOURCES
    ]


class BahtField(forms.CharField):
    """Baht as typed, satang inside."""

    widget = NumberText

    def clean(self, value: object) -> object:
        typed = super().clean(value)
        if not typed:
            return 0
        try:
            satang = parse_baht(typed)
        except Refused as refusal:
            raise forms.ValidationError(
                str(say_lazily(refusal.problem.in_full("th"), refusal.problem.in_full("en")))
            ) from refusal
        if satang == 0:
            raise forms.ValidationError(str(say_lazily("ใส่จำนวนเงินมากกว่า 0", "Enter more than 0")))
        return satang


class YearForm(forms.Form):
    """Which year, by which letter, for which schemes and sources."""

    fiscal_year = forms.CharField(
        label=say_lazily("ปีงบประมาณ (พ.ศ.)", "Fiscal year (Buddhist era)"),
        help_text=say_lazily("ปี 2570 เริ่ม 1 ตุลาคม 2569", "2570 begins on 1 October 2026"),
        error_messages={"required": say_lazily("ใส่ปีงบประมาณ", "Enter the fiscal year")},
        max_length=20,
        widget=NumberText,
    )
    reference = forms.CharField(
        label=say_lazily("หนังสือแจ้งจัดสรร", "Letter that gives the budget"),
        help_text=say_lazily("เลขที่และวันที่", "Its number and date"),
        error_messages={"required": say_lazily("ใส่เลขที่หนังสือ", "Enter the number of the letter")},
        max_length=200,
    )
    funds = forms.MultipleChoiceField(
        label=say_lazily("โครงการและแหล่งเงิน", "Schemes and sources"),
        error_messages={"required": say_lazily("เลือกอย่างน้อยหนึ่งรายการ", "Choose at least one")},
        widget=forms.CheckboxSelectMultiple,
        choices=fund_choices,
    )

    def clean_fiscal_year(self) -> int:
        """Thai digits and the words around them are understood; a year of the Christian era is not guessed."""
        typed = ascii_digits(self.cleaned_data["fiscal_year"]).replace("พ.ศ.", "").strip()
        if not typed.isdecimal() or not FIRST_YEAR <= int(typed) <= LAST_YEAR:
            raise forms.ValidationError(str(say_lazily("ใส่ปี พ.ศ. สี่หลัก เช่น 2570", "Enter a Buddhist year such as 2570")))
        return int(typed)


class LinesForm(forms.Form):
    """Rows pasted from a spreadsheet, or a CSV file."""

    pasted = forms.CharField(
        label=say_lazily("วางจากตารางคำนวณ", "Paste from a spreadsheet"),
        help_text=say_lazily(
            "แถวละสำนักงาน: รหัสหรือชื่อ, โครงการ, แหล่งเงิน, บาท", "One office a row: code or name, scheme, source, baht"
        ),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(label=say_lazily("หรือแฟ้ม CSV", "Or a CSV file"), required=False, allow_empty_file=False)

    def clean_file(self) -> str:
        """Its text, whether saved in UTF-8 or in Thai Windows."""
        file = self.cleaned_data.get("file")
        if not file:
            return ""
        if file.size > MOST_BYTES:
            raise forms.ValidationError(str(say_lazily("แฟ้มใหญ่เกิน 2 MB", "The file is larger than 2 MB")))
        content = file.read()
        for encoding in ("utf-8-sig", "cp874"):
            try:
                return str(content.decode(encoding)).replace("\x00", "")
            except UnicodeDecodeError:
                continue
        raise forms.ValidationError(
            str(
                say_lazily(
                    "อ่านแฟ้มนี้ไม่ได้ บันทึกเป็น CSV (UTF-8) แล้วลองใหม่",
                    "Cannot read this file. Save it as CSV (UTF-8) and try again",
                )
            )
        )


class TransferForm(forms.Form):
    """What should go where, and why."""

    fund = forms.ChoiceField(
        label=say_lazily("จากกองเงิน", "From"),
        error_messages={"required": say_lazily("เลือกกองเงินที่ให้", "Choose the fund that gives")},
    )
    to_office = forms.ChoiceField(
        label=say_lazily("ให้สำนักงาน", "To the office"),
        error_messages={"required": say_lazily("เลือกสำนักงานที่รับ", "Choose the office that takes")},
    )
    amount = BahtField(
        label=say_lazily("จำนวนเงิน (บาท)", "Amount (baht)"),
        error_messages={"required": say_lazily("ใส่จำนวนเงิน", "Enter the amount")},
        max_length=40,
    )
    reason = forms.CharField(
        label=say_lazily("เหตุผล", "Reason"),
        error_messages={"required": say_lazily("เขียนเหตุผลสั้น ๆ", "Write a short reason")},
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CarryForm(forms.Form):
    """Which fund's year ends, by which permission."""

    fund = forms.ChoiceField(
        label=say_lazily("กองเงินของปีที่สิ้นสุด", "Fund of the year that ends"),
        error_messages={"required": say_lazily("เลือกกองเงิน", "Choose the fund")},
    )
    reference = forms.CharField(
        label=say_lazily("เลขที่อนุมัติกันเงินเหลื่อมปี", "Number of the permission to carry over"),
        error_messages={"required": say_lazily("ใส่เลขที่อนุมัติ", "Enter the number of the permission")},
        max_length=200,
    )

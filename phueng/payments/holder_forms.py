"""What shape does a ruling on an account have?"""

from typing import Any

from django import forms

from phueng.design.wording import say_lazily
from phueng.documents.refusals import MOST_BYTES
from phueng.payments.forms import WhyForm

KINDS = (
    ("same_person", say_lazily("คนเดียวกัน เพียงสะกดต่างกัน", "The same person, spelt otherwise")),
    ("third_party", say_lazily("บัญชีของคนที่ดูแลแทน เช่น ผู้ปกครอง", "The account of somebody who looks after them")),
    ("new_account", say_lazily("ใช้บัญชีนี้ไม่ได้ ขอบัญชีใหม่", "This account will not do: ask for another")),
)
RELATION_WORDS = (
    ("parent", say_lazily("พ่อแม่", "Parent")),
    ("child", say_lazily("ลูก", "Child")),
    ("spouse", say_lazily("สามีหรือภรรยา", "Spouse")),
    ("guardian", say_lazily("ผู้ปกครองหรือผู้อนุบาล", "Guardian")),
    ("caregiver", say_lazily("ผู้ดูแล", "Caregiver")),
    ("relative", say_lazily("ญาติ", "Other relative")),
    ("other", say_lazily("อื่น ๆ", "Somebody else")),
)


class HolderRulingForm(WhyForm):
    """What it is, why, and for a third party's account the relation and the payee's consent."""

    field_order = ("kind", "relation", "consent", "why")
    kind = forms.ChoiceField(
        label=say_lazily("บัญชีนี้เป็นของใคร", "Whose account is it"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": say_lazily("เลือกหนึ่งข้อ", "Choose one")},
    )
    relation = forms.ChoiceField(
        label=say_lazily("เจ้าของบัญชีเป็นอะไรกับผู้รับ", "What the holder is to the payee"),
        help_text=say_lazily("เฉพาะบัญชีของคนอื่น", "Only for another person's account"),
        choices=(("", ""), *RELATION_WORDS),
        required=False,
    )
    consent = forms.FileField(
        label=say_lazily("หนังสือยินยอมของผู้รับ", "The payee's written consent"),
        help_text=say_lazily("ภาพถ่ายหรือ PDF เฉพาะบัญชีของคนอื่น", "A photo or PDF; only for another person's account"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A third party's account needs both."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("kind") == "third_party":
            if not typed.get("relation"):
                self.add_error("relation", str(say_lazily("เลือกความเกี่ยวข้อง", "Choose the relation")))
            if not typed.get("consent"):
                self.add_error("consent", str(say_lazily("แนบหนังสือยินยอม", "Attach the written consent")))
        return typed

    def paper(self) -> tuple[str, bytes] | None:
        """Name and content of the consent; a byte more than allowed is read, so that too large is seen as such."""
        file = self.cleaned_data.get("consent")
        is_wanted = self.cleaned_data.get("kind") == "third_party"
        return (file.name, file.read(MOST_BYTES + 1)) if file and is_wanted else None

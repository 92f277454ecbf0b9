"""Who gives the old-age allowance, under which law, and what must be checked before it is decided?"""

from __future__ import annotations

from pathlib import Path

from phueng.schemes.definition import DocumentWanted, Scheme
from phueng.schemes.laws import law
from phueng.schemes.words import Words

SCHEME = Scheme(
    code="old_age",
    folder=Path(__file__).parent,
    name=Words("เบี้ยยังชีพผู้สูงอายุ", "Old-age allowance"),
    short_name=Words("เบี้ยผู้สูงอายุ", "Old-age allowance"),
    message_name=Words("คำขอของคุณ", "Your request"),
    purpose=Words(
        "เงินรายเดือน สำหรับคนไทยอายุ 60 ปีขึ้นไปที่ไม่ได้รับบำนาญ",
        "A monthly sum for Thai people aged 60 and over who have no pension.",
    ),
    legal_basis=(law("moi_old_age_2566"), law("older_persons_act_2546")),
    owner_kind="municipality",
    pay_route="comptroller",
    benefit_kind="monthly",
    checks_required=("identifier", "civil_register", "same_person", "other_benefits", "eligibility"),
    documents=(
        DocumentWanted(
            "passbook",
            Words("ภาพหน้าสมุดบัญชี", "Photo of the passbook page"),
            Words("ให้เงินเข้าบัญชีที่ถูกต้อง", "So that the money reaches the right account."),
            is_required=False,
            question="photo_passbook",
        ),
    ),
)

"""Who gives the disability allowance, under which law, and what must be checked before it is decided?"""

from __future__ import annotations

from pathlib import Path

from phueng.schemes.definition import DocumentWanted, Scheme
from phueng.schemes.laws import law
from phueng.schemes.words import Words

SCHEME = Scheme(
    code="disability",
    folder=Path(__file__).parent,
    name=Words("เบี้ยความพิการ", "Disability allowance"),
    short_name=Words("เบี้ยความพิการ", "Disability allowance"),
    # A disability is sensitive under the data protection law: a text message never names this scheme.
    message_name=Words("คำขอของคุณ", "Your request"),
    purpose=Words(
        "เงินรายเดือน สำหรับคนที่มีบัตรประจำตัวคนพิการ",
        "A monthly sum for people who hold a disability card.",
    ),
    legal_basis=(law("moi_disability_2553"), law("disability_act_2550")),
    owner_kind="municipality",
    pay_route="comptroller",
    benefit_kind="monthly",
    checks_required=("identifier", "civil_register", "same_person", "other_benefits", "eligibility"),
    documents=(
        DocumentWanted(
            "disability_card",
            Words("ภาพบัตรประจำตัวคนพิการ", "Photo of the disability card"),
            Words("ใช้เมื่อเราตรวจทะเบียนคนพิการไม่ได้", "Used when the disability register cannot be asked."),
            is_required=False,
            question="photo_disability_card",
        ),
        DocumentWanted(
            "passbook",
            Words("ภาพหน้าสมุดบัญชี", "Photo of the passbook page"),
            Words("ให้เงินเข้าบัญชีที่ถูกต้อง", "So that the money reaches the right account."),
            is_required=False,
            question="photo_passbook",
        ),
    ),
)

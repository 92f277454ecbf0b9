"""Who gives the family grant, under which law, and what must be checked before it is decided?"""

from __future__ import annotations

from pathlib import Path

from phueng.schemes.definition import DocumentWanted, Scheme
from phueng.schemes.laws import law
from phueng.schemes.words import Words

SCHEME = Scheme(
    code="family",
    folder=Path(__file__).parent,
    name=Words(
        "เงินสงเคราะห์ครอบครัวผู้มีรายได้น้อยและผู้ไร้ที่พึ่ง",
        "Assistance for low-income families and the destitute",
    ),
    short_name=Words("เงินสงเคราะห์ครอบครัว", "Family assistance"),
    # Said in text messages that others may read over a shoulder: it must not tell what the money is for.
    message_name=Words("คำขอของคุณ", "Your request"),
    purpose=Words(
        "เงินช่วยเหลือครั้งคราว สำหรับครอบครัวหรือคนที่เดือดร้อนและมีรายได้น้อย",
        "A one-time sum for a family or a person in hardship with little income.",
    ),
    legal_basis=(law("dsdw_2552"), law("destitute_act_2557")),
    owner_kind="centre",
    pay_route="krungthai",
    benefit_kind="lump_sum",
    checks_required=(
        "identifier",
        "civil_register",
        "same_person",
        "other_benefits",
        "eligibility",
        "home_visit",
    ),
    documents=(
        DocumentWanted(
            "house_outside",
            Words("ภาพที่พักด้านนอก", "Photo of the home from outside"),
            Words("ให้เราเห็นสภาพที่อยู่ก่อนไปเยี่ยม", "So that we see how you live before we visit."),
            is_required=False,
            question="photo_home",
        ),
        DocumentWanted(
            "person",
            Words("ภาพของคุณ", "Photo of you"),
            Words("ให้เจ้าหน้าที่รู้จักคุณเมื่อไปเยี่ยม", "So that the visiting officer recognises you."),
            is_required=False,
            question="photo_person",
        ),
        DocumentWanted(
            "identity_card",
            Words("ภาพบัตรประชาชน", "Photo of the ID card"),
            Words("ใช้เมื่อตรวจกับทะเบียนราษฎรไม่ได้", "Used when the civil register cannot be asked."),
            is_required=False,
            question="photo_identity_card",
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

"""Do the letters give reasons, days and rights in both languages, and threaten nobody?"""

import pytest

from phueng.documents.lettering import letter_as_html
from phueng.documents.models import Letter
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import decompose_sara_am
from phueng.notices.texts import compose, texts
from phueng.recoveries.actions import agree_plan, record_repayment, settle_appeal
from phueng.recoveries.tests import scenes

pytestmark = pytest.mark.django_db
HARSH = ("หนี้", "ลูกหนี้", "ดำเนินคดี", "ยึดทรัพย์", "โกง", "debt", "prosecut", "seize", "fraud")


def words(kind: str, language: str = "th") -> str:
    letter = Letter.objects.get(kind=f"recoveries/{kind}")
    letter.language = language
    return letter_as_html(letter)


def th(text: str) -> str:
    """As letters write it: sara am taken apart."""
    return decompose_sara_am(text)


def test_the_notice_asks_to_be_told_and_decides_nothing() -> None:
    scenes.told()
    thai, english = words("notice"), words("notice", "en")
    assert th("ยังไม่มีคำสั่งใด ๆ") in thai
    assert "17 พฤศจิกายน 2569" in thai  # fifteen days after 2 November
    assert th("มาตรา 30") in thai
    assert "17 November 2026" in english
    assert "You may answer until" in english


def test_the_order_has_reasons_law_sum_and_the_right_of_appeal() -> None:
    scenes.decided()
    thai, english = words("ruling"), words("ruling", "en")
    for said in ("มาตรา 51", "500 บาท", "ห้าร้อยบาทถ้วน", "อุทธรณ์", "7 ธันวาคม 2569", "จ่ายเต็มเหมือนเดิม"):
        assert th(said) in thai, said
    for said in ("section 51", "500 baht", "You may appeal until", "7 December 2026", "paid in full"):
        assert said in english, said


def test_an_order_that_asks_nothing_says_so_first() -> None:
    scenes.decided("state")
    assert th("คุณไม่ต้องคืนเงิน") in words("ruling")
    assert "do not have to pay anything back" in words("ruling", "en")


def test_plan_appeal_and_receipt() -> None:
    overpayment = scenes.appealed()
    settle_appeal(
        by=scenes.lent_approver(), at=scenes.RULED, overpayment_id=overpayment.pk, outcome="reduced", why="เห็นใจ",
        asked_satang=30_000,
    )  # fmt: skip
    assert th("ฟ้องศาลปกครองได้ภายใน 90 วัน") in words("appeal")
    agree_plan(by=scenes.PERSON, at=scenes.RULED, overpayment_id=overpayment.pk, monthly_satang=20_000)
    plan = words("plan")
    assert ("200 บาท" in th(plan), "100 บาท" in th(plan), th("ไม่มีดอกเบี้ย") in plan) == (True, True, True)
    record_repayment(
        by=scenes.CASHIER, at=scenes.RULED, overpayment_id=overpayment.pk, way="cash", reference="R", amount_satang=30_000,
        received_on=in_bangkok(scenes.RULED).date(),
    )  # fmt: skip
    assert "300 baht" in words("settled", "en")
    for kind in ("notice", "ruling", "appeal", "plan", "settled"):
        for language in ("th", "en"):
            harsh = [word for word in HARSH if th(word) in words(kind, language).lower()]
            assert harsh == [], (kind, language)


def test_messages_say_nothing_to_a_stranger() -> None:
    for code in (name for name in texts() if name.startswith("recovery_")):
        for language in ("th", "en"):
            text = compose(code, language, {"reference": "7K3M9QX24TB"}).lower()
            assert not [word for word in (*HARSH, "เงิน", "บาท", "คืน", "money", "baht", "pay") if word in text], code

"""ยายบัวผัน asks once, is checked fairly, and has the money in her account, seeing every step. In a real browser.

A phone for her, a wide screen for each officer; the worker and the systems outside run as processes of their own.
Every page on the way is judged (axe at 360 and 1280 px, console, content security policy) and photographed.
"""

import re
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from phueng.commandline.service import Service
from phueng.demo.people import APPROVER, FINANCE_CHECKER, FINANCE_MAKER, GRANDMOTHER, PASSWORD, RELEASER, SOCIAL_WORKER
from tests.stories.answering import messy_answers_of, visit_answers
from tests.stories.applying import birth_of, place_of
from tests.stories.browsing import Visitor
from tests.stories.outside import Outside, eventually
from tests.stories.promises import assert_promises_hold
from tests.stories.working import end_of_fingerprint

pytestmark = pytest.mark.browser
Visiting = Callable[..., AbstractContextManager[Visitor]]
ANSWERS = messy_answers_of(GRANDMOTHER) | {
    "hardship": {"hardship": "disaster"},
    "story": {"story": "พายุพัดหลังคาบ้านพังครึ่งหลัง\nฝนตกแล้วไม่มีที่นอนแห้ง"},
    "help_received": {"help_received": ["old_age", "state_welfare_card"]},
    "photos": {"photo_home": "บ้าน", "photo_person": "ยาย"},
}


def answer(her: Visitor) -> None:
    """Answer the page in front and go on, as often as the page grows."""
    code = place_of(her.path)[1]
    for _ in range(4):
        her.look(f"apply-{code}")
        her.fill(ANSWERS.get(code, {}))
        her.page.get_by_role("button", name="ต่อไป").click()
        her.page.wait_for_load_state("load")
        if place_of(her.path)[1] != code:
            return
    raise AssertionError(f"page {code} does not take the answers")


def answer_until(her: Visitor, code: str) -> None:
    """Answer page after page until this one is in front."""
    for _ in range(30):
        if place_of(her.path)[1] == code:
            return
        answer(her)
    raise AssertionError(f"{code} is not reached")


def apply_on_the_phone(her: Visitor) -> str:
    """From the front page to the confirmation, with everything that happens to a person on the way."""
    her.open("/", "front")
    her.open("/apply/", "apply-choose")
    her.page.locator('a[href*="/apply/family/start"]').first.click()
    her.look("apply-start")
    her.press("เริ่มขอ", name="apply-applying_for")
    reference = place_of(her.path)[0]
    answer_until(her, "national_id")
    with her.looker.expecting(422):
        her.fill({"national_id": "๑๒๓"})
        her.page.get_by_role("button", name="ต่อไป").click()
        her.page.wait_for_load_state("load")
        her.look("apply-national_id-wrong")
    assert her.page.locator('[name="national_id"]').input_value() == "๑๒๓", "what was typed stays"
    answer_until(her, "stays_at")
    go_back_refresh_and_lose_the_tab(her, reference)
    answer_until(her, "check")
    her.look("apply-check")
    return reference


def go_back_refresh_and_lose_the_tab(her: Visitor, reference: str) -> None:
    """Back keeps the answer; refresh keeps the page; a tab closed in the middle of typing keeps what was typed."""
    her.page.go_back()
    her.page.wait_for_load_state("load")
    assert her.page.locator('[name="phone"]').input_value(), "going back shows what was typed"
    her.page.reload()
    assert her.page.locator('[name="phone"]').input_value()
    answer(her)
    answer_until(her, "story")
    her.page.locator('[name="story"]').fill("กำลังพิมพ์อยู่ แล้วแท็บก็ปิดไป")
    her.page.locator('[name="story"]').blur()
    her.page.get_by_text("บันทึกแล้ว").first.wait_for()
    her.page.close()
    her.new_tab()
    her.open("/apply/", "apply-choose-begun")
    her.page.locator(f'a[href="/apply/{reference}/"]').click()
    her.page.wait_for_load_state("load")
    her.page.goto(f"{her.url}/apply/{reference}/story/")
    assert her.page.locator('[name="story"]').input_value() == "กำลังพิมพ์อยู่ แล้วแท็บก็ปิดไป"


def send_twice(her: Visitor, reference: str) -> None:
    """A double click, and the address of the sending posted again: one application."""
    her.page.get_by_role("button", name="ส่งคำขอ").dblclick()
    her.page.wait_for_url(f"**/apply/{reference}/done/")
    her.see("ได้รับคำขอของคุณแล้ว", f"{reference[:4]}-{reference[4:8]}-{reference[8:]}")
    her.page.get_by_role("link", name=re.compile("PDF|ใบรับ|เปิด")).first.wait_for()
    her.look("apply-done")


def triage_visit_recommend(him: Visitor, reference: str) -> None:
    """The social worker: queue, call back, home visit, recommendation of 3,000 baht."""
    him.open("/desk/", "desk-queue")
    him.page.locator(f'a[href*="{reference}"]').first.click()
    him.page.wait_for_load_state("load")
    him.look("desk-case-new")
    him.open(f"/desk/applications/{reference}/?do=triage", "desk-triage")
    him.fill({"category": "new", "call_note": "โทรแล้ว ยายอยู่บ้านกับหลาน หลังคาพังจริง"})
    him.press("บันทึกและเริ่มนับเวลา", name="desk-case-triaged")
    him.open(f"/desk/applications/{reference}/?do=visit", "desk-visit-begin")
    him.press("เริ่มเยี่ยมบ้าน", name="desk-visit")
    overview = him.path
    for code, typed in visit_answers(date.today()).items():  # noqa: DTZ011  # the officer's calendar
        him.open(f"{overview}{code}/", f"desk-visit-{code}")
        if code == "photos":
            him.fill({"photo_outside": "หลังคา"})
            him.page.get_by_role("button", name="แนบภาพที่เลือก").first.click()
            him.page.wait_for_load_state("load")
        else:
            him.fill(typed)
            him.page.get_by_role("button", name="บันทึกและไปต่อ").click()
            him.page.wait_for_load_state("load")
        assert him.path != f"{overview}{code}/" or code == "photos", f"{code} was not taken"
    him.open(overview, "desk-visit-filled")
    him.fill({"latitude": "16.44120", "longitude": "102.82970"})
    him.press("บันทึกพิกัด", name="desk-visit-placed")
    him.press("เยี่ยมบ้านเสร็จแล้ว", name="desk-case-visited")
    recommend(him, reference)


def recommend(him: Visitor, reference: str) -> None:
    """Once the rules have been run over what was seen."""

    def rules_are_through() -> bool:
        him.page.goto(f"{him.url}/desk/applications/{reference}/?do=recommend")
        return not him.page.get_by_text("ยังเสนอให้ช่วยเหลือไม่ได้").count()

    eventually(rules_are_through, what="all checks are through", every=0.5)
    him.look("desk-recommend")
    him.fill({"outcome": "approve", "amount": "๓,๐๐๐", "why": "หลังคาพังจากพายุ รายได้น้อย ควรช่วยค่าสังกะสี"})
    him.press("เสนอผู้อนุมัติ", name="desk-case-recommended")
    him.see("3,000 บาท")


def cannot_decide_herself(him: Visitor, reference: str) -> None:
    """Neither offered nor, by typing the address, allowed."""
    him.page.goto(f"{him.url}/desk/applications/{reference}/?do=decide")
    assert not him.page.get_by_role("button", name=re.compile("^อนุมัติ")).count()
    with him.looker.expecting(403):
        him.page.goto(f"{him.url}/desk/applications/{reference}/decide/")
        him.look("refused-403")
    him.see("1300")


def decide(other: Visitor, reference: str) -> None:
    """Another person reads the reasons and says yes."""
    other.open("/desk/", "desk-queue-approver")
    other.open(f"/desk/applications/{reference}/?do=decide", "desk-decide")
    other.press("อนุมัติ", name="desk-case-approved")
    other.see("อนุมัติ")


def letter_is_made(other: Visitor, reference: str) -> None:
    """The letter as PDF: its text can be read back and names the request."""
    letter = other.page.locator(f'a[href*="/desk/applications/{reference}/letters/"]')

    def made() -> bool:
        other.page.goto(f"{other.url}/desk/applications/{reference}/")
        return letter.count() >= 3  # slip, ปสค.1, decision

    eventually(made, what="three papers of the case", patience=40, every=0.7)
    other.look("desk-case-with-letters")
    texts = []
    for address in [str(one.get_attribute("href")) for one in letter.all()]:
        pdf = other.context.request.get(f"{other.url}{address}").body()
        texts.append(
            subprocess.run(
                ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
            ).stdout.decode()
        )
    grouped = f"{reference[:4]}-{reference[4:8]}-{reference[8:]}"
    decision = next(text for text in texts if "อุทธรณ์" in text)
    assert grouped in decision
    assert "3,000" in decision
    assert "บัวผัน" in decision


def prepare(maker: Visitor) -> str:
    """The list is frozen; its number."""
    eventually(
        lambda: (maker.page.goto(f"{maker.url}/money/"), maker.page.locator('a[href*="/money/due/family/"]').count())[1]
    )
    maker.look("money-board")
    maker.page.locator('a[href*="/money/due/family/"]').first.click()
    maker.page.wait_for_load_state("load")
    maker.look("money-due")
    maker.press("แช่แข็ง", name="money-run-prepared")
    return maker.path.strip("/").rsplit("/", 1)[-1]


def wait_until_frozen(checker: Visitor, number: str) -> None:
    """The civil register is asked about the payees once more before the list stands still."""
    eventually(
        lambda: (
            checker.page.goto(f"{checker.url}/money/runs/{number}/"),
            checker.page.locator('form[action$="/approve/"]').count(),
        )[1]
    )


def release(releaser: Visitor, number: str) -> None:
    """The end of the fingerprint, typed from the page; then the releaser proves once more who they are."""
    releaser.open(f"/money/runs/{number}/", "money-run-written")
    releaser.fill({"last_of_digest": end_of_fingerprint(releaser.page.content())})
    releaser.press("สั่งจ่าย", name="money-step-up")
    releaser.fill({"password": PASSWORD})
    releaser.press("ยืนยัน", name="money-step-up-given")
    releaser.press("ส่งอีกครั้ง", name="money-run-released")
    releaser.see("สั่งจ่ายแล้ว")


def test_from_the_phone_to_the_money(visitor: Visiting, running_service: Service, outside: Outside) -> None:
    """The whole way."""
    with visitor() as her:
        reference = apply_on_the_phone(her)
        send_twice(her, reference)
        outside.message_arrives(GRANDMOTHER.phone, reference[:4], "ได้รับคำขอ")
        day, month, year = birth_of(GRANDMOTHER)
        her.open(f"/track/?reference={reference}", "track-look-up")
        her.fill({"reference": reference.lower(), "birth_date_0": day, "birth_date_1": month, "birth_date_2": year})
        her.press("ดูสถานะ", name="track-sent")
        her.see("ตรวจข้อมูลเหล่านี้แล้ว")
        with visitor(SOCIAL_WORKER.username) as him:
            triage_visit_recommend(him, reference)
            cannot_decide_herself(him, reference)
        her.see("เสนอความเห็นให้ผู้อนุมัติแล้ว")  # the same open page, never reloaded
        with visitor(APPROVER.username) as other:
            decide(other, reference)
            her.see("อนุมัติ 3,000 บาท")
            her.look("track-approved")
            letter_is_made(other, reference)
        with visitor(FINANCE_MAKER.username) as maker:
            number = prepare(maker)
        with visitor(FINANCE_CHECKER.username) as checker:
            wait_until_frozen(checker, number)
            checker.look("money-run-to-approve")
            checker.press("ลงชื่ออนุมัติ", name="money-run-approved")
            checker.fill({"gfmis_number": "3600012345"})
            checker.press("บันทึกเลขที่เอกสาร", name="money-run-drawn")
        with visitor(RELEASER.username) as releaser:
            release(releaser, number)
            her.see("เงินเข้าบัญชีแล้ว", patience=40)
            her.look("track-paid")
            releaser.open(f"/money/runs/{number}/", "money-run-paid")
            releaser.see("เข้าบัญชีแล้ว")
        outside.message_arrives(GRANDMOTHER.phone, reference[:4], "ดำเนินการเสร็จแล้ว")
    assert (
        len([text for text in outside.messages_to(GRANDMOTHER.phone) if "ได้รับคำขอ" in text and reference[:4] in text])
        == 1
    )
    assert_promises_hold(running_service)

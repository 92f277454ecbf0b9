import os, pytest
from phueng.tracking.tests.test_open_page import *
from phueng.tracking.tests.conftest import *
from importlib import import_module
pytestmark = []
OUT="/tmp/shots"; os.makedirs(OUT, exist_ok=True)
def test_look(site, phone, monkeypatch):
    monkeypatch.setattr(import_module("phueng.payments.actions.release_run"), "sealing_is_fresh", lambda at: True)
    phone.goto(f"{site}/track/"); phone.screenshot(path=f"{OUT}/01-lookup.png", full_page=True)
    story = beside(Story)
    phone.goto(f"{site}/track/?reference={story.reference}"); phone.get_by_text("ไม่แน่ใจวันเกิดที่แจ้งไว้").click(); 
    phone.get_by_label("ปี (พ.ศ.)").fill("2491"); phone.keyboard.press("Enter"); phone.wait_for_timeout(500)
    phone.screenshot(path=f"{OUT}/02-miss.png", full_page=True)
    look_up(phone, site, story)
    def shot(name):
        for lang in ("th","en"):
            phone.goto(f"{site}/track/{story.reference}/?lang={lang}"); 
            for d in phone.locator("details").all():
                d.evaluate("d => d.open = true")
            phone.screenshot(path=f"{OUT}/{name}-{lang}.png", full_page=True)
    shot("03-sent")
    beside(story.checks_begin); beside(story.register_is_silent); beside(story.called); beside(story.asked); shot("04-missing")
    beside(story.answered); beside(story.machine_checks_pass); shot("05-visit")
    beside(story.visit_done); beside(story.recommended); beside(story.decided); shot("06-approved")
    run = beside(story.prepared); beside(lambda: story.released(run)); beside(lambda: story.bank_answers("returned","closed")); shot("07-returned")
    phone.goto(f"{site}/track/{story.reference}/account/?lang=th"); phone.screenshot(path=f"{OUT}/08-account.png", full_page=True)
    phone.get_by_label("ธนาคาร").select_option("006"); phone.get_by_label("เลขที่บัญชี").fill("9876543210"); phone.get_by_label("ชื่อบัญชี").fill("สมศรี ใจดี"); phone.get_by_role("button", name="ส่งรหัสทาง SMS").click(); phone.wait_for_timeout(400)
    phone.screenshot(path=f"{OUT}/09-account-code.png", full_page=True)
    phone.goto(f"{site}/track/{story.reference}/appeal/"); phone.screenshot(path=f"{OUT}/10-appeal.png", full_page=True)
    story = beside(lambda: Story(device_key="b")); story.at = story.at.replace(month=10, day=1); 
    look_up(phone, site, story); beside(story.called); shot("11-late")
    phone.goto(f"{site}/track/?lang=th&reference={story.reference}"); phone.get_by_text("ไม่แน่ใจวันเกิดที่แจ้งไว้").click(); phone.get_by_role("button", name="ส่งรหัสทาง SMS").click(); phone.wait_for_timeout(400); phone.screenshot(path=f"{OUT}/12-code.png", full_page=True)

"""In which words is the journal of a case told to an officer?"""

from collections.abc import Iterable

from phueng.audit.models import Entry
from phueng.design.pieces import Event
from phueng.design.wording import say
from phueng.desk.households import role_words

# act → (Thai, English, sign). What is not here is told by its code: better plain than left out.
ACT_WORDS: dict[str, tuple[str, str, str]] = {
    "applications.start": ("เริ่มกรอกคำขอ", "Started the application", "waiting"),
    "applications.submit": ("ส่งคำขอ", "Sent the application", "done"),
    "applications.triage": ("คัดกรองแล้ว เริ่มนับเวลา", "Triaged; the clock started", "done"),
    "applications.transfer": ("โอนไปสำนักงานอื่น", "Moved to another office", "done"),
    "applications.ask_for_missing_thing": ("ขอข้อมูลเพิ่มจากผู้ขอ หยุดนับเวลา", "Asked the applicant; the clock rests", "stopped"),
    "applications.answer_missing_thing": ("ผู้ขอตอบแล้ว นับเวลาต่อ", "The applicant answered; the clock goes on", "done"),
    "applications.forward": ("ส่งต่อหน่วยงานอื่น", "Forwarded to another agency", "done"),
    "applications.link_person": ("เชื่อมกับทะเบียนบุคคล", "Joined to the person's record", "done"),
    "applications.withdraw": ("ผู้ขอถอนเรื่อง", "Withdrawn by the applicant", "stopped"),
    "applications.close": ("ปิดเรื่อง", "Closed", "done"),
    "applications.reopen": ("เปิดเรื่องอีกครั้ง", "Opened again", "action"),
    "applications.read": ("เปิดดูคำขอ", "Looked at the application", "waiting"),
    "verification.start_checks": ("เริ่มตรวจ", "Checks started", "waiting"),
    "verification.answer_check": ("ได้คำตอบการตรวจ", "A check was answered", "done"),
    "verification.postpone_check": ("ยังตรวจไม่ได้ จะถามใหม่", "A check waits; we ask again", "waiting"),
    "verification.settle_check": ("เจ้าหน้าที่ยืนยันผลตรวจ", "An officer settled a check", "done"),
    "verification.ask_again": ("ขอตรวจใหม่", "Asked to check again", "waiting"),
    "verification.start_visit": ("เริ่มเยี่ยมบ้าน", "Home visit started", "waiting"),
    "verification.finish_visit": ("เยี่ยมบ้านแล้ว", "Home visited", "done"),
    "decisions.recommend": ("เสนอความเห็น", "Recommended", "done"),
    "decisions.decide": ("มีคำสั่ง", "Decided", "done"),
    "decisions.put_on_agenda": ("เข้าวาระการประชุม", "Put on the agenda of a meeting", "waiting"),
    "decisions.resolve_item": ("คณะกรรมการมีมติ", "The committee resolved", "done"),
    "decisions.recuse": ("กรรมการออกจากห้อง", "A member stood aside", "stopped"),
    "decisions.lodge_appeal": ("ผู้ขออุทธรณ์", "The applicant appealed", "action"),
    "decisions.settle_appeal": ("มีคำวินิจฉัยอุทธรณ์", "The appeal was settled", "done"),
    "calendars.pause_clock": ("หยุดนับเวลา", "The clock rests", "stopped"),
    "calendars.resume_clock": ("นับเวลาต่อ", "The clock goes on", "waiting"),
    "calendars.start_clock": ("เริ่มนับเวลา", "The clock started", "waiting"),
    "calendars.stop_clock": ("หยุดนับเวลา เรื่องเสร็จ", "The clock stopped: finished", "done"),
    "calendars.announce_day": ("ประกาศวันหยุด", "Announced a day off", "done"),
    "calendars.withdraw_day": ("ยกเลิกวันหยุด", "Took back a day off", "stopped"),
    "documents.receive_evidence": ("ได้รับไฟล์", "Received a file", "done"),
    "documents.examine_evidence": ("ตรวจไฟล์แล้ว", "Examined a file", "done"),
    "documents.withdraw_evidence": ("ผู้ส่งเอาไฟล์ออก", "A file was taken back", "stopped"),
    "documents.ask_for_letter": ("สั่งทำหนังสือ", "Asked for a letter", "waiting"),
    "documents.make_letter": ("ทำหนังสือเสร็จ", "Letter made", "done"),
    "notices.queue_message": ("เตรียมส่งข้อความ", "Message queued", "waiting"),
    "notices.send_message": ("ส่งข้อความแล้ว", "Message sent", "done"),
    "notices.make_unreached_task": ("ติดต่อผู้ขอไม่ได้", "The applicant could not be reached", "late"),
    "notices.settle_unreached": ("แจ้งผู้ขอด้วยวิธีอื่นแล้ว", "The applicant was told in another way", "done"),
    "entitlements.grant": ("ให้สิทธิ", "Entitlement granted", "done"),
    "entitlements.suspend": ("พักการจ่าย", "Suspended", "stopped"),
    "entitlements.resume": ("จ่ายต่อ", "Paid again", "done"),
    "entitlements.end": ("สิ้นสุดสิทธิ", "Ended", "stopped"),
    "entitlements.fall_due": ("ถึงงวดจ่าย", "Fell due", "waiting"),
    "payments.prepare_run": ("จัดทำรายการจ่าย", "Payment run prepared", "waiting"),
    "payments.check_run": ("ตรวจรายการจ่าย", "Payment run checked", "done"),
    "payments.release_run": ("สั่งจ่าย", "Payment run released", "done"),
    "payments.import_result": ("นำเข้าผลจากธนาคาร", "Bank result imported", "done"),
    "access.give_duty": ("มอบหน้าที่", "Duty given", "done"),
    "access.end_duty": ("สิ้นสุดหน้าที่", "Duty ended", "stopped"),
    "access.give_delegation": ("มอบอำนาจ", "Delegation given", "done"),
    "access.open_account": ("เปิดบัญชีผู้ใช้", "Account opened", "done"),
    "access.close_account": ("ปิดบัญชีผู้ใช้", "Account closed", "stopped"),
    "access.reopen_account": ("เปิดบัญชีผู้ใช้อีกครั้ง", "Account opened again", "done"),
    "access.sign_in": ("เข้าระบบ", "Signed in", "done"),
    "access.sign_out": ("ออกจากระบบ", "Signed out", "done"),
    "access.lay_hand": ("ลงมือในเรื่อง", "Laid a hand on the case", "done"),
    "registry.look_up": ("ค้นทะเบียนบุคคล", "Looked up a person", "waiting"),
    "registry.register_person": ("ลงทะเบียนบุคคล", "Person registered", "done"),
    "registry.say_same_person": ("ยืนยันว่าเป็นคนเดียวกัน", "Said to be the same person", "done"),
    "questionnaires.save_answers": ("บันทึกคำตอบ", "Answers saved", "done"),
    "ledger.move": ("ลงบัญชี", "Posted to the ledger", "done"),
    "desk.search": ("ค้นหาเรื่อง", "Searched for a case", "waiting"),
    "desk.open_case": ("เปิดดูเรื่อง", "Opened the case", "waiting"),
    "desk.open_file": ("เปิดดูไฟล์", "Opened a file", "waiting"),
    "desk.open_letter": ("เปิดดูหนังสือ", "Opened a letter", "waiting"),
    "desk.open_visit": ("เปิดแบบเยี่ยมบ้าน", "Opened the visit form", "waiting"),
    "desk.search_people": ("ค้นหาคน", "Searched for a person", "waiting"),
    "desk.open_person": ("เปิดดูประวัติคน", "Opened the person's record", "waiting"),
    "desk.open_number": ("เปิดดูเลขประจำตัว", "Opened the ID number", "action"),
    "desk.open_journal": ("เปิดดูบันทึกการทำงาน", "Opened the journal", "waiting"),
}
# Steps behind the curtain: they stand in the journal, but would bury the story of a case.
BEHIND_THE_CURTAIN = frozenset({"calendars", "documents", "notices", "questionnaires", "ledger", "access"})


def act_words(act: str) -> str:
    """What was done, in the language of the page."""
    th, en, _ = ACT_WORDS.get(act, (act, act, ""))
    return say(th, en)


def events(entries: Iterable[Entry], *, is_whole: bool = False) -> list[Event]:
    """The journal as a timeline, newest first; `is_whole` keeps the technical steps as well."""
    return [
        Event(
            title=act_words(entry.act),
            at=entry.at,
            state=ACT_WORDS.get(entry.act, ("", "", "done"))[2],
            body=entry.why,
            who=who(entry),
        )
        for entry in entries
        if is_whole or entry.act.split(".")[0] not in BEHIND_THE_CURTAIN
    ]


def who(entry: Entry) -> str:
    """Name and role of the one who acted; a citizen by role only."""
    if entry.actor_kind == "citizen":
        return say("ผู้ขอ", "The applicant")
    if entry.actor_kind == "system":
        return say("ระบบ", "The system")
    return f"{entry.actor_name} · {role_words(entry.role)}"

"""In which words is the journal of a case told to an officer?"""

from collections.abc import Iterable

from phueng.audit.models import Entry
from phueng.design.pieces import Event
from phueng.design.wording import say
from phueng.desk.households import role_words

# act → (Thai, English). What is not here is told by its code: better plain than left out.
ACT_WORDS: dict[str, tuple[str, str]] = {
    "applications.start": ("เริ่มกรอกคำขอ", "Started the application"),
    "applications.submit": ("ส่งคำขอ", "Sent the application"),
    "applications.triage": ("คัดกรองแล้ว เริ่มนับเวลา", "Triaged; the clock started"),
    "applications.transfer": ("โอนไปสำนักงานอื่น", "Moved to another office"),
    "applications.ask_for_missing_thing": ("ขอข้อมูลเพิ่มจากผู้ขอ หยุดนับเวลา", "Asked the applicant; the clock rests"),
    "applications.answer_missing_thing": ("ผู้ขอตอบแล้ว นับเวลาต่อ", "The applicant answered; the clock goes on"),
    "applications.forward": ("ส่งต่อหน่วยงานอื่น", "Forwarded to another agency"),
    "applications.link_person": ("เชื่อมกับทะเบียนบุคคล", "Joined to the person's record"),
    "applications.claim": ("รับเรื่องไปทำ", "Took the case to work on"),
    "applications.release": ("ปล่อยเรื่อง", "Gave the case back"),
    "applications.take_over": ("รับช่วงต่อจากเพื่อนร่วมงาน", "Took the case over from a colleague"),
    "applications.withdraw": ("ผู้ขอถอนเรื่อง", "Withdrawn by the applicant"),
    "applications.close": ("ปิดเรื่อง", "Closed"),
    "applications.reopen": ("เปิดเรื่องอีกครั้ง", "Opened again"),
    "applications.read": ("เปิดดูคำขอ", "Looked at the application"),
    "verification.start_checks": ("เริ่มตรวจ", "Checks started"),
    "verification.answer_check": ("ได้คำตอบการตรวจ", "A check was answered"),
    "verification.postpone_check": ("ยังตรวจไม่ได้ จะถามใหม่", "A check waits; we ask again"),
    "verification.settle_check": ("เจ้าหน้าที่ยืนยันผลตรวจ", "An officer settled a check"),
    "verification.ask_again": ("ขอตรวจใหม่", "Asked to check again"),
    "verification.start_visit": ("เริ่มเยี่ยมบ้าน", "Home visit started"),
    "verification.finish_visit": ("เยี่ยมบ้านแล้ว", "Home visited"),
    "decisions.recommend": ("เสนอความเห็น", "Recommended"),
    "decisions.ask_for_hand": ("ขอคนจากสำนักงานคู่หรือส่วนกลาง", "Asked another office for a hand"),
    "decisions.give_back_hand": ("ไม่ต้องยืมคนแล้ว", "The request for a hand ended"),
    "decisions.decide": ("มีคำสั่ง", "Decided"),
    "decisions.put_on_agenda": ("เข้าวาระการประชุม", "Put on the agenda of a meeting"),
    "decisions.resolve_item": ("คณะกรรมการมีมติ", "The committee resolved"),
    "decisions.recuse": ("กรรมการออกจากห้อง", "A member stood aside"),
    "decisions.lodge_appeal": ("ผู้ขออุทธรณ์", "The applicant appealed"),
    "decisions.settle_appeal": ("มีคำวินิจฉัยอุทธรณ์", "The appeal was settled"),
    "calendars.pause_clock": ("หยุดนับเวลา", "The clock rests"),
    "calendars.resume_clock": ("นับเวลาต่อ", "The clock goes on"),
    "calendars.start_clock": ("เริ่มนับเวลา", "The clock started"),
    "calendars.stop_clock": ("หยุดนับเวลา เรื่องเสร็จ", "The clock stopped: finished"),
    "calendars.announce_day": ("ประกาศวันหยุด", "Announced a day off"),
    "calendars.withdraw_day": ("ยกเลิกวันหยุด", "Took back a day off"),
    "documents.receive_evidence": ("ได้รับไฟล์", "Received a file"),
    "documents.examine_evidence": ("ตรวจไฟล์แล้ว", "Examined a file"),
    "documents.withdraw_evidence": ("ผู้ส่งเอาไฟล์ออก", "A file was taken back"),
    "documents.ask_for_letter": ("สั่งทำหนังสือ", "Asked for a letter"),
    "documents.make_letter": ("ทำหนังสือเสร็จ", "Letter made"),
    "notices.queue_message": ("เตรียมส่งข้อความ", "Message queued"),
    "notices.send_message": ("ส่งข้อความแล้ว", "Message sent"),
    "notices.make_unreached_task": ("ติดต่อผู้ขอไม่ได้", "The applicant could not be reached"),
    "notices.settle_unreached": ("แจ้งผู้ขอด้วยวิธีอื่นแล้ว", "The applicant was told in another way"),
    "entitlements.grant": ("ให้สิทธิ", "Entitlement granted"),
    "entitlements.suspend": ("พักการจ่าย", "Suspended"),
    "entitlements.resume": ("จ่ายต่อ", "Paid again"),
    "entitlements.end": ("สิ้นสุดสิทธิ", "Ended"),
    "entitlements.fall_due": ("ถึงงวดจ่าย", "Fell due"),
    "payments.prepare_run": ("จัดทำรายการจ่าย", "Payment run prepared"),
    "payments.approve_run": ("อนุมัติรายการจ่าย", "Payment run approved"),
    "payments.release_run": ("สั่งจ่าย", "Payment run released"),
    "payments.import_result": ("นำเข้าผลจากธนาคาร", "Bank result imported"),
    "payments.note_reversal": ("แจ้งว่าเงินที่จ่ายแล้วคืนกลับมา", "Noted that a payment came back"),
    "payments.confirm_reversal": ("ยืนยันกลับรายการจ่าย", "Reversal of a payment confirmed"),
    "payments.confirm_printed": ("ยืนยันผลจากรายงานกระดาษ", "Answer on paper confirmed"),
    "access.give_duty": ("มอบหน้าที่", "Duty given"),
    "access.end_duty": ("สิ้นสุดหน้าที่", "Duty ended"),
    "access.give_delegation": ("มอบอำนาจ", "Delegation given"),
    "access.open_account": ("เปิดบัญชีผู้ใช้", "Account opened"),
    "access.close_account": ("ปิดบัญชีผู้ใช้", "Account closed"),
    "access.reopen_account": ("เปิดบัญชีผู้ใช้อีกครั้ง", "Account opened again"),
    "access.bait_taken": ("มีคนใช้เลขอ้างอิงล่อ", "A bait was taken"),
    "access.set_baits": ("วางเลขอ้างอิงล่อ", "Baits were laid out"),
    "retention.wipe_case": ("ลบข้อมูลส่วนบุคคลเมื่อครบกำหนด", "Let go when its time was over"),
    "documents.wipe_letter": ("ลบเนื้อจดหมายเมื่อครบกำหนด", "Letter wiped when its time was over"),
    "access.sign_in": ("เข้าระบบ", "Signed in"),
    "access.sign_out": ("ออกจากระบบ", "Signed out"),
    "access.borrow_hand": ("ขอคนจากสำนักงานอื่น", "Asked another office for a hand"),
    "access.end_borrowed_hand": ("คำขอยืมคนสิ้นสุด", "The request for a hand ended"),
    "access.step_up": ("ยืนยันตัวอีกครั้ง", "Confirmed that it is them"),
    "access.miss_step_up": ("ยืนยันตัวไม่ผ่าน", "Failed to confirm"),
    "access.reseal": ("เปลี่ยนกุญแจของข้อมูลที่ผนึก", "Sealed values under a new key"),
    "access.give_password": ("ออกรหัสผ่านใช้ครั้งเดียว", "One-time password given"),
    "access.lay_hand": ("ลงมือในเรื่อง", "Laid a hand on the case"),
    "registry.look_up": ("ค้นทะเบียนบุคคล", "Looked up a person"),
    "registry.register_person": ("ลงทะเบียนบุคคล", "Person registered"),
    "registry.say_same_person": ("ยืนยันว่าเป็นคนเดียวกัน", "Said to be the same person"),
    "questionnaires.save_answers": ("บันทึกคำตอบ", "Answers saved"),
    "ledger.move": ("ลงบัญชี", "Posted to the ledger"),
    "decisions.call_meeting": ("นัดประชุม", "Called a meeting"),
    "decisions.record_attendance": ("บันทึกผู้เข้าประชุม", "Recorded attendance"),
    "decisions.close_meeting": ("ปิดประชุม", "Closed a meeting"),
    "verification.note_visit_place": ("บันทึกพิกัดบ้าน", "Noted where the home is"),
    "questionnaires.start_sheet": ("เปิดแบบคำถาม", "Opened a form"),
    "questionnaires.close_sheet": ("ปิดแบบคำถาม", "Closed a form"),
    "notices.claim_messages": ("หยิบข้อความไปส่ง", "Took messages to send"),
    "notices.fail_message": ("ส่งข้อความไม่สำเร็จ", "A message failed"),
    "notices.postpone_message": ("จะส่งข้อความใหม่", "A message is tried again"),
    "notices.release_messages": ("คืนข้อความเข้าคิว", "Messages went back to the queue"),
    "payments.abandon_run": ("ยกเลิกรายการจ่าย", "Payment run abandoned"),
    "payments.transmit_file": ("ส่งไฟล์ให้ธนาคาร", "File sent to the bank"),
    "payments.file_refused": ("ธนาคารไม่รับไฟล์", "The bank refused the file"),
    "payments.download_file": ("ดาวน์โหลดไฟล์จ่าย", "Payment file downloaded"),
    "payments.open_run": ("เปิดดูรายการจ่าย", "Looked at a payment run"),
    "payments.settle_suspense": ("จัดการรายการที่ไม่รู้ที่มา", "Suspense item settled"),
    "access.lay_hands": ("ลงมือในหลายเรื่อง", "Laid a hand on cases"),
    "access.issue_code": ("ส่งรหัสครั้งเดียว", "One-time code issued"),
    "access.redeem_code": ("ใช้รหัสครั้งเดียว", "One-time code used"),
    "access.miss_code": ("ใส่รหัสผิด", "Wrong code"),
    "access.fetch_code": ("หยิบรหัสไปส่ง", "Code taken to send"),
    "access.change_password": ("เปลี่ยนรหัสผ่าน", "Password changed"),
    "access.enrol_factor": ("ตั้งปัจจัยที่สอง", "Second factor set up"),
    "access.forget_factor": ("ล้างปัจจัยที่สอง", "Second factor cleared"),
    "access.miss_sign_in": ("เข้าระบบไม่สำเร็จ", "Sign-in failed"),
    "registry.complete_person": ("เติมข้อมูลบุคคล", "Person's facts completed"),
    "registry.register_household": ("ลงทะเบียนครัวเรือน", "Household registered"),
    "registry.join_household": ("เข้าอยู่ในครัวเรือน", "Joined a household"),
    "registry.state_home": ("บันทึกที่ตั้งบ้าน", "Home stated"),
    "registry.state_account": ("แจ้งบัญชีธนาคาร", "Bank account stated"),
    "registry.undo_same_person": ("ยกเลิกการรวมบุคคล", "Merge undone"),
    "benefits.state_received_benefit": ("บันทึกสวัสดิการที่ได้รับ", "Received benefit stated"),
    "documents.expire_evidence": ("ลบไฟล์ตามกำหนด", "File expired"),
    "documents.postpone_letter": ("จะทำหนังสือใหม่", "A letter is tried again"),
    "calendars.load_days": ("โหลดวันหยุด", "Days off loaded"),
    "calendars.recompute_due": ("นับกำหนดเวลาใหม่", "Due day counted anew"),
    "places.load": ("โหลดพื้นที่และสำนักงาน", "Places and offices loaded"),
    "desk.search": ("ค้นหาเรื่อง", "Searched for a case"),
    "desk.open_case": ("เปิดดูเรื่อง", "Opened the case"),
    "desk.open_file": ("เปิดดูไฟล์", "Opened a file"),
    "desk.open_letter": ("เปิดดูหนังสือ", "Opened a letter"),
    "desk.open_visit": ("เปิดแบบเยี่ยมบ้าน", "Opened the visit form"),
    "desk.search_people": ("ค้นหาคน", "Searched for a person"),
    "desk.open_person": ("เปิดดูประวัติคน", "Opened the person's record"),
    "desk.open_number": ("เปิดดูเลขประจำตัว", "Opened the ID number"),
    "desk.open_journal": ("เปิดดูบันทึกการทำงาน", "Opened the journal"),
}
# Steps behind the curtain: they stand in the journal, but would bury the story of a case.
BEHIND_THE_CURTAIN = frozenset({"calendars", "documents", "notices", "questionnaires", "ledger", "access"})


def act_words(act: str) -> str:
    """What was done, in the language of the page."""
    return say(*ACT_WORDS.get(act, (act, act)))


def events(entries: Iterable[Entry], *, is_whole: bool = False) -> list[Event]:
    """The journal as a timeline, newest first; `is_whole` keeps the technical steps as well."""
    return [
        Event(
            title=act_words(entry.act),
            at=entry.at,
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

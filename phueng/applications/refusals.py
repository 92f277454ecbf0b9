"""Why can this request not go on, in words for the person in front of the page?"""

from collections.abc import Mapping

from phueng.applications.models import Claim
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok

UNFINISHED = Problem(
    "application_unfinished",
    "ยังมีข้อที่ต้องตอบหรือแก้ก่อนส่งคำขอ",
    "Some answers are missing or need correcting before the request can be sent.",
    "กดชื่อข้อที่แสดงไว้เพื่อไปตอบ คำตอบอื่นยังอยู่ครบ",
    "Follow the links to those questions; everything else is kept.",
)
NO_OFFICE = Problem(
    "no_office_there",
    "ยังไม่พบหน่วยงานที่ดูแลตำบลนี้",
    "No office answers for this subdistrict yet.",
    "ตรวจที่อยู่อีกครั้ง หากถูกต้องแล้ว โทร 1300 คำตอบของคุณยังอยู่ครบ",
    "Check the address; if it is right, call 1300. Your answers are kept.",
)
TRIAGED_OTHERWISE = Problem(
    "already_triaged",
    "คัดกรองคำขอนี้ไปแล้ว และเริ่มนับเวลาแล้ว",
    "This request was already triaged and its time is running.",
    "เปิดหน้าเรื่องนี้ใหม่เพื่อดูประเภทที่บันทึกไว้",
    "Open the case again to see the category that was recorded.",
)
SAME_OFFICE = Problem(
    "same_office",
    "คำขออยู่ที่หน่วยงานนี้อยู่แล้ว",
    "The request is already with this office.",
    "เลือกหน่วยงานอื่น",
    "Choose another office.",
)
WRONG_KIND_OF_OFFICE = Problem(
    "wrong_kind_of_office",
    "หน่วยงานนี้ไม่ได้ดูแลสวัสดิการประเภทนี้",
    "This office does not handle this kind of welfare.",
    "เลือกหน่วยงานประเภทเดียวกับหน่วยงานปัจจุบัน หรือใช้การส่งต่อหน่วยงานอื่น",
    "Choose an office of the same kind, or forward the request to another agency.",
)
REASON_NEEDED = Problem(
    "reason_needed",
    "ยังไม่ได้กรอกเหตุผล",
    "The reason is missing.",
    "เขียนเหตุผลสั้น ๆ ให้คนอ่านภายหลังเข้าใจ",
    "Write a short reason that somebody can understand later.",
)
RECEIPT_NEEDED = Problem(
    "receipt_needed",
    "ยังไม่มีเลขรับจากหน่วยงานปลายทาง",
    "The receiving agency's receipt number is missing.",
    "ขอเลขรับจากหน่วยงานปลายทางก่อน แล้วกรอก",
    "Ask the receiving agency for its receipt number, then enter it.",
)
UNKNOWN_QUESTION = Problem(
    "unknown_question",
    "ไม่มีข้อนี้ในแบบคำขอ",
    "There is no such question in this form.",
    "เลือกข้อจากรายการ",
    "Choose a question from the list.",
)
ALREADY_ASKED = Problem(
    "already_asked",
    "ขอข้อมูลจากผู้ขอไปแล้วหนึ่งอย่าง และยังไม่ได้รับ",
    "The applicant was already asked for one thing and has not answered yet.",
    "รอคำตอบ หรือโทรหาผู้ขอ",
    "Wait for the answer, or call the applicant.",
)
NOTHING_ASKED = Problem(
    "nothing_asked",
    "ตอนนี้ไม่มีข้อมูลที่เจ้าหน้าที่ขอเพิ่ม",
    "The office is not waiting for anything from you.",
    "ดูสถานะคำขอได้ทุกเวลา",
    "You can look at the status of the request at any time.",
)
ANSWER_NEEDED = Problem(
    "answer_needed",
    "ยังไม่ได้ตอบหรือแนบรูป",
    "There is no answer or photo yet.",
    "ตอบข้อนี้ แนบรูป หรือเขียนบอกเจ้าหน้าที่ว่าติดขัดอะไร",
    "Answer, attach a photo, or tell the officer what the difficulty is.",
)
OPEN_ALREADY = Problem(
    "open_application_exists",
    "คนนี้มีคำขอสวัสดิการเดียวกันที่ยังพิจารณาไม่เสร็จ",
    "This person already has a request for the same welfare that is not decided yet.",
    "พิจารณาคำขอเดิม แล้วปิดคำขอนี้เป็นคำขอซ้ำ",
    "Go on with the earlier request and close this one as a duplicate.",
)
NOT_DECIDED = Problem(
    "not_decided",
    "คำขอนี้ไม่ได้ปิดด้วยผลการพิจารณา จึงเปิดใหม่ด้วยการอุทธรณ์ไม่ได้",
    "This request was not closed by a decision, so an appeal cannot open it again.",
    "หากยังต้องการความช่วยเหลือ ให้เริ่มคำขอใหม่",
    "If help is still needed, start a new request.",
)
CONSENT_NEEDED = Problem(
    "consent_needed",
    "ยังไม่ได้บันทึกว่าผู้ขอยินยอมให้ช่วยยื่นอย่างไร",
    "How the applicant agreed to be helped is not recorded yet.",
    "ถามผู้ขอ แล้วเลือกวิธีที่ผู้ขอให้ความยินยอม",
    "Ask the applicant, then choose how they agreed.",
)
HELPER_NEEDED = Problem(
    "helper_name_needed",
    "ยังไม่ได้กรอกชื่อผู้ช่วยยื่น",
    "The name of the helping person is missing.",
    "กรอกชื่อและความเกี่ยวข้องกับผู้ขอ",
    "Enter the name and the relation to the applicant.",
)
WITNESS_NEEDED = Problem(
    "witness_needed",
    "ยังไม่ได้กรอกชื่อพยานที่ได้ยินคำยินยอม",
    "The name of the witness who heard the consent is missing.",
    "กรอกชื่อพยาน หรือเลือกวิธีอื่น",
    "Enter the name of the witness, or choose another way.",
)
CONSENT_PHOTO_NEEDED = Problem(
    "consent_photo_needed",
    "ยังไม่มีภาพลายนิ้วมือของผู้ขอ",
    "The photo of the thumbprint is missing.",
    "ถ่ายภาพลายนิ้วมือบนกระดาษ แล้วแนบไว้",
    "Take a photo of the thumbprint on paper and attach it.",
)
CODE_WRONG = Problem(
    "consent_code_wrong",
    "รหัสไม่ถูกต้องหรือหมดเวลาแล้ว",
    "The code is wrong or no longer valid.",
    "ดูรหัสในโทรศัพท์ของผู้ขออีกครั้ง หรือลบรหัสแล้วกดต่อไปเพื่อส่งรหัสใหม่",
    "Look at the applicant's phone again, or clear the code and continue to have a new one sent.",
)


def claimed_by_another(claim: Claim) -> Problem:
    """A colleague is working on it: who, and until when."""
    until = in_bangkok(claim.ends_at)
    return Problem(
        "claimed_by_another",
        f"{claim.account_name} กำลังทำเรื่องนี้ ถึง {until:%H.%M} น.",
        f"{claim.account_name} is working on this case until {until:%H:%M}.",
        "คุยกับเพื่อนร่วมงาน หรือกดรับช่วงต่อ ที่กรอกไว้ยังอยู่ครบ",
        "Talk to your colleague, or take it over. What you typed is kept.",
    )


class Unfinished(Refused):
    """Not yet: `problems` names each question that is missing or wrong, in the order of the form."""

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        super().__init__(UNFINISHED)
        self.problems = dict(problems)

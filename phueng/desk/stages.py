"""At which stage is a case, in the words of the queue, and on whose desk does that put it?

No stage is stored. The queue computes the same words in the database (`queries.staged`), so that it can sort and count.
"""

from dataclasses import dataclass

from phueng.access.roles import ROLE_NAMES
from phueng.design.wording import say

CASEWORK = ("social_worker", "municipal_officer")
OFFICE = ("front_desk", *CASEWORK)
READERS = (*OFFICE, "approver", "auditor")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its words, its sign, and the role that holds the case meanwhile ("" for nobody)."""

    code: str
    th: str
    en: str
    sign: str
    holder: str

    @property
    def words(self) -> str:
        """In the language of the page."""
        return say(self.th, self.en)

    @property
    def holder_words(self) -> str:
        """Who holds the case now, as a role."""
        if self.holder == "system":
            return say("ระบบ", "The system")
        if self.holder == "citizen":
            return say("ผู้ขอ", "The applicant")
        return say(*ROLE_NAMES[self.holder]) if self.holder else ""


STAGES = {
    stage.code: stage
    for stage in (
        Stage("to_triage", "รอคัดกรอง", "To triage", "action", "front_desk"),
        Stage("asked", "รอผู้ขอตอบ", "Waiting for the applicant", "stopped", "citizen"),
        Stage("attention", "ผลตรวจรอเจ้าหน้าที่ดู", "A check needs a look", "action", "social_worker"),
        Stage("checking", "ระบบกำลังตรวจ", "Being checked", "waiting", "system"),
        Stage("to_visit", "รอเยี่ยมบ้าน", "Home visit", "action", "social_worker"),
        Stage("to_recommend", "รอเสนอความเห็น", "To recommend", "action", "social_worker"),
        Stage("waiting_budget", "รองบประมาณ", "Waiting for budget", "stopped", "social_worker"),
        Stage("to_decide", "รอพิจารณา", "To decide", "action", "approver"),
        Stage("appealed", "อุทธรณ์", "Appealed", "waiting", "approver"),
        Stage("approved", "อนุมัติแล้ว", "Approved", "done", ""),
        Stage("refused", "ไม่อนุมัติ", "Refused", "done", ""),
        Stage("forwarded", "ส่งต่อแล้ว", "Forwarded", "done", ""),
        Stage("withdrawn", "ผู้ขอถอนเรื่อง", "Withdrawn", "stopped", ""),
        Stage("closed", "ปิดเรื่องแล้ว", "Closed", "done", ""),
    )
}
# What a role can go on with, without waiting for anybody.
WORK_OF = {
    "front_desk": ("to_triage",),
    "social_worker": ("to_triage", "attention", "to_visit", "to_recommend"),
    "municipal_officer": ("to_triage", "attention", "to_visit", "to_recommend"),
    "approver": ("to_decide",),
}

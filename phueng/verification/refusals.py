"""Why can this check or visit not go on, in words for the officer in front of the page?"""

from collections.abc import Mapping

from phueng.kernel.problems import Problem, Refused

NOT_OPEN = Problem(
    "application_not_open",
    "คำขอนี้ยังไม่ได้ส่ง หรือสิ้นสุดแล้ว",
    "This request was not sent yet, or is closed.",
    "เปิดหน้าเรื่องนี้ใหม่เพื่อดูสถานะ",
    "Open the case again to see where it stands.",
)
NOT_FOR_SETTLING = Problem(
    "check_needs_no_settling",
    "ข้อนี้ไม่ได้รอให้เจ้าหน้าที่ตัดสิน",
    "This check does not wait for an officer's word.",
    "เปิดหน้าเรื่องนี้ใหม่เพื่อดูผลล่าสุด",
    "Open the case again to see the latest outcome.",
)
SETTLED_OTHERWISE = Problem(
    "settled_otherwise",
    "มีเจ้าหน้าที่บันทึกผลข้อนี้ไว้แล้วเป็นอย่างอื่น",
    "Another officer has already settled this differently.",
    "ดูเหตุผลที่บันทึกไว้ หากต้องตรวจใหม่ ใช้ปุ่มตรวจใหม่",
    "Read the reason on record; if it must be looked at again, ask for a new check.",
)
NOT_A_CANDIDATE = Problem(
    "not_a_candidate",
    "คนที่เลือกไม่อยู่ในรายชื่อที่ระบบพบ",
    "The chosen person is not among those that were found.",
    "เลือกจากรายชื่อ หรือบอกว่าเป็นคนละคน",
    "Choose from the list, or say that it is somebody else.",
)
REASON_NEEDED = Problem(
    "reason_needed",
    "ยังไม่ได้กรอกเหตุผล",
    "The reason is missing.",
    "เขียนเหตุผลสั้น ๆ ให้คนอ่านภายหลังเข้าใจ",
    "Write a short reason that somebody can understand later.",
)
NO_SUCH_CHECK = Problem(
    "no_such_check",
    "คำขอนี้ไม่มีการตรวจข้อนี้",
    "This request has no such check.",
    "เลือกข้อที่จะตรวจจากรายการ",
    "Choose a check from the list.",
)
NOT_IN_THAILAND = Problem(
    "not_in_thailand",
    "พิกัดนี้อยู่นอกประเทศไทย",
    "These coordinates are outside Thailand.",
    "ตรวจว่าละติจูดและลองจิจูดไม่สลับกัน แล้วบันทึกใหม่",
    "Check that latitude and longitude are not swapped, then save again.",
)
VISIT_FINISHED = Problem(
    "visit_finished",
    "บันทึกการเยี่ยมบ้านนี้เสร็จแล้ว จึงแก้ไขไม่ได้",
    "This visit is finished and cannot be changed.",
    "หากต้องเพิ่มข้อมูล ให้เริ่มการเยี่ยมบ้านครั้งใหม่",
    "To add something, start another visit.",
)
NO_SUCH_PHOTO = Problem(
    "no_such_photo_question",
    "ไม่มีช่องรูปนี้ในแบบเยี่ยมบ้าน",
    "There is no such photo in the visit form.",
    "เลือกช่องรูปจากแบบ",
    "Choose a photo of the form.",
)
UNFINISHED = Problem(
    "visit_unfinished",
    "ยังมีข้อที่ต้องตอบก่อนบันทึกการเยี่ยมบ้าน",
    "Some answers are missing before the visit can be finished.",
    "กดชื่อข้อที่แสดงไว้เพื่อไปตอบ คำตอบอื่นยังอยู่ครบ",
    "Follow the links to those questions; everything else is kept.",
)


class UnfinishedVisit(Refused):
    """Not yet: `problems` names each question that is missing or wrong, in the order of the form."""

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        super().__init__(UNFINISHED)
        self.problems = dict(problems)

"""What do we say when the database refuses a decision?"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from phueng.kernel.problems import Problem, Refused

PROBLEMS = {
    problem.code: problem
    for problem in (
        Problem(
            "same_hands",
            "คุณมีส่วนในเรื่องนี้แล้ว (รับเรื่อง เยี่ยมบ้าน หรือเสนอความเห็น) จึงพิจารณาเรื่องนี้ไม่ได้",
            "You already had a hand in this case (entered, visited or recommended), so you cannot decide it",
            "ให้ผู้อนุมัติคนอื่นพิจารณา หรือขอผู้อนุมัติจากสำนักงานคู่ในหน้าของเรื่อง",
            "Let another approver decide, or ask the paired office for one on the page of the case",
        ),
        Problem(
            "related_to_applicant",
            "ทะเบียนแสดงว่าคุณเป็นคนในบ้านเดียวกันหรือเป็นญาติกับผู้ขอ จึงทำเรื่องนี้ไม่ได้",
            "The register shows that you share a home with the applicant or are related, so you cannot act on this case",
            "ส่งให้เจ้าหน้าที่คนอื่นทำแทน เรื่องนี้ไม่กระทบสิทธิของผู้ขอ",
            "Pass it to another officer; the applicant loses nothing by it",
        ),
        Problem(
            "outside_area",
            "เรื่องนี้อยู่นอกพื้นที่หรือนอกหน้าที่ของคุณ",
            "This case is outside your area or your duty",
            "ติดต่อสำนักงานเจ้าของเรื่อง",
            "Contact the office that holds the case",
        ),
        Problem(
            "above_delegation",
            "ยอดเงินนี้เกินวงเงินที่คุณได้รับมอบอำนาจในวันนี้",
            "This amount is above what is delegated to you today",
            "ส่งต่อผู้มีอำนาจวงเงินสูงกว่า",
            "Pass it to somebody with a higher delegation",
        ),
        Problem(
            "above_recommendation",
            "ยอดที่อนุมัติสูงกว่ายอดที่เสนอ",
            "The approved amount is above the recommended one",
            "อนุมัติไม่เกินยอดที่เสนอ หรือส่งกลับให้เสนอใหม่",
            "Approve at most what was recommended, or send it back for a new recommendation",
        ),
        Problem(
            "another_case",
            "ข้อเสนอนี้เป็นของอีกเรื่องหนึ่ง",
            "This recommendation belongs to another case",
            "เปิดเรื่องใหม่อีกครั้งจากคิวงาน",
            "Open the case again from the queue",
        ),
        Problem(
            "already_settled",
            "คำอุทธรณ์นี้มีคำวินิจฉัยแล้ว",
            "This appeal was already settled",
            "ดูคำวินิจฉัยในหน้าของเรื่อง",
            "See the outcome on the page of the case",
        ),
        Problem(
            "case_is_closed",
            "เรื่องนี้สิ้นสุดแล้ว (ถอน ส่งต่อ หรือปิดเรื่อง) จึงมีคำสั่งไม่ได้",
            "This case has ended (withdrawn, forwarded or closed), so nothing can be decided",
            "เปิดหน้าของเรื่องเพื่อดูว่าใครปิดและเพราะอะไร",
            "Open the case to see who closed it and why",
        ),
        Problem(
            "meeting_closed",
            "การประชุมนี้ปิดแล้ว รายงานการประชุมแก้ไม่ได้",
            "This meeting is closed; its minutes cannot change",
            "นัดประชุมครั้งใหม่",
            "Call a new meeting",
        ),
        Problem(
            "no_quorum",
            "ผู้เข้าประชุมที่พิจารณาเรื่องนี้ได้ไม่ครบองค์ประชุม",
            "Too few members who may take part in this item are present",
            "รอสมาชิกเพิ่ม หรือเลื่อนเรื่องนี้ไปการประชุมครั้งหน้า",
            "Wait for more members, or move the item to the next meeting",
        ),
        Problem(
            "not_the_chair",
            "ผู้บันทึกมติต้องเป็นประธานของการประชุมนี้",
            "The resolution is recorded by the chair of this meeting",
            "ให้ประธานเป็นผู้บันทึกมติ",
            "Let the chair record it",
        ),
        Problem(
            "not_a_member",
            "มีผู้เข้าประชุมที่ไม่มีหน้าที่ในสำนักงานนี้วันนี้",
            "Somebody on the list holds no duty in this office today",
            "ตรวจรายชื่อผู้เข้าประชุม",
            "Look at the list of members again",
        ),
    )
}

ALREADY_DECIDED = Problem(
    "already_decided",
    "เรื่องนี้มีคำสั่งแล้ว อาจมีผู้อนุมัติอีกคนพิจารณาก่อนคุณเพียงครู่เดียว",
    "This case is already decided; perhaps another approver was a moment faster",
    "เปิดหน้าของเรื่องเพื่อดูคำสั่ง",
    "Open the case to see the decision",
)
ALREADY_RECOMMENDED = Problem(
    "already_recommended",
    "เรื่องนี้มีข้อเสนอรอผู้อนุมัติอยู่แล้ว",
    "This case already has a recommendation that waits for the approver",
    "รอผู้อนุมัติพิจารณา เปิดหน้าของเรื่องเพื่อดูข้อเสนอ",
    "Wait for the approver; open the case to see the recommendation",
)
PROBLEMS["one_decision_per_round"] = ALREADY_DECIDED
PROBLEMS["one_recommendation_per_round"] = ALREADY_RECOMMENDED
NOTHING_RECOMMENDED = Problem(
    "nothing_recommended",
    "ยังไม่มีข้อเสนอให้พิจารณา",
    "There is no recommendation to decide on yet",
    "รอให้นักสังคมสงเคราะห์เสนอความเห็นก่อน",
    "Wait for the social worker's recommendation",
)
CHECKS_OPEN = Problem(
    "checks_open",
    "ยังมีการตรวจสอบที่รอคำตอบหรือรอเจ้าหน้าที่ยืนยัน",
    "Some checks still wait for an answer or for an officer's word",
    "ดูรายการตรวจสอบทางขวา แล้วจัดการทีละข้อ",
    "Go through the list of checks on the right, one by one",
)
NOT_FOR_THIS_MEETING = Problem(
    "not_for_this_meeting",
    "เรื่องนี้ไม่ได้รอการประชุมนี้ (คนละสำนักงาน คนละโครงการ หรือมีคำสั่งแล้ว)",
    "This case does not wait for this meeting (another office, another scheme, or decided already)",
    "เลือกเรื่องจากรายการที่รอเข้าประชุม",
    "Choose a case from those that wait for a meeting",
)
HAND_NOT_WAITED_FOR = Problem(
    "hand_not_waited_for",
    "ตอนนี้เรื่องนี้ไม่ได้รอคนทำหน้าที่นี้",
    "This case does not wait for that part now",
    "เปิดหน้าของเรื่องเพื่อดูว่ารอใคร",
    "Open the case to see for whom it waits",
)
COMMITTEE_DECIDES = Problem(
    "committee_decides",
    "โครงการนี้พิจารณาโดยคณะกรรมการ",
    "This scheme is decided by a committee",
    "นำเรื่องเข้าวาระการประชุม",
    "Put the case on the agenda of a meeting",
)
WHY_IS_MISSING = Problem(
    "why_is_missing",
    "ยังไม่ได้เขียนเหตุผล",
    "The reason is missing",
    "เขียนเหตุผลสั้น ๆ ที่ผู้ขออ่านเข้าใจ",
    "Write a short reason that the applicant can understand",
)


def problem_in(error: DatabaseError) -> Problem | None:
    """The problem that a guard's refusal means, or None when the error is something else."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return PROBLEMS.get(getattr(diagnosis, "constraint_name", None) or "")


@contextmanager
def said_plainly() -> Iterator[None]:
    """Write within it: what a guard of the database refuses comes out as Refused, in plain words."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        problem = problem_in(error)
        if problem is None:
            raise
        raise Refused(problem) from error

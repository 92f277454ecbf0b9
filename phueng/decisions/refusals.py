"""What do we say when the database refuses a decision?"""

from django.db import DatabaseError

from phueng.kernel.problems import Problem

PROBLEMS = {
    problem.code: problem
    for problem in (
        Problem(
            "same_hands",
            "คุณมีส่วนในเรื่องนี้แล้ว (รับเรื่อง เยี่ยมบ้าน หรือเสนอความเห็น) จึงพิจารณาเรื่องนี้ไม่ได้",
            "You already had a hand in this case (entered, visited or recommended), so you cannot decide it",
            "ให้ผู้อนุมัติคนอื่น หรือผู้อนุมัติของสำนักงานคู่ เป็นผู้พิจารณา",
            "Let another approver, or one of the paired office, decide",
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
    )
}

ALREADY_DECIDED = Problem(
    "already_decided",
    "เรื่องนี้มีคำสั่งแล้ว อาจมีผู้อนุมัติอีกคนพิจารณาก่อนคุณเพียงครู่เดียว",
    "This case is already decided; perhaps another approver was a moment faster",
    "เปิดหน้าของเรื่องเพื่อดูคำสั่ง",
    "Open the case to see the decision",
)
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

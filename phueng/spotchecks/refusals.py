"""What do we say when something about asking whether money arrived cannot be done?"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from phueng.kernel.problems import Problem, Refused

PROBLEMS = {
    problem.code: problem
    for problem in (
        Problem(
            "run_is_not_answered",
            "ธนาคารยังตอบไม่ครบทุกรายการ จึงยังสุ่มไม่ได้",
            "The bank has not answered about every payment yet, so no sample can be drawn",
            "รอผลจากธนาคาร ระบบจะสุ่มให้เอง",
            "Wait for the bank; the sample is drawn by itself",
        ),
        Problem(
            "nobody_to_ask",
            "ยังไม่มีสำนักงานของจังหวัดอื่นที่จะถามแทนได้",
            "There is no office of another province that could ask",
            "ให้ผู้ดูแลระบบเพิ่มผู้ปฏิบัติงานของจังหวัดอื่นก่อน",
            "Let the administrator give somebody of another province a duty first",
        ),
        Problem(
            "of_the_paying_office",
            "คุณอยู่ในสำนักงานที่จ่ายเงินนี้ จึงถามหรือตรวจเรื่องนี้ไม่ได้",
            "You belong to the office that paid, so you cannot ask about this or follow it up",
            "ให้เจ้าหน้าที่ของสำนักงานอื่นทำแทน",
            "Let somebody of another office do it",
        ),
        Problem(
            "had_a_hand_before",
            "คุณมีส่วนในคำขอที่จ่ายเงินนี้ จึงถามหรือตรวจเรื่องนี้ไม่ได้",
            "You had a part in the case that was paid, so you cannot ask about it or follow it up",
            "ให้คนอื่นที่ไม่เกี่ยวกับคำขอเดิมทำแทน",
            "Let somebody without a part in it do it",
        ),
        Problem(
            "related_to_person",
            "ทะเบียนแสดงว่าคุณเป็นญาติหรืออยู่บ้านเดียวกับผู้รับเงิน จึงทำเรื่องนี้ไม่ได้",
            "The register shows that you are related to the person or share a home, so you cannot act here",
            "ส่งให้เจ้าหน้าที่คนอื่นทำแทน",
            "Pass it to another officer",
        ),
        Problem(
            "outside_area",
            "เรื่องนี้เป็นของสำนักงานอื่น",
            "This belongs to another office",
            "เปิดรายการของสำนักงานคุณ",
            "Open the list of your own office",
        ),
        Problem(
            "interview_is_over",
            "เรื่องนี้มีคำตอบแล้ว หรือปิดไปแล้วเพราะติดต่อไม่ได้",
            "This has an answer already, or was given up",
            "โหลดรายการใหม่",
            "Reload the list",
        ),
        Problem(
            "one_try_a_day",
            "วันนี้บันทึกว่าติดต่อไม่ได้ไปแล้ว",
            "Today's try is recorded already",
            "ลองใหม่ในวันอื่น ต่างเวลา",
            "Try again on another day, at another time",
        ),
        Problem(
            "not_paid_yet",
            "รายการนี้ยังไม่มีผลว่าเงินเข้าแล้ว จึงยังยืนยันไม่ได้",
            "The bank has not said yet that this was paid",
            "รอให้สถานะเป็นเงินเข้าแล้ว",
            "Wait until it is shown as paid",
        ),
        Problem(
            "not_less_than_paid",
            "ยอดที่ได้ต้องมากกว่าศูนย์ และน้อยกว่ายอดที่แจ้งว่าจ่าย",
            "What came must be more than nothing and less than what was paid",
            "ถ้าได้ครบ เลือกได้รับครบ ถ้าไม่ได้เลย เลือกไม่ได้รับ",
            "If all of it came, say so; if nothing came, choose that",
        ),
        Problem(
            "already_closed",
            "มีคนปิดเรื่องนี้แล้ว",
            "Somebody closed this already",
            "โหลดหน้านี้ใหม่",
            "Reload the page",
        ),
        Problem(
            "say_why",
            "ยังไม่ได้เขียนเหตุผล",
            "The reason is missing",
            "เขียนสั้น ๆ ว่าตรวจอะไรและพบอะไร",
            "Write briefly what was looked at and found",
        ),
    )
}
CODES_OF_CONSTRAINTS = {"spotchecks_sheet_interview_id_key": "interview_is_over"}


def refuse(code: str) -> Refused:
    """The refusal with this code, to be raised."""
    return Refused(PROBLEMS[code])


@contextmanager
def said_plainly() -> Iterator[None]:
    """Write within it: what a guard of the database refuses comes out as Refused, in plain words."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        problem = PROBLEMS.get(CODES_OF_CONSTRAINTS.get(name, name))
        if problem is None:
            raise
        raise Refused(problem) from error

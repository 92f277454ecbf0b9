"""What do we say when something about money paid by mistake cannot be done?"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from phueng.kernel.problems import Problem, Refused

PROBLEMS = {
    problem.code: problem
    for problem in (
        Problem(
            "wrong_step",
            "เรื่องนี้ไม่ได้อยู่ในขั้นตอนนี้แล้ว อาจมีคนทำไปก่อนครู่เดียว",
            "This is no longer at that step; perhaps somebody was a moment faster",
            "โหลดหน้านี้ใหม่เพื่อดูขั้นตอนล่าสุด",
            "Reload the page to see where it stands",
        ),
        Problem(
            "same_hands",
            "คุณบันทึกหรือประเมินเรื่องนี้แล้ว จึงมีคำสั่งหรือวินิจฉัยเรื่องนี้ไม่ได้",
            "You noted or judged this already, so you cannot decide it",
            "ให้ผู้อนุมัติคนอื่น หรือของสำนักงานคู่ เป็นผู้พิจารณา",
            "Let another approver, or one of the paired office, decide",
        ),
        Problem(
            "had_a_hand_before",
            "คุณมีส่วนในคำขอที่จ่ายเงินนี้ไป จึงพิจารณาเรื่องนี้ไม่ได้",
            "You had a part in the case that was paid, so you cannot judge this",
            "ให้คนอื่นที่ไม่เกี่ยวกับคำขอเดิม หรือคนของสำนักงานคู่ เป็นผู้ทำ",
            "Let somebody without a part in that case, or of the paired office, do it",
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
            "เรื่องนี้อยู่นอกพื้นที่หรือนอกหน้าที่ของคุณ",
            "This is outside your area or your duty",
            "ติดต่อสำนักงานเจ้าของเรื่อง",
            "Contact the office that holds it",
        ),
        Problem(
            "not_heard_yet",
            "ยังไม่พ้นเวลาให้ชี้แจง หรือยังถามธนาคารและครอบครัวไม่เสร็จ",
            "The time to answer is not over, or bank and family have not been asked to the end",
            "รอคำชี้แจง หรือรอให้พ้นกำหนดก่อน แล้วจึงประเมิน",
            "Wait for the answer or for the last day, then assess",
        ),
        Problem(
            "more_than_was_paid",
            "ยอดนี้สูงกว่าที่จ่ายไปจริง หรือรายการนี้ยังไม่ได้จ่าย",
            "This is more than was really paid, or the payment never arrived",
            "ใส่ยอดไม่เกินที่จ่ายจริงของแต่ละรายการ",
            "Enter at most what was paid in each payment",
        ),
        Problem(
            "another_person",
            "รายการจ่ายนี้เป็นของคนอื่น",
            "This payment went to somebody else",
            "เลือกรายการของผู้รับคนเดียวกัน",
            "Choose payments of one person",
        ),
        Problem(
            "line_is_asked_about_once",
            "มีเรื่องของรายการจ่ายนี้อยู่แล้ว",
            "This payment has been asked about already",
            "เปิดเรื่องเดิมจากรายการ",
            "Open the one that is there",
        ),
        Problem(
            "already_settled",
            "คำอุทธรณ์นี้มีคำวินิจฉัยแล้ว",
            "This appeal was already settled",
            "โหลดหน้านี้ใหม่เพื่อดูคำวินิจฉัย",
            "Reload the page to see the outcome",
        ),
        Problem(
            "only_milder",
            "ผลอุทธรณ์ต้องไม่หนักกว่าคำสั่งเดิม",
            "An appeal never makes it harder than it was",
            "ใส่ยอดที่น้อยกว่าคำสั่งเดิม หรือยืนตามคำสั่งเดิม",
            "Enter less than the order asks, or let it stand",
        ),
        Problem(
            "more_than_is_asked",
            "ยอดนี้มากกว่าที่ขอคืน",
            "This is more than is asked back",
            "รับเฉพาะที่ขอคืน ส่วนเกินส่งคืนผู้จ่ายทันที",
            "Take only what is asked, and hand the rest back at once",
        ),
        Problem(
            "no_living_consent",
            "ผู้รับไม่ได้ยินยอมให้หักยอดนี้ หรือถอนความยินยอมแล้ว หรือเดือนนี้หักไปแล้ว",
            "The person did not agree to this sum, has taken the consent back, or this month is done already",
            "ไม่หักเงิน ให้ผู้รับคืนด้วยวิธีที่เลือกเอง",
            "Keep nothing back; let the person pay in the way they choose",
        ),
        Problem(
            "repayment_is_recorded_once",
            "เลขอ้างอิงนี้เคยบันทึกแล้ว",
            "This receipt or transfer number was recorded before",
            "ตรวจใบเสร็จหรือรายการโอนอีกครั้ง",
            "Look at the receipt or transfer again",
        ),
        Problem(
            "plan_stays_within_means",
            "ยอดต่อเดือนสูงกว่าที่รายได้รับไหว",
            "So much a month is more than the income can carry",
            "เลือกยอดที่น้อยลง",
            "Choose a smaller sum",
        ),
        Problem(
            "no_means_now",
            "ตอนนี้ไม่มีรายได้พอจะผ่อน จึงยังทำแผนไม่ได้",
            "There is no income to pay from now, so no plan can be made",
            "รอจนมีรายได้ หรือขอให้พิจารณาความเดือดร้อนใหม่",
            "Wait until there is, or ask for hardship to be looked at again",
        ),
        Problem(
            "nothing_said",
            "ยังไม่ได้เขียนอะไร",
            "Nothing was written yet",
            "เขียนสั้น ๆ ด้วยคำของคุณเอง",
            "Write it briefly in your own words",
        ),
        Problem(
            "nobody_to_tell",
            "เรื่องนี้ไม่ส่งหนังสือถึงผู้รับ เพราะผู้รับเสียชีวิตแล้วหรือเงินไม่ถึงมือผู้รับ",
            "Nobody is written to here: the person has died, or the money never reached them",
            "ใช้ปุ่มเริ่มถามธนาคารหรือครอบครัว",
            "Begin to ask the bank or the family instead",
        ),
        Problem(
            "somebody_to_tell",
            "ผู้รับยังอยู่และเงินถึงมือแล้ว ต้องฟังผู้รับก่อน",
            "The person is there and received the money: hear the person first",
            "ส่งหนังสือแจ้งให้ชี้แจง",
            "Send the notice and wait for the answer",
        ),
        Problem(
            "too_late_to_appeal",
            "พ้นกำหนดอุทธรณ์แล้ว",
            "The last day to appeal has passed",
            "โทร 1300 หรือขอให้เจ้าหน้าที่รับไว้พร้อมเหตุที่ยื่นช้า",
            "Call 1300, or ask an officer to take it with the reason for the delay",
        ),
    )
}
CODES_OF_CONSTRAINTS = {
    "overpayment_is_ruled_once": "wrong_step",
    "one_assessment_per_round": "wrong_step",
    "recoveries_ruling_assessment_id_key": "wrong_step",
    "recoveries_rulingappeal_ruling_id_key": "already_settled",
}


def refuse(code: str) -> Refused:
    """The refusal with this code, to be raised."""
    return Refused(PROBLEMS[code])


def problem_in(error: DatabaseError) -> Problem | None:
    """The problem that a guard's refusal means, or None when the error is something else."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    return PROBLEMS.get(CODES_OF_CONSTRAINTS.get(name, name))


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

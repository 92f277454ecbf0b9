"""What do we say when money cannot be taken out, handed over or accounted for?"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction

from phueng.kernel.problems import Problem, Refused

PROBLEMS = {
    problem.code: problem
    for problem in (
        Problem(
            "only_released_counter_runs_are_drawn",
            "ชุดนี้ยังไม่ได้สั่งจ่าย หรือไม่ใช่ชุดจ่ายที่เคาน์เตอร์",
            "This run is not released, or is not paid at the counter",
            "รอผู้สั่งจ่ายก่อน แล้วจึงเบิกเงินยืม",
            "Wait for its release, then draw the advance",
        ),
        Problem(
            "already_drawn",
            "ชุดนี้เบิกเงินยืมแล้ว",
            "The money of this run was taken out already",
            "เปิดเงินยืมเดิมจากรายการ",
            "Open the advance that is there",
        ),
        Problem(
            "two_people_pay",
            "ผู้จ่ายเงินต้องเป็นคนละคนกัน",
            "The two payers must be two people",
            "เลือกผู้จ่ายอีกคน",
            "Choose another second payer",
        ),
        Problem(
            "payer_has_a_hand",
            "ผู้จ่ายคนนี้มีส่วนในคำขอ หรือลงนามในชุดนี้แล้ว จึงจ่ายเงินไม่ได้",
            "This payer had a part in a case or signed the run, so cannot hand out its money",
            "เลือกคนที่ไม่มีส่วนในเรื่องนี้ ขอยืมจากสำนักงานคู่ได้",
            "Choose somebody without a part in it; the paired office may lend a person",
        ),
        Problem(
            "payer_outside_area",
            "คนนี้ไม่มีหน้าที่การเงินของสำนักงานนี้",
            "This person holds no finance duty for this office",
            "เลือกเจ้าหน้าที่การเงินของสำนักงานนี้หรือสำนักงานคู่",
            "Choose somebody of finance, here or in the paired office",
        ),
        Problem(
            "only_payers_hand_over",
            "เฉพาะผู้จ่ายสองคนของเงินยืมนี้เท่านั้นที่บันทึกได้",
            "Only the two payers of this advance may record this",
            "ให้ผู้จ่ายเข้าสู่ระบบด้วยบัญชีของตนเอง",
            "Let the payer sign in with their own account",
        ),
        Problem(
            "handover_is_confirmed_by_the_other",
            "ผู้จ่ายอีกคนต้องเป็นผู้ยืนยัน",
            "The other payer has to confirm this",
            "ให้ผู้จ่ายคนที่สองเข้าสู่ระบบด้วยบัญชีของตนเองแล้วยืนยัน",
            "Let the second payer sign in and confirm",
        ),
        Problem(
            "line_is_handed_over_once",
            "มีการบันทึกว่าจ่ายคนนี้แล้ว อย่าจ่ายซ้ำ",
            "This person was noted as paid already: do not pay twice",
            "โหลดหน้านี้ใหม่ แล้วคุยกับผู้จ่ายอีกคน",
            "Reload the page and speak with the other payer",
        ),
        Problem(
            "wrong_step",
            "รายการนี้ไม่ได้อยู่ในขั้นตอนนี้แล้ว",
            "This is no longer at that step",
            "โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
            "Reload the page to see where it stands",
        ),
        Problem(
            "thumbprint_has_two_witnesses",
            "พิมพ์ลายนิ้วมือ หรือไม่มีบัตร ต้องมีชื่อพยานสองคนที่ต่างกัน",
            "A thumbprint, or no card, needs the names of two different witnesses",
            "ใส่ชื่อพยานให้ครบสองคน",
            "Enter both witnesses",
        ),
        Problem(
            "cheque_says_number_bank_and_day",
            "เช็คต้องมีเลขที่ ธนาคาร และวันที่",
            "A cheque needs its number, bank and day",
            "ใส่ข้อมูลเช็คให้ครบ",
            "Fill in all three",
        ),
        Problem(
            "cheque_is_used_once",
            "เช็คเลขที่นี้ใช้ไปแล้ว",
            "This cheque was used already",
            "ตรวจเลขที่เช็คอีกครั้ง",
            "Look at the number again",
        ),
        Problem(
            "waits_for_confirmation",
            "ยังมีการจ่ายที่ผู้จ่ายอีกคนไม่ได้ยืนยัน",
            "A payment still waits for the other payer",
            "ให้ผู้จ่ายอีกคนยืนยันก่อน แล้วจึงล้างเงินยืม",
            "Let the other payer confirm, then clear the advance",
        ),
        Problem(
            "advance_does_not_balance",
            "เงินที่ส่งคืนไม่ตรงกับยอดที่ยังไม่ได้จ่าย",
            "The cash returned is not what was left unpaid",
            "นับเงินอีกครั้ง ยอดต้องตรงกันถึงสตางค์",
            "Count again: it has to agree to the satang",
        ),
        Problem(
            "returned_cash_has_a_receipt",
            "เงินสดที่ส่งคืนต้องมีเลขที่ใบเสร็จ",
            "Cash that comes back needs the number of its receipt",
            "ใส่เลขที่ใบเสร็จรับเงินคืน",
            "Enter the receipt's number",
        ),
        Problem(
            "payers_do_not_clear",
            "ผู้จ่ายเงินล้างเงินยืมของตนเองไม่ได้",
            "The payers do not clear their own advance",
            "ให้เจ้าหน้าที่การเงินคนอื่นนับเงินและล้างเงินยืม",
            "Let another person of finance count the cash and clear it",
        ),
        Problem(
            "nothing_said",
            "ยังกรอกไม่ครบ",
            "Something is missing",
            "กรอกให้ครบแล้วบันทึกอีกครั้ง",
            "Fill it in and save again",
        ),
    )
}
CODES_OF_CONSTRAINTS = {
    "advances_advance_run_id_key": "already_drawn",
    "advance_is_the_whole_run": "wrong_step",
    "advance_is_frozen": "wrong_step",
    "advance_is_cleared": "wrong_step",
    "advance_balances": "advance_does_not_balance",
    "handover_is_of_an_open_line": "wrong_step",
    "handover_is_frozen": "wrong_step",
    "counter_line_is_paid_by_handover": "wrong_step",
    "handed_over_line_does_not_return": "wrong_step",
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

"""Why does the ledger refuse, in words for the person who asked?"""

from phueng.kernel.problems import Problem
from phueng.ledger.accounts import Fund


def budget_exceeded(fund: Fund) -> Problem:
    """The guarded account of a fund would fall below zero."""
    return Problem(
        "budget_exceeded",
        f"เงินงบประมาณปี {fund.fiscal_year} ของสำนักงาน {fund.office_code} ไม่พอสำหรับรายการนี้",
        f"The {fund.fiscal_year} budget of office {fund.office_code} does not cover this",
        "ตั้งเรื่องรอจัดสรรงบประมาณ หรือขอเพิ่มวงเงินก่อน",
        "Let the case wait for budget, or ask for a higher allotment first",
    )


KEY_MEANS_ANOTHER_SUM = Problem(
    "key_means_another_sum",
    "รายการนี้เคยบันทึกด้วยยอดอื่นแล้ว",
    "This movement was already recorded with another sum",
    "ตรวจรายการเดิมก่อน อย่าบันทึกซ้ำ",
    "Look at the first record; do not record it again",
)
REVERSED_BY_A_REQUEST = Problem(
    "reversed_by_a_request",
    "รายการโอนหรือกันเงินข้ามปีกลับรายการเองไม่ได้",
    "A transfer or carry-over is not reversed by one person",
    "ขอโอนกลับ แล้วให้สองคนอนุมัติเหมือนเดิม",
    "Ask for a transfer back and have it approved by two people",
)
REVERSAL_STAYS = Problem(
    "reversal_stays",
    "รายการนี้เป็นการกลับรายการอยู่แล้ว",
    "This movement is itself a reversal",
    "บันทึกรายการที่ถูกต้องใหม่แทน",
    "Record the right movement anew instead",
)
SAME_PERSON = Problem(
    "same_person",
    "คนที่ขอหรือบันทึก อนุมัติเองไม่ได้",
    "Whoever asked or entered cannot approve",
    "ให้คนอื่นที่มีหน้าที่การเงินเป็นผู้อนุมัติ",
    "Let somebody else with a finance duty approve",
)
NOT_AN_APPROVER = Problem(
    "not_an_approver",
    "คุณไม่มีหน้าที่อนุมัติเรื่องงบประมาณของสำนักงานนี้",
    "You hold no duty to approve budget for this office",
    "ผู้ตรวจหรือผู้สั่งจ่ายของสำนักงานที่เกี่ยวข้อง หรือส่วนกลาง อนุมัติได้",
    "A checker or releaser of the offices concerned, or headquarters, may approve",
)
GIVER_MUST_AGREE = Problem(
    "giver_must_agree",
    "ต้องมีผู้อนุมัติจากส่วนกลางหรือสำนักงานที่ให้เงินอย่างน้อยหนึ่งคน",
    "At least one approval must come from headquarters or the giving office",
    "ให้คนของสำนักงานที่ให้เงินหรือส่วนกลางอนุมัติเป็นคนที่สอง",
    "Let somebody of the giving office or headquarters be the second",
)
REQUEST_IS_SETTLED = Problem(
    "request_is_settled",
    "เรื่องนี้จบไปแล้ว",
    "This request is already settled",
    "เปิดหน้าใหม่เพื่อดูผล",
    "Reload the page to see what became of it",
)
SUMS_CHANGED = Problem(
    "sums_changed",
    "ยอดที่กันไว้เปลี่ยนไปจากตอนที่ขอ",
    "The promised sums changed since this was asked",
    "ถอนเรื่องนี้ แล้วขอใหม่ด้วยยอดปัจจุบัน",
    "Withdraw it and ask again with the sums of today",
)
YEAR_IS_NOT_OVER = Problem(
    "year_is_not_over",
    "ปีงบประมาณนี้ยังไม่สิ้นสุด",
    "This fiscal year is not over yet",
    "อนุมัติคนที่สองได้ตั้งแต่วันที่ 1 ตุลาคม",
    "The second approval can be given from 1 October",
)
ALREADY_CARRIED = Problem(
    "already_carried",
    "เงินก้อนนี้มีเรื่องกันเงินข้ามปีอยู่แล้ว",
    "A carry-over of this fund was already asked for",
    "เปิดเรื่องเดิมเพื่ออนุมัติหรือถอน",
    "Open that one to approve or withdraw it",
)
SAME_OFFICE = Problem(
    "same_office",
    "สำนักงานที่ให้และที่รับเป็นที่เดียวกัน",
    "The giving and the receiving office are the same",
    "เลือกสำนักงานที่รับเงินใหม่",
    "Choose another receiving office",
)
NOTHING_PLANNED = Problem(
    "nothing_planned",
    "ยังไม่มีรายการจัดสรร",
    "There is no allotment in this plan",
    "ใส่อย่างน้อยหนึ่งสำนักงาน",
    "Enter at least one office",
)
NOT_HEADQUARTERS = Problem(
    "not_headquarters",
    "เปิดปีงบประมาณทำได้เฉพาะคนของส่วนกลาง",
    "Only people of headquarters open a fiscal year",
    "ให้ผู้มีหน้าที่การเงินหรือผู้ดูแลระบบของส่วนกลางทำ",
    "Ask somebody with a finance or administrator duty at headquarters",
)

# Guard of the database → what to tell a person who ran into it.
OF_GUARD: dict[str, Problem] = {
    "approver_did_not_ask": SAME_PERSON,
    "approver_outside_area": NOT_AN_APPROVER,
    "budget_request_is_open": REQUEST_IS_SETTLED,
    "budget_plan_is_confirmed_by_somebody_else": SAME_PERSON,
    "confirmer_is_at_headquarters": NOT_HEADQUARTERS,
    "planner_is_at_headquarters": NOT_HEADQUARTERS,
    "budget_plan_is_settled": REQUEST_IS_SETTLED,
    "transfer_goes_to_another_office": SAME_OFFICE,
    "fund_is_carried_over_once": ALREADY_CARRIED,
    "giver_must_agree": GIVER_MUST_AGREE,
    "year_is_over": YEAR_IS_NOT_OVER,
}

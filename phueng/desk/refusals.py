"""What can the desk itself refuse, and beside which input does a refusal from below stand?"""

from phueng.kernel.problems import Problem

ROLE_NOT_HERE = Problem(
    "role_may_not",
    "หน้าที่ของคุณในสำนักงานนี้ทำขั้นตอนนี้ไม่ได้",
    "Your duty in this office does not allow this step.",
    "ให้เจ้าหน้าที่ที่มีหน้าที่นี้เป็นผู้ทำ",
    "Ask an officer who holds this duty to do it.",
)
SEARCHED_TOO_OFTEN = Problem(
    "searched_too_often",
    "ค้นหาบ่อยเกินไปในเวลาสั้น ๆ",
    "Too many searches in a short time.",
    "รอ 10 นาทีแล้วค้นใหม่ งานในคิวเปิดได้ตามปกติ",
    "Wait 10 minutes and search again. Cases in the queue open as usual.",
)
WHY_NEEDED = Problem(
    "why_needed",
    "ยังไม่ได้เขียนเหตุผล",
    "The reason is missing.",
    "เขียนสั้น ๆ เช่น เปิดบัญชีใหม่ หรือลืมรหัสผ่าน มาแสดงตัวแล้ว",
    "Write it briefly, for example: new account, or forgot it and came in person.",
)
NO_PHOTO = Problem(
    "no_photo",
    "ยังไม่ได้เลือกรูป",
    "No photo was chosen.",
    "ถ่ายหรือเลือกรูป แล้วส่งอีกครั้ง",
    "Take or choose a photo and send it again.",
)
NOT_A_PLACE = Problem(
    "not_a_place",
    "พิกัดนี้ไม่อยู่ในประเทศไทย หรือเขียนไม่ถูก",
    "These coordinates are not in Thailand, or not written rightly.",
    "กรอกละติจูด เช่น 16.4419 และลองจิจูด เช่น 102.8360",
    "Enter a latitude such as 16.4419 and a longitude such as 102.8360.",
)

# Code of a refusal → the input it belongs to. Anything else stands above the form.
FIELDS = {
    "why_is_missing": "why",
    "reason_needed": "why",
    "grounds_missing": "grounds",
    "receipt_needed": "receipt_reference",
    "amount_is_missing": "amount",
    "amount_not_whole_baht": "amount",
    "amount_over_ceiling": "amount",
    "unknown_question": "question",
    "same_office": "to_office",
    "wrong_kind_of_office": "to_office",
    "day_before_hold": "on",
    "username_taken": "username",
    "own_duty": "role",
    "duty_held": "role",
    "outcome_needed": "outcome",
}

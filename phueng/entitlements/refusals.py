"""Why can this entitlement not be granted, held or ended, in words for the officer in front of the page?"""

from phueng.kernel.problems import Problem


def cap_reached(times: int, fiscal_year: int) -> Problem:
    """The household has had this single sum as often as the regulation allows in the fiscal year (B.E.)."""
    return Problem(
        "cap_reached",
        f"ครัวเรือนนี้ได้รับครบ {times} ครั้งในปีงบประมาณ {fiscal_year} แล้ว",
        f"This household has already received it {times} times in fiscal year {fiscal_year} B.E.",
        "ดูประวัติการรับเงินของครัวเรือน หรือพิจารณาความช่วยเหลืออย่างอื่น",
        "Look at what the household received, or consider another kind of help.",
    )


GRANTED_OTHERWISE = Problem(
    "granted_otherwise",
    "คำสั่งนี้ให้สิทธิไปแล้วด้วยรายละเอียดอื่น",
    "This decision already granted something else.",
    "เปิดหน้าสิทธิที่ให้ไว้เพื่อตรวจ",
    "Open the entitlement that was granted and compare.",
)
ENDED = Problem(
    "entitlement_ended",
    "สิทธินี้สิ้นสุดแล้ว",
    "This entitlement has ended.",
    "หากยังเดือดร้อน ให้ยื่นคำขอใหม่",
    "If help is still needed, a new request can be made.",
)
REASON_NEEDED = Problem(
    "reason_needed",
    "ยังไม่ได้กรอกเหตุผล",
    "The reason is missing.",
    "เขียนเหตุผลสั้น ๆ ให้คนอ่านภายหลังเข้าใจ",
    "Write a short reason that somebody can understand later.",
)
OUTSIDE_HOLD = Problem(
    "day_before_hold",
    "วันที่เริ่มจ่ายต่ออยู่ก่อนวันที่ระงับ",
    "The day of resuming lies before the day of suspending.",
    "เลือกวันที่ระงับหรือหลังจากนั้น",
    "Choose the day of suspending or a later one.",
)

"""What do we say when an answer cannot be understood, and what can the person do?"""

from __future__ import annotations

from phueng.kernel.problems import Problem

MOST_PHOTOS = 5

EMPTY = Problem(
    "empty",
    "ยังไม่ได้ตอบคำถามนี้",
    "This question is not answered yet.",
    "ตอบคำถามนี้แล้วกดต่อไป",
    "Answer the question, then continue.",
)
NOT_AN_OPTION = Problem(
    "not_an_option",
    "คำตอบนี้ไม่อยู่ในรายการ",
    "This answer is not in the list.",
    "เลือกคำตอบจากรายการ",
    "Choose an answer from the list.",
)
NONE_AND_OTHERS = Problem(
    "none_and_others",
    "เลือก “ไม่มี” พร้อมกับข้ออื่นไม่ได้",
    "“None” cannot be chosen together with other answers.",
    "เลือกเฉพาะข้อที่มี หรือเลือก “ไม่มี” ข้อเดียว",
    "Choose what applies, or choose only “none”.",
)
NOT_A_NUMBER = Problem(
    "not_a_number",
    "คำตอบนี้ไม่ใช่จำนวน",
    "This is not a number.",
    "กรอกเป็นตัวเลข เช่น 4",
    "Type a number, for example 4.",
)
FIRST_NAME_MISSING = Problem(
    "first_name_missing",
    "ยังไม่ได้กรอกชื่อ",
    "The first name is missing.",
    "กรอกชื่อตามบัตรประชาชน หรือชื่อที่คนเรียก",
    "Type the name on the ID card, or the name people call you.",
)
LAST_NAME_MISSING = Problem(
    "last_name_missing",
    "ยังไม่ได้กรอกนามสกุล",
    "The last name is missing.",
    "กรอกนามสกุล หากไม่มีนามสกุลให้ใส่ -",
    "Type the last name; if there is none, type -.",
)
NAME_HAS_FIGURES = Problem(
    "name_has_figures",
    "ชื่อมีตัวเลขหรือเครื่องหมายที่ไม่ใช่ตัวอักษร",
    "The name contains figures or signs that are not letters.",
    "กรอกชื่อเป็นตัวอักษรเท่านั้น",
    "Type the name in letters only.",
)
PLACE_MISSING = Problem(
    "place_missing",
    "ยังไม่ได้เลือกจังหวัด อำเภอ และตำบล",
    "The province, district and subdistrict are not chosen yet.",
    "เลือกให้ถึงตำบล เพื่อให้เรื่องไปถึงหน่วยงานในพื้นที่ของคุณ",
    "Choose down to the subdistrict, so that your request reaches the office in your area.",
)
NO_SUCH_PLACE = Problem(
    "no_such_place",
    "ไม่พบตำบลนี้",
    "This subdistrict was not found.",
    "เลือกจังหวัด อำเภอ และตำบลอีกครั้ง",
    "Choose the province, district and subdistrict again.",
)
HOLDER_MISSING = Problem(
    "holder_missing",
    "ยังไม่ได้กรอกชื่อบัญชี",
    "The name on the account is missing.",
    "กรอกชื่อตามหน้าแรกของสมุดบัญชี",
    "Type the name on the first page of the passbook.",
)
BANK_MISSING = Problem(
    "bank_missing",
    "ยังไม่ได้เลือกธนาคาร",
    "The bank is not chosen yet.",
    "เลือกธนาคารจากรายการ",
    "Choose the bank from the list.",
)
TOO_MANY_PHOTOS = Problem(
    "too_many_photos",
    f"แนบได้ไม่เกิน {MOST_PHOTOS} ภาพ",
    f"At most {MOST_PHOTOS} photos can be attached.",
    "ลบภาพที่ไม่จำเป็นออก",
    "Remove the photos that are not needed.",
)


def too_long(most: int) -> Problem:
    return Problem(
        "too_long",
        f"คำตอบยาวเกิน {most:,} ตัวอักษร",
        f"The answer is longer than {most:,} characters.",
        "ย่อให้สั้นลง เรายังเก็บที่คุณพิมพ์ไว้ครบ",
        "Make it shorter; everything you typed is still here.",
    )


def outside(least: int | None, most: int | None) -> Problem:
    from_th, from_en = (f"ตั้งแต่ {least:,} ", f"at least {least:,} ") if least is not None else ("", "")
    to_th, to_en = (f"ไม่เกิน {most:,}", f"at most {most:,}") if most is not None else ("", "")
    joined_en = " and ".join(part.strip() for part in (from_en, to_en) if part)
    return Problem(
        "out_of_range",
        f"จำนวนนี้เป็นไปไม่ได้ ต้อง{from_th}{to_th}".strip(),
        f"This number is not possible; it must be {joined_en}.",
        "ดูตัวเลขอีกครั้งแล้วกรอกใหม่",
        "Check the number and type it again.",
    )

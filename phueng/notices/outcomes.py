"""Why did a message not arrive, and what is that called on a page?"""

# code → Thai, English. Codes of the operator are kept whole in failure_code as "refused_0000000B".
REASONS: dict[str, tuple[str, str]] = {
    "no_phone": ("ไม่มีเบอร์โทรศัพท์มือถือ", "No mobile number"),
    "bad_number": ("เบอร์นี้รับข้อความไม่ได้", "This number cannot take messages"),
    "refused": ("ผู้ให้บริการไม่รับส่งไปเบอร์นี้", "The operator refuses this number"),
    "undeliverable": ("ส่งไม่ถึงเครื่องปลายทาง", "The phone could not be reached"),
    "expired": ("เครื่องปิดนานเกินไป", "The phone was off for too long"),
    "no_receipt": ("ไม่มีคำยืนยันว่าถึงเครื่อง", "No confirmation that it arrived"),
    "operator_away": ("ระบบส่งข้อความขัดข้อง", "The message service was down"),
    "cannot_be_said": ("ข้อความนี้ส่งไม่ได้", "The text cannot be sent"),
    "too_late": ("รหัสหมดอายุก่อนส่ง", "The code ran out before it was sent"),
}


def reason_in_words(code: str) -> tuple[str, str]:
    """Thai and English."""
    return REASONS.get(code.split("_0")[0], REASONS["undeliverable"])

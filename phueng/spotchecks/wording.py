"""What do we call answers, things that do not fit, and what was found? Plain words; nobody is called guilty here."""

from phueng.design.wording import say

KIND_WORDS = {
    "not_received": ("ไม่ได้รับเงิน", "Nothing came"),
    "amount_differs": ("ยอดไม่ตรง", "Another sum came"),
    "kickback": ("มีคนขอเงินคืน", "Somebody wanted part of it back"),
    "unknown_application": ("ไม่รู้เรื่องคำขอนี้", "Knows of no request"),
}
OUTCOME_WORDS = {
    "confirmed": ("พบว่าเป็นจริง ส่งต่อสอบสวน", "True: passed on for inquiry"),
    "explained": ("มีคำอธิบายพร้อมหลักฐาน", "Explained, with evidence"),
    "mistaken": ("ผู้ตอบเข้าใจผิด", "A misunderstanding"),
}
RECEIVED_WORDS = {
    "full": ("ได้รับครบ", "All of it came"),
    "part": ("ได้ไม่ครบ", "A part came"),
    "none": ("ไม่ได้รับ", "Nothing came"),
    "unsure": ("ไม่แน่ใจ", "Not sure"),
}
YES_NO_WORDS = {"no": ("ไม่มี / ไม่ใช่", "No"), "yes": ("มี / ใช่", "Yes"), "unsure": ("ไม่แน่ใจ", "Not sure")}


def words(table: dict[str, tuple[str, str]], code: str) -> str:
    """The words for a code in the reader's language."""
    return say(*table[code])

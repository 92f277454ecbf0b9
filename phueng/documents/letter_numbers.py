"""What is a letter's number, and what is each kind called?"""

from phueng.documents.models import Letter

# Kinds belong to the packages that ask for them; here they are only names for the page that verifies a letter.
KIND_NAMES: dict[str, tuple[str, str]] = {
    "decisions/decision_letter": ("หนังสือแจ้งผลการพิจารณา", "Notice of decision"),
    "applications/slip": ("ใบรับคำขอ", "Receipt of application"),
    "recoveries/notice": ("หนังสือแจ้งและขอให้ชี้แจง", "Notice with a request to answer"),
    "recoveries/ruling": ("หนังสือแจ้งคำสั่งเรื่องเงินที่จ่ายเกิน", "Order about money paid by mistake"),
    "recoveries/plan": ("แผนผ่อนคืน", "Plan of instalments"),
    "recoveries/appeal": ("หนังสือแจ้งผลอุทธรณ์เรื่องเงินที่จ่ายเกิน", "Outcome of an appeal about money paid by mistake"),
    "recoveries/settled": ("หนังสือรับรองว่าคืนครบแล้ว", "Confirmation that all was paid back"),
    "advances/receipt": ("ใบสำคัญรับเงิน", "Receipt for money paid in cash"),
    "verification/pasoko1": ("แบบสอบข้อเท็จจริง (ปสค.1)", "Report of a home visit (form PSK 1)"),
    "payments/daily_proof": ("ใบพิสูจน์ยอดประจำวัน", "Daily proof of payments"),
}


def letter_number(letter: Letter) -> str:
    """Office, running number and Buddhist year: "พม 0000/123/2569"."""
    return f"{letter.office_code}/{letter.running_no}/{letter.year_be}"


def kind_name(kind: str) -> tuple[str, str]:
    """The kind in words, Thai and English."""
    return KIND_NAMES.get(kind, ("เอกสารของหน่วยงาน", "Letter of this agency"))

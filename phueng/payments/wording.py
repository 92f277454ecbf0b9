"""What do we call the steps of a payment run, the accounts of the ledger, and the bank's reasons?"""

from django.utils.safestring import SafeString

from phueng.design.templatetags.design import status
from phueng.design.wording import say
from phueng.gateways.iso20022.codes import is_reason, reason_of
from phueng.payments.rules import OTHER_REASON

# step → (component state, Thai, English)
STATE_WORDS = {
    "gathering": ("waiting", "กำลังรวบรวมรายการ", "List being gathered"),
    "prepared": ("waiting", "รอลายมือชื่ออนุมัติ", "Waits for approvals"),
    "checked": ("waiting", "อนุมัติครบ กำลังเขียนแฟ้ม", "Approved, files being written"),
    "written": ("waiting", "รอผู้สั่งจ่าย", "Waits for the releaser"),
    "released": ("waiting", "สั่งจ่ายแล้ว กำลังส่งแฟ้ม", "Released, file being sent"),
    "trouble": ("late", "แฟ้มมีปัญหา", "Something is wrong with a file"),
    "sent": ("waiting", "ส่งแล้ว รอผล", "Sent, waiting for the answer"),
    "answered": ("done", "ได้รับผลครบ", "Answered in full"),
    "abandoned": ("stopped", "ยกเลิก", "Abandoned"),
}

# By which way the money goes → (Thai, English).
PAY_ROUTE_WORDS = {
    "krungthai": ("ธนาคารกรุงไทย", "Krungthai Bank"),
    "iso20022": ("ธนาคารอื่น (ISO 20022)", "Another bank (ISO 20022)"),
    "comptroller": ("กรมบัญชีกลาง", "Comptroller General"),
    "counter": ("จ่ายที่เคาน์เตอร์", "At the counter"),
}

# The role of a ledger account → (Thai, English).
ROLE_WORDS = {
    "allotted": ("จัดสรร", "Allotted"),
    "available": ("เหลือใช้", "Available"),
    "reserved": ("กันไว้", "Reserved"),
    "committed": ("ผูกพัน", "Committed"),
    "disbursed": ("จ่ายแล้ว", "Disbursed"),
    "treasury": ("เงินคงคลัง", "Treasury"),
    "bank": ("เงินฝากธนาคาร", "Bank deposit"),
    "transit": ("ระหว่างโอน", "In transit"),
    "grants": ("เงินช่วยเหลือที่จ่าย", "Grants paid"),
    "suspense": ("พักรอตรวจ", "Suspense"),
}

# Codes of returns that we know → (Thai, English); any other is shown as the bank wrote it.
_REASONS = {
    "C01": ("บัญชีปิด", "Account closed"),
    "C02": ("ชื่อบัญชีไม่ตรงกับผู้รับ", "Account in another name"),
    "A01": ("บัญชีปิด", "Account closed"),
    "closed": ("บัญชีปิด", "Account closed"),
    "name_mismatch": ("ชื่อบัญชีไม่ตรงกับผู้รับ", "Account in another name"),
    "C03": ("ไม่พบเลขบัญชี", "No such account"),
    "D01": ("ผู้รับเสียชีวิต", "The person has died"),
    "P01": ("ไม่ได้ผูกพร้อมเพย์กับเลขประจำตัว", "The ID is not registered with PromptPay"),
    OTHER_REASON: ("ธนาคารแจ้งเหตุอื่น ดูรายงานที่แนบ", "The bank gives another reason: see the report"),
    "not_collected": ("ไม่ได้มารับเงินที่เคาน์เตอร์", "Not collected at the counter"),
    "file_refused": ("ธนาคารไม่รับแฟ้มทั้งแฟ้ม", "The bank did not take the file"),
}

# What a person may choose when the reason stands on paper.
REASON_CODES = ("C01", "C02", "C03", "P01", "D01", OTHER_REASON)


def reason_words_th(code: str) -> str:
    """The reason as it goes into a file, whichever language the page was in."""
    return _REASONS[code][0] if code in _REASONS else code


def reason_words(code: str) -> str:
    """Why the bank returned a payment."""
    if code in _REASONS:
        return say(*_REASONS[code])
    known = reason_of(code) if is_reason(code) else None
    return say(known.th, known.en) if known is not None else code


def state_tag(state: str) -> SafeString:
    """The step as a tag with icon and word."""
    kind, th, en = STATE_WORDS[state]
    return status(kind, th, en)

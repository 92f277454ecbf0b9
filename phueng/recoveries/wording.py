"""What do we call causes, steps, faults and ways of paying? Plain words; nobody is called a debtor here."""

from phueng.design.wording import say

CAUSE_WORDS = {
    "paid_after_death": ("จ่ายหลังจากผู้รับเสียชีวิตแล้ว", "Paid after the person had died"),
    "ended_entitlement": ("จ่ายหลังจากสิทธิสิ้นสุดแล้ว", "Paid after the entitlement had ended"),
    "double_benefit": ("ได้รับเงินประเภทเดียวกันจากสองทาง", "The same kind of help came twice"),
    "wrong_amount": ("ยอดที่จ่ายไม่ถูกต้อง", "The sum was wrong"),
    "wrong_account": ("เงินเข้าบัญชีของคนอื่น", "The money went to another account"),
}
# state → (component state, Thai, English, what comes next in Thai, in English)
STATE_WORDS = {
    "noted": ("action", "รอแจ้งผู้รับ", "To be told", "แจ้งและขอฟังผู้รับก่อน", "Tell the person and ask to be told"),
    "asking": ("action", "ถามธนาคารหรือครอบครัว", "Asking bank or family", "บันทึกสิ่งที่พบ", "Note what was found"),
    "told": ("waiting", "รอคำชี้แจง", "Waiting for an answer", "รอผู้รับชี้แจง", "The person answers"),
    "heard": ("action", "รอประเมิน", "To be assessed", "เจ้าหน้าที่ประเมิน", "An officer assesses"),
    "assessed": ("action", "รอคำสั่ง", "To be decided", "ผู้อนุมัติอีกคนมีคำสั่ง", "A second person decides"),
    "decided": ("waiting", "มีคำสั่งแล้ว รอตกลงวิธีคืน", "Decided, to be agreed how", "ตกลงแผนที่รับไหว", "Agree a plan within means"),
    "repaying": ("waiting", "กำลังทยอยคืน", "Being paid back", "งวดถัดไป", "The next instalment"),
    "appealed": ("action", "รอวินิจฉัยอุทธรณ์", "Appeal to be settled", "ผู้อนุมัติคนใหม่วินิจฉัย", "Another approver settles it"),
    "settled": ("done", "คืนครบแล้ว", "All paid back", "ไม่ต้องทำอะไรอีก", "Nothing more to do"),
    "nothing_owed": ("done", "ไม่ต้องคืน", "Nothing to pay back", "ไม่ต้องทำอะไรอีก", "Nothing more to do"),
    "dropped": ("stopped", "ถอนเรื่องแล้ว", "Withdrawn", "ไม่ต้องทำอะไรอีก", "Nothing more to do"),
}  # fmt: skip
FAULT_WORDS = {
    "state": ("หน่วยงานผิดพลาด", "The agency's mistake"),
    "person": ("ข้อมูลที่ผู้รับให้ไม่ถูกต้อง", "What the person said was wrong"),
    "both": ("ทั้งสองฝ่าย", "Both"),
}
OUTCOME_WORDS = {
    "nothing": ("ไม่ต้องคืน", "Nothing to pay back"),
    "part": ("คืนบางส่วน", "Part is asked back"),
    "whole": ("คืนทั้งหมด", "All is asked back"),
}
APPEAL_WORDS = {
    "upheld": ("ยืนตามคำสั่งเดิม", "The order stands"),
    "reduced": ("ลดยอดที่ขอคืน", "Less is asked back"),
    "cancelled": ("ยกเลิกคำสั่ง ไม่ต้องคืน", "Cancelled: nothing to pay back"),
    "late": ("ยื่นพ้นกำหนด", "Came too late"),
}
WAY_WORDS = {
    "cash": ("เงินสดที่สำนักงาน", "Cash at the office"),
    "transfer": ("โอนเข้าบัญชีหน่วยงาน", "Transfer"),
    "deduction": ("หักตามที่ยินยอม", "Kept back as agreed"),
    "bank_return": ("ธนาคารส่งคืน", "Returned by the bank"),
}
CHANNEL_WORDS = {
    "web": ("หน้าติดตามคำขอ", "Tracking page"),
    "office": ("ที่สำนักงาน", "At the office"),
    "phone": ("ทางโทรศัพท์", "By phone"),
    "letter": ("ทางจดหมาย", "By letter"),
}


# Noted about somebody who died, or whom the money never reached: the next step is another one.
NOTED_FOR_ENQUIRY = ("action", "รอถามธนาคาร", "Bank to be asked", "ถามธนาคารหรือครอบครัว", "Ask bank or family")
BY_SYSTEM = ("ระบบตรวจพบเอง", "Found by the service")


def state_words(state: str, *, is_for_enquiry: bool) -> tuple[str, str, str, str, str]:
    """The words of a step, for somebody who is told or for somebody who cannot be."""
    return NOTED_FOR_ENQUIRY if state == "noted" and is_for_enquiry else STATE_WORDS[state]


def consent_sentence(amount: str, language: str) -> str:
    """The very sentence that a person agrees to when part of the coming months may be kept back."""
    if language == "en":
        return (
            f"I agree of my own will that {amount} of each coming month's money is kept back until what I agreed to pay "
            "is paid. I may take this back at any time, without giving a reason and without any disadvantage."
        )
    return (
        f"ข้าพเจ้ายินยอมโดยสมัครใจให้หักเงินของเดือนถัด ๆ ไป เดือนละ {amount} จนครบยอดที่ตกลงไว้ "
        "ข้าพเจ้าถอนความยินยอมนี้เมื่อใดก็ได้ โดยไม่ต้องบอกเหตุผล และไม่เสียสิทธิใด ๆ"
    )


def words(table: dict[str, tuple[str, str]], code: str) -> str:
    """The words for a code in the reader's language."""
    return say(*table[code])

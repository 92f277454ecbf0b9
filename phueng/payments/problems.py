"""What do we say when a payment cannot go on?"""

from phueng.kernel.problems import Problem

NOTHING_DUE = Problem(
    "nothing_due",
    "ไม่มีรายการที่พร้อมจ่ายในชุดนี้",
    "Nothing is ready to be paid in this run",
    "ดูรายการที่ถูกกันไว้และเหตุผลด้านล่าง",
    "See below which items were left out, and why",
)
NOT_A_BANK_DAY = Problem(
    "not_a_bank_day",
    "วันที่มีผลต้องเป็นวันทำการธนาคารและไม่ใช่วันที่ผ่านมาแล้ว",
    "The effective date must be a bank working day that has not passed",
    "เลือกวันทำการธนาคารวันถัดไป",
    "Choose the next bank working day",
)
SAME_SIGNER = Problem(
    "same_signer",
    "ผู้จัดทำ ผู้ตรวจ และผู้สั่งจ่ายต้องเป็นคนละคนกัน",
    "Maker, checker and releaser must be three different people",
    "ให้เพื่อนร่วมงานที่ยังไม่ได้ลงนามในชุดนี้เป็นผู้ทำ",
    "Let a colleague who has not signed this run do it",
)
WRONG_STEP = Problem(
    "wrong_step",
    "ชุดจ่ายนี้ไม่ได้อยู่ในขั้นตอนนี้แล้ว อาจมีคนทำไปก่อนครู่เดียว",
    "This run is no longer at this step; perhaps somebody was a moment faster",
    "โหลดหน้านี้ใหม่เพื่อดูขั้นตอนล่าสุด",
    "Reload the page to see where it stands",
)
LIST_CHANGED = Problem(
    "list_changed",
    "รายการในชุดจ่ายไม่ตรงกับรายการที่แช่แข็งไว้ ห้ามจ่าย",
    "The run's lines are not the ones that were frozen: do not pay",
    "แจ้งผู้ตรวจสอบ แล้วยกเลิกชุดนี้",
    "Tell the auditor, then abandon this run",
)
SEAL_IS_OLD = Problem(
    "seal_is_old",
    "การประทับตราบันทึกการทำงานหยุดอยู่ จึงยังสั่งจ่ายไม่ได้",
    "The sealing of the audit log stands still, so nothing can be released",
    "แจ้งผู้ดูแลระบบ เมื่อประทับตราทันแล้วจึงสั่งจ่ายอีกครั้ง ไม่มีรายการใดสูญหาย",
    "Tell the administrator and release again when the seal has caught up; nothing is lost",
)
WRONG_HASH = Problem(
    "wrong_hash",
    "ตัวอักษรท้ายของรหัสชุดจ่ายไม่ตรง",
    "The last characters of the run's fingerprint do not match",
    "ดูรหัสบนหน้าชุดจ่าย แล้วพิมพ์ 4 ตัวท้ายใหม่",
    "Look at the fingerprint on the page and type its last four characters again",
)
LINES_TAKEN = Problem(
    "lines_taken",
    "มีรายการที่เพิ่งถูกนำเข้าชุดจ่ายอื่น",
    "Some items were put into another run a moment ago",
    "โหลดรายการพร้อมจ่ายใหม่ แล้วจัดทำอีกครั้ง",
    "Reload what is ready and prepare again",
)
UNREADABLE_RESULT = Problem(
    "unreadable_result",
    "อ่านแฟ้มผลการจ่ายไม่ได้",
    "The result file cannot be read",
    "ดูบรรทัดและสาเหตุด้านล่าง แล้วดาวน์โหลดแฟ้มจากธนาคารอีกครั้ง",
    "See the lines and causes below, then download the file from the bank again",
)

OUTSIDE_AREA = Problem(
    "outside_area",
    "คุณไม่มีหน้าที่นี้ในสำนักงานของชุดจ่าย",
    "You do not hold this duty in the office of the run",
    "ให้ผู้มีหน้าที่ในสำนักงานนี้หรือสำนักงานคู่เป็นผู้ทำ",
    "Let somebody with this duty in the office, or in its paired office, do it",
)
WHY_IS_MISSING = Problem(
    "why_is_missing",
    "ยังไม่ได้เขียนเหตุผล",
    "The reason is missing",
    "เขียนสั้น ๆ ว่าตรวจพบอะไร และทำอะไรไปแล้ว",
    "Write briefly what you found and what was done",
)
ALREADY_ANSWERED = Problem(
    "already_answered",
    "ธนาคารตอบผลของบางรายการในแฟ้มนี้แล้ว จึงคืนทั้งแฟ้มไม่ได้",
    "The bank has already answered for some payments in this file, so it cannot be given back whole",
    "ดูผลรายรายการในชุดจ่าย รายการที่คืนจะกลับไปรอจ่ายเอง",
    "Look at the outcome of each payment; what was returned is due again by itself",
)


def line_does_not_fit(reference: str, problem: Problem) -> Problem:
    """A line that the layout of the file does not allow."""
    return Problem(
        "line_does_not_fit",
        f"เขียนแฟ้มไม่ได้ที่รายการ {reference}: {problem.th}",
        f"The file cannot be written at payment {reference}: {problem.en}",
        f"{problem.next_th} แล้วยกเลิกชุดนี้และจัดทำใหม่",
        f"{problem.next_en} Then abandon this run and prepare it again.",
    )


# Why a due was left out of a run: code → (Thai, English, what to do in Thai, in English).
EXCLUSIONS = {
    "no_account": (
        "ยังไม่มีบัญชีธนาคาร",
        "No bank account yet",
        "ขอเลขบัญชีจากผู้รับ หรือจ่ายที่เคาน์เตอร์",
        "Ask for an account, or pay at the counter",
    ),
    "dead": (
        "ทะเบียนราษฎรแจ้งว่าเสียชีวิต",
        "The civil register says the person died",
        "ตรวจสิทธิของทายาท",
        "Check the heirs' rights",
    ),
    "name_mismatch": (
        "ชื่อบัญชีไม่ตรงกับชื่อผู้รับ",
        "The account is in another name",
        "ตรวจสมุดบัญชีกับผู้รับ",
        "Check the passbook with the person",
    ),
    "name_not_encodable": (
        "ชื่อมีอักษรที่แฟ้มธนาคารรับไม่ได้",
        "The name has characters that the bank's file cannot hold",
        "แก้ชื่อตามสมุดบัญชี",
        "Write the name as in the passbook",
    ),
    "account_invalid": (
        "เลขบัญชีไม่ถูกตามรูปแบบของธนาคาร",
        "The account number does not fit the bank",
        "ตรวจเลขบัญชีกับสมุด",
        "Check the number with the passbook",
    ),
    "no_national_id": (
        "ไม่มีเลขประจำตัวประชาชน บัญชีรายชื่อของกรมบัญชีกลางต้องมี",
        "No national ID, which the Comptroller General's list needs",
        "ช่วยผู้รับทำบัตรหรือตรวจเลขกับทะเบียนราษฎร",
        "Help the person get a card, or check the number with the civil register",
    ),
    "no_promptpay": (
        "พร้อมเพย์คืนเงินมาแล้ว เพราะไม่ได้ผูกเลขประจำตัวไว้",
        "PromptPay sent the money back: the ID is not registered there",
        "ขอเลขบัญชีจากผู้รับ หรือให้ผูกพร้อมเพย์กับเลขประจำตัว",
        "Ask for an account, or let the person register the ID with PromptPay",
    ),
    "other_record": (
        "เดือนนี้จ่ายหรือกำลังจ่ายในทะเบียนอีกชุดของคนเดียวกัน",
        "This month is paid, or being paid, under another record of the same person",
        "ตรวจว่ารวมทะเบียนถูกคน แล้วยุติสิทธิที่ซ้ำ",
        "Check that the records were merged rightly, then end the double entitlement",
    ),
}

# Why a line of an answer could not be taken: code → (Thai, English).
SUSPENSE = {
    "unknown_reference": ("ไม่มีรายการนี้ในแฟ้มที่เราส่ง", "We sent no payment with this reference"),
    "other_office": ("เป็นรายการของสำนักงานอื่น", "The payment belongs to another office"),
    "other_amount": ("ยอดเงินไม่ตรงกับที่สั่งจ่าย", "Another amount than we ordered"),
    "other_account": ("เลขบัญชีไม่ตรงกับที่สั่งจ่าย", "Another account than we ordered"),
    "paid_after_returned": ("บอกว่าจ่ายแล้ว ทั้งที่เคยบอกว่าคืน", "Says paid, but said returned before"),
    "returned_after_paid": ("บอกว่าคืน ทั้งที่เคยบอกว่าจ่ายแล้ว", "Says returned, but said paid before"),
    "unreadable": ("อ่านบรรทัดนี้ไม่ได้", "This line cannot be read"),
    "unknown_file": ("คำตอบนี้ไม่ตรงกับแฟ้มใดที่เราส่ง", "This answers no file that we sent"),
}

# What is wrong with a whole file: code → (Thai, English, what to do in Thai, in English).
TROUBLES = {
    "bank_refused": (
        "ธนาคารไม่รับแฟ้มนี้ทั้งแฟ้ม",
        "The bank did not take this file at all",
        "ดูเหตุผลของธนาคาร แล้วคืนรายการไปรอจ่ายเพื่อจัดทำชุดใหม่",
        "Read the bank's reasons, then give the payments back so that they go into a new run",
    ),
    "not_as_signed": (
        "แฟ้มที่เก็บไว้ไม่ตรงกับที่ลงลายมือชื่อ ระบบจึงไม่ส่ง",
        "The stored file is not what was signed, so it was not sent",
        "แจ้งผู้ตรวจสอบทันที อย่าส่งแฟ้มนี้เอง แล้วคืนรายการไปรอจ่าย",
        "Tell the auditor at once, do not send this file by hand, then give the payments back",
    ),
    "name_taken": (
        "มีแฟ้มอื่นที่ใช้ชื่อนี้อยู่ในช่องทางส่งแล้ว ระบบจึงไม่ส่งทับ",
        "Another file already left under this name, so this one was not sent",
        "ตรวจแฟ้มในเครื่องส่งกับธนาคารก่อน แล้วแจ้งผู้ตรวจสอบ",
        "Check the file in the upload station with the bank first, then tell the auditor",
    ),
}

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
    "ผู้จัดทำ ผู้อนุมัติแต่ละคน และผู้สั่งจ่ายต้องเป็นคนละคนกัน",
    "Maker, approvers and releaser must all be different people",
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
LIST_IS_COMPARED_FIRST = Problem(
    "list_is_compared_first",
    "ระบบกำลังเทียบรายการชุดใหญ่นี้กับที่แช่แข็งไว้",
    "This large list is being compared with what was frozen",
    "รอสักครู่ แล้วลงชื่ออีกครั้ง ปิดหน้านี้ไปก่อนก็ได้",
    "Wait a moment and sign again; this page may be closed meanwhile",
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
    "ตัวอักษรท้ายของรหัสแฟ้มไม่ตรง",
    "The last characters of the files' fingerprint do not match",
    "ดูรหัสแฟ้มบนหน้าชุดจ่าย แล้วพิมพ์ 4 ตัวท้ายใหม่",
    "Look at the fingerprint of the files on the page and type its last four characters again",
)
NOT_FROZEN = Problem(
    "not_frozen",
    "ยังรวบรวมรายการไม่เสร็จ",
    "The list is still being gathered",
    "รอให้แถบความคืบหน้าเต็ม แล้วลองอีกครั้ง ปิดหน้านี้ไปก่อนก็ได้",
    "Wait until the bar is full and try again; this page may be closed meanwhile",
)
NOT_WRITTEN = Problem(
    "not_written",
    "ยังเขียนแฟ้มไม่เสร็จ",
    "The files are still being written",
    "รอให้แถบความคืบหน้าเต็ม แล้วสั่งจ่ายอีกครั้ง",
    "Wait until the bar is full and release again",
)
NEEDS_ANOTHER_OFFICE = Problem(
    "needs_another_office",
    "ลายมือชื่อที่เหลือต้องมาจากสำนักงานอื่น",
    "The approval that is still missing must come from another office",
    "ให้ผู้ตรวจของสำนักงานคู่หรือของกรมเป็นผู้ลงชื่อ ชุดนี้อยู่บนกระดานของเขาแล้ว",
    "Let a checker of the paired office or of headquarters sign; the run is on their board already",
)
NO_DRAW_DOCUMENT = Problem(
    "no_draw_document",
    "ยังไม่ได้บันทึกเลขที่เอกสาร GFMIS",
    "The GFMIS document number has not been recorded",
    "ให้ผู้จัดทำหรือผู้ตรวจบันทึกเลขที่เอกสารขอเบิกก่อน",
    "Let the maker or a checker record the number of the drawing document first",
)
DRAW_DOCUMENT_TAKEN = Problem(
    "draw_document_taken",
    "เลขที่เอกสารนี้อยู่กับชุดจ่ายอื่นของสำนักงานในปีงบนี้แล้ว",
    "This document number already stands beside another run of the office in this fiscal year",
    "ตรวจเลขที่เอกสารใน GFMIS อีกครั้ง",
    "Check the document number in GFMIS again",
)
NOT_A_DRAW_DOCUMENT = Problem(
    "not_a_draw_document",
    "เลขที่เอกสาร GFMIS ไม่ถูกรูปแบบ",
    "This is not a GFMIS document number",
    "ใส่ตามที่เห็นใน GFMIS เช่น 3600012345",
    "Type it as GFMIS shows it, such as 3600012345",
)
RUN_UNDER_WAY = Problem(
    "run_under_way",
    "กำลังรวบรวมชุดจ่ายของโครงการนี้อยู่แล้ว",
    "A run of this scheme is being gathered already",
    "รอให้ชุดนั้นเสร็จ หรือยกเลิกชุดนั้นก่อน",
    "Wait until that run is complete, or abandon it first",
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

RULER_HAS_A_HAND = Problem(
    "ruler_has_a_hand",
    "คุณเคยพิจารณาเรื่องของผู้รับคนนี้หรือเป็นญาติกัน จึงตัดสินเรื่องบัญชีไม่ได้",
    "You judged a case of this payee, or are kin of theirs, and cannot rule on the account",
    "ให้เพื่อนร่วมงานฝ่ายการเงินคนอื่นเป็นผู้ทำ",
    "Let another colleague of finance do it",
)
SECOND_PERSON = Problem(
    "second_person",
    "ผู้ยืนยันต้องเป็นคนละคนกับผู้ตัดสิน",
    "Whoever confirms must be somebody else than who ruled",
    "ให้เพื่อนร่วมงานอีกคนดูและยืนยัน",
    "Let another colleague look and confirm",
)
ALREADY_RULED = Problem(
    "already_ruled",
    "เรื่องบัญชีนี้มีผู้ตัดสินแล้ว หรือธนาคารตอบใหม่แล้ว",
    "This account has been ruled on already, or the bank has answered anew",
    "โหลดหน้านี้ใหม่เพื่อดูล่าสุด",
    "Reload the page to see how it stands",
)
CONSENT_IS_MISSING = Problem(
    "consent_is_missing",
    "บัญชีของคนอื่นต้องมีความเกี่ยวข้องและหนังสือยินยอมของผู้รับ",
    "Another person's account needs the relation and the payee's written consent",
    "เลือกความเกี่ยวข้อง และแนบภาพหรือ PDF ของหนังสือยินยอม",
    "Choose the relation and attach a photo or PDF of the consent",
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


RESULT_TOO_BIG = Problem(
    "result_too_big",
    "แฟ้มผลใหญ่เกินกว่าที่รับทางหน้านี้ได้",
    "The result file is too large for this page",
    "ให้ผู้ดูแลระบบวางแฟ้มในช่องทางรับของธนาคาร ระบบจะนำเข้าเอง",
    "Let the administrator put it into the bank's inbox; it is then taken in by itself",
)
NOT_PAID_BEFORE = Problem(
    "not_paid_before",
    "ย้อนได้เฉพาะรายการที่เคยบันทึกว่าเข้าบัญชีแล้ว",
    "Only a payment that was recorded as paid can be reversed",
    "ดูผลล่าสุดของรายการ แล้วบันทึกคำอธิบายแทน",
    "Look at what the payment says now, and record an explanation instead",
)
SECOND_PERSON = Problem(
    "second_person",
    "ต้องให้คนที่สองเป็นผู้ยืนยัน",
    "A second person must confirm this",
    "ให้ผู้ตรวจที่ไม่ได้บันทึกเรื่องนี้เป็นผู้ยืนยัน",
    "Let a checker who did not record this confirm it",
)
REPORT_STANDS = Problem(
    "report_stands",
    "แฟ้มนี้มีรายงานที่กำลังบันทึกอยู่แล้ว",
    "A report of this file is being recorded already",
    "ทำรายงานฉบับนั้นให้เสร็จ หรือยกเลิกก่อน",
    "Finish that report, or drop it first",
)
REPORT_IS_CLOSED = Problem(
    "report_is_closed",
    "รายงานนี้ส่งต่อหรือปิดไปแล้ว",
    "This report was handed over or closed already",
    "โหลดหน้านี้ใหม่เพื่อดูขั้นตอนล่าสุด",
    "Reload the page to see where it stands",
)
TOTALS_DIFFER = Problem(
    "totals_differ",
    "จำนวนรายการหรือยอดเงินที่ทำเครื่องหมายไม่ตรงกับยอดท้ายรายงาน",
    "What is marked does not match the totals of the report",
    "เทียบยอดสองแถวบนหน้านี้ แล้วตรวจรายการกับกระดาษอีกครั้ง",
    "Compare the two rows of sums on this page and go through the paper once more",
)

# Why a due was left out of a run: code → (Thai, English, what to do in Thai, in English).
EXCLUSIONS = {
    "moved": (
        "ย้ายออกจากเขตแล้ว",
        "The person has moved away from this authority",
        "ให้ผู้รับยื่นที่ อปท. ที่ย้ายไป เดือนก่อนย้ายยังจ่ายที่นี่",
        "Let the person apply where they live now; months before the move are still paid here",
    ),
    "suspended": (
        "สิทธิถูกระงับไว้ชั่วคราว",
        "The entitlement is suspended",
        "ดูเหตุที่ระงับ แล้วคืนสิทธิเมื่อเรื่องชัดเจน",
        "See why it was suspended and let it run again when that is settled",
    ),
    "expiry": (
        "สิทธิสิ้นสุดก่อนงวดนี้แล้ว",
        "The entitlement ended before this sum",
        "ไม่ต้องทำอะไร ถ้าวันสิ้นสุดถูกต้อง",
        "Nothing to do, if the last day is right",
    ),
    "decision": (
        "มีคำสั่งให้สิทธิสิ้นสุดก่อนงวดนี้",
        "A decision ended the entitlement before this sum",
        "ไม่ต้องทำอะไร ถ้าคำสั่งถูกต้อง",
        "Nothing to do, if the decision is right",
    ),
    "over_cap": (
        "จำนวนเงินเกินเพดานของโครงการ",
        "The sum is over the scheme's ceiling",
        "ตรวจคำสั่งอนุมัติกับระเบียบก่อนจ่าย",
        "Check the approval against the regulation before it is paid",
    ),
    "not_in_register": (
        "ไม่พบในทะเบียนราษฎรเมื่อถามก่อนจ่าย",
        "The civil register does not know this number when asked before the payment",
        "ตรวจเลขประจำตัวกับบัตรของผู้รับ",
        "Check the number with the person's card",
    ),
    "line_does_not_fit": (
        "เขียนรายการนี้ลงแฟ้มของธนาคารไม่ได้",
        "This line cannot be written into the bank's file",
        "ตรวจชื่อและเลขบัญชีกับสมุดบัญชี",
        "Check name and account with the passbook",
    ),
    "own_case": (
        "ผู้จัดทำเคยพิจารณาเรื่องนี้ จึงจ่ายเองไม่ได้",
        "The maker had a hand in judging this case and cannot pay it",
        "ให้เพื่อนร่วมงานจัดทำชุดสำหรับรายการนี้",
        "Let a colleague prepare a run for it",
    ),
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
        "เทียบชื่อกับรูปสมุดบัญชีที่หน้าตรวจบัญชีผู้รับ",
        "Compare the names with the passbook on the page of accounts",
    ),
    "holder_not_asked": (
        "ธนาคารยังไม่ตอบว่าบัญชีเป็นของใคร",
        "The bank has not said yet whose account it is",
        "ระบบถามเอง แล้วรายการเข้าชุดถัดไป",
        "It is asked by itself; then the payment goes into the next run",
    ),
    "shared_account": (
        "หลายครอบครัวใช้บัญชีเดียวกัน",
        "People of several households are paid into this account",
        "ตรวจว่าทำไมใช้ร่วมกัน ที่หน้าตรวจบัญชีผู้รับ ต้องมีสองคน",
        "Find out why on the page of accounts; it takes two people",
    ),
    "name_not_encodable": (
        "ชื่อมีอักษรที่แฟ้มธนาคารรับไม่ได้",
        "The name has characters that the bank's file cannot hold",
        "แก้ชื่อตามสมุดบัญชี",
        "Write the name as in the passbook",
    ),
    "account_invalid": (
        "ใช้บัญชีนี้ไม่ได้: ปิดแล้ว ไม่พบ หรือเลขไม่ถูก",
        "The account cannot be used: closed, not found, or a wrong number",
        "ขอบัญชีใหม่จากผู้รับ ถ้ามีโทรศัพท์ ระบบส่งข้อความแล้ว",
        "Ask for a new account; who has a phone was sent a message",
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
    "not_sent_yet": ("ธนาคารตอบก่อนที่เราจะสั่งจ่าย", "The bank answered before we ordered this payment"),
    "other_office": ("เป็นรายการของสำนักงานอื่น", "The payment belongs to another office"),
    "other_amount": ("ยอดเงินไม่ตรงกับที่สั่งจ่าย", "Another amount than we ordered"),
    "other_account": ("เลขบัญชีไม่ตรงกับที่สั่งจ่าย", "Another account than we ordered"),
    "paid_after_returned": ("บอกว่าจ่ายแล้ว ทั้งที่เคยบอกว่าคืน", "Says paid, but said returned before"),
    "returned_after_paid": ("บอกว่าคืน ทั้งที่เคยบอกว่าจ่ายแล้ว", "Says returned, but said paid before"),
    "unreadable": ("อ่านบรรทัดนี้ไม่ได้", "This line cannot be read"),
    "whole_paid": (
        "ธนาคารตอบรวมทั้งแฟ้มว่าจ่ายแล้ว แต่ไม่บอกทีละรายการ ให้บันทึกจากรายงานของธนาคาร",
        "The bank says of the whole file that it is paid, not payment by payment: record it from the bank's report",
    ),
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

# Why work on a run waits, and goes on by itself: code → (Thai, English, what to do in Thai, in English).
WAITS = {
    "register_is_silent": (
        "ทะเบียนราษฎรยังไม่ตอบ จึงยังไม่จัดรายการ",
        "The civil register does not answer yet, so the list is not made",
        "ระบบถามซ้ำเอง ไม่มีรายการใดถูกจ่ายโดยไม่ได้ถาม",
        "It is asked again by itself; nothing is paid unasked",
    ),
    "inquiry_is_silent": (
        "ธนาคารยังไม่ตอบว่าบัญชีเป็นของใคร จึงยังไม่จัดรายการ",
        "The bank does not say yet whose accounts these are, so the list is not made",
        "ระบบถามซ้ำเอง ไม่มีบัญชีใดได้รับเงินครั้งแรกโดยไม่ได้ถาม",
        "It is asked again by itself; no account is paid for the first time unasked",
    ),
    "no_room": (
        "เขียนแฟ้มไม่ได้ เพราะที่เก็บเต็มหรือเข้าไม่ถึง",
        "The file cannot be written: the disk is full or out of reach",
        "แจ้งผู้ดูแลระบบให้เพิ่มที่ว่าง แฟ้มจะออกเองครบทุกไบต์",
        "Tell the administrator to make room; the file then leaves by itself, whole",
    ),
    "budget_exceeded": (
        "งบประมาณไม่พอสำหรับชุดนี้",
        "There is not enough budget for this run",
        "จัดสรรงบเพิ่ม แล้วระบบทำต่อเอง หรือยกเลิกชุดนี้",
        "Allot more, then it goes on by itself; or abandon the run",
    ),
    "line_does_not_fit": (
        "มีรายการที่เขียนลงแฟ้มไม่ได้",
        "A line does not fit into the file",
        "ยกเลิกชุดนี้ แก้ข้อมูลของรายการ แล้วจัดทำใหม่",
        "Abandon this run, correct the line and prepare again",
    ),
    "nothing_due": (
        "ไม่เหลือรายการที่จ่ายได้",
        "Nothing is left that can be paid",
        "ดูเหตุผลที่กันไว้ แล้วยกเลิกชุดนี้",
        "See why items were left out, then abandon this run",
    ),
}
PURPOSE_IS_MISSING = Problem(
    "purpose_is_missing",
    "ยังไม่ได้บอกว่าจะนำข้อมูลไปใช้ทำอะไร",
    "It is not said yet what the rows will be used for",
    "เขียนวัตถุประสงค์สั้น ๆ เช่น ตรวจสอบประจำเดือนตามหนังสือที่",
    "Write the purpose briefly, such as the monthly audit and its letter",
)
NOTHING_TO_EXPORT = Problem(
    "nothing_to_export",
    "ไม่มีแถวตามที่เลือกไว้",
    "No rows fit what is chosen",
    "เลือกปี เดือน หรือสำนักงานอื่น",
    "Choose another year, month or office",
)
TOO_MANY_FOR_PAPER = Problem(
    "too_many_for_paper",
    "รายการมากเกินกว่าจะพิมพ์เป็น PDF (เกิน 1,000 แถว)",
    "There are too many rows for a PDF (more than 1,000)",
    "เลือกเดือนหรือสำนักงานให้แคบลง หรือใช้ Excel",
    "Narrow it to a month or an office, or take Excel",
)
NOT_YOUR_OWN_EXPORT = Problem(
    "not_your_own_export",
    "ผู้ขอไฟล์อนุมัติไฟล์ของตนเองไม่ได้",
    "Whoever asked for a file cannot approve it",
    "ให้เพื่อนร่วมงานที่เห็นข้อมูลเดียวกันเป็นผู้อนุมัติ",
    "Let a colleague who sees the same rows approve it",
)
EXPORT_IS_OVER = Problem(
    "export_is_over",
    "ไฟล์นี้หมดเวลาแล้ว (เก็บไว้ 24 ชั่วโมง)",
    "This file's time is over (it is kept for 24 hours)",
    "ขอไฟล์ใหม่จากหน้าทะเบียน",
    "Ask for a new one on the page of the register",
)
NO_SEED_YET = Problem(
    "no_seed_yet",
    "ชุดจ่ายนี้ยังไม่มีรหัสสุ่มที่ล็อกไว้ก่อนส่งเงิน จึงยังส่งไม่ได้",
    "No seed for the sample was laid down before the release, so the money cannot leave yet",
    "ยกเลิกชุดนี้แล้วเตรียมใหม่ ระบบจะล็อกรหัสสุ่มให้",
    "Abandon this run and prepare it again: the seed is laid down then",
)

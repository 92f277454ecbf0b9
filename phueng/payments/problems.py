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
}

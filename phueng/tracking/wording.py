"""What do we say about each stage and each thing that happened, in plain Thai and in English?

The state machine in words: nothing else in this package holds a sentence about a stage. `{…}` slots are filled by
steps.py and timeline.py. Roles are said, never the names of officers.
"""

from dataclasses import dataclass

from phueng.kernel.languages import is_english

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stage:
    """How a stage is told: the headline, who holds the request now, what comes next. `state` is a colour with a word."""

    state: str
    headline: Pair
    holder: Pair
    next_step: Pair


YOU: Pair = ("คุณ", "You")
NOBODY: Pair = ("", "")
CALLER: Pair = ("เจ้าหน้าที่รับเรื่อง", "Front desk officer")
WORKER: Pair = ("นักสังคมสงเคราะห์", "Social worker")
TOWN_OFFICER: Pair = ("เจ้าหน้าที่เทศบาล", "Municipal officer")
APPROVER: Pair = ("ผู้อนุมัติ", "Approver")
COMMITTEE: Pair = ("คณะกรรมการ", "Committee")
FINANCE: Pair = ("เจ้าหน้าที่การเงิน", "Finance officer")
BANK: Pair = ("ธนาคารกรุงไทย", "Krungthai Bank")
COMPTROLLER: Pair = ("กรมบัญชีกลาง", "Comptroller General's Department")
APPEAL_JUDGE: Pair = ("ผู้พิจารณาอุทธรณ์ ซึ่งไม่ใช่คนที่ตัดสินครั้งแรก", "An appeal officer who did not decide the first time")

STAGES: dict[str, Stage] = {
    "draft": Stage(
        "action", ("ยังไม่ได้ส่งคำขอ", "Not sent yet"), YOU,
        ("ตอบให้ครบแล้วกดส่งคำขอ คำตอบที่กรอกไว้ยังอยู่", "Finish the answers and send. What you typed is kept."),
    ),
    "withdrawn": Stage(
        "stopped", ("ถอนคำขอแล้ว", "Withdrawn"), NOBODY,
        ("เราหยุดพิจารณาแล้ว คุณขอใหม่ได้เสมอ", "We stopped working on it. You can always apply again."),
    ),
    "forwarded": Stage(
        "done", ("ส่งต่อให้หน่วยงานที่ดูแลเรื่องนี้แล้ว", "Passed on to the agency that looks after this"), ("{agency}", "{agency}"),
        ("หน่วยงานนั้นจะติดต่อคุณ เลขรับเรื่องของเขาคือ {receipt}", "They will contact you. Their receipt number is {receipt}."),
    ),
    "closed": Stage(
        "stopped", ("เรื่องนี้สิ้นสุดแล้ว", "This request is closed"), NOBODY,
        ("ถ้าสงสัย โทร 1300 หรือถามที่สำนักงาน", "If you have questions, call 1300 or ask the office."),
    ),
    "missing": Stage(
        "action", ("เราขอข้อมูลจากคุณหนึ่งอย่าง", "We need one thing from you"), YOU,
        ("ตอบหรือแนบรูปที่ขอ เราหยุดนับเวลาไว้ก่อน ได้รับแล้วเวลาจะเดินต่อ",
         "Answer or attach it. The clock stands still and goes on when we have it."),
    ),
    "waiting_for_call": Stage(
        "waiting", ("ได้รับคำขอแล้ว รอเจ้าหน้าที่ติดต่อคุณ", "Received. An officer will contact you"), CALLER,
        ("เจ้าหน้าที่โทรหาคุณเพื่อถามเพิ่ม แล้วเริ่มนับเวลาพิจารณา", "An officer calls you with questions, then the time starts."),
    ),
    "checking": Stage(
        "waiting", ("กำลังตรวจข้อมูล", "Checking the facts"), WORKER,
        ("เราถามทะเบียนต่าง ๆ ให้เอง คุณไม่ต้องทำอะไร", "We ask the registers for you. There is nothing for you to do."),
    ),
    "visit_next": Stage(
        "waiting", ("เจ้าหน้าที่จะไปเยี่ยมบ้าน", "A home visit comes next"), WORKER,
        ("เจ้าหน้าที่โทรนัดก่อนไปเยี่ยมบ้าน", "An officer calls to agree on a day before visiting you."),
    ),
    "recommending": Stage(
        "waiting", ("กำลังสรุปความเห็น", "Preparing a recommendation"), WORKER,
        ("เจ้าหน้าที่เสนอความเห็น แล้วอีกคนหนึ่งเป็นผู้ตัดสิน", "The officer recommends, and a second person decides."),
    ),
    "waiting_for_budget": Stage(
        "stopped", ("ตรวจเสร็จแล้ว รองบประมาณ", "Checked, waiting for budget"), FINANCE,
        ("เมื่อมีงบประมาณ เราเสนอเรื่องของคุณให้ตัดสินทันที คุณไม่ต้องยื่นใหม่",
         "When there is money your request is decided at once. You need not apply again."),
    ),
    "deciding": Stage(
        "waiting", ("รอคำตัดสิน", "Waiting for the decision"), APPROVER,
        ("เราส่งข้อความและหนังสือแจ้งผลให้คุณ", "We send you a message and a letter with the outcome."),
    ),
    "refused": Stage(
        "stopped", ("ยังอนุมัติไม่ได้", "Not approved"), NOBODY,
        ("ดูเหตุผลข้างล่าง ถ้าไม่เห็นด้วย คุณอุทธรณ์ได้", "See the reasons below. If you disagree, you can appeal."),
    ),
    "appealed": Stage(
        "waiting", ("กำลังพิจารณาอุทธรณ์", "Your appeal is being looked at"), APPEAL_JUDGE,
        ("เราตอบคำอุทธรณ์เป็นหนังสือ พร้อมเหตุผล", "We answer your appeal in writing, with reasons."),
    ),
    "approved": Stage(
        "waiting", ("อนุมัติแล้ว กำลังเตรียมจ่ายเงิน", "Approved, the payment is being prepared"), FINANCE,
        ("เจ้าหน้าที่การเงินจัดทำรายการจ่าย", "Finance puts your payment on a list."),
    ),
    "needs_account": Stage(
        "action", ("อนุมัติแล้ว แต่ยังไม่มีบัญชีรับเงิน", "Approved, but there is no bank account yet"), YOU,
        ("แจ้งบัญชีธนาคาร หรือติดต่อสำนักงานเพื่อรับเงินที่เคาน์เตอร์", "Give us a bank account, or ask the office to pay at the counter."),
    ),
    "other_name": Stage(
        "action", ("อนุมัติแล้ว แต่ชื่อบัญชีไม่ตรงกับชื่อของคุณ", "Approved, but the account is in another name"), YOU,
        ("แจ้งบัญชีที่เป็นชื่อของคุณ หรือให้เจ้าหน้าที่ดูสมุดบัญชี เงินของคุณยังอยู่ครบ", "Give us an account in your name, or show the office your passbook. Your money is safe."),
    ),
    "prepared": Stage(
        "waiting", ("อยู่ในรายการจ่ายเงินแล้ว", "On a payment list"), FINANCE,
        ("เจ้าหน้าที่คนอื่นอนุมัติและสั่งจ่าย", "Other officers approve and release the payment."),
    ),
    "at_bank": Stage(
        "waiting", ("สั่งจ่ายแล้ว รอเงินเข้าบัญชี", "Released, on its way to your account"), BANK,
        ("เงินเข้าบัญชี {account} ตั้งแต่ {effective_on}", "The money reaches account {account} from {effective_on}."),
    ),
    "returned": Stage(
        "action", ("ธนาคารโอนเงินเข้าบัญชีไม่ได้", "The bank could not pay into the account"), YOU,
        ("แจ้งบัญชีใหม่ เงินของคุณยังอยู่ครบ เราจะโอนให้อีกครั้ง", "Give us another account. Your money is safe and will be sent again."),
    ),
    "paid": Stage(
        "done", ("เงินเข้าบัญชีแล้ว", "The money is in your account"), NOBODY,
        ("ดูยอดในบัญชี {account} ถ้าเงินไม่เข้า โทร 1300", "Look at account {account}. If nothing arrived, call 1300."),
    ),
    "held": Stage(
        "stopped", ("พักการจ่ายไว้ชั่วคราว", "Payments are on hold"), WORKER,
        ("เจ้าหน้าที่ติดต่อคุณ หรือคุณโทรถามสำนักงานได้เลย", "An officer contacts you, or you can call the office."),
    ),
    "ended": Stage(
        "stopped", ("สิ้นสุดการจ่ายแล้ว", "Payments have ended"), NOBODY,
        ("ถ้าสงสัย โทร 1300 หรือถามที่สำนักงาน", "If you have questions, call 1300 or ask the office."),
    ),
}  # fmt: skip

#: Where the office is a municipality, one officer does what the centre's front desk, social worker and finance do.
IN_TOWN = {CALLER: TOWN_OFFICER, WORKER: TOWN_OFFICER, FINANCE: TOWN_OFFICER}

# --- other words about now --------------------------------------------------------------------------------
NO_PHONE_NEXT: Pair = (
    "คุณไม่มีโทรศัพท์ เจ้าหน้าที่จะติดต่อตามที่อยู่ของคุณ",
    "You have no phone: an officer contacts you at your address.",
)
URGENT_NEXT: Pair = ("เรื่องด่วน เจ้าหน้าที่ดูเรื่องนี้ก่อนเรื่องอื่น", "It is urgent: an officer looks at it before all others.")
PAID_MONTHLY_NEXT: Pair = (
    "เราจ่ายให้ทุกเดือน งวดต่อไปขึ้นที่นี่เมื่ออยู่ในรายการจ่าย",
    "We pay every month. The next one appears here when it is on a list.",
)
COMING_NEXT: Pair = ("เริ่มจ่ายตั้งแต่ {starts_on}", "Payments begin from {starts_on}.")
SENT_AGAIN_NEXT: Pair = ("ได้รับบัญชีใหม่แล้ว เราจะโอนให้อีกครั้ง", "We have the new account and will send the money again.")
LATE: Pair = ("เลยกำหนด {days} – สำนักงานทราบแล้ว", "{days} late – the office knows")
DAYS: dict[str, tuple[str, str, str]] = {
    "calendar": ("{n} วัน", "{n} day", "{n} days"),
    "working": ("{n} วันทำการ", "{n} working day", "{n} working days"),
}
PAUSED: Pair = ("หยุดนับเวลาไว้ เหลืออีก {days} เมื่อได้รับคำตอบ", "Clock paused, {days} left once we have your answer")

# --- what happened: code → title --------------------------------------------------------------------------
HAPPENED: dict[str, Pair] = {
    "started": ("เริ่มกรอกคำขอ", "You began the request"),
    "submitted": ("ส่งคำขอแล้ว", "You sent the request"),
    "triaged": ("เจ้าหน้าที่ติดต่อแล้ว เริ่มนับเวลาพิจารณา", "An officer made contact and the time started"),
    "transferred": ("ย้ายเรื่องไป{office} เวลาพิจารณานับต่อ", "Moved to {office}; the time goes on"),
    "asked": ("เราขอข้อมูลเพิ่ม", "We asked you for something"),
    "answered": ("ได้รับข้อมูลที่ขอแล้ว", "We have what we asked for"),
    "forwarded": ("ส่งต่อไป{agency}", "Passed on to {agency}"),
    "withdrawn": ("ถอนคำขอ", "You withdrew the request"),
    "closed": ("ปิดเรื่อง", "The request was closed"),
    "checks_passed": ("ตรวจข้อมูลเหล่านี้แล้ว", "These were checked"),
    "checks_waiting": ("กำลังตรวจข้อมูลเหล่านี้", "These are being checked"),
    "visit_started": ("เริ่มเยี่ยมบ้าน", "The home visit began"),
    "visited": ("เยี่ยมบ้านแล้ว", "Home visit done"),
    "recommended": ("เสนอความเห็นให้ผู้อนุมัติแล้ว", "The recommendation is with the approver"),
    "waits_for_budget": ("ตรวจเสร็จแล้ว รองบประมาณ", "Checked, waiting for budget"),
    "approved": ("อนุมัติ {amount}", "Approved: {amount}"),
    "approved_monthly": ("อนุมัติ เดือนละ {amount}", "Approved: {amount} a month"),
    "refused": ("ยังอนุมัติไม่ได้", "Not approved"),
    "letter": ("หนังสือแจ้งผลพร้อมแล้ว", "Your letter is ready"),
    "appealed": ("ยื่นอุทธรณ์แล้ว", "You appealed"),
    "appeal_upheld": ("พิจารณาอุทธรณ์แล้ว คำตัดสินเดิมยังใช้อยู่", "Appeal answered: the decision stands"),
    "appeal_reversed": ("พิจารณาอุทธรณ์แล้ว เรื่องกลับมาตัดสินใหม่", "Appeal answered: the request is decided again"),
    "appeal_late": ("คำอุทธรณ์มาหลังพ้นกำหนด", "The appeal came after its last day"),
    "prepared": ("อยู่ในรายการจ่าย {amount}", "On a payment list: {amount}"),
    "released": ("สั่งจ่าย {amount} แล้ว", "Released: {amount}"),
    "paid": ("เงินเข้าบัญชีแล้ว {amount}", "Paid: {amount}"),
    "returned": ("ธนาคารโอน {amount} ไม่ได้", "The bank could not pay {amount}"),
    "held": ("พักการจ่ายไว้ชั่วคราว", "Payments put on hold"),
    "ended": ("สิ้นสุดการจ่าย", "Payments ended"),
}
BODIES: dict[str, Pair] = {
    "by_helper": ("{name} ช่วยยื่นให้", "With the help of {name}"),
    "sent_to": ("ถึง{office}", "To {office}"),
    "receipt": ("เลขรับเรื่อง {receipt}", "Receipt number {receipt}"),
    "to_account": ("บัญชี {account}", "Account {account}"),
    "for_month": ("งวด{month} บัญชี {account}", "For {month}, account {account}"),
    "letter_waits": ("หนังสือแจ้งผลกำลังจัดทำ", "The letter is being made"),
    "your_words": ("เหตุผลจากผู้พิจารณา: {why}", "In their words: {why}"),
}

# --- checks: kind → outcome → words -----------------------------------------------------------------------
CHECK_NAMES: dict[str, Pair] = {
    "identifier": ("เลขประจำตัวประชาชน", "Identity number"),
    "civil_register": ("ทะเบียนราษฎร", "Civil register"),
    "same_person": ("ประวัติการขอความช่วยเหลือ", "Earlier requests"),
    "household": ("ครอบครัวในบ้านเดียวกัน", "Household"),
    "other_benefits": ("สวัสดิการอื่นที่ได้รับ", "Other benefits"),
    "eligibility": ("เงื่อนไขของสวัสดิการ", "Conditions of this welfare"),
    "home_visit": ("การเยี่ยมบ้าน", "Home visit"),
}
CHECKS: dict[str, Pair] = {
    "waiting": ("กำลังตรวจ{name}", "{name}: being checked"),
    "passed": ("ตรวจ{name}แล้ว", "{name}: checked"),
    "accepted": ("ตรวจ{name}แล้ว", "{name}: checked by an officer"),
    "attention": ("{name}: เจ้าหน้าที่กำลังดูให้", "{name}: an officer is looking at it"),
    "failed": ("{name}: พบเรื่องที่เจ้าหน้าที่ต้องดู", "{name}: something for an officer to look at"),
    "refused": ("{name}: เจ้าหน้าที่ดูแล้ว ไม่ตรงตามเงื่อนไข", "{name}: an officer looked, it does not meet the condition"),
}
NO_ANSWER_YET: Pair = ("{name}ยังไม่ตอบ เราจะถามใหม่เอง", "{name} has not answered yet. We will ask again by ourselves.")
CHECK_STATES = {
    "waiting": "waiting", "passed": "done", "accepted": "done", "attention": "waiting", "failed": "waiting", "refused": "stopped",
}  # fmt: skip

# --- why the bank sent it back: the result file's code → words ---------------------------------------------
RETURNED_BECAUSE: dict[str, Pair] = {
    "closed": ("บัญชีปิดแล้ว", "The account is closed"),
    "name_mismatch": ("ชื่อบัญชีไม่ตรงกับชื่อของคุณ", "The account is in another name"),
    "A01": ("บัญชีปิดแล้ว", "The account is closed"),
    "C01": ("บัญชีปิดแล้ว", "The account is closed"),
    "C02": ("ชื่อบัญชีไม่ตรงกับชื่อของคุณ", "The account is in another name"),
    "C03": ("ไม่พบเลขบัญชีนี้", "There is no such account"),
    "P01": ("เลขประจำตัวนี้ยังไม่ได้ผูกพร้อมเพย์", "This ID is not registered with PromptPay"),
}
RETURNED_OTHERWISE: Pair = ("ธนาคารไม่รับบัญชีนี้", "The bank does not accept this account")

# --- who looked -------------------------------------------------------------------------------------------
LOOKED_BY_KEY: Pair = ("ผู้ที่รู้เลขอ้างอิงและวันเกิดหรือรหัส", "Somebody with the reference and birth date or code")

# --- values a rule was asked about ------------------------------------------------------------------------
YES: Pair = ("ใช่", "yes")
NO: Pair = ("ไม่ใช่", "no")
#: Reasons whose value is money, in satang.
MONEY_REASONS = frozenset({"low_income", "amount"})


def pick(words: Pair, lang: str, **slots: object) -> str:
    """The text in this language, with its slots filled."""
    text = words[1] if is_english(lang) else words[0]
    return text.format(**slots) if slots else text


def days_in_words(count: int, unit: str, lang: str) -> str:
    """3 วันทำการ / 3 working days."""
    th, one, many = DAYS[unit]
    return pick((th, one if count == 1 else many), lang, n=count)

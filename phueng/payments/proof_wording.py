"""What do we call a fund, and what a difference that the daily proof found?"""

from phueng.design.wording import say
from phueng.ledger.accounts import Fund
from phueng.ledger.sources import BUDGET, SOURCES
from phueng.schemes.catalogue import UnknownScheme, scheme

# code → (Thai, English, what to do in Thai, in English)
DIFFERENCES: dict[str, tuple[str, str, str, str]] = {
    "debits_are_not_credits": (
        "เดบิตไม่เท่าเครดิต", "Debits are not credits", "แจ้งผู้ดูแลระบบทันที อย่าสั่งจ่าย", "Tell the administrator at once; release nothing",
    ),
    "movement_is_uneven": (
        "รายการไม่สมดุล", "A movement does not balance", "แจ้งผู้ดูแลระบบทันที อย่าสั่งจ่าย", "Tell the administrator at once; release nothing",
    ),
    "ledger_paid_is_not_lines": (
        "ยอดจ่ายในบัญชีไม่ตรงกับรายการจ่าย", "The ledger paid another sum than the payments say",
        "เปิดรายการของวันนั้นแล้วหารายการที่ขาด", "Open the day's payments and find the one that is missing",
    ),
    "ledger_returned_is_not_lines": (
        "ยอดคืนในบัญชีไม่ตรงกับรายการจ่าย", "The ledger took back another sum than the payments say",
        "เปิดรายการของวันนั้นแล้วหารายการที่ขาด", "Open the day's payments and find the one that is missing",
    ),
    "bank_paid_is_not_lines": (
        "ยอดที่ธนาคารบอกว่าจ่ายไม่ตรงกับรายการ", "The bank says another sum was paid",
        "เทียบแฟ้มผลของธนาคารกับรายการที่แสดงไว้", "Compare the bank's file with the payments named here",
    ),
    "bank_returned_is_not_lines": (
        "ยอดที่ธนาคารคืนไม่ตรงกับรายการ", "The bank says another sum came back",
        "เทียบแฟ้มผลของธนาคารกับรายการที่แสดงไว้", "Compare the bank's file with the payments named here",
    ),
    "paid_without_the_bank": (
        "รายการจ่ายที่ไม่มีในแฟ้มของธนาคาร", "Paid, but the bank's files do not say so",
        "ขอรายการเดินบัญชีจากธนาคารแล้วตรวจ", "Ask the bank for its statement and check",
    ),
    "returned_without_the_bank": (
        "รายการคืนที่ไม่มีในแฟ้มของธนาคาร", "Returned, but the bank's files do not say so",
        "ขอรายการเดินบัญชีจากธนาคารแล้วตรวจ", "Ask the bank for its statement and check",
    ),
    "below_zero": ("บัญชีติดลบ", "An account is below zero", "แจ้งผู้ดูแลระบบทันที อย่าสั่งจ่าย", "Tell the administrator at once; release nothing"),
    "allotted_is_not_whole": (
        "เงินจัดสรรไม่ครบทุกบาท", "Not every allotted baht is somewhere", "แจ้งผู้ดูแลระบบทันที อย่าสั่งจ่าย", "Tell the administrator at once; release nothing",
    ),
    "transit_is_not_waiting": (
        "เงินระหว่างโอนไม่ตรงกับรายการที่รอผล", "Money on its way is not what waits for an answer",
        "เปิดชุดจ่ายที่ยังรอผล", "Open the runs that wait for an answer",
    ),
    "grants_are_not_paid": (
        "เงินที่ถึงผู้รับไม่ตรงกับรายการที่จ่ายแล้ว", "Money that arrived is not what was paid",
        "เปิดรายการจ่ายของกองเงินนี้", "Open the payments of this fund",
    ),
    "disbursed_is_not_paid": (
        "งบที่เบิกจ่ายไม่ตรงกับรายการที่จ่ายแล้ว", "Budget disbursed is not what was paid",
        "เปิดทุกบาทของกองเงินนี้", "Open every baht of this fund",
    ),
    "committed_is_not_waiting": (
        "งบผูกพันไม่ตรงกับชุดจ่ายที่ตรวจแล้ว", "Budget committed is not what checked runs still owe",
        "เปิดชุดจ่ายที่ตรวจแล้วแต่ยังไม่จบ", "Open the checked runs that are not finished",
    ),
    "files_are_not_the_run": (
        "ยอดในแฟ้มที่ลงลายมือชื่อไม่ตรงกับชุดจ่าย", "The signed files carry another sum than the run",
        "หยุดส่งแฟ้ม แล้วเปิดชุดจ่าย", "Stop the file and open the run",
    ),
    "lines_are_not_the_run": (
        "ยอดรายการไม่ตรงกับชุดจ่าย", "The payments sum to another total than the run",
        "หยุดส่งแฟ้ม แล้วเปิดชุดจ่าย", "Stop the file and open the run",
    ),
    "sent_is_not_the_run": (
        "ยอดที่ส่งให้ธนาคารไม่ตรงกับชุดจ่าย", "Another sum was sent than the run pays",
        "เปิดชุดจ่ายแล้วดูการลงบัญชี", "Open the run and look at its postings",
    ),
    "paid_without_three_people": (
        "จ่ายโดยมีลายมือชื่อไม่ครบสามคน", "Paid with fewer than three people's signatures",
        "แจ้งผู้ตรวจสอบทันที", "Tell the auditor at once",
    ),
    "paid_without_decision": (
        "จ่ายโดยไม่มีคำอนุมัติที่ตรงกัน", "Paid without an approval of that sum",
        "แจ้งผู้ตรวจสอบทันที", "Tell the auditor at once",
    ),
    "in_suspense": (
        "ธนาคารบอกสิ่งที่ยังอธิบายไม่ได้", "The bank said something that is not explained yet",
        "ตรวจแล้วบันทึกว่าคืออะไรในหน้าผลจากธนาคาร", "Find out what it was and record it on the page of answers",
    ),
}  # fmt: skip


def difference_words(code: str) -> str:
    """What does not agree."""
    return say(*DIFFERENCES[code][:2])


def difference_next(code: str) -> str:
    """What to do about it."""
    return say(*DIFFERENCES[code][2:])


def scheme_words(scheme_code: str) -> str:
    """The scheme's short name; a code nobody knows any more is shown as it is."""
    try:
        short = scheme(scheme_code).short_name
    except UnknownScheme:
        return scheme_code
    return say(short.th, short.en)


def source_words(source: str) -> str:
    """Where the money comes from."""
    return say(*SOURCES[source]) if source in SOURCES else source


def fund_words(fund: Fund) -> str:
    """Year, scheme and, unless it is the state budget, the source."""
    words = f"{fund.fiscal_year} {scheme_words(fund.scheme_code)}"
    return words if fund.source == BUDGET else f"{words} · {source_words(fund.source)}"

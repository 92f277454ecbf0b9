"""Where are the systems outside Phueng? In demo and test: local stand-ins that speak the same protocols."""

import json

from phueng.config.settings.environment import SETTING, folder, number, text, text_local

PHUENG_CIVIL_REGISTER_URL = text_local("PHUENG_CIVIL_REGISTER_URL", "http://127.0.0.1:8101")
PHUENG_CIVIL_REGISTER_TOKEN = text_local("PHUENG_CIVIL_REGISTER_TOKEN", "demo-register-token")
PHUENG_CIVIL_REGISTER_SECONDS = number("PHUENG_CIVIL_REGISTER_SECONDS", 5)

# Who holds an account, asked of the bank before its first payment. Empty in production until a bank offers it.
PHUENG_NAME_INQUIRY_URL = text("PHUENG_NAME_INQUIRY_URL", "" if SETTING == "production" else "http://127.0.0.1:8106")
PHUENG_NAME_INQUIRY_TOKEN = text(
    "PHUENG_NAME_INQUIRY_TOKEN", "" if SETTING == "production" else "demo-name-inquiry-token"
)
PHUENG_NAME_INQUIRY_SECONDS = number("PHUENG_NAME_INQUIRY_SECONDS", 5)

PHUENG_SMSC_HOST = text_local("PHUENG_SMSC_HOST", "127.0.0.1")
PHUENG_SMSC_PORT = number("PHUENG_SMSC_PORT", 2775)
PHUENG_SMSC_SYSTEM_ID = text_local("PHUENG_SMSC_SYSTEM_ID", "phueng")
PHUENG_SMSC_PASSWORD = text_local("PHUENG_SMSC_PASSWORD", "demo")
PHUENG_SMS_SENDER = text("PHUENG_SMS_SENDER", "PHUENG")

# Drop folders: what we send stands in outbox/, answers appear in inbox/ (see phueng/gateways/dropfolders.py).
_KRUNGTHAI = folder("PHUENG_KRUNGTHAI_DIR", "krungthai")
PHUENG_KRUNGTHAI_OUTBOX = _KRUNGTHAI / "outbox"
PHUENG_KRUNGTHAI_INBOX = _KRUNGTHAI / "inbox"
_COMPTROLLER = folder("PHUENG_COMPTROLLER_DIR", "comptroller")
PHUENG_COMPTROLLER_OUTBOX = _COMPTROLLER / "outbox"
PHUENG_COMPTROLLER_INBOX = _COMPTROLLER / "inbox"

# The event stream's address as a browser sees it; empty means pages refresh themselves by polling alone.
PHUENG_EVENTS_URL = text("PHUENG_EVENTS_URL", "")

# Stand-in → address of its control panel (messages sent, files received): demo pages show what is in them.
PHUENG_STAND_INS: dict[str, str] = {} if SETTING == "production" else json.loads(text("PHUENG_STAND_INS", "{}"))
# The register stand-in answers about the people in this file, one JSON line each.
PHUENG_REGISTER_RECORDS = folder("PHUENG_REGISTER_RECORDS", "stand-ins/civil-register.jsonl")
# And the name inquiry's stand-in about these accounts.
PHUENG_BANK_ACCOUNTS = folder("PHUENG_BANK_ACCOUNTS", "stand-ins/accounts.jsonl")

# Our contract with the bank, as its files name it. Fields that sources disagree about are options of the layout.
PHUENG_KRUNGTHAI_FILE = {
    "layout": text("PHUENG_KRUNGTHAI_LAYOUT", "ipay-2024"),
    "options": json.loads(text("PHUENG_KRUNGTHAI_OPTIONS", "{}")),
    "company_id": text_local("PHUENG_KRUNGTHAI_COMPANY_ID", "PHUENGDEMO"),
    "sending_account": text_local("PHUENG_KRUNGTHAI_ACCOUNT", "9800000001"),
    "sending_branch": text_local("PHUENG_KRUNGTHAI_BRANCH", "0980"),
    "sender_name": text_local("PHUENG_KRUNGTHAI_SENDER", "กรมพัฒนาสังคมและสวัสดิการ"),
    "service_direct": text("PHUENG_KRUNGTHAI_SERVICE_DIRECT", "14"),
    "service_standard": text("PHUENG_KRUNGTHAI_SERVICE_STANDARD", "04"),
    # The running number has six digits; banks may set a lower bound.
    "most_lines": number("PHUENG_KRUNGTHAI_MOST_LINES", 20000),
}

# What a document number of GFMIS looks like (a regular expression over the whole number). An installation whose offices
# draw through another system writes its own.
PHUENG_GFMIS_NUMBER = text("PHUENG_GFMIS_NUMBER", "[0-9]{10}")


def _if_agreed(name: str, local: str) -> str:
    """A word of a contract that an office need not have: empty in production until somebody gives it."""
    return text(name, "" if SETTING == "production" else local)


# Our contract with a bank that takes pain.001; `choices` are the places where banks differ (gateways/iso20022/contract.py).
PHUENG_ISO20022_FILE: dict[str, object] = {
    "layout": "pain.001.001.09",
    "initiator_name": _if_agreed("PHUENG_ISO20022_INITIATOR", "กรมพัฒนาสังคมและสวัสดิการ"),
    "initiator_id": _if_agreed("PHUENG_ISO20022_INITIATOR_ID", "PHUENGDEMO"),
    "debtor_name": _if_agreed("PHUENG_ISO20022_DEBTOR", "กรมพัฒนาสังคมและสวัสดิการ"),
    "debtor_account": _if_agreed("PHUENG_ISO20022_ACCOUNT", "9800000001"),
    "debtor_bank": _if_agreed("PHUENG_ISO20022_BANK", "006"),
    "choices": json.loads(text("PHUENG_ISO20022_CHOICES", "{}")),
    "most_lines": number("PHUENG_ISO20022_MOST_LINES", 20000),
}
_ISO20022 = folder("PHUENG_ISO20022_DIR", "iso20022")
PHUENG_ISO20022_OUTBOX = _ISO20022 / "outbox"
PHUENG_ISO20022_INBOX = _ISO20022 / "inbox"

# A run of at most so many dues is prepared while the maker waits; a larger one by the worker, batch by batch.
PHUENG_RUN_BATCH = number("PHUENG_RUN_BATCH", 5000)
# How old the comparison of a large run with its rows may be when somebody signs it.
PHUENG_VERIFICATION_MINUTES = number("PHUENG_VERIFICATION_MINUTES", 60)
# How old the civil register's word about a payee may be when a run is frozen; 0: it is not asked again.
PHUENG_REGISTER_WORD_HOURS = number("PHUENG_REGISTER_WORD_HOURS", 0 if SETTING == "test" else 24)
# How many days the bank's word about who holds an account stands before its first payment; 0: it is not asked, and the
# holder's name as it was typed is compared. Tests that are about it switch it on.
PHUENG_HOLDER_ANSWER_DAYS = number("PHUENG_HOLDER_ANSWER_DAYS", 0 if SETTING == "test" else 30)
# Into one account at most so many people of different households are paid before two people look; 0: any number.
PHUENG_ACCOUNT_PAYEES_MOST = number("PHUENG_ACCOUNT_PAYEES_MOST", 2)

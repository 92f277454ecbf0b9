"""Where are the systems outside Phueng? In demo and test: local stand-ins that speak the same protocols."""

import json

from phueng.config.settings.environment import SETTING, folder, number, text, text_local

PHUENG_CIVIL_REGISTER_URL = text_local("PHUENG_CIVIL_REGISTER_URL", "http://127.0.0.1:8101")
PHUENG_CIVIL_REGISTER_TOKEN = text_local("PHUENG_CIVIL_REGISTER_TOKEN", "demo-register-token")
PHUENG_CIVIL_REGISTER_SECONDS = number("PHUENG_CIVIL_REGISTER_SECONDS", 5)

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

# Our contract with the bank, as its files name it. Fields that sources disagree about are options of the layout.
PHUENG_KRUNGTHAI_FILE = {
    "layout": text("PHUENG_KRUNGTHAI_LAYOUT", "ipay-2024"),
    "company_id": text_local("PHUENG_KRUNGTHAI_COMPANY_ID", "PHUENGDEMO"),
    "sending_account": text_local("PHUENG_KRUNGTHAI_ACCOUNT", "9800000001"),
    "sending_branch": text_local("PHUENG_KRUNGTHAI_BRANCH", "0980"),
    "sender_name": text_local("PHUENG_KRUNGTHAI_SENDER", "กรมพัฒนาสังคมและสวัสดิการ"),
    "service_direct": text("PHUENG_KRUNGTHAI_SERVICE_DIRECT", "14"),
    "service_standard": text("PHUENG_KRUNGTHAI_SERVICE_STANDARD", "04"),
    # The running number has six digits; banks may set a lower bound.
    "most_lines": number("PHUENG_KRUNGTHAI_MOST_LINES", 20000),
}

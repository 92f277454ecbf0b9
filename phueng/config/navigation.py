"""Which doors does an officer see at the top of every page? One list, so that every package shows the same."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from phueng.access.viewers import Viewer
from phueng.design.wording import say


@dataclass(frozen=True)
class Door:
    """One entry of the officers' navigation, for the roles that have work behind it."""

    url_name: str
    th: str
    en: str
    roles: tuple[str, ...]


DOORS = (
    Door("desk:queue", "คิวงาน", "Queue", ("front_desk", "social_worker", "municipal_officer", "approver", "auditor")),
    Door("applications:counter", "รับคำขอ", "Take an application", ("front_desk", "social_worker", "municipal_officer")),
    Door(
        "desk:people",
        "ค้นหาคน",
        "Find a person",
        ("front_desk", "social_worker", "municipal_officer", "approver", "auditor"),
    ),
    Door("desk:meetings", "ประชุม", "Meetings", ("approver", "social_worker")),
    Door("payments:board", "การจ่ายเงิน", "Payments", ("finance_maker", "finance_checker", "releaser", "auditor")),
    Door(
        "recoveries:board",
        "เงินที่จ่ายเกิน",
        "Paid by mistake",
        ("front_desk", "social_worker", "municipal_officer", "approver", "finance_maker", "finance_checker", "auditor"),
    ),
    Door("spotchecks:board", "เงินถึงมือหรือยัง", "Did it arrive?", ("front_desk", "social_worker", "approver")),
    Door("spotchecks:discrepancies", "คำตอบที่ไม่ตรง", "What does not fit", ("auditor",)),
    Door(
        "advances:board",
        "จ่ายที่เคาน์เตอร์",
        "At the counter",
        (
            "front_desk",
            "social_worker",
            "municipal_officer",
            "finance_maker",
            "finance_checker",
            "releaser",
            "auditor",
        ),
    ),
    Door("payments:plans", "งบประมาณ", "Budget", ("administrator",)),
    Door("desk:audit", "บันทึกการทำงาน", "Journal", ("auditor",)),
    Door("desk:stuck", "งานที่ค้าง", "What is stuck", ("auditor",)),
    Door("desk:administration", "ดูแลระบบ", "Administration", ("administrator",)),
)


FOOTER = (
    ("portal:help", "ช่วยเหลือ", "Help"),
    ("portal:privacy", "ข้อมูลของคุณ", "Your data"),
    ("portal:accessibility", "ใช้งานได้ทุกคน", "Accessibility"),
    ("documents:ask_code", "ตรวจจดหมาย", "Check a letter"),
)


def footer_links() -> list[tuple[str, str]]:
    """(address, words) of what stands at the foot of every page."""
    return _reachable([(name, say(th, en)) for name, th, en in FOOTER])


def doors_for(viewer: Viewer) -> list[tuple[str, str]]:
    """(address, words) of each door this viewer may open, in order."""
    return _reachable([(door.url_name, say(door.th, door.en)) for door in DOORS if viewer.has_role(*door.roles)])


def _reachable(named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """With addresses instead of names; a page shown alone (as tests of one package do) has no neighbours to offer."""
    found = []
    for name, words in named:
        try:
            found.append((reverse(name), words))
        except NoReverseMatch:
            continue
    return found

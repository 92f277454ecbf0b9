"""What is stuck, since when, and did somebody ask for a reference that belongs to nobody?

Everything here goes on by itself within minutes. What is older than a quarter of an hour is shown, with its count and
the moment since when it waits, so that nothing stands still unseen.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Min, QuerySet, Value

from phueng.access.baits import BAIT_TAKEN
from phueng.audit.models import Entry
from phueng.audit.queries import newest_entries, oldest_unsealed_at
from phueng.documents.models import Evidence
from phueng.documents.queries import letters_in_trouble
from phueng.notices.queries import message_counts
from phueng.payments.models import BankFile, ResultFile
from phueng.verification.queries import checks_waiting_long

PATIENCE = timedelta(minutes=15)
NEWS_OF = timedelta(days=7)
ALARMS_FOR = timedelta(days=30)
_FILES = {
    "sent": (
        "ไฟล์จ่ายเงินที่ยังไม่ถึงธนาคาร", "Payment files not sent to the bank",
        "การเงินเห็นเหตุผลในหน้าของงวด", "Finance sees why on the page of the run.",
    ),
    "answers": (
        "คำตอบของธนาคารที่รอนำเข้า", "Answers of the bank waiting to be taken in",
        "ดูบันทึกของ worker", "Look at the worker's log.",
    ),
    "evidence": (
        "ไฟล์แนบที่รอตรวจ", "Files waiting to be examined",
        "ดูว่า worker ทำงานอยู่หรือไม่", "See whether the worker is running.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stuck:
    """One kind of work: what it is called, how much waits, since when (None: not known), and what to do."""

    th: str
    en: str
    count: int
    since: datetime | None
    todo_th: str
    todo_en: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A bait was taken: when, and from which network."""

    at: datetime
    network: str


def stuck(at: datetime) -> list[Stuck]:
    """Every kind of work, whether or not something waits."""
    before = at - PATIENCE
    return [
        _checks(), _letters(), *_messages(at), *_waiting(before), _seal(before)
    ]  # fmt: skip


def alarms(at: datetime) -> list[Alarm]:
    """Baits taken in the last month, the newest first."""
    entries: tuple[Entry, ...] = newest_entries(act=BAIT_TAKEN).entries
    return [Alarm(one.at, str((one.after or {}).get("network", ""))) for one in entries if one.at > at - ALARMS_FOR]


def _checks() -> Stuck:
    waiting = checks_waiting_long()
    return Stuck(
        "การตรวจที่ถามหลายครั้งแล้วไม่ได้คำตอบ", "Checks asked several times without an answer",
        len(waiting), min((one.asked_at for one in waiting), default=None),
        "ดูว่าระบบปลายทางเปิดอยู่หรือไม่", "See whether the other system is up.",
    )  # fmt: skip


def _letters() -> Stuck:
    return Stuck(
        "จดหมายที่ทำไม่สำเร็จ", "Letters that could not be made", letters_in_trouble(), None,
        "ดูบันทึกของ worker", "Look at the worker's log.",
    )  # fmt: skip


def _messages(at: datetime) -> tuple[Stuck, Stuck]:
    counts = message_counts(at - NEWS_OF)
    return (
        Stuck(
            "ข้อความ 7 วันนี้ที่ยังไม่ได้ส่ง", "Messages of these 7 days not sent yet", counts.waiting, None,
            "ดูว่าผู้ให้บริการ SMS ตอบหรือไม่", "See whether the SMS operator answers.",
        ),
        Stuck(
            "คนที่ข้อความไปไม่ถึง รอให้โทรหา", "People whom no message reached, to be called", counts.unreached, None,
            "สำนักงานเห็นในคิวงาน", "The offices see them in their queues.",
        ),
    )  # fmt: skip


def _waiting(before: datetime) -> list[Stuck]:
    """What comes or goes as files, asked in one statement."""
    asked = [
        _counted(kind, rows, moment)
        for kind, rows, moment in (
            ("sent", BankFile.objects.filter(signed_at__lt=before, sent_at__isnull=True), "signed_at"),
            ("answers", ResultFile.objects.filter(received_at__lt=before, imported_at__isnull=True), "received_at"),
            ("evidence", Evidence.objects.filter(received_at__lt=before, examined_at__isnull=True), "received_at"),
        )
    ]
    counted: dict[str, tuple[int, datetime | None]] = dict.fromkeys(_FILES, (0, None))
    counted |= {kind: (count, since) for kind, count, since in asked[0].union(*asked[1:], all=True)}
    return [
        Stuck(th, en, counted[kind][0], counted[kind][1], todo_th, todo_en)
        for kind, (th, en, todo_th, todo_en) in _FILES.items()
    ]


def _counted(kind: str, rows: "QuerySet[Any]", moment: str) -> "QuerySet[Any, Any]":
    grouped = rows.order_by().values(kind=Value(kind, output_field=CharField()))
    found: QuerySet[Any, Any] = grouped.annotate(count=Count("pk"), since=Min(moment)).values_list(
        "kind", "count", "since"
    )
    return found


def _seal(before: datetime) -> Stuck:
    oldest = oldest_unsealed_at()
    is_late = oldest is not None and oldest < before
    return Stuck(
        "บันทึกที่รอผนึก", "Journal entries waiting for their seal", int(is_late), oldest if is_late else None,
        "การสั่งจ่ายหยุดเองจนกว่าจะผนึกทัน", "Payment release stops by itself until it keeps up.",
    )  # fmt: skip

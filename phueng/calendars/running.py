"""Which clock runs on this case, held so that nobody else moves it meanwhile?"""

from uuid import UUID

from phueng.calendars.models import Clock
from phueng.kernel.problems import Problem, Refused

_NO_RUNNING_CLOCK = Problem(
    "no_running_clock",
    "เรื่องนี้ไม่มีกำหนดเวลาที่กำลังนับอยู่",
    "No clock is running on this case.",
    "เปิดหน้าเรื่องนี้ใหม่เพื่อดูสถานะล่าสุด",
    "Open the case again to see where it stands.",
)


def running_clock(subject_id: UUID, code: str) -> Clock:
    """The running clock, its row locked until the transaction ends. Raises Refused(no_running_clock)."""
    clock = Clock.objects.select_for_update().filter(subject_id=subject_id, code=code, stopped_at=None).first()
    if clock is None:
        raise Refused(_NO_RUNNING_CLOCK)
    return clock

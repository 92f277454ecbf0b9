"""Which questions about money does the demo show? One that waits for a second person, and one about somebody who died.

Both through the acts behind the pages. The front desk assesses, because the social worker had a hand in the case.
"""

from datetime import timedelta

from phueng.applications.models import Application
from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.demo.people import FRONT_DESK, MUNICIPALITY, PAID
from phueng.demo.story.clockwork import Clockwork
from phueng.demo.story.voices import CITIZEN, as_actor
from phueng.payments.models import Line
from phueng.recoveries.actions import answer_notice, assess, note_overpayment, tell_person
from phueng.recoveries.models import Overpayment
from phueng.recoveries.work import note_what_was_not_owed
from phueng.registry.actions import state_death


def paid_too_much(clock: Clockwork) -> None:
    """Thongdi was paid 1,000 baht more than decided by the rules of his village; he answered, and it was assessed."""
    application = Application.objects.get(person_id=PAID.person_id)
    line = Line.objects.filter(person_id=PAID.person_id, paid_at__isnull=False).first()
    if line is None or Overpayment.objects.filter(application=application).exists():
        return
    officer = as_actor(FRONT_DESK)
    clock.go_to(5, 10)
    noted = note_overpayment(
        by=officer, at=now(), lines={line.pk: 100_000}, cause="double_benefit",
        what_happened="เทศบาลช่วยเรื่องเดียวกันไปแล้ว 1,000 บาท เราไม่ได้ถามก่อนจ่าย",
    )  # fmt: skip
    tell_person(by=officer, at=now(), overpayment_id=noted.pk)
    clock.work()
    clock.go_to(3, 19, 20)
    answer_notice(
        by=CITIZEN, at=now(), overpayment_id=noted.pk, income_satang=900_000, household_size=2, left_satang=0,
        words="ไม่รู้ว่าต้องแจ้งเรื่องเงินเทศบาลด้วย เงินใช้ซื้อข้าวสารกับค่าไฟหมดแล้ว",
    )  # fmt: skip
    clock.go_to(1, 9, 30)
    assess(
        by=officer, at=now(), overpayment_id=noted.pk, fault="both", acted_in_good_faith=True,
        evidence="หนังสือของเทศบาล และใบคำขอที่ไม่มีคำถามเรื่องนี้",
        why="แบบคำขอของเราไม่ได้ถามเรื่องเงินเทศบาลให้ชัด ผู้รับจึงไม่รู้ว่าต้องแจ้ง",
    )  # fmt: skip
    clock.work()


def paid_after_a_death() -> None:
    """Somebody of the town died, the register told us late, and one month had gone out: the worker notes it."""
    line = (
        Line.objects.filter(run__office__code=MUNICIPALITY, paid_at__isnull=False, due__month__isnull=False)
        .filter(person__died_on__isnull=True)
        .select_related("due")
        .order_by("-due__month", "reference")
        .first()
    )
    if line is None or line.due.month is None or Overpayment.objects.filter(cause="paid_after_death").exists():
        return
    state_death(
        by=SYSTEM("demo"), at=now(), source="civil_register", person_id=line.person_id,
        died_on=line.due.month - timedelta(days=8),
    )  # fmt: skip
    note_what_was_not_owed()

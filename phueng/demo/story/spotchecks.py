"""Which sample does the demo show? One run of Khon Kaen, asked by another province: somebody was left with less."""

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.demo.people import OTHER_APPROVER, PAID, PAIRED_APPROVER
from phueng.demo.story.clockwork import Clockwork
from phueng.demo.story.voices import as_actor
from phueng.payments.models import Line
from phueng.spotchecks.actions import draw_sample, record_interview
from phueng.spotchecks.models import Draw, Interview


def somebody_got_less(clock: Clockwork) -> None:
    """Thongdi tells a stranger from another province that a part of his money was taken at the door."""
    line = Line.objects.filter(person_id=PAID.person_id, paid_at__isnull=False).first()
    if line is None or Draw.objects.filter(run=line.run_id).exists():
        return
    clock.go_to(1, 10, 15)
    draw = draw_sample(by=SYSTEM("spotchecks.draw_samples"), at=now(), run_id=line.run_id)
    interview = Interview.objects.filter(draw=draw, line=line).select_related("office").first()
    interviewers = {staff.office_code: staff for staff in (OTHER_APPROVER, PAIRED_APPROVER)}
    if interview is None or interview.office.code not in interviewers:
        return
    clock.go_to(1, 14, 5)
    record_interview(
        by=as_actor(interviewers[interview.office.code]), at=now(), interview_id=interview.pk, received="part",
        amount_satang=line.amount_satang - 50_000, asked_back="yes", signed_self="yes", knows_application="yes",
        visitor="คนที่บอกว่ามาจากสำนักงาน ไม่บอกชื่อ", words="วันที่เงินเข้ามีคนมาที่บ้าน บอกว่าเป็นค่าดำเนินการ 500 บาท",
    )  # fmt: skip
    clock.work()

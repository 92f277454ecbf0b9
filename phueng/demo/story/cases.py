"""Which cases of the cast does the demo show, and how did each get where it is?

Told in the order in which things happened, from two months ago until now. Whoever opens the demo finds a case at every
stage: sent, looked at, visited, recommended, decided, paid, returned, refused and appealed.
"""

import json
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from phueng.applications.models import Application
from phueng.audit.clock import now
from phueng.decisions.actions import lodge_appeal
from phueng.demo.people import (
    AWAITING_PAYMENT,
    CARED_FOR,
    FINANCE_CHECKER,
    FINANCE_MAKER,
    FRONT_DESK,
    GRANDMOTHER,
    HELPER,
    KHON_KAEN,
    MOTHER,
    NAME_DIFFERS,
    PAID,
    PENSIONER,
    RELEASER,
    RETURNED,
    WHEELCHAIR,
    WITHOUT_ID,
    Citizen,
)
from phueng.demo.story import desk, recoveries, spotchecks
from phueng.demo.story.asking import ask, typed_by
from phueng.demo.story.clockwork import Clockwork, clockwork
from phueng.demo.story.voices import CITIZEN, as_actor
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.working_days import next_bank_day
from phueng.payments.actions import approve_run, prepare_run, record_gfmis, release_run
from phueng.places.identity import office_id

_CALLED = "โทรกลับแล้ว คุยกับผู้ขอเอง"


def load_cast_cases() -> None:
    """Tell every case. Loading again changes nothing."""
    if Application.objects.filter(person_id=PAID.person_id).exists():
        return
    from phueng.demo.loading import cast_accounts, cast_register

    with TemporaryDirectory(prefix="phueng-register-") as folder:
        lines = Path(folder) / "cast.jsonl"
        lines.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in cast_register()), "utf-8")
        accounts = Path(folder) / "accounts.jsonl"
        accounts.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in cast_accounts()), "utf-8")
        with clockwork(lines, accounts) as clock:
            _old_age_runs(clock)
            _paid_and_returned(clock)
            _refused_and_appealed(clock)
            _disability_awaits_decision(clock)
            _approved_awaits_payment(clock)
            recoveries.paid_too_much(clock)
            spotchecks.somebody_got_less(clock)
            _open_cases(clock)
            clock.seal()


def _old_age_runs(clock: Clockwork) -> None:
    """Grandmother's old-age allowance: asked for two months ago, running since."""
    clock.go_to(45, 9, 10)
    application = ask(GRANDMOTHER, "old_age", by=CITIZEN, typed=typed_by(GRANDMOTHER, "old_age"))
    clock.work()
    clock.go_to(44, 10)
    desk.triage(application, "new", _CALLED)
    clock.go_to(42, 11)
    desk.settle_doubts(application, "ตรวจกับทะเบียนบ้านแล้ว เป็นคนเดียวกัน")
    clock.work()
    desk.propose(application, "approve", "อายุครบ ไม่มีบำนาญ มีชื่อในทะเบียนบ้านในเขต", 70_000)
    clock.go_to(41, 14)
    desk.order(application, "approve", "")
    clock.work()


def _family(one: Citizen, clock: Clockwork, days: tuple[int, int, int, int], hardship: str, story: str) -> None:
    """A family grant up to its approval: sent, triaged, visited, decided so many days ago."""
    sent, called, visited, decided = days
    clock.go_to(sent, 19, 5)
    typed = typed_by(one, "family", hardship=hardship, story=story, household_income="24000")
    application = ask(one, "family", by=CITIZEN, typed=typed)
    clock.work()
    clock.go_to(called, 9, 30)
    desk.triage(application, "new", _CALLED)
    clock.go_to(visited, 13)
    desk.settle_doubts(application, "ดูบัตรประชาชนที่บ้านแล้ว")
    desk.visit(application, one, story)
    clock.work()
    desk.propose(application, "approve", "รายได้ไม่พอกับค่าใช้จ่ายจำเป็น เห็นควรช่วยเหลือ", 300_000)
    clock.go_to(decided, 15)
    desk.order(application, "approve", "")
    clock.work()


def _paid_and_returned(clock: Clockwork) -> None:
    """One run with two payees: the bank pays one and returns the other, whose account is closed."""
    _family(PAID, clock, (20, 19, 17, 16), "lost_income", "ตกงานมาสามเดือน เก็บของเก่าขายพอได้กินวันต่อวัน")
    _family(RETURNED, clock, (20, 19, 17, 16), "serious_illness", "ผ่าตัดแล้วยังทำงานไม่ได้ ลูกยังเรียนอยู่")
    clock.bank.steer(return_accounts={RETURNED.account.zfill(11): "closed", RETURNED.account: "closed"})
    clock.go_to(15, 10)
    effective_on = next_bank_day(in_bangkok(now()).date() + timedelta(days=1), clock.bank_holidays)
    run = prepare_run(
        by=as_actor(FINANCE_MAKER),
        at=now(),
        scheme_code="family",
        office_id=office_id(KHON_KAEN),
        effective_on=effective_on,
    )
    clock.work()  # the register is asked about the payees once more; then the list is frozen
    approve_run(by=as_actor(FINANCE_CHECKER), at=now(), run_id=run.pk)
    record_gfmis(by=as_actor(FINANCE_MAKER), at=now(), run_id=run.pk, gfmis_number="3600001701")
    clock.work()  # money is released only while the evidence is being sealed
    run.refresh_from_db()
    release_run(by=as_actor(RELEASER), at=now(), run_id=run.pk, last_of_digest=run.files_digest[-4:])
    clock.go_to_day(effective_on, 18)
    clock.bank_answers()
    clock.work()


def _refused_and_appealed(clock: Clockwork) -> None:
    """A pensioner asks for the old-age allowance; the law excludes him, and he asks again."""
    clock.go_to(14, 8, 40)
    application = ask(PENSIONER, "old_age", by=CITIZEN, typed=typed_by(PENSIONER, "old_age"))
    clock.work()
    clock.go_to(13, 9)
    desk.triage(application, "new", _CALLED)
    clock.go_to(11, 10)
    desk.settle_doubts(application, "ตรวจกับทะเบียนบ้านแล้ว เป็นคนเดียวกัน")
    clock.work()
    desk.propose(application, "refuse", "ได้รับบำนาญจากรัฐอยู่แล้ว")
    clock.go_to(10, 11)
    decision = desk.order(application, "refuse", "ได้รับบำนาญจากรัฐอยู่แล้ว จึงไม่มีสิทธิตามระเบียบ")
    clock.work()
    clock.go_to(6, 20)
    lodge_appeal(by=CITIZEN, at=now(), decision_id=decision.pk, grounds="บำนาญของผมน้อยมาก ไม่ถึงเดือนละพัน ขอให้ช่วยดูอีกครั้ง")
    clock.work()


def _disability_awaits_decision(clock: Clockwork) -> None:
    """A man in a wheelchair: recommended, waiting for the second person."""
    clock.go_to(7, 13, 20)
    application = ask(WHEELCHAIR, "disability", by=CITIZEN, typed=typed_by(WHEELCHAIR, "disability"))
    clock.work()
    clock.go_to(5, 9)
    desk.triage(application, "known", _CALLED)
    clock.go_to(3, 14)
    desk.settle_doubts(application, "เห็นบัตรประจำตัวคนพิการตัวจริงแล้ว")
    clock.work()
    desk.propose(application, "approve", "มีบัตรประจำตัวคนพิการและบัตรสวัสดิการแห่งรัฐ", 100_000)
    clock.work()


def _approved_awaits_payment(clock: Clockwork) -> None:
    """Approved two days ago; the next run takes one up, and waits for a ruling on the other's account."""
    story = "สามีเสียเมื่อเดือนก่อน ยังหางานไม่ได้ ต้องผ่อนบ้าน"
    _family(AWAITING_PAYMENT, clock, (6, 5, 3, 2), "earner_died", story)
    # His daughter's account: the bank says so when it is asked, and two people of finance have to look.
    _family(CARED_FOR, clock, (6, 5, 3, 2), "serious_illness", "นอนติดเตียงมาสองปี ลูกสาวลาออกจากงานมาดูแล")


def _open_cases(clock: Clockwork) -> None:
    """What the desks find this morning."""
    clock.go_to(4, 18, 30)
    typed = typed_by(
        NAME_DIFFERS, "family", hardship="lost_income", story="ร้านที่ทำงานปิด ยังไม่มีงานใหม่", household_income="36000"
    )
    application = ask(NAME_DIFFERS, "family", by=CITIZEN, typed=typed)
    clock.work()
    clock.go_to(3, 9)
    desk.triage(application, "new", "โทรกลับแล้ว บอกว่าชื่อในบัตรใหม่สะกดอีกแบบ")
    clock.go_to(2, 9)
    _mother(clock)
    clock.go_to(1, 10)
    typed = typed_by(
        GRANDMOTHER, "family", hardship="disaster", story="พายุพัดหลังคาบ้านเปิด ฝนสาดที่นอน ยายไม่มีเงินซ่อม",
        household_income="8400", help_received=["old_age", "state_welfare_card"],
    )  # fmt: skip
    ask(GRANDMOTHER, "family", by=CITIZEN, typed=typed)
    clock.go_to(1, 15, 10)
    typed = typed_by(
        WITHOUT_ID, "family", hardship="no_home", story="นอนที่สถานีขนส่งมาสองปี ไม่มีบัตร หางานไม่ได้", urgency="no_place_tonight",
        household_income="0", household_size="1",
    )  # fmt: skip
    ask(
        WITHOUT_ID, "family", by=as_actor(FRONT_DESK), typed=typed, channel="counter", entered_by_id=FRONT_DESK.account_id,
        consent_how="spoken", consent_witness=FRONT_DESK.name_th, is_emergency=True,
    )  # fmt: skip
    clock.work()


def _mother(clock: Clockwork) -> None:
    """A volunteer applies for a mother with nothing to eat; the office sets out the same day."""
    helper = HELPER.name_th.split(" ")
    typed = typed_by(
        MOTHER, "family", applying_for="other", helper_name={"title": "", "first_name": helper[0], "last_name": helper[1]},
        helper_relation="volunteer", helper_phone="080-000-0091", helper_consent="agreed", hardship="earner_left",
        urgency="no_food", story="พ่อของลูกทิ้งไป วันนี้ไม่มีข้าวให้ลูกกิน", household_income="12000", household_size="3",
        contact_name="ป้าข้างบ้าน", contact_phone="080-000-0095",
    )  # fmt: skip
    application = ask(
        MOTHER, "family", by=as_actor(HELPER), typed=typed, channel="helper", entered_by_id=HELPER.account_id,
        helper_name=HELPER.name_th, helper_phone="+66800000091", helper_relation="อาสาสมัคร", consent_how="agreed",
    )  # fmt: skip
    clock.work()
    clock.go_to(2, 10, 15)
    desk.triage(application, "new", "โทรหาเพื่อนบ้าน ยืนยันว่าไม่มีอาหาร ออกไปวันนี้", is_emergency=True)
    clock.go_to(2, 11)
    desk.begin_visit(application)
    clock.work()

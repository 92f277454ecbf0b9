"""What happens when a story does not run straight: refused, waiting, returned, without papers, helped, monthly?"""

from collections.abc import Callable

from phueng.commandline.service import Service
from phueng.demo.people import (
    AWAITING_PAYMENT,
    FRONT_DESK,
    GRANDSON,
    HELPER,
    MOTHER,
    NAME_DIFFERS,
    PAID,
    PAIRED_APPROVER,
    RELATED_APPROVER,
    RETURNED,
    WHEELCHAIR,
    WITHOUT_ID,
)
from tests.stories.answering import answers_of, photo
from tests.stories.applying import apply, birth_of, fill, follow, place_of, sees, send
from tests.stories.outside import Outside, eventually
from tests.stories.promises import assert_promises_hold
from tests.stories.walking import Walker
from tests.stories.working import Office, city

Someone = Callable[..., Walker]


def approve(office: Office, reference: str, *, baht: str = "2,500") -> None:
    """From the queue to the approver's yes."""
    office.triage(reference)
    office.visit(reference)
    office.settle(reference)
    office.recommend(reference, baht=baht)
    office.decide(reference)


def test_the_bank_returns_the_money_and_the_applicant_gives_another_account(someone: Someone, outside: Outside) -> None:
    """Closed account → returned → a new account from the applicant, proven by a code → paid, once."""
    citizen, office = someone(), Office(someone)
    reference = apply(citizen, "family", answers_of(RETURNED))
    approve(office, reference)
    outside.steer("krungthai", return_accounts={RETURNED.account: "closed"})
    office.pay("family")
    follow(citizen, reference, birth_of(RETURNED))
    sees(citizen, reference, "ธนาคารโอนเงินเข้าบัญชีไม่ได้")
    outside.message_arrives(RETURNED.phone, "โปรดแจ้งบัญชีใหม่")
    citizen.open(f"/track/{reference}/account/")
    new_account = {"bank": "006", "number": "980-0-00055-5", "holder": "รัตนา สายน้ำคำ"}
    citizen.submit(citizen.form(having="number"), new_account)
    citizen.submit(citizen.form(having="code"), {"code": outside.code_sent_to(RETURNED.phone)})
    office.pay("family")
    sees(citizen, reference, "เงินเข้าบัญชีแล้ว")
    outside.message_arrives(RETURNED.phone, "ดำเนินการเสร็จแล้ว")
    assert outside.paid_into("9800000555") == [250_000]
    assert outside.paid_into(RETURNED.account) == []


def test_refused_with_reasons_then_an_appeal_settled_by_somebody_else(someone: Someone, outside: Outside) -> None:
    """Income above the ceiling: refused; the appeal goes to another decider, never to the one who refused."""
    citizen, office = someone(), Office(someone)
    reference = apply(citizen, "family", answers_of(PAID, household_income={"household_income": "180,000"}))
    office.triage(reference, category="known")
    office.recommend(reference, outcome="refuse", baht="", why="รายได้ทั้งบ้านเกินเพดาน")
    office.decide(reference, "refuse", why="รายได้ทั้งบ้านปีละ 180,000 บาท เกินเพดาน 100,000 บาท")
    outside.message_arrives(PAID.phone, reference[:4], "สิทธิอุทธรณ์")
    follow(citizen, reference, birth_of(PAID))
    sees(citizen, reference, "180,000", "อุทธรณ์")
    citizen.open(f"/track/{reference}/appeal/")
    citizen.submit(citizen.form(having="grounds"), {"grounds": "ลูกตกงานแล้ว รายได้ปีนี้ไม่ถึงครึ่ง"})
    assert citizen.path == f"/track/{reference}/"
    outside.message_arrives(PAID.phone, "ได้รับอุทธรณ์")
    walker = office.sit(office.approver)
    walker.open("/desk/appeals/")
    assert PAID.first_name not in walker.text, "who refused does not settle the appeal: it is with another office"
    settle_appeal(someone(PAIRED_APPROVER.username))
    outside.message_arrives(PAID.phone, reference[:4], "เราจะพิจารณาใหม่โดยผู้พิจารณาคนอื่น")
    sees(citizen, reference, "อุทธรณ์")


def settle_appeal(walker: Walker) -> None:
    """Open PAID's appeal and reverse the decision."""
    walker.open("/desk/appeals/")
    links = [
        one for one in walker.read().links if one.startswith("/desk/appeals/") and len(one) > len("/desk/appeals/")
    ]
    for link in links:
        walker.open(link)
        if PAID.last_name in walker.text:
            walker.submit(walker.form(having="outcome"), {"outcome": "reversed", "why": "รายได้ลดลงจริง พิจารณาใหม่"})
            assert walker.here.status_code == 200, walker.text[:1500]
            return
    raise AssertionError(f"no appeal of {PAID.name_th}: {walker.text[:1000]}")


def test_a_civil_register_that_is_down_is_waited_for_in_the_open(someone: Someone, outside: Outside) -> None:
    """Nothing passes while it is down; the applicant and the officer see it waiting; it goes on by itself."""
    citizen, office = someone(), Office(someone)
    outside.steer("civil_register", mode="down")
    try:
        reference = apply(citizen, "family", answers_of(AWAITING_PAYMENT))
        follow(citizen, reference, birth_of(AWAITING_PAYMENT))
        sees(citizen, reference, "ทะเบียนราษฎรยังไม่ตอบ เราจะถามใหม่เอง")
        officer = office.case(office.caseworker, reference)
        assert "รอตอบ" in officer.text or "รอ" in officer.text
        assert "เงื่อนไขตามกฎหมาย" not in officer.text, "no rule is answered without the register"
    finally:
        outside.steer("civil_register", mode="ok")
    sees(citizen, reference, "ตรวจข้อมูลเหล่านี้แล้ว", patience=60)


def test_a_person_without_any_number_at_the_counter(someone: Someone, outside: Outside) -> None:
    """ลุงแดง: no ID number, no surname, no phone, no account, only a year of birth. The front desk takes it, with a witness."""
    desk = someone(FRONT_DESK.username)
    desk.open("/apply/counter/")
    consent = {"scheme": "family", "consent": "spoken", "witness": "สมหมาย ยามสถานีขนส่ง", "is_emergency": "on"}
    desk.submit(desk.form(having="consent"), consent)
    reference = place_of(desk.path)[0]
    fill(desk, answers_of(WITHOUT_ID, hardship={"hardship": "no_home"}, urgency={"urgency": "no_place_tonight"}))
    send(desk, reference)
    office = Office(someone)
    office.triage(reference)
    queue = office.sit(office.caseworker)
    queue.open("/desk/?show=all")
    assert "แดง" in queue.text
    assert "ด่วน" in queue.text
    office.visit(reference)
    office.settle(reference, why="คุยกันแล้ว ไม่มีในทะเบียนจริง")
    office.recommend(reference, baht="3,000", why="ไม่มีที่นอน ไม่มีเงิน")
    office.decide(reference)
    assert "อนุมัติ" in office.case(office.approver, reference).text


def test_a_helper_applies_for_a_mother_without_a_phone(someone: Someone, outside: Outside) -> None:
    """With her thumbprint photographed; the helper sees nothing of it afterwards but that it was sent."""
    helper = someone(HELPER.username)
    helper.open("/apply/helper/")
    thumb = [("consent_photo", ("thumb.jpg", photo("นิ้ว"), "image/jpeg"))]
    consent = {"scheme": "family", "consent": "thumbprint", "relation": "อาสาสมัครในชุมชน"}
    helper.submit(helper.form(having="consent"), consent, files=thumb)
    reference = place_of(helper.path)[0]
    fill(helper, answers_of(MOTHER, urgency={"urgency": "no_food"}, household_size={"household_size": "3"}))
    send(helper, reference)
    helper.submit(helper.form(action="/apply/next-client/"))
    helper.open(f"/apply/{reference}/name/")
    assert MOTHER.first_name not in helper.text, "the next person at this screen sees nothing of her"
    mother = someone()
    follow(mother, reference, birth_of(MOTHER))
    sees(mother, reference, "ผู้ช่วยยื่น", HELPER.name_th)
    unreached = Office(someone).sit(FRONT_DESK)
    eventually(lambda: reference[:4] in unreached.open("/desk/unreached/").text, what="a task for a person: no phone")


def test_a_name_that_the_register_spells_otherwise_is_shown_to_the_officer(someone: Someone) -> None:
    """Both spellings side by side and marked as different; born on the same day under the same number, it goes on."""
    citizen, office = someone(), Office(someone)
    reference = apply(citizen, "family", answers_of(NAME_DIFFERS))
    office.triage(reference)
    office.settle(reference)
    shown = office.case(office.caseworker, reference).text
    assert "นางสาวพัชรีย์ วงศ์ทรายงาม ไม่ตรงกัน" in shown
    office.visit(reference)
    office.recommend(reference, baht="2,000")


def test_a_relative_may_not_decide(someone: Someone) -> None:
    """GRANDSON approves at the same centre: his own household's request is refused to him in plain words."""
    citizen, office = someone(), Office(someone)
    reference = apply(citizen, "family", answers_of(GRANDSON))
    office.triage(reference)
    office.visit(reference)
    office.settle(reference)
    office.recommend(reference, baht="1,000")
    walker = office.case(RELATED_APPROVER, reference, "decide")
    forms = [one for one in walker.read().forms if "/decide/" in one.action]
    if forms:
        walker.submit(forms[0], {"why": ""}, button=("outcome", "approve"))
        assert walker.here.status_code in (403, 422)
    assert "ครัวเรือน" in walker.text or "ญาติ" in walker.text


def test_the_monthly_allowance_through_the_municipality(someone: Someone, outside: Outside) -> None:
    """Decided late, owed from the month after it was asked for, certified as a list, paid by the Comptroller General."""
    citizen, office = someone(), city(someone)
    reference = apply(citizen, "disability", answers_of(WHEELCHAIR))
    office.triage(reference)
    office.settle(reference)
    office.recommend(reference, baht="", why="ครบตามเกณฑ์")
    days_pass(citizen, 16, 16)
    try:
        office.decide(reference)
        office.pay("disability")
        follow(citizen, reference, birth_of(WHEELCHAIR))
        sees(citizen, reference, "อนุมัติ", "เข้าบัญชี", patience=40)
        lists = outside.look("comptroller", "/files")
        assert [(one["state"], one["count"], one["total_satang"]) for one in lists] == [("answered", 1, 100_000)]
    finally:
        days_pass(citizen)


def days_pass(walker: Walker, *steps: int) -> None:
    """The demo's clock, moved on its page; without steps back to real time."""
    for step in steps or (0,):
        walker.open("/demo/clock/")
        walker.submit(walker.own_form(), button=("days", str(step)) if step else None)


def test_every_promise_holds_afterwards(running_service: Service) -> None:
    """All of the above in one database: invariants and the sealed audit."""
    assert_promises_hold(running_service)

"""What happens when a story does not run straight: refused, waiting, returned, without papers, helped, monthly?"""

from collections.abc import Callable

from phueng.demo.people import RETURNED
from tests.stories.answering import answers_of
from tests.stories.applying import apply, birth_of, follow, sees
from tests.stories.outside import Outside
from tests.stories.walking import Walker
from tests.stories.working import Office

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
    citizen.submit(
        citizen.form(having="number"), {"bank": "006", "number": "980-0-00055-5", "holder": "รัตนา สายน้ำคำ"}
    )
    code = outside.code_sent_to(RETURNED.phone)
    citizen.submit(citizen.form(having="code"), {"code": code})
    office.pay("family")
    sees(citizen, reference, "เข้าบัญชี")
    outside.message_arrives(RETURNED.phone, "ดำเนินการเสร็จแล้ว")
    paid = [one for one in outside.look("krungthai", "/files")["files"]]
    assert paid

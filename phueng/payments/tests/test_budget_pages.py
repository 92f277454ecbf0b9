"""Do the budget pages show the right offices to the right people, open a year by two, and ask few questions?"""

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from phueng.access.models import Account
from phueng.access.sessions import SEEN_AT, SIGNED_IN_AT, moment
from phueng.audit.actors import Actor
from phueng.demo import people
from phueng.ledger import actions
from phueng.ledger.accounts import Fund
from phueng.ledger.models import BudgetPlan, BudgetTransfer, CarryOver
from phueng.ledger.tests.scenes import BY, NOON, SUBJECT, allotted, at_headquarters, officer, standing
from phueng.places.models import Office

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "open-a-fiscal-year.md"


def session_of(account_id: Any) -> Client:
    """A session as the sign-in page opens it."""
    client = Client()
    client.force_login(Account.objects.get(pk=account_id), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = moment()
    session.save()
    return client


def as_(by: Actor) -> Client:
    return session_of(by.id)


def shown(client: Client, name: str, *args: Any, query: str = "") -> str:
    response = client.get(reverse(f"payments:{name}", args=args) + query)
    assert response.status_code == 200, name
    return str(response.content.decode())


YEAR = {"fiscal_year": "๒๕๘๐", "reference": "พม 0201/12", "funds": ["family@budget"]}


def entered(client: Client, **said: Any) -> BudgetPlan:
    """Through every step of the guided page."""
    address = reverse("payments:plan_new")
    first = client.post(address, {**YEAR, "step": "year"})
    number = re.search(r'name="plan_id" value="([0-9a-f-]{36})"', first.content.decode())
    assert number
    answers = {**YEAR, "plan_id": number[1], "fiscal_year": "2580"} | said
    checked = client.post(address, {**answers, "step": "lines"})
    assert checked.status_code == 200, checked.content.decode()
    kept = re.search(r'<textarea[^>]*name="pasted"[^>]*>(.*?)</textarea>', checked.content.decode(), re.DOTALL)
    assert kept
    done = client.post(
        address, {**YEAR, "plan_id": number[1], "fiscal_year": "2580", "pasted": kept[1], "step": "enter"}
    )
    assert done.status_code == 302, done.content.decode()
    return BudgetPlan.objects.get(pk=number[1])


def test_a_year_is_opened_by_two_people_in_the_pages() -> None:
    maker, checker = as_(at_headquarters("finance_maker")), as_(at_headquarters("finance_checker"))
    boxes = {"amount.family.budget.KKN-DPC": "๑,๐๐๐,๐๐๐", "amount.family.budget.UDN-DPC": "500"}
    plan = entered(maker, **boxes, pasted="CMI-DPC\t๒๕๐.๕๐")
    mine = Fund(2580, "family", "KKN-DPC")
    assert standing(mine).allotted == 0
    page = shown(maker, "plan", plan.pk)
    assert "1,000,750.50" in page
    confirm = reverse("payments:plan_act", args=[plan.pk, "confirm"])
    assert confirm not in page
    assert confirm in shown(checker, "plan", plan.pk)
    assert checker.post(confirm).status_code == 302
    assert (standing(mine).available, standing(Fund(2580, "family", "CMI-DPC")).available) == (100_000_000, 25_050)
    assert checker.post(confirm).status_code == 302
    assert standing(mine).available == 100_000_000


def test_whoever_entered_is_told_that_somebody_else_confirms() -> None:
    by = at_headquarters("administrator")
    client = as_(by)
    plan = entered(client, pasted="KKN-DPC,100")
    refused = client.post(reverse("payments:plan_act", args=[plan.pk, "confirm"]))
    assert (refused.status_code, "อนุมัติเองไม่ได้" in refused.content.decode()) == (422, True)
    assert client.post(reverse("payments:plan_act", args=[plan.pk, "drop"])).status_code == 302
    plan.refresh_from_db()
    assert plan.dropped_at is not None


def test_a_faulty_row_is_named_kept_and_stops_everything() -> None:
    client = as_(at_headquarters("finance_maker"))
    answers = {**YEAR, "fiscal_year": "2580", "plan_id": str(uuid.uuid4())}
    file = SimpleUploadedFile("x.csv", "สำนักงาน,บาท\nศูนย์ไหนไม่รู้,๕๐๐\nKKN-DPC,๑๐๐\n".encode("cp874"))
    response = client.post(reverse("payments:plan_new"), {**answers, "step": "lines", "file": file})
    page = response.content.decode()
    assert response.status_code == 422
    assert "ไม่รู้จักสำนักงานนี้" in page
    assert "ศูนย์ไหนไม่รู้,๕๐๐" in page
    again = client.post(reverse("payments:plan_new"), {**answers, "step": "enter", "pasted": "ศูนย์ไหนไม่รู้,๕๐๐"})
    assert again.status_code == 422
    assert not BudgetPlan.objects.exists()


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"fiscal_year": "2026"}, "พ.ศ. สี่หลัก"), ({"fiscal_year": "ปีหน้า"}, "พ.ศ. สี่หลัก"), ({"reference": " "}, "เลขที่หนังสือ"),
        ({"funds": ["nothing@budget"]}, "nothing@budget"),
    ],
)  # fmt: skip
def test_a_wrong_first_step_is_explained(said: dict[str, Any], says: str) -> None:
    response = as_(at_headquarters("finance_maker")).post(reverse("payments:plan_new"), {**YEAR, "step": "year"} | said)
    assert (response.status_code, says in response.content.decode()) == (422, True)


def test_only_headquarters_opens_years_and_everybody_in_finance_may_read_them() -> None:
    plan = entered(as_(at_headquarters("finance_maker")), pasted="KKN-DPC,100")
    local = session_of(people.FINANCE_MAKER.account_id)
    assert reverse("payments:plan_new") not in shown(local, "plans")
    assert local.get(reverse("payments:plan_new")).headers["Location"] == reverse("payments:plans")
    assert "plan_act" not in shown(local, "plan", plan.pk)
    releaser = session_of(people.RELEASER.account_id)
    assert releaser.post(reverse("payments:plan_act", args=[plan.pk, "confirm"])).status_code == 404


def test_a_transfer_is_asked_for_and_approved_in_the_pages() -> None:
    allotted(Fund(2570, "family", "KKN-DPC", "donation"), 100_000)
    maker = as_(officer("finance_maker", "UDN-DPC"))
    address = reverse("payments:transfers")
    typed = {
        "request_id": str(uuid.uuid4()), "fund": "2570/family/donation/KKN-DPC", "to_office": "UDN-DPC", "amount": "๓๐๐",
        "reason": "น้ำท่วม",
    }  # fmt: skip
    wrong = maker.post(address, typed | {"amount": "มาก"})
    assert (wrong.status_code, 'value="มาก"' in wrong.content.decode()) == (422, True)
    assert maker.post(address, typed | {"to_office": "CMI-DPC"}).status_code == 422
    assert maker.post(address, typed).status_code == 302
    assert maker.post(address, typed).status_code == 302
    transfer = BudgetTransfer.objects.get()
    approve = reverse("payments:transfer_act", args=[transfer.pk, "approve"])
    assert maker.post(approve).status_code == 404
    assert session_of(people.MUNICIPAL_RELEASER.account_id).post(approve).status_code == 404
    for staff in (people.FINANCE_CHECKER, people.RELEASER):
        client = session_of(staff.account_id)
        assert approve in shown(client, "transfers")
        assert client.post(approve).status_code == 302
        assert approve not in shown(client, "transfers")
    transfer.refresh_from_db()
    assert transfer.moved_at is not None
    assert standing(Fund(2570, "family", "UDN-DPC", "donation")).available == 30_000


def test_a_carry_over_is_asked_for_and_waits_for_the_year_to_end() -> None:
    mine = allotted(Fund(2569, "family", "KKN-DPC", "donation"), 100_000)
    actions.reserve(by=BY, at=NOON, fund=mine, amount_satang=40_000, key=f"{uuid.uuid4()}", subject=SUBJECT)
    maker = session_of(people.FINANCE_MAKER.account_id)
    typed = {"fund": "2569/family/donation/KKN-DPC", "reference": "กค 1/2569", "request_id": str(uuid.uuid4())}
    assert maker.post(reverse("payments:carry_overs"), typed).status_code == 302
    carry = CarryOver.objects.get()
    for staff in (people.FINANCE_CHECKER, people.RELEASER):
        act = reverse("payments:carry_over_act", args=[carry.pk, "approve"])
        assert session_of(staff.account_id).post(act).status_code == 302
    carry.refresh_from_db()
    assert carry.moved_at is not None  # the tests' day lies in fiscal year 2570
    assert (standing(mine).carried, standing(mine.next_year()).reserved) == (40_000, 40_000)


def test_every_baht_of_a_number_is_listed_for_those_whose_office_it_is() -> None:
    mine = allotted(Fund(2570, "family", "KKN-DPC", "donation"), 100_000)
    actions.reserve(by=BY, at=NOON, fund=mine, amount_satang=40_000, key=f"{uuid.uuid4()}", subject=SUBJECT)
    args = [2570, "family", "donation", "KKN-DPC"]
    page = shown(session_of(people.FINANCE_MAKER.account_id), "fund", *args, query="?role=reserved")
    assert "400.00" in page
    address = reverse("payments:fund", args=args)
    assert session_of(people.MUNICIPAL_MAKER.account_id).get(address).status_code == 404
    assert session_of(people.AUDITOR.account_id).get(address).status_code == 200
    nowhere = reverse("payments:fund", args=[2570, "family", "donation", "NO-DPC"])
    assert session_of(people.AUDITOR.account_id).get(nowhere).status_code == 404


def test_seventy_seven_centres_cost_the_same_questions_as_one(count_queries: Any) -> None:
    auditor, address = session_of(people.AUDITOR.account_id), reverse("payments:budget") + "?year=2580&scheme=family"
    allotted(Fund(2580, "family", "KKN-DPC"), 100)
    auditor.get(address)
    with count_queries(most=12) as few:
        assert auditor.get(address).status_code == 200
    codes = list(Office.objects.filter(kind="centre").values_list("code", flat=True))
    for code in codes:
        allotted(Fund(2580, "family", code), 100)
    with count_queries(most=12) as many:
        page = auditor.get(address).content.decode()
    assert len(codes) == 77
    assert len(few) == len(many)
    assert "78.00" in page


def test_pages_ask_few_questions(count_queries: Any) -> None:
    mine = allotted(Fund(2570, "family", "KKN-DPC", "donation"), 100_000)
    for number in range(60):
        actions.reserve(by=BY, at=NOON, fund=mine, amount_satang=10, key=f"q{number}", subject=SUBJECT)
    client = session_of(people.FINANCE_MAKER.account_id)
    client.get(reverse("payments:transfers"))
    for name, args in (
        ("fund", [2570, "family", "donation", "KKN-DPC"]), ("transfers", []), ("carry_overs", []), ("proof", []),
    ):  # fmt: skip
        with count_queries(most=12):
            assert client.get(reverse(f"payments:{name}", args=args)).status_code == 200


def test_the_guide_works_when_followed_literally() -> None:
    """Every block of the guide is typed as it stands; at the end the numbers of the guide are true."""
    guide = GUIDE.read_text(encoding="utf-8")
    said = dict(re.findall(r"^\| ([^|]+?) \| `([^`]+)` \|$", guide, re.MULTILINE))
    rows = re.search(r"```csv\n(.*?)```", guide, re.DOTALL)
    assert rows
    maker, checker = as_(at_headquarters("finance_maker")), as_(at_headquarters("finance_checker"))
    address = reverse("payments:plan_new")
    first = {
        "fiscal_year": said["ปีงบประมาณ"],
        "reference": said["หนังสือแจ้งจัดสรร"],
        "funds": said["โครงการและแหล่งเงิน"].split(),
    }
    assert maker.get(address).status_code == 200
    number = re.search(
        r'name="plan_id" value="([^"]+)"', maker.post(address, first | {"step": "year"}).content.decode()
    )
    assert number
    answers = first | {"plan_id": number[1], "pasted": rows[1]}
    preview = maker.post(address, answers | {"step": "lines"})
    assert preview.status_code == 200, preview.content.decode()
    assert said["ยอดรวมที่ต้องเห็น"] in preview.content.decode()
    assert maker.post(address, answers | {"step": "enter"}).status_code == 302
    assert checker.post(reverse("payments:plan_act", args=[number[1], "confirm"])).status_code == 302
    plan = BudgetPlan.objects.get(pk=number[1])
    auditor = session_of(people.AUDITOR.account_id)
    assert said["ยอดรวมที่ต้องเห็น"] in shown(auditor, "budget", query=f"?year={plan.fiscal_year}")
    # Whatever the guide calls a button or a page is called so there.
    pages = maker.get(address).content.decode() + preview.content.decode() + shown(maker, "plans")
    pages += shown(checker, "budget")
    waiting = entered(maker, pasted="KKN-DPC,1")
    pages += shown(checker, "plans")
    pages += shown(as_(at_headquarters("releaser")), "plan", waiting.pk)
    pages += maker.post(address, first | {"step": "year"}).content.decode()
    for words in re.findall(r"\*\*([^*]+)\*\*", guide):
        assert words in pages, words

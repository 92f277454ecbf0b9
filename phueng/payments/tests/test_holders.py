"""Is nobody paid for the first time before the bank said whose account it is, and does another name need two people?"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phueng.audit.clock import now, set_clock_offset
from phueng.decisions.tests.rawly import guard_that_refuses
from phueng.decisions.tests.rawly import run as run_sql
from phueng.decisions.tests.scenes import Applicant, actor, trace
from phueng.decisions.tests.test_races import at_once
from phueng.demo import people
from phueng.documents.tests.uploads import picture, saved
from phueng.gateways.name_inquiry.wire import account_as_json
from phueng.gateways.rehearsal import RunningStandIn, running
from phueng.kernel.problems import Refused
from phueng.notices.models import Message, UnreachedTask
from phueng.payments import holders, preparing
from phueng.payments.actions import (
    confirm_ruling,
    prepare_run,
    rule_on_holder,
    rule_on_sharing,
    turn_down_ruling,
)
from phueng.payments.exclusions import counted_exclusions
from phueng.payments.models import HolderCheck, HolderRuling, Run, SharedFlag
from phueng.payments.progress import progress_of_work
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import CHECKER, MAKER, NOON, RELEASER
from phueng.payments.tests.test_pages import signed_in
from phueng.places.identity import office_id
from phueng.registry.actions import join_household, link_account, state_account, state_name, state_phone
from phueng.registry.models import BankAccount
from phueng.registry.queries import payable_account

CHECKER_2 = actor(people.FINANCE_CHECKER_2)
PAPER = ("consent.jpg", saved(picture(), "JPEG"))


@pytest.fixture
def bank(tmp_path: Path, settings: Any) -> Iterator[RunningStandIn]:
    accounts = tmp_path / "accounts.jsonl"
    accounts.write_text("", encoding="utf-8")
    with running(
        "phueng.gateways.name_inquiry.fake", "--port", "0", "--accounts", str(accounts), "--control-port", "0"
    ) as stand_in:
        settings.PHUENG_NAME_INQUIRY_URL = stand_in.addresses[0]
        settings.PHUENG_NAME_INQUIRY_SECONDS = 1
        settings.PHUENG_HOLDER_ANSWER_DAYS = 30
        yield stand_in


def payee(bank: RunningStandIn | None = None, holder: str = "นางบุญมี ทดสอบดี", standing: str = "open") -> Applicant:
    """Somebody approved, with an account that the bank knows as said."""
    who = scenes.new_applicant()
    scenes.approved(who)
    if bank is not None:
        bank.steer(upsert=account_as_json(who.bank_code, who.account, holder, standing))
    return who


def prepare() -> Run:
    return prepare_run(
        by=MAKER, at=now(), scheme_code="family", office_id=office_id("KKN-DPC"), effective_on=_pay_day()
    )


def _pay_day() -> Any:
    from phueng.calendars.queries import holidays
    from phueng.kernel.thai_dates import in_bangkok
    from phueng.kernel.working_days import working_day_on_or_after

    today = in_bangkok(now()).date()
    return working_day_on_or_after(today, holidays("bank", today, today.replace(year=today.year + 1)))


def gathered() -> Run:
    """A run with whatever the worker could put into it."""
    run = prepare()
    preparing.gather_runs()
    return Run.objects.get(pk=run.pk)


def paid_people(run: Run) -> set[UUID]:
    return set(run.lines.values_list("person_id", flat=True))


def different(bank: RunningStandIn) -> HolderCheck:
    """The bank named somebody else for this payee's account."""
    payee(bank, holder="นางสาวดวงใจ รักดี")
    assert preparing.ask_holders() == 1
    return HolderCheck.objects.get(verdict="different")


@pytest.mark.django_db
def test_only_accounts_that_the_bank_calls_the_payees_are_paid(bank: RunningStandIn) -> None:
    same, variant = payee(bank), payee(bank, holder="บุญมี ทดสอบดิ")
    other, closed, nobody = payee(bank, holder="นางสาวดวงใจ รักดี"), payee(bank, standing="closed"), payee()
    run = gathered()
    assert paid_people(run) == {same.person_id, variant.person_id}
    assert counted_exclusions(run) == {"account_invalid": 2, "name_mismatch": 1}
    said = dict(HolderCheck.objects.values_list("person_id", "verdict"))
    assert said == {
        same.person_id: "same", variant.person_id: "variant", other.person_id: "different",
        closed.person_id: "", nobody.person_id: "",
    }  # fmt: skip
    assert payable_account(closed.person_id) is None
    assert payable_account(nobody.person_id) is None
    asked = {*Message.objects.filter(template_code="payment_returned").values_list("person_id", flat=True)}
    asked |= {*UnreachedTask.objects.values_list("message__person_id", flat=True)} - {None}
    assert asked >= {closed.person_id, nobody.person_id}
    assert other.person_id not in asked


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["down", "busy", "slow", "malformed", "wrong_account", "wrong_request", "hang_up"])
def test_a_bank_that_gives_no_answer_never_passes_for_a_yes(bank: RunningStandIn, mode: str) -> None:
    who = payee(bank)
    bank.steer(mode=mode, delay=3)
    run = gathered()
    assert run.frozen_at is None
    assert not run.lines.exists()
    assert not HolderCheck.objects.exists()
    progress = progress_of_work(run)
    assert progress is not None
    assert (progress.step, progress.trouble) == ("ask", "inquiry_is_silent")
    assert holders.waiting_for_the_bank(["KKN-DPC"]) == 1
    bank.steer(mode="ok", delay=0)
    preparing.gather_runs()
    run.refresh_from_db()
    assert run.frozen_at is not None
    assert paid_people(run) == {who.person_id}
    assert progress_of_work(run) is None


@pytest.mark.django_db
def test_who_was_asked_about_ahead_does_not_wait_and_is_not_asked_twice(bank: RunningStandIn) -> None:
    payee(bank)
    assert preparing.ask_holders() == 1
    assert preparing.ask_holders() == 0
    assert prepare().frozen_at is not None
    assert len(bank.look("/control")) and HolderCheck.objects.count() == 1  # noqa: PT018


@pytest.mark.django_db
def test_an_old_answer_another_name_or_the_account_stated_anew_are_asked_again(bank: RunningStandIn) -> None:
    who = payee(bank)
    preparing.ask_holders()
    set_clock_offset(timedelta(days=31))
    assert preparing.ask_holders() == 1
    state_name(
        by=scenes.WORKER, at=now(), source="civil_register", person_id=who.person_id, kind="registered", title="นาง",
        first_name="บุญมา", last_name="เปลี่ยนชื่อ",
    )  # fmt: skip
    assert preparing.ask_holders() == 1
    assert HolderCheck.objects.get(nth=3).verdict == "different"
    assert [*HolderCheck.objects.order_by("nth").values_list("nth", flat=True)] == [1, 2, 3]
    state_account(
        by=scenes.WORKER, at=now(), source="tracking", person_id=who.person_id, bank_code="006", number="9899999990",
        holder_name="บุญมี ทดสอบดี",
    )  # fmt: skip
    assert preparing.ask_holders() == 1
    account = payable_account(who.person_id)
    assert account is not None
    assert account.number == who.account, "the bank does not know the new one"


@pytest.mark.django_db
def test_an_account_that_was_paid_before_is_not_asked_about() -> None:
    """Also for runs that were paid before a bank could be asked."""
    run = scenes.released()
    scenes.answered(run.lines.all())
    from phueng.payments.account_looks import looks_at_accounts

    person = run.lines.get().person_id
    from django.conf import settings

    assert not looks_at_accounts([person])[person].is_inquired
    settings.PHUENG_HOLDER_ANSWER_DAYS = 30
    try:
        assert looks_at_accounts([person])[person].was_paid
        assert not holders.waiting_for_the_bank(None)
    finally:
        settings.PHUENG_HOLDER_ANSWER_DAYS = 0


@pytest.mark.django_db
def test_without_a_bank_to_ask_the_typed_name_is_compared(settings: Any) -> None:
    settings.PHUENG_HOLDER_ANSWER_DAYS = 30
    settings.PHUENG_NAME_INQUIRY_URL = ""
    fine, other = scenes.new_applicant(), scenes.new_applicant(has_account=False)
    state_account(
        by=scenes.WORKER, at=NOON, source="application", person_id=other.person_id, bank_code="006",
        number=other.account, holder_name="ดวงใจ รักดี",
    )  # fmt: skip
    scenes.approved(fine)
    scenes.approved(other)
    run = prepare()
    assert paid_people(run) == {fine.person_id}
    assert counted_exclusions(run) == {"name_mismatch": 1}
    assert preparing.ask_holders() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["same_person", "third_party"])
def test_another_name_is_paid_when_two_people_said_so(bank: RunningStandIn, kind: str) -> None:
    check = different(bank)
    more: dict[str, Any] = {"relation": "caregiver", "consent": PAPER} if kind == "third_party" else {}
    ruling = rule_on_holder(by=MAKER, at=now(), check_id=check.pk, kind=kind, why="ลูกสาวดูแลอยู่ที่บ้าน", **more)
    payee(bank)
    run = gathered()
    assert check.person_id not in paid_people(run)
    assert counted_exclusions(run) == {"name_mismatch": 1}
    _give_duty(people.FINANCE_MAKER.account_id, "finance_checker")
    with pytest.raises(Refused, match="second_person"):
        confirm_ruling(by=MAKER, at=now(), ruling_id=ruling.pk)
    confirm_ruling(by=CHECKER, at=now(), ruling_id=ruling.pk)
    assert confirm_ruling(by=CHECKER, at=now(), ruling_id=ruling.pk).confirmed_at is not None
    assert check.person_id in paid_people(gathered())


@pytest.mark.django_db
def test_a_new_account_is_asked_for_by_one(bank: RunningStandIn) -> None:
    check = different(bank)
    rule_on_holder(by=CHECKER, at=now(), check_id=check.pk, kind="new_account", why="ไม่รู้จักเจ้าของบัญชี")
    assert payable_account(check.person_id) is None
    with pytest.raises(Refused, match="already_ruled"):
        rule_on_holder(by=MAKER, at=now(), check_id=check.pk, kind="same_person", why="x")


@pytest.mark.django_db
def test_a_ruling_that_was_turned_down_leaves_room_for_another(bank: RunningStandIn) -> None:
    check = different(bank)
    ruling = rule_on_holder(by=MAKER, at=now(), check_id=check.pk, kind="same_person", why="สะกดผิด")
    with pytest.raises(Refused, match="why_is_missing"):
        turn_down_ruling(by=CHECKER, at=now(), ruling_id=ruling.pk, why=" ")
    turn_down_ruling(by=CHECKER, at=now(), ruling_id=ruling.pk, why="คนละคน")
    with pytest.raises(Refused, match="already_ruled"):
        confirm_ruling(by=CHECKER_2, at=now(), ruling_id=ruling.pk)
    with pytest.raises(Refused, match="consent_is_missing"):
        rule_on_holder(by=MAKER, at=now(), check_id=check.pk, kind="third_party", why="แม่", relation="parent")
    rule_on_holder(
        by=MAKER, at=now(), check_id=check.pk, kind="third_party", why="แม่", relation="parent", consent=PAPER
    )


@pytest.mark.django_db
def test_who_judged_the_case_or_is_kin_has_no_say_about_the_account(bank: RunningStandIn) -> None:
    check = different(bank)
    _give_duty(people.SOCIAL_WORKER.account_id, "finance_maker")
    _give_duty(people.APPROVER.account_id, "finance_checker")
    said: dict[str, Any] = {"at": now(), "check_id": check.pk, "kind": "same_person", "why": "x"}
    for judge in (people.SOCIAL_WORKER, people.APPROVER):
        with pytest.raises(Refused, match="ruler_has_a_hand"):
            rule_on_holder(by=actor(judge), **said)
    for outsider in (people.MUNICIPAL_MAKER, people.RELEASER, people.FRONT_DESK):
        with pytest.raises(Refused, match="outside_area"):
            rule_on_holder(by=actor(outsider), **said)
    ruling = rule_on_holder(by=MAKER, **said)
    with pytest.raises(Refused, match="ruler_has_a_hand"):
        confirm_ruling(by=actor(people.APPROVER), at=now(), ruling_id=ruling.pk)
    trace()
    link_account(by=scenes.WORKER, at=now(), account_id=people.FINANCE_CHECKER.account_id, person_id=check.person_id)
    with pytest.raises(Refused, match="ruler_has_a_hand"):
        confirm_ruling(by=CHECKER, at=now(), ruling_id=ruling.pk)
    confirm_ruling(by=RELEASER, at=now(), ruling_id=ruling.pk)


def _give_duty(account: UUID, role: str) -> None:
    from datetime import date

    from phueng.access.models import Duty

    Duty.objects.create(account_id=account, role=role, office_id=office_id("KKN-DPC"), starts_on=date(2026, 1, 1))


@pytest.mark.django_db
def test_the_database_refuses_what_the_service_would(bank: RunningStandIn) -> None:
    check = different(bank)
    ruling = rule_on_holder(by=MAKER, at=now(), check_id=check.pk, kind="same_person", why="x")
    row = f"WHERE id = '{ruling.pk}'"
    maker, checker, worker = (
        one.account_id for one in (people.FINANCE_MAKER, people.FINANCE_CHECKER, people.SOCIAL_WORKER)
    )
    table = "payments_holderruling"
    expected = {
        f"UPDATE {table} SET confirmed_by_id = '{maker}', confirmed_at = now() {row}": "ruler_outside_area",  # noqa: S608
        f"UPDATE {table} SET confirmed_by_id = '{worker}', confirmed_at = now() {row}": "ruler_outside_area",  # noqa: S608
        f"UPDATE {table} SET kind = 'new_account' {row}": "ruling_is_frozen",  # noqa: S608
        f"UPDATE {table} SET why = 'y' {row}": "ruling_is_frozen",  # noqa: S608
        f"DELETE FROM {table} {row}": "42501",  # noqa: S608
        "UPDATE payments_holdercheck SET verdict = 'same'": "42501",
        "DELETE FROM payments_holdercheck": "42501",
    }
    for statement, name in expected.items():
        assert guard_that_refuses(partial(run_sql, statement)) == name, statement
    _give_duty(maker, "finance_checker")
    twice = f"UPDATE {table} SET confirmed_by_id = '{maker}', confirmed_at = now() {row}"  # noqa: S608
    assert guard_that_refuses(partial(run_sql, twice)) == "ruling_is_confirmed_by_somebody_else"
    run_sql(f"UPDATE {table} SET confirmed_by_id = '{checker}', confirmed_at = now() {row}")  # noqa: S608
    assert guard_that_refuses(
        partial(run_sql, f"UPDATE {table} SET confirmed_at = NULL, confirmed_by_id = NULL {row}")  # noqa: S608
    ) == ("ruling_is_frozen")


@pytest.mark.django_db
def test_nobody_rules_on_an_answer_that_names_the_payee_or_confirms_in_one_stroke(bank: RunningStandIn) -> None:
    payee(bank)
    preparing.ask_holders()
    check = HolderCheck.objects.get()
    with pytest.raises(Refused, match="already_ruled"):
        rule_on_holder(by=MAKER, at=now(), check_id=check.pk, kind="same_person", why="x")
    whole = HolderRuling(
        kind="same_person", holder_check=different(bank), bank_code="006", blind_index=b"x", why="x",
        ruled_by_id=people.FINANCE_MAKER.account_id, ruled_at=now(), confirmed_at=now(),
        confirmed_by_id=people.FINANCE_CHECKER.account_id,
    )  # fmt: skip
    assert guard_that_refuses(lambda: whole.save(force_insert=True)) == "ruling_is_made_before_it_is_confirmed"


def test_two_workers_asking_at_once_keep_one_answer(committed_db: Any, bank: RunningStandIn) -> None:
    for _ in range(3):
        payee(bank)
    at_once([lambda: preparing.ask_holders(limit=10)] * 4)
    assert HolderCheck.objects.count() == 3
    assert {*HolderCheck.objects.values_list("nth", flat=True)} == {1}


def test_two_rulings_at_once_are_one(committed_db: Any, bank: RunningStandIn) -> None:
    check = different(bank)
    acts = [
        partial(rule_on_holder, by=by, at=now(), check_id=check.pk, kind="same_person", why="x")
        for by in (MAKER, CHECKER)
    ]
    answers = at_once(acts * 3)
    assert HolderRuling.objects.count() == 1
    assert {one.problem.code for one in answers if isinstance(one, Refused)} == {"already_ruled"}


# ------------------------------------------------------------------------------------------------------- sharing


def sharers(count: int, *, account: str = "9812312312") -> list[Applicant]:
    """Payees of as many households with one account."""
    found = [scenes.new_applicant(has_account=False) for _ in range(count)]
    for who in found:
        state_account(
            by=scenes.WORKER, at=NOON, source="application", person_id=who.person_id, bank_code="006", number=account,
            holder_name="บุญมี ทดสอบดี",
        )  # fmt: skip
        scenes.approved(who, bank_account={"bank_code": "006", "number": account, "holder": "บุญมี ทดสอบดี"})
    return found


@pytest.mark.django_db
def test_two_who_share_are_paid_and_flagged() -> None:
    both = sharers(2)
    run = prepare()
    assert paid_people(run) == {one.person_id for one in both}
    flags = SharedFlag.objects.filter(run=run, kind="account")
    assert {*flags.values_list("payee_count", "is_one_household")} == {(2, False)}
    assert flags.count() == 2


@pytest.mark.django_db
def test_three_households_with_one_account_wait_for_two_people() -> None:
    three = sharers(3)
    scenes.approved()
    run = prepare()
    assert not paid_people(run) & {one.person_id for one in three}
    assert counted_exclusions(run) == {"shared_account": 3}
    assert SharedFlag.objects.filter(run=run, payee_count=3).count() == 3
    account = BankAccount.objects.filter(person_id=three[0].person_id).get()
    said: dict[str, Any] = {"at": now(), "account_id": account.pk, "payee_count": 3, "why": "วัดดูแลผู้ยากไร้"}
    ruling = rule_on_sharing(by=MAKER, **said)
    with pytest.raises(Refused, match="already_ruled"):
        rule_on_sharing(by=CHECKER_2, **said)
    with pytest.raises(Refused, match="nothing_due"):
        prepare()
    confirm_ruling(by=CHECKER, at=now(), ruling_id=ruling.pk)
    assert paid_people(prepare()) == {one.person_id for one in three}
    sharers(1)
    with pytest.raises(Refused, match="nothing_due"):
        prepare()  # a fourth was not ruled on


@pytest.mark.django_db
def test_one_household_may_share_and_records_of_one_person_count_once() -> None:
    three = sharers(3, account="9812312320")
    for who in three[1:]:
        run_sql(f"DELETE FROM registry_membership WHERE person_id = '{who.person_id}'")  # noqa: S608
        join_household(
            by=scenes.WORKER, at=NOON, source="application", person_id=who.person_id,
            household_id=three[0].household_id, role="member", starts_on=NOON.date().replace(year=2020),
        )  # fmt: skip
    run = prepare()
    assert len(paid_people(run)) == 3
    assert {*SharedFlag.objects.filter(run=run).values_list("kind", "is_one_household")} == {("account", True)}


@pytest.mark.django_db
def test_a_phone_of_two_households_is_flagged_and_paid() -> None:
    both = [scenes.new_applicant() for _ in range(2)]
    for who in both:
        scenes.approved(who)
        state_phone(by=scenes.WORKER, at=now(), source="application", person_id=who.person_id, number="+66812312312")
    run = prepare()
    assert len(paid_people(run)) == 2
    assert {*SharedFlag.objects.filter(run=run).values_list("kind", "last_digits")} == {("phone", "2312")}


# --------------------------------------------------------------------------------------------------------- pages


def _get(staff: people.Staff, address: str, lang: str = "th") -> str:
    client = signed_in(staff)
    client.cookies["django_language"] = lang
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, address
    assert len(asked) <= 12, [one["sql"][:160] for one in asked]
    return str(response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_pages_show_both_names_the_reasons_and_who_must_look(bank: RunningStandIn, lang: str) -> None:
    check = different(bank)
    three = sharers(3)
    listed = _get(people.FINANCE_MAKER, reverse("payments:holders"), lang)
    assert check.stated_name in listed
    assert "นางสาวดวงใจ รักดี" in listed
    shown = _get(people.FINANCE_MAKER, reverse("payments:holder", args=[check.pk]), lang)
    assert check.reasons[0][lang] in shown
    assert reverse("payments:holder_rule", args=[check.pk]) in shown
    assert reverse("payments:holder_rule", args=[check.pk]) not in _get(
        people.AUDITOR, reverse("payments:holder", args=[check.pk]), lang
    )
    account = BankAccount.objects.filter(person_id=three[0].person_id).get()
    assert account.last_digits in listed
    _get(people.FINANCE_CHECKER, reverse("payments:shared_account", args=[account.pk]), lang)
    for address in (reverse("payments:holder", args=[check.pk]), reverse("payments:shared_account", args=[account.pk])):
        assert signed_in(people.MUNICIPAL_MAKER).get(address).status_code == 404
        assert signed_in(people.SOCIAL_WORKER).get(address).status_code == 403


@pytest.mark.django_db
def test_two_people_rule_on_the_pages_and_nothing_typed_is_lost(bank: RunningStandIn) -> None:
    check = different(bank)
    page, rule = (reverse(f"payments:{name}", args=[check.pk]) for name in ("holder", "holder_rule"))
    maker, checker = signed_in(people.FINANCE_MAKER), signed_in(people.FINANCE_CHECKER)
    refused = maker.post(rule, {"kind": "third_party", "why": "ลูกสาวดูแลอยู่"})
    assert refused.status_code == 422
    assert "ลูกสาวดูแลอยู่" in refused.content.decode()
    assert "แนบหนังสือยินยอม" in refused.content.decode()
    paper = SimpleUploadedFile("consent.jpg", PAPER[1], "image/jpeg")
    typed = {"kind": "third_party", "why": "ลูกสาวดูแลอยู่", "relation": "child", "consent": paper}
    assert maker.post(rule, typed).headers["Location"] == page
    ruling = HolderRuling.objects.get()
    confirm, turn_down = (reverse(f"payments:ruling_{name}", args=[ruling.pk]) for name in ("confirm", "turn_down"))
    assert confirm not in maker.get(page).content.decode()
    assert confirm in checker.get(page).content.decode()
    assert checker.post(turn_down, {"turn_down-why": ""}).status_code == 422
    assert signed_in(people.MUNICIPAL_CHECKER).post(confirm).status_code == 404
    assert checker.post(confirm).headers["Location"] == page
    assert signed_in(people.RELEASER).post(confirm).status_code == 422
    assert check.stated_name not in maker.get(reverse("payments:holders")).content.decode()


@pytest.mark.django_db
def test_sharing_is_let_through_on_the_pages_and_shown_with_the_run() -> None:
    three = sharers(3)
    scenes.approved()
    run = prepare()
    assert "#shared" in _get(people.FINANCE_CHECKER, reverse("payments:run", args=[run.number]))
    assert 'id="shared"' in _get(people.FINANCE_CHECKER, reverse("payments:left_out", args=[run.number]))
    account = BankAccount.objects.filter(person_id=three[0].person_id).get()
    page = reverse("payments:shared_account", args=[account.pk])
    maker, checker = signed_in(people.FINANCE_MAKER), signed_in(people.FINANCE_CHECKER)
    assert maker.post(reverse("payments:shared_rule", args=[account.pk]), {"why": ""}).status_code == 422
    assert maker.post(reverse("payments:shared_rule", args=[account.pk]), {"why": "วัดดูแล"}).status_code == 302
    ruling = HolderRuling.objects.get()
    assert reverse("payments:ruling_confirm", args=[ruling.pk]) in checker.get(page).content.decode()
    assert checker.post(reverse("payments:ruling_confirm", args=[ruling.pk])).status_code == 302
    assert paid_people(prepare()) == {one.person_id for one in three}

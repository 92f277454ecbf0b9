"""When many officers act at the same instant, is there one order, and never more money back than is asked?"""

from typing import Any

import psycopg
from django.db import transaction

from phueng.access.models import Duty
from phueng.access.tests.factories import AccountFactory
from phueng.decisions.tests.scenes import fresh_actors, trace
from phueng.decisions.tests.test_races import at_once
from phueng.demo import people
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.notices.models import Message
from phueng.payments.tests import scenes as money
from phueng.places.identity import office_id
from phueng.recoveries.actions import decide, lodge_appeal, note_overpayment, record_repayment
from phueng.recoveries.models import Overpayment, Repayment, Ruling, RulingAppeal
from phueng.recoveries.queries import repaid_of
from phueng.recoveries.tests import factories, scenes

DECIDERS = 12


def approvers() -> list[Any]:
    with transaction.atomic():
        trace()
        accounts = [AccountFactory.create() for _ in range(DECIDERS)]
        for account in accounts:
            Duty.objects.create(
                account=account, role="approver", office_id=office_id("KKN-DPC"), starts_on=scenes.NOON.date()
            )
    return list(fresh_actors([account.pk for account in accounts], "approver", "KKN-DPC"))


def test_two_deciders_at_once_make_one_order(committed_db: Any) -> None:
    crowd, overpayment = approvers(), scenes.assessed()
    answers = at_once(
        [lambda by=by: decide(by=by, at=scenes.RULED, overpayment_id=overpayment.pk) for by in crowd]  # type: ignore[misc]
    )
    assert sum(isinstance(answer, Ruling) for answer in answers) == 1
    others = [answer for answer in answers if not isinstance(answer, Ruling)]
    assert {answer.problem.code for answer in others if isinstance(answer, Refused)} == {"wrong_step"}
    assert len([answer for answer in others if isinstance(answer, Refused)]) == DECIDERS - 1
    assert Message.objects.filter(template_code="recovery_ruled").count() == 1


def test_a_payment_is_noted_once_by_many(committed_db: Any) -> None:
    line = scenes.paid_line()
    answers = at_once([lambda: scenes.noted(line) for _ in range(8)])
    assert sum(isinstance(answer, Overpayment) for answer in answers) == 1
    codes = {answer.problem.code for answer in answers if isinstance(answer, Refused)}
    assert codes == {"line_is_asked_about_once"}


def test_many_tills_take_no_more_than_is_asked(committed_db: Any) -> None:
    overpayment = scenes.decided()  # 500 baht are asked
    today = in_bangkok(scenes.RULED).date()
    answers = at_once(
        [
            lambda n=n: record_repayment(  # type: ignore[misc]
                by=scenes.CASHIER, at=scenes.RULED, overpayment_id=overpayment.pk, way="cash", reference=f"R-{n}",
                amount_satang=20_000, received_on=today,
            )
            for n in range(8)
        ]
    )  # fmt: skip
    assert sum(isinstance(answer, Repayment) for answer in answers) == 2
    assert repaid_of(overpayment) == 40_000
    assert money.is_balanced()


def test_appealing_twice_at_once_is_one_appeal(committed_db: Any) -> None:
    overpayment = scenes.decided()
    answers = at_once(
        [
            lambda: lodge_appeal(by=scenes.PERSON, at=scenes.RULED, overpayment_id=overpayment.pk, grounds="ไม่เห็นด้วย")
            for _ in range(6)
        ]
    )
    assert len({answer.pk for answer in answers if isinstance(answer, RulingAppeal)}) == 1
    assert all(isinstance(answer, RulingAppeal) for answer in answers)


def test_the_worker_and_an_officer_at_once(committed_db: Any) -> None:
    lines = [scenes.paid_line(), scenes.paid_line()]
    both = {line.pk: None for line in lines[:1]}
    answers = at_once(
        [
            lambda: note_overpayment(
                by=scenes.WORKER, at=scenes.NOON, lines=both, cause="ended_entitlement", what_happened="x"
            ),
            lambda: scenes.noted(lines[0]),
        ]
    )
    assert sum(isinstance(answer, Overpayment) for answer in answers) == 1


def test_the_guard_of_hands_bites_only_because_it_is_there(committed_db: Any) -> None:
    """A planted fault: with the guard switched off by the owner, the assessor's own order goes in."""
    overpayment = scenes.assessed()
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE recoveries_ruling DISABLE TRIGGER recoveries_ruling_is_by_another")
    with transaction.atomic():
        trace()
        said = {"overpayment": overpayment, "ruled_by_id": people.FRONT_DESK.account_id}
        assert factories.RulingFactory.create(**said).outcome == "agreed"

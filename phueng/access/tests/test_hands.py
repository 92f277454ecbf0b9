"""Can one account ever have two parts in one case? (T-02: all pairs, by the service and by raw SQL.)"""

import itertools
import threading
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from phueng.access import queries
from phueng.access.actions import lay_hand, lay_hands, open_account
from phueng.access.models import Hand
from phueng.access.roles import HANDS
from phueng.access.tests.factories import AT, AccountFactory, HandFactory
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.models import Entry
from phueng.kernel.problems import Refused


def officer(account_id: UUID) -> Actor:
    return Actor("staff", account_id, "เจ้าหน้าที่", "approver", "KKN")


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(HANDS, 2)))
def test_no_pair_of_hands_by_one_account(db: Any, first: str, second: str) -> None:
    case, account = uuid4(), AccountFactory.create()
    lay_hand(case_id=case, hand=first, by=officer(account.id), at=AT)
    with pytest.raises(Refused) as refused:
        lay_hand(case_id=case, hand=second, by=officer(account.id), at=AT)
    assert refused.value.problem.code == "same_hands"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_hand (id, case_id, hand, account_id, laid_at)"
            " VALUES (gen_random_uuid(), %s, %s, %s, now())",
            [case, second, account.id],
        )
    assert [row.hand for row in queries.hand_rows(case)] == [first]


def test_the_same_hand_again_changes_nothing(db: Any) -> None:
    case, account = uuid4(), AccountFactory.create()
    for _ in range(3):
        lay_hand(case_id=case, hand="verifier", by=officer(account.id), at=AT)
    assert len(queries.hand_rows(case)) == 1


def test_five_people_can_do_a_whole_case(db: Any) -> None:
    case = uuid4()
    for hand in HANDS:
        lay_hand(case_id=case, hand=hand, by=officer(AccountFactory.create().id), at=AT)
    assert {row.hand for row in queries.hand_rows(case)} == set(HANDS)


def test_a_worker_step_lays_no_hand(db: Any) -> None:
    with pytest.raises(ValueError, match="account"):
        lay_hand(case_id=uuid4(), hand="approver", by=SYSTEM("sneaky"), at=AT)


def test_a_run_is_refused_as_a_whole(db: Any) -> None:
    cases, account = [uuid4() for _ in range(4)], AccountFactory.create()
    lay_hand(case_id=cases[2], hand="approver", by=officer(account.id), at=AT)
    with pytest.raises(Refused):
        lay_hands(case_ids=cases, hand="releaser", by=officer(account.id), at=AT)
    assert Hand.objects.filter(account_id=account.id).count() == 1
    other = AccountFactory.create()
    lay_hands(case_ids=cases, hand="releaser", by=officer(other.id), at=AT)
    entry = Entry.objects.latest("id")
    assert entry.act == "access.lay_hands"
    assert entry.after is not None
    assert len(entry.after["cases"]) == 4


def test_a_hand_stays(db: Any) -> None:
    hand = HandFactory.create()
    for change in (
        lambda: Hand.objects.filter(id=hand.id).delete(),
        lambda: Hand.objects.update(hand="checker"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_hand_without_an_audit_entry_is_refused_at_commit(committed_db: Any) -> None:
    account = open_account(username="a", display_name_th="ก", display_name_en="A", by=SYSTEM("test"), at=AT)
    with pytest.raises(IntegrityError, match="no audit entry"):
        Hand.objects.create(case_id=uuid4(), hand="recorder", account=account, laid_at=AT)


def test_at_the_same_instant_one_of_two_hands_is_refused(committed_db: Any) -> None:
    account = open_account(username="a", display_name_th="ก", display_name_en="A", by=SYSTEM("test"), at=AT)
    for _ in range(8):
        case, start = uuid4(), threading.Barrier(2)
        answers: list[str] = []

        def lay(hand: str, case: UUID = case, start: Any = start, answers: list[str] = answers) -> None:
            start.wait()
            try:
                lay_hand(case_id=case, hand=hand, by=officer(account.id), at=AT)
                answers.append("laid")
            except Refused:
                answers.append("refused")
            finally:
                connection.close()

        hands = [threading.Thread(target=lay, args=(hand,)) for hand in ("verifier", "approver")]
        for thread in hands:
            thread.start()
        for thread in hands:
            thread.join()
        assert sorted(answers) == ["laid", "refused"]
        assert Hand.objects.filter(case_id=case).count() == 1


def test_without_the_constraint_both_would_be_laid(committed_db: Any) -> None:
    """The negative control: it is the unique constraint that separates, not the look beforehand."""
    account = open_account(username="a", display_name_th="ก", display_name_en="A", by=SYSTEM("test"), at=AT)
    with psycopg.connect(committed_db.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE access_hand DROP CONSTRAINT access_hand_one_per_case")
    case = uuid4()
    lay_hand(case_id=case, hand="verifier", by=officer(account.id), at=AT)
    with psycopg.connect(committed_db.url) as late:
        # Another session has inserted and not yet committed: a look beforehand would see nothing.
        late.execute(
            "INSERT INTO audit_entry (at, actor_kind, actor_name, role, office_code, act, is_read,"
            " subject_kind, subject_id, why, request_id)"
            " VALUES (now(), 'staff', 'x', 'x', '', 'access.lay_hand', false, 'case', %s, '', '')",
            [case],
        )
        late.execute(
            "INSERT INTO access_hand (id, case_id, hand, account_id, laid_at)"
            " VALUES (gen_random_uuid(), %s, 'approver', %s, now())",
            [case, account.id],
        )
        late.commit()
    assert Hand.objects.filter(case_id=case, account=account).count() == 2

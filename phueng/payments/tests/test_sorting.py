"""Whatever the bank says, is every line sorted exactly once, and only what was sent and fits called paid or returned?"""

from dataclasses import dataclass
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from phueng.gateways.answers import AnsweredLine
from phueng.payments.answers import is_same_account, sort_answers
from phueng.payments.rules import WAYS, FrozenLine, Payee, is_same_holder, reason_to_leave_out, root_of

OUTCOMES = ("paid", "returned", "pending")


@dataclass(frozen=True)
class Sent:
    amount_satang: int
    account: str = "1"
    standing: str = "waiting"
    office_code: str = "A"


answers = st.lists(
    st.builds(
        AnsweredLine, line=st.integers(2, 99), column=st.just(1), reference=st.sampled_from("abcd"),
        amount_satang=st.sampled_from((1, 2, None)), outcome=st.sampled_from(OUTCOMES), status=st.just(""),
        reason=st.none(), settled_on=st.none(), bank_reference=st.sampled_from(("", "B")),
        account=st.sampled_from(("", "1", "01", "2")),
    ),
    max_size=12,
)  # fmt: skip
sent = st.dictionaries(
    st.sampled_from("abc"),
    st.builds(
        Sent, amount_satang=st.sampled_from((1, 2)), standing=st.sampled_from(("unsent", "waiting", "paid", "returned"))
    ),
)


@given(answers, sent)
def test_every_line_is_sorted_once_and_what_counts_fits(said: list[AnsweredLine], lines: dict[str, Sent]) -> None:
    got = sort_answers(said, lines)
    assert len(got.paid) + len(got.returned) + len(got.suspense) + got.repeated + got.pending == len(said)
    counted = [one.reference for one in (*got.paid, *got.returned)]
    assert len(counted) == len(set(counted))
    for one in (*got.paid, *got.returned):
        line = lines[one.reference]
        assert line.standing == "waiting"
        assert one.amount_satang in (None, line.amount_satang)
        assert not one.account or is_same_account(one.account, line.account)


@given(answers, sent)
def test_an_answer_taken_in_again_counts_nothing(said: list[AnsweredLine], lines: dict[str, Sent]) -> None:
    first = sort_answers(said, lines)
    standing = {one.reference: one.outcome for one in (*first.paid, *first.returned)}
    now = {key: Sent(line.amount_satang, line.account, standing.get(key, line.standing)) for key, line in lines.items()}
    again = sort_answers(said, now)
    assert (again.paid, again.returned) == ([], [])


lines = st.lists(
    st.builds(
        FrozenLine, number=st.integers(1, 99), reference=st.text("AB1", min_size=1, max_size=3),
        due_id=st.builds(UUID, int=st.integers(0, 9)), bank_code=st.sampled_from(("006", "014")), branch=st.just("0000"),
        account=st.text("019", max_size=3), national_id=st.just(""), payee_name=st.text(max_size=4),
        amount_satang=st.integers(1, 5),
    ),
    min_size=1, max_size=6, unique_by=lambda line: line.number,
)  # fmt: skip


@given(lines, st.data())
def test_the_root_changes_with_any_word_and_not_with_the_order_of_reading(
    frozen: list[FrozenLine], data: st.DataObject
) -> None:
    root = root_of(frozen)
    assert root_of(data.draw(st.permutations(frozen))) == root
    index = data.draw(st.integers(0, len(frozen) - 1))
    victim = frozen[index]
    forged = FrozenLine(**{**vars_of(victim), "amount_satang": victim.amount_satang + 1})
    assert root_of([*frozen[:index], forged, *frozen[index + 1 :]]) != root
    if len(frozen) > 1:
        assert root_of(frozen[1:]) != root


def vars_of(line: FrozenLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in FrozenLine._fields}


def test_two_accounts_exchanged_keep_every_total_and_change_the_root() -> None:
    a = FrozenLine(1, "A", UUID(int=1), "006", "0", "1", "", "x", 100)
    b = FrozenLine(2, "B", UUID(int=2), "006", "0", "2", "", "y", 100)
    exchanged = [FrozenLine(**vars_of(a) | {"account": "2"}), FrozenLine(**vars_of(b) | {"account": "1"})]  # type: ignore[arg-type]
    assert root_of([a, b]) != root_of(exchanged)


def test_titles_and_spelling_are_one_holder_another_person_is_not() -> None:
    assert is_same_holder("บัวผัน แก้วดอนงาม", "นาง บัวผัน แก้วดอนงาม")
    assert is_same_holder("พัชรี วงษ์ทรายงาม", "น.ส.พัชรีย์ วงศ์ทรายงาม")
    assert not is_same_holder("บัวผัน แก้วดอนงาม", "วิทยา แก้วดอนงาม")


def test_each_reason_to_leave_out() -> None:
    fine = Payee("บุญมี ดี", None, "006", "9800000017", "บุญมี ดี", "9")
    assert reason_to_leave_out(fine, WAYS["krungthai"]) is None
    assert reason_to_leave_out(Payee("บุญมี ดี", None), WAYS["krungthai"]) == "no_account"
    assert reason_to_leave_out(Payee("บุญมี ดี", None), WAYS["comptroller"]) == "no_national_id"
    assert reason_to_leave_out(Payee("บุญมี ดี", None, national_id="9"), WAYS["comptroller"]) is None
    assert (
        reason_to_leave_out(Payee("บุญมี ดี", None, national_id="9"), WAYS["comptroller"], promptpay_failed=True)
        == "no_promptpay"
    )
    assert (
        reason_to_leave_out(Payee("မြန်မာ", None, "006", "9800000017", "မြန်မာ"), WAYS["krungthai"])
        == "name_not_encodable"
    )
    assert reason_to_leave_out(Payee("บุญมี ดี", None, "006", "12", "บุญมี ดี"), WAYS["krungthai"]) == "account_invalid"
    assert reason_to_leave_out(fine, WAYS["krungthai"], is_said_dead=True) == "dead"
    assert reason_to_leave_out(fine, WAYS["krungthai"], is_owed_elsewhere=True) == "other_record"

"""Is every word of the bank applied once, or laid before a person; and does the money always add up?"""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from phueng.decisions.tests.rawly import guard_that_refuses, refused_with
from phueng.decisions.tests.rawly import run as run_sql
from phueng.entitlements.actions.owe_months import owe_months
from phueng.gateways.comptroller.layout import load_layout as load_list_layout
from phueng.gateways.comptroller.reader import read_list
from phueng.gateways.iso20022.answering import StatedLine, write_status
from phueng.gateways.krungthai.result import write_result
from phueng.gateways.tables import write_table
from phueng.notices.models import Message
from phueng.payments.actions import give_back_file, hand_in_result, import_result, settle_suspense
from phueng.payments.files import content_of
from phueng.payments.gathering import PROMPTPAY, preview_run
from phueng.payments.models import FileTrouble, Line, ResultFile, Run
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import FileTroubleFactory
from phueng.payments.tests.scenes import CHECKER, CITY, MAKER, NOON, PAY_DAY, RELEASER, answer, take_in
from phueng.payments.work import import_waiting
from phueng.places.models import Office
from phueng.registry.actions import say_same_person, state_account
from phueng.registry.queries import payable_account

pytestmark = pytest.mark.django_db


def fresh(line: Line) -> Line:
    return Line.objects.select_related("run__office").get(pk=line.pk)


def messages(code: str) -> int:
    return Message.objects.filter(template_code=code).count()


def suspended(result: ResultFile) -> list[str]:
    return list(result.suspense_items.order_by("line_no").values_list("reason_code", flat=True))


def test_paid_is_posted_told_and_final() -> None:
    run = scenes.released(2)
    before = scenes.money()
    result = scenes.answered(run.lines.all())
    assert (result.paid_count, result.returned_count, result.suspense_count, result.office) == (2, 0, 0, run.office)
    line = run.lines.order_by("number")[0]
    assert (line.settled_on, line.bank_reference) == (PAY_DAY, "B1")
    after = scenes.money()
    assert (before.committed - after.committed, after.disbursed - before.disbursed) == (400_000, 400_000)
    assert scenes.cash(run)["transit"] == 0
    assert messages("payment_paid") == 2
    assert scenes.is_balanced()


def test_the_same_answer_ten_times_and_overlapping_answers_count_once() -> None:
    run = scenes.released(3)
    first, second, third = run.lines.order_by("number")
    results = {take_in(answer(first), answer(second)).pk for _ in range(10)}
    assert len(results) == 1
    overlap = take_in(answer(second), answer(third))
    assert (overlap.paid_count, overlap.repeated_count, overlap.suspense_count) == (1, 1, 0)
    out_of_order = take_in(answer(third), answer(first))
    assert (out_of_order.paid_count, out_of_order.repeated_count) == (0, 2)
    assert scenes.cash(run)["grants"] == run.total_satang
    assert messages("payment_paid") == 3
    assert scenes.is_balanced()


def test_returned_ends_the_account_tells_the_person_and_is_paid_anew_once() -> None:
    who = scenes.new_applicant()
    scenes.approved(who)
    run = scenes.again()
    line = run.lines.get()
    scenes.answered([line], "returned")
    back = fresh(line)
    assert (back.returned_code, back.paid_at) == ("C01", None)
    assert payable_account(who.person_id) is None
    assert messages("payment_returned") == 1
    money = scenes.money()
    assert (money.committed, scenes.cash(run)) == (0, {"treasury": -200_000, "bank": 200_000, "transit": 0})
    office = Office.objects.get(code="KKN-DPC")
    assert [x.reason for x in preview_run(scheme_code="family", office=office, on=PAY_DAY).left_out] == ["no_account"]
    state_account(
        by=scenes.WORKER, at=NOON, source="application", person_id=who.person_id, bank_code="006",
        number="9822222222", holder_name=who.name,
    )  # fmt: skip
    anew = scenes.again()
    second = anew.lines.get()
    assert (second.due_id, second.amount_satang) == (line.due_id, line.amount_satang)
    assert second.reference != line.reference
    assert second.account != line.account
    assert refused_with(partial(scenes.prepared, 0)) == "nothing_due"
    # The money that came back pays it: nothing more is drawn from the treasury.
    assert scenes.cash(anew) == {"treasury": -200_000, "bank": 0, "transit": 200_000}
    scenes.answered([second])
    assert scenes.money().disbursed - money.disbursed == 200_000
    assert scenes.is_balanced()


def test_what_does_not_fit_goes_to_suspense_and_moves_nothing() -> None:
    run = scenes.released(4)
    waiting = scenes.checked()
    before, cash = scenes.money(), scenes.cash(run)
    a, b, c, d = run.lines.order_by("number")
    result = take_in(
        answer(a, line_reference="NOBODYS1"),
        answer(b, amount_satang=b.amount_satang + 1),
        answer(c, account="09899999999"),
        answer(waiting.lines.get()),
        answer(d, "pending", settled_on=None),
    )
    assert suspended(result) == ["unknown_reference", "other_amount", "other_account", "not_sent_yet"]
    assert (result.paid_count, result.returned_count, result.pending_count) == (0, 0, 1)
    assert (scenes.money(), scenes.cash(run)) == (before, cash)
    item = result.suspense_items.order_by("line_no")[0]
    assert refused_with(partial(settle_suspense, by=CHECKER, at=NOON, item_id=item.pk, why=" ")) == "why_is_missing"
    settle_suspense(by=CHECKER, at=NOON, item_id=item.pk, why="เป็นรายการของกรมอื่น")
    edit = partial(run_sql, "UPDATE payments_suspenseitem SET settled_why = 'x' WHERE id = %s", item.pk)
    assert guard_that_refuses(edit) == "answer_is_frozen"
    rewrite = partial(run_sql, "UPDATE payments_suspenseitem SET amount_satang = 1 WHERE settled_at IS NULL")
    assert guard_that_refuses(rewrite) == "answer_is_frozen"
    assert guard_that_refuses(partial(run_sql, "UPDATE payments_resultfile SET paid_count = 9")) == "answer_is_frozen"


def test_paid_after_returned_and_returned_after_paid_are_a_persons_business() -> None:
    run = scenes.released(2)
    a, b = run.lines.order_by("number")
    take_in(answer(a), answer(b, "returned"))
    cash = scenes.cash(run)
    result = take_in(answer(a, "returned"), answer(b))
    assert suspended(result) == ["returned_after_paid", "paid_after_returned"]
    assert (fresh(a).paid_at is not None, fresh(b).paid_at) == (True, None)
    assert scenes.cash(run) == cash


def test_a_line_that_cannot_be_read_is_shown_and_the_others_count() -> None:
    run = scenes.released(3)
    a, b, c = run.lines.order_by("number")
    rows = write_result([answer(a), answer(b), answer(c)]).decode("utf-8").splitlines(keepends=True)
    rows[2] = rows[2].replace(str(b.amount_satang), "สองพัน")
    result = import_result(by=scenes.WORKER, at=NOON, name="x.result.csv", content="".join(rows).encode())
    assert (result.paid_count, suspended(result)) == (2, ["unreadable"])
    assert result.suspense_items.get().line_no == 3
    assert fresh(b).standing == "waiting"


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"<html>error</html>", b"a,b,c\r\n1,2,3\r\n"])
def test_a_file_that_is_no_answer_is_refused_to_an_officer_and_kept_by_the_worker(content: bytes) -> None:
    said: dict[str, Any] = {"at": NOON, "name": "x.result.csv", "content": content}
    assert refused_with(partial(import_result, by=MAKER, **said)) == "unreadable_result"
    result = import_result(by=scenes.WORKER, **said)
    assert suspended(result) == ["unreadable"]
    assert result.suspense_items.get().line_no <= 1  # the file as a whole, or its heading


def test_an_officer_takes_in_answers_for_the_own_office_only() -> None:
    run = scenes.released()
    line = run.lines.get()
    result = take_in(answer(line), by=CITY["maker"])
    assert suspended(result) == ["other_office"]
    assert fresh(line).standing == "waiting"
    assert take_in(answer(line), name="again.csv", by=scenes.WORKER).pk == result.pk  # the same bytes


def test_a_refused_file_gives_its_payments_back_by_another_hand() -> None:
    who = scenes.new_applicant()
    scenes.approved(who)
    run = scenes.again()
    file = run.files.get()
    file.sent_at = NOON
    file.save()
    trouble: FileTrouble = FileTroubleFactory.create(file=file)
    said: dict[str, Any] = {"at": NOON, "trouble_id": trouble.pk}
    assert refused_with(partial(give_back_file, by=RELEASER, why="x", **said)) == "same_signer"
    assert refused_with(partial(give_back_file, by=CHECKER, why=" ", **said)) == "why_is_missing"
    give_back_file(by=CHECKER, why="ธนาคารไม่รับ", **said)
    give_back_file(by=CHECKER, why="ธนาคารไม่รับ", **said)
    assert fresh(run.lines.get()).returned_code == "file_refused"
    assert payable_account(who.person_id) is not None
    assert messages("payment_returned") == 0
    assert scenes.cash(run) == {"treasury": -200_000, "bank": 200_000, "transit": 0}
    assert scenes.again().lines.get().due_id == run.lines.get().due_id
    assert suspended(take_in(answer(run.lines.get()))) == ["paid_after_returned"]


def test_a_file_that_was_answered_is_not_given_back() -> None:
    run = scenes.released()
    trouble: FileTrouble = FileTroubleFactory.create(file=run.files.get())
    scenes.answered(run.lines.all())
    attempt = partial(give_back_file, by=CHECKER, at=NOON, trouble_id=trouble.pk, why="x")
    assert refused_with(attempt) == "already_answered"


def signed(run: Run, at: datetime) -> Run:
    return scenes.signed_month(run, at)


DECEMBER = datetime(2026, 12, 1, 5, tzinfo=UTC)


def test_a_monthly_allowance_goes_by_certified_list_with_promptpay_for_those_without_account() -> None:
    nobody = scenes.new_applicant(has_account=False)
    with_account = scenes.new_applicant()
    for who in (nobody, with_account):
        scenes.approved(who, scheme_code="old_age")
    owe_months(by=scenes.WORKER, at=DECEMBER, limit=100)
    run = signed(scenes.prepare_month(DECEMBER), DECEMBER)
    assert (run.pay_route, run.line_count, run.total_satang) == ("comptroller", 2, 140_000)
    file = run.files.get()
    read = read_list(load_list_layout(file.layout_version), content_of(file))
    routes = {line.national_id: (line.route, line.bank_code, line.account) for line in read.lines}
    assert routes[nobody.national_id] == ("promptpay", "", "")
    assert routes[with_account.national_id][:2] == ("account", "006")
    assert (read.total_satang, read.month) == (140_000, DECEMBER.date())
    assert scenes.money(run).committed == 140_000
    by_promptpay = run.lines.get(bank_code=PROMPTPAY)
    content = list_answer(run, {by_promptpay.pk: ("P01", "ไม่ได้ผูกพร้อมเพย์")})
    result = import_result(by=scenes.WORKER, at=DECEMBER, name="CGD.result.csv", content=content)
    assert (result.paid_count, result.returned_count, suspended(result)) == (1, 1, [])
    money = scenes.money(run)
    assert (money.committed, money.reserved, money.disbursed) == (0, 0, 70_000)
    office = Office.objects.get(code=run.office.code)
    preview = preview_run(scheme_code="old_age", office=office, on=DECEMBER.date())
    assert [(item.due.person_id, item.reason) for item in preview.left_out] == [(nobody.person_id, "no_promptpay")]
    assert messages("payment_paid") == 1
    assert scenes.is_balanced()


def list_answer(run: Run, returned: dict[Any, tuple[str, str]]) -> bytes:
    """What the Comptroller General answers to a whole list."""
    layout = load_list_layout("monthly-list-2566")
    said = {outcome: word for word, outcome in layout.outcomes.items()}
    rows = []
    for line in run.lines.order_by("number"):
        code, why = returned.get(line.pk, ("", ""))
        cells = {
            "line_reference": line.reference, "national_id": line.national_id,
            "amount": layout.write_amount(line.amount_satang), "outcome": said["returned" if code else "paid"],
            "reason_code": code, "reason": why, "settled_on": PAY_DAY.isoformat(), "transfer_reference": f"T{line.number}",
        }  # fmt: skip
        rows.append([str(cells.get(column, "")) for column in layout.result_headings])
    return write_table(
        list(layout.result_headings.values()), rows, encoding=layout.encoding, delimiter=layout.delimiter,
        with_mark=layout.with_mark, line_end=layout.line_end,
    )  # fmt: skip


def test_months_owed_together_are_paid_in_lists_of_one_month_each() -> None:
    scenes.approved(scheme_code="old_age")
    january = datetime(2027, 1, 4, 5, tzinfo=UTC)
    owe_months(by=scenes.WORKER, at=january, limit=100)
    first = scenes.prepare_month(january)
    second = scenes.prepare_month(january)
    assert [run.lines.get().due.month.month for run in (first, second) if run.lines.get().due.month] == [12, 1]  # type: ignore[union-attr]
    assert refused_with(partial(scenes.prepare_month, january)) == "nothing_due"


def test_a_person_without_number_waits_outside_the_list() -> None:
    scenes.approved(scenes.new_applicant(has_number=False), scheme_code="old_age")
    owe_months(by=scenes.WORKER, at=DECEMBER, limit=100)
    office = Office.objects.get(code="M400101")
    preview = preview_run(scheme_code="old_age", office=office, on=DECEMBER.date())
    assert [item.reason for item in preview.left_out] == ["no_national_id"]


def test_two_records_that_turn_out_to_be_one_person_are_paid_a_month_once() -> None:
    first, second = scenes.new_applicant(), scenes.new_applicant()
    for who in (first, second):
        scenes.approved(who, scheme_code="old_age")
    owe_months(by=scenes.WORKER, at=DECEMBER, limit=100)
    say_same_person(
        by=scenes.WORKER, at=DECEMBER, person_id=second.person_id, canonical_person_id=first.person_id, why="คนเดียวกัน"
    )
    run = scenes.prepare_month(DECEMBER)
    assert run.line_count == 1
    office = Office.objects.get(code="M400101")
    preview = preview_run(scheme_code="old_age", office=office, on=DECEMBER.date() + timedelta(days=1))
    assert (preview.ready, [item.reason for item in preview.left_out]) == ((), ["other_record"])


def test_an_answer_exported_anew_changes_nothing_and_asks_nobody_twice() -> None:
    run = scenes.released(2)
    a, b = run.lines.order_by("number")
    said = (answer(a), answer(b, amount_satang=1), answer(a, line_reference="NOBODYS1"))
    first = take_in(*said)
    cash = scenes.cash(run)
    anew = take_in(*reversed(said))
    assert first.sha256 != anew.sha256
    assert (anew.paid_count, anew.repeated_count, anew.suspense_count) == (0, 3, 0)
    assert scenes.cash(run) == cash


def test_an_answer_before_its_run_waits_for_a_person_and_counts_when_it_comes_again() -> None:
    run = scenes.checked()
    line = run.lines.get()
    early = take_in(answer(line))
    assert suspended(early) == ["not_sent_yet"]
    scenes.release(run)
    assert take_in(answer(line), name="again.csv").pk == early.pk  # the same bytes
    assert take_in(answer(line, bank_reference="B2")).paid_count == 1


def damaged(line: Line, how: str) -> bytes:
    heading, row = write_result([answer(line)]).decode().splitlines()
    if how == "truncated":
        return f"{heading}\r\n{row[:-25]}".encode()
    if how == "buddhist era":
        return f"{heading}\r\n{row.replace(PAY_DAY.isoformat(), '2569-11-03')}\r\n".encode()
    names, cells = heading.lstrip("\ufeff").split(","), row.split(",")
    names[0], names[1] = names[1], names[0]
    return f"{','.join(names)}\r\n{','.join(cells)}\r\n".encode()


@pytest.mark.parametrize("how", ["truncated", "buddhist era", "reordered"])
def test_a_damaged_answer_is_refused_with_line_and_column_and_pays_nobody(how: str) -> None:
    run = scenes.released()
    content = damaged(run.lines.get(), how)
    said: dict[str, Any] = {"at": NOON, "name": "x.result.csv", "content": content}
    assert refused_with(partial(import_result, by=MAKER, **said)) == "unreadable_result"
    kept = import_result(by=scenes.WORKER, **said)
    assert set(suspended(kept)) == {"unreadable"}
    assert fresh(run.lines.get()).standing == "waiting"


def test_a_payment_named_twice_in_one_answer_counts_once_and_is_shown() -> None:
    run = scenes.released()
    line = run.lines.get()
    result = take_in(answer(line), answer(line, "returned"))
    assert (result.paid_count, suspended(result)) == (1, ["unreadable"])
    item = result.suspense_items.get()
    assert (item.line_no, item.column_no) == (3, 1)


def test_a_status_report_of_the_standard_counts_by_its_codes() -> None:
    run = scenes.released(3)
    a, b, c = run.lines.order_by("number")
    rows = [
        StatedLine(a.reference, "", "", a.amount_satang, "ACSC", "", PAY_DAY, "B1"),
        StatedLine(b.reference, "", "", b.amount_satang, "RJCT", "MD07", PAY_DAY, "B2"),
        StatedLine(c.reference, "", "", c.amount_satang, "PDNG", "", PAY_DAY, "B3"),
    ]
    content = write_status(f"{run.number}-1", "P1", rows, at=NOON)
    result = import_result(by=scenes.WORKER, at=NOON, name="x.status.xml", content=content)
    assert (result.paid_count, result.returned_count, result.pending_count, result.office) == (1, 1, 1, run.office)
    assert fresh(b).returned_code == "D01"  # our own word for a death
    assert payable_account(b.person_id) is not None


def test_a_file_that_the_bank_rejects_whole_is_a_trouble_and_one_paid_whole_is_a_persons_business() -> None:
    run = scenes.released(2)
    file = run.files.get()

    def whole(status: str, reason: str) -> ResultFile:
        content = (
            write_status(f"{run.number}-1", "P1", [], at=NOON)
            .decode()
            .replace("</OrgnlGrpInfAndSts>", f"<GrpSts>{status}</GrpSts>{reason}</OrgnlGrpInfAndSts>")
        )
        return import_result(by=scenes.WORKER, at=NOON, name=f"{status}.xml", content=content.encode())

    assert suspended(whole("ACSC", "")) == ["whole_paid"]
    whole("RJCT", "<StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf>")
    assert FileTrouble.objects.get(file=file).code == "bank_refused"
    assert [line.standing for line in run.lines.select_related("run")] == ["waiting", "waiting"]


def test_a_large_answer_waits_for_the_worker_and_is_taken_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phueng.payments.answers.LARGE_LINES", 1)
    run = scenes.released(2)
    content = write_result([answer(line) for line in run.lines.all()])
    results = {hand_in_result(by=MAKER, at=NOON, name="big.csv", content=content).pk for _ in range(3)}
    result = ResultFile.objects.get()
    assert (results, result.imported_at, result.received_office_code) == ({result.pk}, None, "KKN-DPC")
    assert (import_waiting(), import_waiting()) == (1, 0)
    result.refresh_from_db()
    assert (result.paid_count, result.imported_at is not None) == (2, True)


def test_a_large_answer_of_another_office_stays_its_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phueng.payments.answers.LARGE_LINES", 1)
    line = scenes.released().lines.get()
    hand_in_result(by=CITY["maker"], at=NOON, name="big.csv", content=write_result([answer(line)]))
    import_waiting()
    assert suspended(ResultFile.objects.get()) == ["other_office"]
    assert fresh(line).standing == "waiting"

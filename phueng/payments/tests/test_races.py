"""When two people do the same thing with money at the same instant, does it happen once?"""

from typing import Any

from phueng.decisions.tests.test_races import at_once
from phueng.gateways.krungthai.result import write_result
from phueng.kernel.problems import Refused
from phueng.ledger.models import Movement
from phueng.payments import work
from phueng.payments.actions import import_result, prepare_run
from phueng.payments.models import Line, ResultFile, Run
from phueng.payments.tests import scenes
from phueng.payments.tests.scenes import MAKER, NOON, PAY_DAY, answer, release
from phueng.places.identity import office_id


def test_makers_preparing_at_once_freeze_every_due_once(committed_db: Any) -> None:
    for _ in range(3):
        scenes.approved()
    acts = [
        lambda: prepare_run(
            by=MAKER, at=NOON, scheme_code="family", office_id=office_id("KKN-DPC"), effective_on=PAY_DAY
        )
    ] * 6
    answers = at_once(acts)
    assert sum(isinstance(one, Run) for one in answers) == 1
    refusals = {one.problem.code for one in answers if isinstance(one, Refused)}
    assert refusals <= {"nothing_due", "lines_taken"}
    assert Line.objects.count() == 3
    assert Line.objects.values("due").distinct().count() == 3


def test_a_run_released_twice_at_once_leaves_once(committed_db: Any) -> None:
    run = scenes.checked()
    answers = at_once([lambda: release(Run.objects.get(pk=run.pk))] * 6)
    assert {type(one) for one in answers} == {Run}
    assert run.files.count() == 1
    assert Movement.objects.filter(key=f"run:{run.pk}:send").count() == 1


def test_overlapping_answers_at_once_pay_once(committed_db: Any) -> None:
    run = scenes.released(3)
    a, b, c = run.lines.order_by("number")
    files = [write_result(rows) for rows in ([answer(a), answer(b)], [answer(c), answer(b)], [answer(b), answer(a)])]
    acts = [
        lambda content=content: import_result(by=scenes.WORKER, at=NOON, name="x.csv", content=content)  # type: ignore[misc]
        for content in files * 3
    ]
    answers = at_once(acts)
    assert {type(one) for one in answers} == {ResultFile}
    assert sum(one.paid_count for one in ResultFile.objects.all()) == 3
    assert scenes.cash(run)["grants"] == run.total_satang
    assert scenes.is_balanced()


def test_two_workers_send_a_file_once(committed_db: Any) -> None:
    scenes.released(1)
    answers = at_once([work.transmit_files] * 6)
    assert sorted(answers, key=str) == [0, 0, 0, 0, 0, 1]

"""Do the statements that sort a million answers at once mean what the plain function means, line by line?"""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phueng.decisions.tests.rawly import guard_that_refuses
from phueng.decisions.tests.rawly import run as run_sql
from phueng.gateways.answers import AnsweredLine
from phueng.payments.answers import sort_answers
from phueng.payments.models import Line, ResultFile, ResultLine
from phueng.payments.reconciling import keep_lines, reconcile
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import ResultFileFactory, ResultLineFactory
from phueng.payments.tests.scenes import NOON, PAY_DAY

pytestmark = pytest.mark.django_db

said_once = st.tuples(
    st.integers(0, 4),  # which payment: 0–2 of a released run, 3 of a run that waits, 4 of nobody
    st.sampled_from(("paid", "paid", "returned", "pending")),
    st.sampled_from((0, 0, 0, 1, None)),  # how far the amount is off, or not stated
    st.sampled_from(("", "right", "other")),
)
history = st.lists(st.lists(said_once, max_size=7), min_size=1, max_size=3)


def told(lines: list[Line], said: list[tuple[Any, ...]]) -> list[AnsweredLine]:
    answers = []
    for place, (which, outcome, off, account) in enumerate(said, start=2):
        line = lines[which] if which < len(lines) else None
        amount = None if off is None else (line.amount_satang if line else 5) + off
        number = {"": "", "right": line.account if line else "1", "other": "09899999999"}[account]
        answers.append(
            AnsweredLine(
                line=place, column=1, reference=line.reference if line else "NOBODYS1", amount_satang=amount,
                outcome=outcome, status=outcome, reason=None, settled_on=PAY_DAY, bank_reference="", account=number,
            )
        )  # fmt: skip
    return answers


class Undone(Exception):
    """Takes back what an example wrote."""


@pytest.fixture
def lines() -> list[Line]:
    run = scenes.released(3)
    waiting = scenes.checked()
    return [*run.lines.order_by("number"), *waiting.lines.all()]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=history, office=st.sampled_from(("", "KKN-DPC", "M400101")))
def test_a_million_at_once_means_what_one_by_one_means(lines: list[Line], history: Any, office: str) -> None:
    try:
        with transaction.atomic():
            for said in history:
                _compare(told(lines, said), office)
            raise Undone
    except Undone:
        pass


def _compare(answers: list[AnsweredLine], office: str) -> None:
    sent = {
        line.reference: line
        for line in Line.objects.filter(reference__in={one.reference for one in answers}).select_related("run__office")
    }
    meant = sort_answers(answers, sent, office_code=office)
    result: ResultFile = ResultFileFactory.create()
    keep_lines(result, answers)
    done = reconcile(at=NOON, result=result, answered=answers, office_code=office)
    assert [(one.line, problem) for one, _, problem, _ in done.odd] == [(one.line, why) for one, why in meant.suspense]
    counted = Counter(
        paid=len(meant.paid), returned=len(meant.returned), repeated=meant.repeated, pending=meant.pending
    )
    assert {name: done.counts[name] for name in counted} == dict(counted)
    for outcome, expected in (("paid", meant.paid), ("returned", meant.returned)):
        for one in expected:
            assert Line.objects.select_related("run").get(reference=one.reference).standing == outcome
    satang = sum(sent[one.reference].amount_satang for one in (*meant.paid, *meant.returned))
    assert sum(done.paid_satang.values()) + sum(done.returned_satang.values()) == satang


def test_what_was_said_is_kept_as_it_came() -> None:
    run = scenes.released(2)
    a, b = run.lines.order_by("number")
    result = scenes.take_in(scenes.answer(a), scenes.answer(b, "returned"))
    kept = list(ResultLine.objects.filter(result_file=result).order_by("position"))
    assert [(one.reference, one.outcome, one.reason_code, one.line_no) for one in kept] == [
        (a.reference, "paid", "", 2),
        (b.reference, "returned", "C01", 3),
    ]
    assert kept[0].settled_on == date(2026, 11, 3)
    rewrite = lambda: run_sql("UPDATE payments_resultline SET outcome = 'returned'")  # noqa: E731
    assert guard_that_refuses(rewrite) == "42501"


def test_an_answer_takes_no_line_afterwards_and_none_stands_without_its_file() -> None:
    result = scenes.answered(scenes.released().lines.all())
    late = lambda: ResultLineFactory.create(result_file=result, position=9)  # noqa: E731
    assert guard_that_refuses(late) == "answer_takes_no_line_any_more"
    nobodys = lambda: run_sql(  # noqa: E731
        "INSERT INTO payments_resultline (result_file_id, position, line_no, column_no, reference, outcome, reason_code,"
        " bank_reference) VALUES (gen_random_uuid(), 1, 2, 1, 'X', 'paid', '', '')"
    )
    assert guard_that_refuses(nobodys) == "answer_takes_no_line_any_more"

"""Do lists that were fetched together hold exactly what each would have fetched alone?"""

from typing import Any

import pytest
from django.db.models import QuerySet

from phueng.access.models import Duty
from phueng.applications.models import Application
from phueng.audit.queries import newest_about
from phueng.commandline.testing import Counting
from phueng.decisions.queries import decision_rows
from phueng.decisions.tests import scenes
from phueng.desk.households import household_rows
from phueng.desk.together import fetch_together
from phueng.documents.queries import evidence_rows, letter_rows
from phueng.entitlements.queries import granted_by
from phueng.notices.queries import message_rows
from phueng.payments.queries import payment_rows
from phueng.questionnaires.queries import answer_rows
from phueng.registry.queries import card_rows, payable_rows
from phueng.verification.rounds import check_rows

pytestmark = pytest.mark.django_db


def lists() -> list[QuerySet[Any]]:
    """What the pages of a case and a person fetch, for one case that was approved."""
    decision = scenes.approved()
    case = Application.objects.get(pk=decision.application_id)
    assert case.person_id is not None
    return [
        *decision_rows([case.pk]), check_rows([case.pk]), answer_rows([case.sheet_id]), message_rows([case.pk]),
        newest_about(("application", case.pk)), evidence_rows([case.pk]), letter_rows([case.pk, decision.pk]),
        granted_by([decision.pk]), payment_rows([decision.pk]), *card_rows(case.person_id),
        payable_rows([case.person_id]), household_rows(scenes.MOMENT.date(), person_id=case.person_id),
        Duty.objects.none(),
    ]  # fmt: skip


def seen(row: Any) -> Any:
    """Everything a row brought: its columns, annotations, and the rows joined to it."""
    if isinstance(row, tuple):
        return row
    joined = {name: other and seen(other) for name, other in row._state.fields_cache.items()}
    return {**{name: value for name, value in vars(row).items() if name != "_state"}, **joined}


def plain(value: Any) -> Any:
    """bytea comes as bytes or memoryview; equal bytes are equal."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return bytes(value) if isinstance(value, memoryview) else value


def test_the_same_rows_in_the_same_order(count_queries: Counting) -> None:
    together = lists()
    alone = [one.all() for one in together]
    with count_queries(most=1):
        fetch_together(*together)
        found = [list(one) for one in together]
    assert [[plain(seen(row)) for row in rows] for rows in found] == [
        [plain(seen(row)) for row in one] for one in alone
    ]
    assert sum(map(len, found)) > 20, "there was something to compare"


def test_sealed_columns_come_back_open() -> None:
    decision = scenes.approved()
    person_id = Application.objects.get(pk=decision.application_id).person_id
    assert person_id is not None
    _, _, identifiers, _ = rows = card_rows(person_id)
    fetch_together(*rows)
    (number,) = (one.value for one in identifiers if one.kind == "national_id")
    assert len(number) == 13
    assert number.isdigit()


def test_what_is_filtered_further_asks_again() -> None:
    case = scenes.submitted()
    rows = message_rows([case.pk])
    fetch_together(rows)
    assert len(rows) == 1
    assert list(rows.filter(text="")) == []


def test_a_column_that_nobody_taught_it_is_refused() -> None:
    from django.db.models import Value
    from django.db.models.fields import DurationField

    case = scenes.submitted()
    with pytest.raises(TypeError, match="DurationField"):
        fetch_together(message_rows([case.pk]).annotate(odd=Value(None, output_field=DurationField())))

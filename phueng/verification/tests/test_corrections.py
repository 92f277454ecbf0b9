"""Is a corrected answer checked again, once, and a photo not?"""

from datetime import timedelta
from typing import Any

import pytest

from phueng.applications.actions import answer_missing_thing, ask_for_missing_thing
from phueng.applications.models import Application
from phueng.applications.tests.factories import officer, submitted
from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.gateways.rehearsal import RunningStandIn
from phueng.verification.corrections import FIRST_TOUCHED, OTHERWISE
from phueng.verification.kinds import ORDER
from phueng.verification.queries import checks_of
from phueng.verification.tests.factories import answers_of_woman
from phueng.verification.work import run_checks

CITIZEN = Actor("citizen", None, "ผู้ขอ", "citizen")


def rounds(application: Application) -> dict[str, int]:
    return {card.kind: card.round for card in checks_of([application.id])[application.id]}


def asked_and_answered(application: Application, code: str, **answer: Any) -> None:
    at = now()
    ask_for_missing_thing(by=officer(), at=at, application_id=application.id, question_code=code, note="ขอเพิ่ม")
    answer_missing_thing(by=CITIZEN, at=at + timedelta(seconds=1), application_id=application.id, **answer)


@pytest.mark.parametrize("kind", [*FIRST_TOUCHED.values(), OTHERWISE])
def test_what_is_asked_again_is_a_check_of_the_worker(kind: str) -> None:
    assert kind in ORDER[:-1]


@pytest.mark.django_db
def test_a_corrected_income_is_checked_again_once(register: RunningStandIn) -> None:
    application = submitted(typed=answers_of_woman())
    run_checks()
    asked_and_answered(application, "household_income", typed={"household_income": "๕๐,๐๐๐"})
    run_checks()
    assert (rounds(application)["identifier"], rounds(application)["eligibility"]) == (1, 2)


@pytest.mark.django_db
def test_a_photo_opens_no_new_round(register: RunningStandIn) -> None:
    application = submitted(typed=answers_of_woman())
    run_checks()
    asked_and_answered(application, "photo_home", note="ส่งภาพแล้ว")
    run_checks()
    assert set(rounds(application).values()) == {1}

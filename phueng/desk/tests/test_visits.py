"""Does the visit form keep every page, right or wrong, and does its end reach the case?"""

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from phueng.applications.models import Application
from phueng.decisions.tests import scenes
from phueng.demo import people
from phueng.desk.tests.scenes import MOMENT, at_desk, page_of
from phueng.verification.actions import save_visit_answers, start_checks
from phueng.verification.models import Check, Visit
from phueng.verification.queries import visit_answers
from phueng.verification.tests.factories import visit_answers as typed_at_home
from phueng.verification.visit_form import visit_questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Application:
    application = scenes.submitted()
    scenes.triage_application(by=scenes.FRONT_DESK, at=MOMENT, application_id=application.pk, category="new")
    start_checks(by=scenes.WORKER, at=MOMENT, application_id=application.pk)
    return application


@pytest.fixture
def worker() -> Client:
    return at_desk(people.SOCIAL_WORKER)


def begun(worker: Client, case: Application) -> str:
    answer = worker.post(page_of(case, "visit/"))
    assert answer.status_code == 302
    return str(answer["Location"])


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(file, "JPEG")
    file.seek(0)
    file.name = "home.jpg"
    return file


def test_started_once_and_gone_on_with(worker: Client, case: Application) -> None:
    assert begun(worker, case) == begun(worker, case)
    assert Visit.objects.filter(application=case).count() == 1
    assert worker.get(begun(worker, case)).status_code == 200


def test_a_wrong_page_is_kept_and_explained(worker: Client, case: Application) -> None:
    visit = begun(worker, case)
    answer = worker.post(f"{visit}money/", {"household_income_year": "หมื่นสอง", "debts": "0", "income_from": "ขายผัก"})
    assert answer.status_code == 422
    again = worker.get(f"{visit}money/").content.decode()
    assert "หมื่นสอง" in again
    assert "ขายผัก" in again
    right = worker.post(f"{visit}money/", {"household_income_year": "๑๒,๐๐๐", "debts": "0"})
    assert right.status_code == 302
    number = Visit.objects.get(application=case).pk
    assert visit_answers(number).value("household_income_year") == 1_200_000


def test_autosave_answers_without_a_page(worker: Client, case: Application) -> None:
    visit = begun(worker, case)
    answer = worker.post(f"{visit}problem/", {"problem": "ไม่มีข้าว"}, headers={"x-autosave": "1"})
    assert answer.status_code == 204
    assert "ไม่มีข้าว" in worker.get(f"{visit}problem/").content.decode()


def test_photo_is_taken_and_a_fake_one_explained(worker: Client, case: Application) -> None:
    visit = begun(worker, case)
    fake = io.BytesIO(b"MZ not a picture")
    fake.name = "home.jpg"
    refused = worker.post(f"{visit}photos/", {"photo_outside": fake})
    assert refused.status_code == 422
    assert "error" in refused.content.decode()
    assert worker.post(f"{visit}photos/", {"photo_outside": picture(), "stay": "1"}).status_code == 302
    assert len(visit_answers(Visit.objects.get(application=case).pk).typed("photo_outside")) == 1


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"latitude": "16.4419", "longitude": "๑๐๒.๘๓๖"}, 302),
        ({"latitude": "102.83", "longitude": "16.44"}, 422),
        ({"latitude": "nan", "longitude": "1e999"}, 422),
        ({"latitude": "", "longitude": "บ้าน"}, 422),
    ],
)
def test_place_by_hand(worker: Client, case: Application, typed: dict[str, str], status: int) -> None:
    visit = begun(worker, case)
    answer = worker.post(f"{visit}place/", typed)
    assert answer.status_code == status
    if status == 422:
        assert typed["longitude"] in answer.content.decode()


def test_finish_names_what_is_missing_then_reaches_the_case(worker: Client, case: Application) -> None:
    visit = begun(worker, case)
    early = worker.post(f"{visit}finish/")
    assert early["Location"].startswith(visit)
    number = Visit.objects.get(application=case).pk
    typed: dict[str, Any] = typed_at_home()
    for page in visit_questionnaire().pages:
        save_visit_answers(
            by=scenes.SOCIAL_WORKER, at=MOMENT, visit_id=number, page_code=page.code,
            typed={code: typed[code] for code in page.questions},
        )  # fmt: skip
    done = worker.post(f"{visit}finish/")
    assert done["Location"] == page_of(case)
    assert Check.objects.filter(application=case, kind="home_visit").latest("round").outcome == "passed"
    assert "ปสค.1" in worker.get(page_of(case)).content.decode()
    assert worker.get(f"{visit}money/")["Location"] == visit, "a finished form is not filled in again"


def test_a_visit_of_another_office_is_not_there(worker: Client, case: Application) -> None:
    visit = begun(worker, case)
    stranger = at_desk(people.MUNICIPAL_OFFICER)
    assert stranger.get(visit).status_code == 404
    assert stranger.post(f"{visit}money/", {"debts": "1"}).status_code == 404
    assert stranger.post(f"{visit}finish/").status_code == 404

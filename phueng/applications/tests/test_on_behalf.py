"""Does an officer or helper enter one person after the other without a trace of the one before?"""

import re
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from phueng.access.models import Account, OneTimeCode
from phueng.access.tests.factories import AccountFactory, DutyFactory
from phueng.access.viewers import viewer_of
from phueng.applications.models import Application
from phueng.applications.queries import answers_of_application, application_for, applications_for
from phueng.applications.tests.factories import SubmittedApplicationFactory, settle_area, submitted
from phueng.applications.tests.inputs import JPEG

pytestmark = pytest.mark.django_db


def account(role: str, username: str) -> Account:
    made: Account = AccountFactory.create(username=username)
    centre = settle_area()
    DutyFactory.create(account=made, role=role, office=centre)
    return made


def signed_in(made: Account) -> Any:
    client = Client()
    client.force_login(made, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session

    session["signed_in_at"] = session["seen_at"] = time.time()
    session.save()
    return client


def once_on(client: Any, address: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def begin(client: Any, address: str = "/apply/counter/", **said: Any) -> Any:
    form = {"scheme": "family", "consent": "spoken", "witness": "นายพยาน", "once": once_on(client, address), **said}
    return client.post(address, form)


@pytest.fixture
def counter() -> Any:
    return signed_in(account("front_desk", "t.counter"))


def test_the_counter_starts_with_consent_and_in_the_emergency_lane(counter: Any) -> None:
    answer = begin(counter, is_emergency="on")
    assert answer.status_code == 302
    application = Application.objects.get()
    assert (application.channel, application.consent_how, application.consent_witness) == (
        "counter",
        "spoken",
        "นายพยาน",
    )
    assert application.is_emergency
    assert application.entered_by_id is not None
    assert counter.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    "said", [{"consent": ""}, {"witness": ""}, {"consent": "thumbprint"}, {"consent": "code", "phone": "12"}]
)
def test_without_consent_nothing_begins(counter: Any, said: dict[str, str]) -> None:
    answer = begin(counter, **said)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert not Application.objects.exists()


def test_a_thumbprint_needs_its_photo(counter: Any) -> None:
    begin(counter, consent="thumbprint", consent_photo=SimpleUploadedFile("t.jpg", JPEG))
    assert Application.objects.get().consent_how == "thumbprint"


def test_consent_by_code_sent_to_the_applicant(counter: Any) -> None:
    once = once_on(counter, "/apply/counter/")
    said: dict[str, Any] = {"scheme": "family", "consent": "code", "phone": "0812345678", "once": once}
    answer = counter.post("/apply/counter/", said)
    assert "6" in answer.content.decode()
    assert not Application.objects.exists()
    code = re.search(r"\d{6}", OneTimeCode.objects.get().text_to_send)
    assert code is not None
    wrong = "000000" if code[0] != "000000" else "111111"
    assert counter.post("/apply/counter/", {**said, "otp": wrong}).status_code == 422
    assert counter.post("/apply/counter/", {**said, "otp": code[0]}).status_code == 302
    assert Application.objects.get().consent_how == "code"


def test_one_hundred_clients_leave_nothing_behind(counter: Any) -> None:
    before = ""
    for number in range(100):
        answer = begin(counter)
        reference = answer.url.split("/")[2]
        assert reference != before
        if before:
            assert counter.get(f"/apply/{before}/story/").status_code == 404
        shown = counter.get(f"/apply/{reference}/story/").content.decode()
        assert "ความลับของ" not in shown
        counter.post(f"/apply/{reference}/story/", {"story": f"ความลับของ {number}"})
        before = reference
        if number % 10 == 9:
            counter.post("/apply/next-client/")
            assert counter.get(f"/apply/{before}/story/").status_code == 404
            assert "ความลับของ" not in counter.get("/apply/counter/").content.decode()


def test_signing_out_closes_the_client_and_keeps_what_was_typed(counter: Any) -> None:
    reference = begin(counter).url.split("/")[2]
    cookie = counter.cookies["phueng-requests"].value
    counter.post(f"/apply/{reference}/story/", {"story": "พิมพ์ไว้"})
    stranger: Any = Client()
    stranger.cookies["phueng-requests"] = cookie
    assert stranger.get(f"/apply/{reference}/story/").url.startswith("/sign-in/")
    colleague = signed_in(account("social_worker", "t.other"))
    colleague.cookies["phueng-requests"] = cookie
    assert colleague.get(f"/apply/{reference}/story/").status_code in (302, 404)
    assert answers_of_application(Application.objects.get()).typed("story") == "พิมพ์ไว้"


def test_only_the_own_drafts_are_opened_again(counter: Any) -> None:
    reference = begin(counter).url.split("/")[2]
    counter.post("/apply/next-client/")
    other = signed_in(account("front_desk", "t.second"))
    assert other.post("/apply/counter/", {"open": reference}).url == "/apply/counter/"
    assert other.get(f"/apply/{reference}/story/").status_code == 404
    assert reference in counter.post("/apply/counter/", {"open": reference}).url
    assert counter.get(f"/apply/{reference}/story/").status_code == 200


def test_a_helper_is_named(settings: Any) -> None:
    made = account("helper", "t.helper")
    client = signed_in(made)
    assert begin(client, "/apply/helper/", relation="เพื่อนบ้าน").status_code == 302
    application = Application.objects.get()
    assert (application.channel, application.helper_name, application.helper_relation) == (
        "helper",
        made.display_name_th,
        "เพื่อนบ้าน",
    )


def test_looking_at_a_clients_answers_is_recorded(counter: Any) -> None:
    reference = begin(counter).url.split("/")[2]
    counter.get(f"/apply/{reference}/story/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE is_read AND act = 'applications.read'")
        assert cursor.fetchone()[0] == 1


@pytest.mark.parametrize("role", ["finance_maker", "auditor", "administrator", "approver"])
def test_other_roles_do_not_stand_at_the_counter(role: str) -> None:
    client = signed_in(account(role, f"t.{role.replace('_', '.')}"))
    assert client.get("/apply/counter/").status_code == 403
    assert client.get("/apply/helper/").status_code == 403


# --- who sees which application --------------------------------------------------------------------------------------


def test_an_office_sees_its_own_and_no_other() -> None:
    here, elsewhere = submitted(), SubmittedApplicationFactory.create()
    mine = viewer_of(account("social_worker", "t.worker"))
    assert list(applications_for(mine)) == [here]
    assert application_for(mine, here.reference) == here
    assert application_for(mine, elsewhere.reference) is None
    assert application_for(mine, "nonsense") is None


@pytest.mark.parametrize("role", ["finance_maker", "releaser", "administrator", "helper", "citizen"])
def test_roles_without_casework_see_no_application(role: str) -> None:
    submitted()
    assert not applications_for(viewer_of(account(role, f"t.{role[:6].replace('_', '')}"))).exists()

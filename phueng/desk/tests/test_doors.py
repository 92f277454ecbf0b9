"""Which role opens which door of the desk, and does every door say so?"""

from uuid import uuid4

import pytest
from django.urls import URLPattern, resolve, reverse

from phueng.access.gates import roles_of
from phueng.demo import people
from phueng.demo.people import Staff
from phueng.desk.tests.scenes import at_desk
from phueng.desk.urls import urlpatterns

OFFICE = {"front_desk", "social_worker", "municipal_officer"}
CASEWORK = OFFICE - {"front_desk"}
READERS = OFFICE | {"approver", "auditor"}
SITTING = CASEWORK | {"approver"}

DOORS: dict[str, set[str]] = {
    "queue": READERS, "unreached": READERS, "case": READERS, "file": READERS, "letter": READERS, "people": READERS,
    "person": READERS, "settle_unreached": OFFICE, "triage": OFFICE, "answered": OFFICE, "withdraw": OFFICE,
    "ask_again": OFFICE, "lodge_appeal": OFFICE, "transfer": OFFICE | {"approver"}, "open_number": OFFICE | {"approver"},
    "missing": CASEWORK, "forward": CASEWORK, "duplicate": CASEWORK, "settle": CASEWORK, "visit_begin": CASEWORK,
    "recommend": CASEWORK, "suspend": CASEWORK, "resume": CASEWORK, "end": CASEWORK, "visit": CASEWORK,
    "visit_place": CASEWORK, "visit_finish": CASEWORK, "visit_page": CASEWORK, "decide": {"approver"},
    "meetings": SITTING | {"auditor"}, "meeting": SITTING | {"auditor"}, "meeting_minutes": SITTING | {"auditor"},
    "meeting_agenda": SITTING, "meeting_attendance": SITTING, "meeting_close": SITTING, "recuse": SITTING,
    "resolve": {"approver"}, "appeals": {"approver", "auditor"}, "appeal": {"approver", "auditor"}, "audit": {"auditor"}, "stuck": {"administrator", "auditor"},
    "administration": {"administrator"}, "account": {"administrator"}, "end_duty": {"administrator"},
    "switch_account": {"administrator"}, "delegations": {"administrator"}, "calendar": {"administrator"},
    "offices": {"administrator"}, "checks": READERS, "claim": OFFICE | {"approver"}, "release": OFFICE | {"approver"},
    "take_over": OFFICE | {"approver"}, "borrow": OFFICE | {"approver"}, "give_back": OFFICE | {"approver"},
    "one_time_password": {"administrator"},
}  # fmt: skip
PAGES = (
    "queue",
    "unreached",
    "people",
    "meetings",
    "appeals",
    "audit",
    "administration",
    "delegations",
    "calendar",
    "offices",
)
CAST = (
    people.FRONT_DESK, people.SOCIAL_WORKER, people.APPROVER, people.MUNICIPAL_OFFICER, people.AUDITOR, people.ADMINISTRATOR,
    people.FINANCE_MAKER, people.HELPER, people.STRANGER,
)  # fmt: skip


def test_every_door_is_declared_and_listed_here() -> None:
    declared = {one.name: roles_of(one.callback) for one in urlpatterns if isinstance(one, URLPattern)}
    assert declared == DOORS


def address(name: str) -> str:
    pattern = next(one for one in urlpatterns if one.name == name)
    values = {
        part: {"reference": "AAAA-BBBB-CCC", "page_code": "money", "kind": "identifier"}.get(part, uuid4())
        for part in pattern.pattern.converters
    }
    return reverse(f"desk:{name}", kwargs=values)


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.django_db
def test_nobody_enters_without_signing_in(client: object, name: str) -> None:
    for method in ("get", "post"):
        answer = getattr(client, method)(address(name))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("who", CAST, ids=lambda who: who.key)
@pytest.mark.django_db
def test_role_by_door(who: Staff) -> None:
    client = at_desk(who)
    roles = {duty.role for duty in who.duties}
    for name, allowed in DOORS.items():
        for method in ("get", "post"):
            status = getattr(client, method)(address(name)).status_code
            if not roles & allowed:
                assert status == 403, (name, method)
            elif name in PAGES and method == "get":
                assert status == 200, name
            else:
                assert status in (200, 302, 404, 405, 422), (name, method, status)


def test_addresses_do_not_hide_one_another() -> None:
    for one in urlpatterns:
        assert resolve(address(str(one.name))).url_name == one.name

"""Does everybody find what waits for them, whose hands are lent find the runs that need them, and nobody else any?"""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phueng.access.models import Account
from phueng.access.viewers import Viewer, viewer_of
from phueng.audit.actors import Actor
from phueng.demo import people
from phueng.payments.models import Run
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import ExclusionFactory, ProgressFactory, RunFactory
from phueng.payments.tests.scenes import CHECKER, CHECKERS, MAKER, RELEASER
from phueng.payments.tests.signers import HOME, PAIRED, approve, everything, someone, worth
from phueng.payments.tests.test_pages import signed_in
from phueng.payments.waiting import run_for, runs_for, waiting_for
from phueng.places.identity import HEADQUARTERS_CODE, centre_code

pytestmark = pytest.mark.django_db
CHIANG_MAI = centre_code("CMI")


def eyes(of: Actor) -> Viewer:
    return viewer_of(Account.objects.get(pk=of.id))


def acts(of: Actor) -> dict[str, str]:
    """Run number → what it waits for this person to do."""
    return {one.run.number: one.act for one in waiting_for(eyes(of))}


def client_of(by: Actor) -> Client:
    account = Account.objects.get(pk=by.id)
    return signed_in(type("S", (), {"account_id": account.pk})())  # type: ignore[arg-type]


def test_each_finds_the_runs_whose_next_signature_is_theirs() -> None:
    run = worth(5_000_100)
    assert acts(CHECKER) == acts(CHECKERS[1]) == {run.number: "approve"}
    assert acts(MAKER) == acts(RELEASER) == {}
    approve(run, CHECKER)
    assert (acts(CHECKER), acts(CHECKERS[1])) == ({}, {run.number: "approve"})
    run = approve(run, CHECKERS[1])
    assert acts(MAKER) == acts(CHECKER) == {run.number: "record"}
    assert acts(RELEASER) == {}, "the drawing document is missing"
    scenes.record_draw(run)
    assert (acts(MAKER), acts(RELEASER)) == ({}, {run.number: "release"})
    scenes.release(run)
    assert acts(RELEASER) == {}


def test_the_last_place_of_a_high_total_waits_for_another_office_only() -> None:
    run = worth(100_000_100)
    third = someone("finance_checker", HOME)
    lender = someone("finance_checker", PAIRED)
    for by in CHECKERS[:2]:
        run = approve(run, by)
    assert acts(third) == {}
    (waiting,) = waiting_for(eyes(lender))
    assert (waiting.act, waiting.is_borrowed, waiting.needed.must_be_elsewhere) == ("approve", True, True)


@pytest.mark.parametrize(
    ("office_code", "role", "may_see"),
    [
        (PAIRED, "finance_checker", True), (HEADQUARTERS_CODE, "finance_checker", True),
        (PAIRED, "releaser", False), (PAIRED, "finance_maker", False), (HEADQUARTERS_CODE, "releaser", False),
        (CHIANG_MAI, "finance_checker", False),
    ],
)  # fmt: skip
def test_a_lent_hand_sees_what_waits_for_its_kind_of_signature(office_code: str, role: str, may_see: bool) -> None:
    run, viewer = scenes.prepared(), eyes(someone(role, office_code))
    assert (run_for(viewer, run.number) is not None) is may_see
    scenes.approve(run)
    assert (run_for(viewer, run.number) is not None) is (role == "releaser"), "then it waits for a releaser"


def test_who_lent_a_hand_still_finds_the_run() -> None:
    run, lender, colleague = scenes.prepared(), someone("finance_checker", PAIRED), someone("finance_checker", PAIRED)
    approve(run, lender)
    assert [one.pk for one in runs_for(eyes(lender))] == [run.pk]
    assert not runs_for(eyes(colleague)).exists()


def test_the_board_says_whose_run_it_is_and_what_is_still_needed() -> None:
    run = worth(100_000_100)
    for by in CHECKERS[:2]:
        run = approve(run, by)
    lender = someone("finance_checker", PAIRED)
    board = client_of(lender).get(reverse("payments:board")).content.decode()
    assert "รอคุณ" in board
    assert "ยืมมือ: ของศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดขอนแก่น" in board
    assert "ต้องการลายมือชื่ออีก 1 คน จากสำนักงานอื่น" in board
    here = reverse("payments:run", args=[run.number])
    page = client_of(lender).get(here).content.decode()
    assert "ลงชื่ออนุมัติ" in page
    assert "ลงชื่ออนุมัติ" not in client_of(someone("finance_checker", HOME)).get(here).content.decode()
    assert (
        client_of(lender).post(reverse("payments:abandon", args=[run.number]), {"abandon-why": "x"}).status_code == 422
    )
    assert client_of(lender).post(reverse("payments:approve", args=[run.number])).status_code == 302
    assert Run.objects.get().checked_at is not None


def test_a_run_at_work_shows_a_bar_that_goes_on_by_itself() -> None:
    run = RunFactory.create(wanted_count=1000)
    progress = ProgressFactory.create(run=run)
    maker = signed_in(people.FINANCE_MAKER)
    page = maker.get(reverse("payments:run", args=[run.number])).content.decode()
    address = reverse("payments:work", args=[run.number])
    assert f'data-live="{address}"' in page
    part = maker.get(address)
    said = part.content.decode()
    assert '<progress max="1000" value="500"' in said
    assert "50 รายการต่อวินาที" in said
    assert "เหลืออีกราว 10 วินาที" in said
    assert maker.get(address, headers={"If-None-Match": part.headers["ETag"]}).status_code == 304
    progress.ended_at = progress.last_at
    progress.save()
    over = maker.get(address)
    assert (over.headers["X-Live"], "โหลดหน้านี้ใหม่" in over.content.decode()) == ("over", True)
    assert signed_in(people.MUNICIPAL_MAKER).get(address).status_code == 404


def test_who_was_left_out_is_listed_with_the_reason(count_queries: Any) -> None:
    run = scenes.prepared()
    for reason in ("no_account", "no_account", "name_mismatch"):
        ExclusionFactory.create(run=run, reason=reason)
    maker = signed_in(people.FINANCE_MAKER)
    assert "กันไว้ 3 รายการ" in maker.get(reverse("payments:board")).content.decode()
    address = reverse("payments:left_out", args=[run.number])
    with count_queries(most=12):
        page = maker.get(address).content.decode()
    assert "ยังไม่มีบัญชีธนาคาร" in page
    narrowed = maker.get(address + "?reason=name_mismatch").content.decode().split("<tbody>")[1]
    assert ("ชื่อบัญชีไม่ตรง" in narrowed, "ยังไม่มีบัญชี" in narrowed) == (True, False)
    assert signed_in(people.MUNICIPAL_MAKER).get(address).status_code == 404


def test_every_duty_in_every_office_sees_all_and_signs_once() -> None:
    run = scenes.prepared()
    both = everything({"finance_checker", "releaser"}, HOME, PAIRED, HEADQUARTERS_CODE)
    assert acts(both) == {run.number: "approve"}
    approve(run, both)
    scenes.record_draw(run)
    assert acts(both) == {}

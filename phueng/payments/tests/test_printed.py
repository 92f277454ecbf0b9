"""Does an answer on paper count only when its sums agree and a second person has compared it?"""

from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from phueng.decisions.tests.rawly import guard_that_refuses, refused_with
from phueng.decisions.tests.rawly import run as run_sql
from phueng.demo import people
from phueng.documents.tests.uploads import pdf
from phueng.payments.actions import begin_printed, confirm_printed, drop_printed, hand_over_printed, mark_printed
from phueng.payments.actions.mark_printed import Mark
from phueng.payments.models import Line, PrintedReport, Run
from phueng.payments.printed import Totals
from phueng.payments.tests import scenes
from phueng.payments.tests.factories import PrintedMarkFactory
from phueng.payments.tests.scenes import CHECKER, CITY, MAKER, NOON, PAY_DAY
from phueng.payments.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db


def begun(run: Run, totals: Totals, **changed: Any) -> PrintedReport:
    said: dict[str, Any] = {
        "by": MAKER, "at": NOON, "file_id": run.files.get().pk, "kind": "037", "settled_on": PAY_DAY, "totals": totals,
        "original_name": "037.pdf", "content": pdf(),
    }  # fmt: skip
    return begin_printed(**said | changed)


def standings(run: Run) -> list[str]:
    return [line.standing for line in Line.objects.select_related("run").filter(run=run).order_by("number")]


def test_marks_and_all_others_count_when_the_second_person_confirms() -> None:
    run = scenes.released(3)
    first = run.lines.order_by("number")[0]
    report = begun(run, Totals(2, 400_000, 1, 200_000))
    mark_printed(by=MAKER, at=NOON, report_id=report.pk, marks={first.pk: Mark("returned", "C02")})
    over = partial(hand_over_printed, by=MAKER, at=NOON, report_id=report.pk)
    assert refused_with(partial(over, rest_is_paid=False)) == "totals_differ"
    over(rest_is_paid=True)
    assert standings(run) == ["waiting"] * 3
    assert refused_with(partial(confirm_printed, by=MAKER, at=NOON, report_id=report.pk)) == "second_person"
    for _ in range(2):
        report = confirm_printed(by=CHECKER, at=NOON, report_id=report.pk)
    assert standings(run) == ["returned", "paid", "paid"]
    assert run.lines.order_by("number")[0].returned_code == "C02"
    assert report.result is not None
    assert (report.result.paid_count, report.result.returned_count) == (2, 1)
    assert scenes.cash(run)["transit"] == 0
    assert scenes.is_balanced()


def test_what_does_not_add_up_or_belongs_elsewhere_is_refused() -> None:
    run, other = scenes.released(1), scenes.released(1)
    report = begun(run, Totals(1, 199_999))
    line = run.lines.get()
    assert refused_with(partial(begun, run, Totals(1, 200_000), content=pdf())) == "report_stands"
    assert refused_with(partial(begun, other, Totals(1, 200_000), by=CITY["maker"])) == "outside_area"
    foreign = {other.lines.get().pk: Mark("paid")}
    assert (
        refused_with(partial(mark_printed, by=MAKER, at=NOON, report_id=report.pk, marks=foreign)) == "report_is_closed"
    )
    mark_printed(by=MAKER, at=NOON, report_id=report.pk, marks={line.pk: Mark("paid")})
    over = partial(hand_over_printed, by=MAKER, at=NOON, report_id=report.pk, rest_is_paid=False)
    assert refused_with(over) == "totals_differ"
    drop_printed(by=MAKER, at=NOON, report_id=report.pk, why="พิมพ์ยอดผิด")
    anew = begun(run, Totals(1, 200_000))
    mark_printed(by=MAKER, at=NOON, report_id=anew.pk, marks={line.pk: Mark("paid")})
    hand_over_printed(by=MAKER, at=NOON, report_id=anew.pk, rest_is_paid=False)
    scenes.answered([line])  # the bank's file comes after all
    assert refused_with(partial(confirm_printed, by=CHECKER, at=NOON, report_id=anew.pk)) == "totals_differ"


def test_the_database_keeps_what_was_handed_over() -> None:
    mark = PrintedMarkFactory.create()
    report = mark.report.pk
    run_sql(
        "UPDATE payments_printedreport SET handed_over_at = %s, handed_over_by_id = %s WHERE id = %s",
        NOON,
        MAKER.id,
        report,
    )
    change = partial(run_sql, "UPDATE payments_printedmark SET outcome = '' WHERE report_id = %s", report)
    assert guard_that_refuses(change) == "marks_come_before_handing_over"
    totals = partial(run_sql, "UPDATE payments_printedreport SET paid_satang = 1 WHERE id = %s", report)
    assert guard_that_refuses(totals) == "printed_report_is_frozen"


def test_the_pages_lead_from_the_paper_to_the_confirmation() -> None:
    run = scenes.released(2)
    file, lines = run.files.get(), list(run.lines.order_by("number"))
    maker, checker = signed_in(people.FINANCE_MAKER), signed_in(people.FINANCE_CHECKER)
    begin = reverse("payments:printed", args=[run.number, file.name])
    assert begin in maker.get(reverse("payments:results")).content.decode()
    typed = {
        "kind": "037", "settled_on_0": "๒", "settled_on_1": "11", "settled_on_2": "2569", "paid_count": "๑",
        "paid_satang": "2,000", "returned_count": "1", "returned_satang": "2,000.00",
        "paper": SimpleUploadedFile("037.pdf", pdf(), content_type="application/pdf"),
    }  # fmt: skip
    wrong = maker.post(begin, typed | {"paper": "", "settled_on_2": "2599"})
    assert wrong.status_code == 422
    assert "แนบรายงาน" in wrong.content.decode()
    typed["paper"] = SimpleUploadedFile("037.pdf", pdf(), content_type="application/pdf")
    answer = maker.post(begin, typed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    report = PrintedReport.objects.get()
    page = reverse("payments:printed_report", args=[report.pk])
    found = maker.get(page, {"q": lines[1].last_digits}).content.decode()
    assert lines[1].reference in found
    act = lambda client, name, said=None: client.post(  # noqa: E731
        reverse("payments:printed_act", args=[report.pk, name]), said or {}
    )
    assert act(checker, "mark", {f"line-{lines[0].pk}": "paid"}).status_code == 404
    assert act(maker, "mark", {f"line-{lines[0].pk}": "paid", f"line-{lines[1].pk}": "returned:C01"}).status_code == 302
    assert act(maker, "hand-over").status_code == 302
    assert act(maker, "confirm").status_code == 404
    assert "ยืนยันว่าตรงกับรายงาน" in checker.get(page).content.decode()
    assert act(checker, "confirm").status_code == 302
    assert standings(run) == ["paid", "returned"]
    assert maker.get(page).status_code == 200

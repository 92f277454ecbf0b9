"""What an officer does with a case: each view reads one form and does one action."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.applications.actions import (
    answer_missing_thing,
    ask_for_missing_thing,
    close_application,
    forward_application,
    transfer_application,
    triage_application,
    withdraw_application,
)
from phueng.applications.models import Application
from phueng.decisions.actions import decide as decide_case
from phueng.decisions.actions import lodge_appeal as lodge
from phueng.decisions.actions import recommend as recommend_case
from phueng.decisions.queries import decisions_of
from phueng.design.wording import current_language, say
from phueng.desk.stages import CASEWORK, OFFICE
from phueng.desk.views.reached import actor_here, carry_out, case_url, viewer_of, with_case
from phueng.kernel.problems import Refused
from phueng.schemes.catalogue import scheme
from phueng.verification.actions import ask_again as ask_check_again
from phueng.verification.actions import settle_check as settle
from phueng.verification.queries import checks_of, eligibility_of

either_way = require_http_methods(["GET", "POST"])


@gate(*OFFICE)
@either_way
@with_case
def triage(request: Request, application: Application, at: datetime) -> HttpResponse:
    """The call back: category and urgency start the clock."""
    return carry_out(
        request, application, at, "triage",
        lambda by, said: triage_application(by=by, at=at, application_id=application.pk, **said),
        ("คัดกรองแล้ว เริ่มนับเวลา", "Triaged. The clock is running."),
    )  # fmt: skip


@gate(*OFFICE, "approver")
@either_way
@with_case
def transfer(request: Request, application: Application, at: datetime) -> HttpResponse:
    """To the office where the person stays. Afterwards the case is no longer ours to see, so back to the queue."""
    answer = carry_out(
        request, application, at, "transfer",
        lambda by, said: transfer_application(
            by=by, at=at, application_id=application.pk, to_office_id=UUID(said["to_office"]), why=said["why"]
        ),
        ("โอนเรื่องแล้ว เวลานับต่อไม่หยุด", "Transferred. The clock goes on."),
    )  # fmt: skip
    if answer.status_code == 302 and request.method == "POST":
        return HttpResponseRedirect(reverse("desk:queue"))
    return answer


@gate(*CASEWORK)
@either_way
@with_case
def ask_missing(request: Request, application: Application, at: datetime) -> HttpResponse:
    """Ask the applicant for one thing."""
    return carry_out(
        request, application, at, "missing",
        lambda by, said: ask_for_missing_thing(
            by=by, at=at, application_id=application.pk, question_code=said["question"], note=said["note"]
        ),
        ("ส่งข้อความถึงผู้ขอแล้ว เวลาหยุดนับ", "The applicant gets a message. The clock rests."),
    )  # fmt: skip


@gate(*OFFICE)
@either_way
@with_case
def answer_missing(request: Request, application: Application, at: datetime) -> HttpResponse:
    """The applicant answered by phone or at the counter."""
    return carry_out(
        request, application, at, "answered",
        lambda by, said: answer_missing_thing(by=by, at=at, application_id=application.pk, note=said["note"]),
        ("บันทึกคำตอบแล้ว นับเวลาต่อ", "Noted. The clock goes on."),
    )  # fmt: skip


@gate(*CASEWORK)
@either_way
@with_case
def forward(request: Request, application: Application, at: datetime) -> HttpResponse:
    """To another agency, with its receipt."""
    return carry_out(
        request, application, at, "forward",
        lambda by, said: forward_application(by=by, at=at, application_id=application.pk, **said),
        ("ส่งต่อแล้วพร้อมเลขรับ", "Forwarded with its receipt."),
    )  # fmt: skip


@gate(*CASEWORK)
@either_way
@with_case
def close_duplicate(request: Request, application: Application, at: datetime) -> HttpResponse:
    """The same request came twice."""
    return carry_out(
        request, application, at, "duplicate",
        lambda by, said: close_application(by=by, at=at, application_id=application.pk, why="duplicate"),
        ("ปิดเป็นเรื่องซ้ำแล้ว", "Closed as a duplicate."),
    )  # fmt: skip


@gate(*OFFICE)
@either_way
@with_case
def withdraw(request: Request, application: Application, at: datetime) -> HttpResponse:
    """The applicant no longer wants it, and said so to an officer."""
    return carry_out(
        request, application, at, "withdraw",
        lambda by, said: withdraw_application(by=by, at=at, application_id=application.pk, why=said["why"]),
        ("ถอนเรื่องแล้ว", "Withdrawn."),
    )  # fmt: skip


@gate(*CASEWORK)
@either_way
@with_case
def settle_check(request: Request, application: Application, at: datetime, check_id: UUID) -> HttpResponse:
    """An officer looked at what the machine could not say."""
    return carry_out(
        request, application, at, "settle",
        lambda by, said: settle(
            by=by, at=at, check_id=_own(application, check_id), outcome=said["outcome"], why=said["why"],
            same_as=UUID(said["same_as"]) if said.get("same_as") else None,
        ),
        ("บันทึกผลตรวจแล้ว", "The check is settled."),
        check_id=check_id,
    )  # fmt: skip


def _own(application: Application, check_id: UUID) -> UUID:
    """The check's number, if it belongs to this case: the address must not reach into another office's case."""
    if all(check.id != check_id for check in checks_of([application.pk]).get(application.pk, ())):
        raise Http404
    return check_id


@gate(*OFFICE)
@require_POST
@with_case
def ask_again(request: Request, application: Application, at: datetime, kind: str) -> HttpResponse:
    """Put one check's question to its source once more."""
    try:
        by = actor_here(viewer_of(request), application, OFFICE)
        ask_check_again(
            by=by,
            at=at,
            application_id=application.pk,
            kind=kind,
            why=say("เจ้าหน้าที่ขอตรวจใหม่", "An officer asked again"),
        )
    except Refused as refused:
        messages.error(request, refused.problem.in_full(current_language()))
    else:
        messages.info(request, say("ระบบจะถามใหม่เดี๋ยวนี้", "We ask again now."))
    return HttpResponseRedirect(case_url(application))


@gate(*CASEWORK)
@either_way
@with_case
def recommend(request: Request, application: Application, at: datetime) -> HttpResponse:
    """The social worker's proposal; a monthly amount is what the rules say."""
    fixed = None
    if request.method == "POST" and scheme(application.scheme_code).benefit_kind == "monthly":
        fixed = (eligibility_of(application.pk) or {}).get("amount_satang")
    return carry_out(
        request, application, at, "recommend",
        lambda by, said: recommend_case(
            by=by, at=at, application_id=application.pk, outcome=said["outcome"], why=said["why"],
            amount_satang=None if said["outcome"] == "refuse" else said.get("amount", fixed),
        ),
        ("เสนอความเห็นแล้ว รอผู้อนุมัติ", "Recommended. It is with the approver."),
    )  # fmt: skip


@gate("approver")
@either_way
@with_case
def decide(request: Request, application: Application, at: datetime) -> HttpResponse:
    """The second person decides."""
    return carry_out(
        request, application, at, "decide",
        lambda by, said: decide_case(
            by=by, at=at, application_id=application.pk, outcome=said["outcome"], why=said["why"],
        ),
        ("บันทึกคำสั่งแล้ว ผู้ขอจะได้รับหนังสือและข้อความ", "Decided. The applicant gets a letter and a message."),
    )  # fmt: skip


@gate(*OFFICE)
@either_way
@with_case
def lodge_appeal(request: Request, application: Application, at: datetime) -> HttpResponse:
    """An appeal brought to the counter."""
    latest = decisions_of([application.pk])[application.pk].latest
    if latest is None:
        return HttpResponseRedirect(case_url(application))
    return carry_out(
        request, application, at, "appeal",
        lambda by, said: lodge(by=by, at=at, decision_id=latest.pk, grounds=said["grounds"], channel="counter"),
        ("รับคำอุทธรณ์แล้ว", "The appeal is lodged."),
    )  # fmt: skip

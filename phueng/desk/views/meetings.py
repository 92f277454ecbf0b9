"""The committee: called, agenda, who is there, who steps aside, resolutions, minutes."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.decisions import actions
from phueng.decisions.models import AgendaItem
from phueng.design.wording import current_language, say
from phueng.desk.forms.fields import add_refusal
from phueng.desk.forms.office import AttendanceForm, CallMeetingForm, MinutesForm, RecuseForm, ResolveForm
from phueng.desk.meetings import MeetingSeen, could_attend, could_be_put, item_of, meeting_seen, seen_meetings
from phueng.desk.refusals import FIELDS, ROLE_NOT_HERE
from phueng.desk.stages import CASEWORK
from phueng.desk.views.reached import viewer_of
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.places.queries import offices

SITTING = ("approver", *CASEWORK)
READERS = (*SITTING, "auditor")


def with_meeting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn the number into the meeting; not there and not yours are the same 404."""

    @functools.wraps(view)
    def reaching(request: Request, meeting_id: UUID, **more: Any) -> HttpResponse:
        found = meeting_seen(viewer_of(request), meeting_id)
        if found is None:
            raise Http404
        return view(request, found, **more)

    return reaching


def _actor(request: Request, office_id: UUID, roles: tuple[str, ...] = SITTING) -> Actor:
    viewer = viewer_of(request)
    for role in roles:
        if office_id in viewer.office_ids(role):
            return viewer.actor(role, office_id)
    raise Refused(ROLE_NOT_HERE)


@gate(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def meetings(request: Request) -> HttpResponse:
    """Meetings of my offices; call the next one."""
    viewer = viewer_of(request)
    mine = [
        (str(one.pk), one.name_en if current_language() == "en" else one.name_th)
        for one in offices().filter(pk__in=viewer.office_ids(*SITTING))
    ]
    form = CallMeetingForm(
        request.POST or None, offices=mine, initial={"quorum": 3, "office": mine[0][0] if mine else ""}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            office_id = UUID(said["office"])
            meeting = actions.call_meeting(
                by=_actor(request, office_id), at=now(), office_id=office_id, scheme_code=said["scheme"],
                held_at=form.held_at(), quorum=said["quorum"],
            )  # fmt: skip
        except Refused as refused:
            add_refusal(form, refused, FIELDS)
        else:
            messages.success(request, say("นัดประชุมแล้ว", "The meeting is called."))
            return HttpResponseRedirect(reverse("desk:meeting", args=[meeting.pk]))
    page = Paginator(seen_meetings(viewer), 25).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "may_call": bool(mine), "has_errors": bool(form.is_bound and form.errors)}
    return render(request, "desk/meetings.html", context, status=422 if context["has_errors"] else 200)


@gate(*READERS)
@require_safe
@with_meeting
def meeting(request: Request, seen: MeetingSeen) -> HttpResponse:
    """Agenda, members, resolutions."""
    return _show(request, seen)


def _show(request: Request, seen: MeetingSeen, status: int = 200, **bound: Form) -> HttpResponse:
    viewer, is_open = viewer_of(request), seen.meeting.closed_at is None
    is_member = seen.meeting.office_id in viewer.office_ids(*SITTING)
    people = _names(seen)
    items = []
    for item in seen.items:
        number = str(item.pk)
        items.append(
            (
                item,
                bound.get(f"resolve_{number}") or ResolveForm(auto_id=f"id-{number}-%s"),
                bound.get(f"recuse_{number}") or RecuseForm(auto_id=f"id-away-{number}-%s", members=_present(seen)),
            )
        )
    context = {
        "seen": seen,
        "meeting": seen.meeting,
        "items": items,
        "is_open": is_open,
        "is_member": is_member,
        "is_chair": viewer.account_id == seen.chair_id,
        "waiting": could_be_put(seen.meeting) if is_open and is_member else [],
        "attendance": bound.get("attendance")
        or AttendanceForm(members=people, chair_id=str(seen.chair_id or ""), initial=_there(seen)),
        "minutes": bound.get("minutes") or MinutesForm(),
        "bound": list(bound.values()),
        "has_errors": bool(bound),
    }
    return render(request, "desk/meeting.html", context, status=status)


def _names(seen: MeetingSeen) -> list[tuple[str, str]]:
    on = in_bangkok(seen.meeting.held_at).date()
    english = current_language() == "en"
    return [
        (str(one.pk), one.display_name_en if english else one.display_name_th)
        for one in could_attend(seen.meeting.office, on)
    ]


def _present(seen: MeetingSeen) -> list[tuple[str, str]]:
    english = current_language() == "en"
    return [
        (str(one.member_id), one.member.display_name_en if english else one.member.display_name_th)
        for one in seen.attendances
    ]


def _there(seen: MeetingSeen) -> dict[str, Any]:
    return {"members": [str(one.member_id) for one in seen.attendances], "chair": str(seen.chair_id or "")}


def _back(seen: MeetingSeen) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:meeting", args=[seen.meeting.pk]))


@gate(*SITTING)
@require_POST
@with_meeting
def agenda(request: Request, seen: MeetingSeen) -> HttpResponse:
    """Put the chosen cases at the end of the agenda."""
    chosen = set(request.POST.getlist("recommendation"))
    try:
        by = _actor(request, seen.meeting.office_id)
        for one in could_be_put(seen.meeting):
            if str(one.pk) in chosen:
                actions.put_on_agenda(by=by, at=now(), meeting_id=seen.meeting.pk, recommendation_id=one.pk)
    except Refused as refused:
        messages.error(request, refused.problem.in_full(current_language()))
    else:
        messages.success(request, say("เพิ่มเข้าวาระแล้ว", "Added to the agenda."))
    return _back(seen)


@gate(*SITTING)
@require_POST
@with_meeting
def attendance(request: Request, seen: MeetingSeen) -> HttpResponse:
    """Who is there, and who chairs."""
    form = AttendanceForm(request.POST, members=_names(seen), chair_id=str(seen.chair_id or ""))
    if form.is_valid():
        try:
            actions.record_attendance(
                by=_actor(request, seen.meeting.office_id), at=now(), meeting_id=seen.meeting.pk,
                member_ids=[UUID(one) for one in form.cleaned_data["members"]], chair_id=UUID(form.cleaned_data["chair"]),
            )  # fmt: skip
        except Refused as refused:
            add_refusal(form, refused, FIELDS)
        else:
            messages.success(request, say("บันทึกผู้เข้าประชุมแล้ว", "Attendance recorded."))
            return _back(seen)
    return _show(request, seen, 422, attendance=form)


def _item(request: Request, item_id: UUID) -> tuple[AgendaItem, MeetingSeen]:
    item = item_of(viewer_of(request), item_id)
    seen = meeting_seen(viewer_of(request), item.meeting_id) if item else None
    if item is None or seen is None:
        raise Http404
    return item, seen


@gate(*SITTING)
@require_POST
def recuse(request: Request, item_id: UUID) -> HttpResponse:
    """A member takes no part in one item."""
    item, seen = _item(request, item_id)
    form = RecuseForm(request.POST, auto_id=f"id-away-{item_id}-%s", members=_present(seen))
    if form.is_valid():
        try:
            actions.recuse(
                by=_actor(request, seen.meeting.office_id), at=now(), item_id=item.pk,
                member_id=UUID(form.cleaned_data["member"]), why=form.cleaned_data["why"],
            )  # fmt: skip
        except Refused as refused:
            add_refusal(form, refused, FIELDS)
        else:
            messages.success(request, say("บันทึกแล้วว่ากรรมการออกจากห้อง", "Noted: the member stands aside."))
            return _back(seen)
    return _show(request, seen, 422, **{f"recuse_{item_id}": form})


@gate("approver")
@require_POST
def resolve(request: Request, item_id: UUID) -> HttpResponse:
    """The chair records the resolution of one item."""
    item, seen = _item(request, item_id)
    form = ResolveForm(request.POST, auto_id=f"id-{item_id}-%s")
    if form.is_valid():
        try:
            actions.resolve_item(
                by=_actor(request, seen.meeting.office_id, ("approver",)), at=now(), item_id=item.pk,
                outcome=form.cleaned_data["outcome"], note=form.cleaned_data["note"],
            )  # fmt: skip
        except Refused as refused:
            add_refusal(form, refused, FIELDS)
        else:
            messages.success(request, say("บันทึกมติแล้ว", "The resolution is recorded."))
            return _back(seen)
    return _show(request, seen, 422, **{f"resolve_{item_id}": form})


@gate(*SITTING)
@require_POST
@with_meeting
def close(request: Request, seen: MeetingSeen) -> HttpResponse:
    """Close with the minutes; they never change."""
    form = MinutesForm(request.POST)
    if form.is_valid():
        try:
            actions.close_meeting(
                by=_actor(request, seen.meeting.office_id), at=now(), meeting_id=seen.meeting.pk,
                minutes=form.cleaned_data["minutes"],
            )  # fmt: skip
        except Refused as refused:
            add_refusal(form, refused, FIELDS)
        else:
            messages.success(request, say("ปิดประชุมแล้ว", "The meeting is closed."))
            return _back(seen)
    return _show(request, seen, 422, minutes=form)


@gate(*READERS)
@require_safe
@with_meeting
def minutes(request: Request, seen: MeetingSeen) -> HttpResponse:
    """The minutes on paper."""
    return render(request, "desk/minutes.html", {"seen": seen, "meeting": seen.meeting, "at": now()})

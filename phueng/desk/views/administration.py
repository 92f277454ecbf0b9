"""Administration: who may do what, where, until when; which days are off; which offices there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from phueng.access.actions import close_account as close
from phueng.access.actions import end_duty as end
from phueng.access.actions import give_delegation, give_duty, give_password, open_account
from phueng.access.actions import reopen_account as reopen
from phueng.access.gates import gate
from phueng.access.queries import account_by_id, accounts, duties_of
from phueng.access.viewers import Request
from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.calendars.actions.announce_day import announce_day
from phueng.calendars.queries import holiday_names
from phueng.design.wording import current_language, say
from phueng.desk.administration import delegations_listed, offices_listed
from phueng.desk.forms.fields import add_refusal
from phueng.desk.forms.office import AnnounceDayForm, DelegationForm, EndDutyForm, GiveDutyForm, OpenAccountForm
from phueng.desk.refusals import FIELDS, WHY_NEEDED
from phueng.desk.views.reached import viewer_of
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import clean_text
from phueng.places.queries import offices as all_offices

both = require_http_methods(["GET", "HEAD", "POST"])
DAYS_SHOWN = timedelta(days=400)


def _by(request: Request) -> Actor:
    return viewer_of(request).actor("administrator")


def _office_choices() -> list[tuple[str, str]]:
    english = current_language() == "en"
    return [(str(one.pk), one.name_en if english else one.name_th) for one in all_offices()]


def _tried(request: Request, form: Form, do: Callable[[dict[str, Any]], object], done: tuple[str, str]) -> bool:
    """Do the one action of a valid form; a refusal goes into the form. Says whether it was done."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except Refused as refused:
        add_refusal(form, refused, FIELDS)
        return False
    messages.success(request, say(*done))
    return True


def _answer(request: Request, template: str, form: Form, **context: Any) -> HttpResponse:
    has_errors = bool(form.is_bound and form.errors)
    context |= {"form": form, "has_errors": has_errors}
    return render(request, template, context, status=422 if has_errors else 200)


@gate("administrator")
@both
def administration(request: Request) -> HttpResponse:
    """Accounts: find one, open one."""
    form = OpenAccountForm(request.POST or None)
    opened: list[UUID] = []
    if _tried(
        request, form,
        lambda said: opened.append(open_account(by=_by(request), at=now(), **said).pk),
        ("เปิดบัญชีแล้ว ต่อไปให้หน้าที่", "The account is open. Give it a duty next."),
    ):  # fmt: skip
        return HttpResponseRedirect(reverse("desk:account", args=[opened[0]]))
    typed = clean_text(request.GET.get("q", ""), 100)
    return _answer(
        request, "desk/administration.html", form, accounts=accounts(viewer_of(request), search=typed), typed=typed
    )


@gate("administrator")
@both
def account(request: Request, account_id: UUID) -> HttpResponse:
    """One account with its duties; give another."""
    form = GiveDutyForm(
        request.POST or None, offices=_office_choices(), initial={"starts_on": in_bangkok(now()).date()}
    )
    if _tried(
        request, form,
        lambda said: give_duty(
            by=_by(request), at=now(), account_id=account_id, role=said["role"], office_id=UUID(said["office"]),
            starts_on=said["starts_on"], ends_before=said["ends_before"], reference=said["reference"],
        ),
        ("ให้หน้าที่แล้ว มีผลตั้งแต่วันที่กำหนด", "The duty is given."),
    ):  # fmt: skip
        return HttpResponseRedirect(reverse("desk:account", args=[account_id]))
    return _show_account(request, account_id, form)


def _show_account(
    request: Request, account_id: UUID, form: Form, ending: tuple[UUID, EndDutyForm] | None = None
) -> HttpResponse:
    found = account_by_id(account_id)
    if found is None:
        raise Http404
    today = in_bangkok(now()).date()
    rows = [
        (
            duty,
            duty.starts_on <= today and (duty.ends_before is None or duty.ends_before > today),
            _ending(duty.pk, ending),
        )
        for duty in duties_of(account_id)
    ]
    context = {"account": found, "rows": rows, "is_self": account_id == viewer_of(request).account_id}
    bound = ending[1] if ending else form
    context |= {"form": form, "bound": bound, "has_errors": bool(bound.is_bound and bound.errors)}
    return render(request, "desk/account.html", context, status=422 if context["has_errors"] else 200)


def _ending(duty_id: UUID, ending: tuple[UUID, EndDutyForm] | None) -> EndDutyForm:
    if ending is not None and ending[0] == duty_id:
        return ending[1]
    return EndDutyForm(auto_id=f"id-{duty_id}-%s", initial={"ends_before": in_bangkok(now()).date()})


@gate("administrator")
@require_POST
def one_time_password(request: Request, account_id: UUID) -> HttpResponse:
    """A one-time password for somebody who has none yet or forgot it: shown on this answer only, never kept."""
    found = account_by_id(account_id)
    why = clean_text(request.POST.get("why", ""), 300)
    if found is None or not found.is_active:
        raise Http404
    try:
        if not why:
            raise Refused(WHY_NEEDED)
        given = give_password(account_id=account_id, why=why, by=_by(request), at=now())
    except Refused as refused:
        messages.error(request, refused.problem.in_full(current_language()))
        return HttpResponseRedirect(reverse("desk:account", args=[account_id]))
    answer = render(request, "desk/one_time_password.html", {"account": found, "given": given})
    answer["Cache-Control"] = "no-store"
    return answer


@gate("administrator")
@require_POST
def end_duty(request: Request, account_id: UUID, duty_id: UUID) -> HttpResponse:
    """A duty ends before a day."""
    if all(duty.pk != duty_id for duty in duties_of(account_id)):
        raise Http404
    form = EndDutyForm(request.POST, auto_id=f"id-{duty_id}-%s")
    if _tried(
        request, form, lambda said: end(by=_by(request), at=now(), duty_id=duty_id, **said),
        ("สิ้นสุดหน้าที่แล้ว", "The duty ends."),
    ):  # fmt: skip
        return HttpResponseRedirect(reverse("desk:account", args=[account_id]))
    return _show_account(request, account_id, GiveDutyForm(offices=_office_choices()), (duty_id, form))


@gate("administrator")
@require_POST
def switch_account(request: Request, account_id: UUID) -> HttpResponse:
    """Close the account, or open it again. Nobody closes their own."""
    found = account_by_id(account_id)
    if found is None:
        raise Http404
    if account_id == viewer_of(request).account_id:
        messages.error(
            request,
            say("ปิดบัญชีของตัวเองไม่ได้ ให้ผู้ดูแลระบบอีกคนทำ", "You cannot close your own account; ask another administrator."),
        )
    else:
        act = close if found.is_active else reopen
        why = clean_text(request.POST.get("why", ""), 300) or say("ผู้ดูแลระบบ", "Administrator")
        act(by=_by(request), at=now(), account_id=account_id, why=why)
        messages.success(
            request,
            say("ปิดบัญชีแล้ว", "The account is closed.")
            if found.is_active
            else say("เปิดบัญชีอีกครั้งแล้ว", "The account is open again."),
        )
    return HttpResponseRedirect(reverse("desk:account", args=[account_id]))


@gate("administrator")
@both
def delegations(request: Request) -> HttpResponse:
    """Who may decide up to how much; give another delegation."""
    people = [
        (str(one.pk), one.display_name_en if current_language() == "en" else one.display_name_th)
        for one in accounts(viewer_of(request))
    ]
    form = DelegationForm(
        request.POST or None,
        offices=_office_choices(),
        accounts=people,
        initial={"starts_on": in_bangkok(now()).date()},
    )

    def do(said: dict[str, Any]) -> object:
        return give_delegation(
            by=_by(request), at=now(), office_id=UUID(said["office"]), role="approver", up_to_satang=said["up_to"],
            starts_on=said["starts_on"], ends_before=said["ends_before"], reference=said["reference"],
            account_id=UUID(said["account"]) if said["account"] else None, scheme_code=said["scheme"],
        )  # fmt: skip

    if _tried(request, form, do, ("มอบอำนาจแล้ว", "The delegation is given.")):
        return HttpResponseRedirect(reverse("desk:delegations"))
    page = Paginator(delegations_listed(), 50).get_page(request.GET.get("page"))
    return _answer(request, "desk/delegations.html", form, page=page, on=in_bangkok(now()).date())


@gate("administrator")
@both
def calendar(request: Request) -> HttpResponse:
    """Days off ahead; announce one that the cabinet added."""
    form = AnnounceDayForm(request.POST or None, initial={"calendar": "office"})
    if _tried(
        request, form,
        lambda said: announce_day(by=_by(request), at=now(), source="cabinet", **said),
        ("ประกาศวันหยุดแล้ว ระบบกำลังนับกำหนดเวลาใหม่", "Announced. Due days are being counted anew."),
    ):  # fmt: skip
        return HttpResponseRedirect(reverse("desk:calendar"))
    today = in_bangkok(now()).date()
    office = holiday_names("office", today, today + DAYS_SHOWN)
    bank = holiday_names("bank", today, today + DAYS_SHOWN)
    days = [(day, (office.get(day) or bank[day]), day in office, day in bank) for day in sorted({*office, *bank})]
    return _answer(request, "desk/calendar.html", form, days=days)


@gate("administrator")
@require_safe
def offices(request: Request) -> HttpResponse:
    """Every office, with its pair and how many work there."""
    typed = clean_text(request.GET.get("q", ""), 100)
    page = Paginator(offices_listed(typed, in_bangkok(now()).date()), 50).get_page(request.GET.get("page"))
    return render(request, "desk/offices.html", {"page": page, "typed": typed})

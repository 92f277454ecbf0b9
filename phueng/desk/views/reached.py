"""How does a page get hold of its case, act on it once, and keep everything typed when the action refuses?"""

import functools
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm, Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from phueng.access.roles import HAND_NAMES
from phueng.access.viewers import Request, Viewer
from phueng.applications.actions import release_case, take_over_case
from phueng.applications.models import Application
from phueng.audit.actions import record_read
from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.design.pieces import Tab
from phueng.design.wording import current_language, say
from phueng.desk.acts import ACTS, LENT, LENT_ENDS, Act, acts_for, blank_form, first_act, form_options
from phueng.desk.casefiles import CaseFile, case_file
from phueng.desk.check_rows import version_of
from phueng.desk.forms.fields import add_refusal
from phueng.desk.next_steps import HANDS_ON, at_hand, next_step, now_and_then
from phueng.desk.queries import case_for
from phueng.desk.refusals import FIELDS, ROLE_NOT_HERE
from phueng.desk.showing import columns
from phueng.desk.stages import OFFICE
from phueng.kernel.problems import Refused

# The button that carries one act over a colleague's claim; what is not sent along with it again.
TAKE_OVER = "take_over"
UNSENT = frozenset({"csrfmiddlewaretoken", TAKE_OVER})

Do = Callable[[Actor, Mapping[str, Any]], object]


def viewer_of(request: Request) -> Viewer:
    """Who is looking."""
    return request.viewer


def with_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turn `reference` into the case itself; not there and not yours are the same 404."""

    @functools.wraps(view)
    def reaching(request: Request, reference: str, **more: Any) -> HttpResponse:
        application = case_for(viewer_of(request), reference)
        if application is None:
            raise Http404
        return view(request, application, now(), **more)

    return reaching


def actor_here(viewer: Viewer, application: Application, roles: tuple[str, ...], *, may_lend: bool = False) -> Actor:
    """The viewer in the first of these roles that is held in the office of the case. Raises Refused(role_may_not).

    With `may_lend` also in an office that this case asks for a hand.
    """
    for role in roles:
        if application.office_id in viewer.office_ids(role):
            return viewer.actor(role, application.office_id)
    lent = viewer.lent_duty(application.pk, *roles) if may_lend else None
    if lent is not None:
        return viewer.actor(lent.role, lent.office_id)
    raise Refused(ROLE_NOT_HERE)


def reader(viewer: Viewer) -> Actor:
    """The viewer as one who only looks."""
    return viewer.actor("auditor") if viewer.has_role("auditor") else viewer.actor()


def oneself(viewer: Viewer) -> tuple[str, UUID]:
    """The subject of a search: there is no case yet, so the journal names the account that searched."""
    if viewer.account_id is None:
        raise ValueError("only somebody who signed in searches")
    return ("account", viewer.account_id)


def case_url(application: Application, act: str = "") -> str:
    """The page of the case, with the form of one act open."""
    address = reverse("desk:case", args=[application.reference])
    return f"{address}?do={act}#work" if act else address


def carry_out(
    request: Request,
    application: Application,
    at: datetime,
    code: str,
    do: Do,
    done: tuple[str, str],
    *,
    check_id: UUID | None = None,
) -> HttpResponse:
    """Read the form, do the one action, go back to the case; or show the case with the problem and all that was typed."""
    act = ACTS[code]
    if request.method != "POST":
        return HttpResponseRedirect(case_url(application, code))
    viewer = viewer_of(request)
    case = case_file(viewer, application, at)
    form = act.form(request.POST, **form_options(act, case, str(check_id or "")))
    if form.is_valid():
        try:
            by = actor_here(viewer, application, act.roles, may_lend=code in LENT)
            if case.is_taken and not _takes_over(request, case, by, at):
                return show_case(request, case, act, form, check_id=check_id, status=409)
            do(by, form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused, FIELDS)
        else:
            if code in HANDS_ON:
                release_case(by=by, at=at, application_id=application.pk, why="done")
            messages.success(request, say(*done))
            if code in LENT_ENDS and application.office and by.office_code != application.office.code:
                return HttpResponseRedirect(reverse("desk:queue"))  # a lent hand that did its part sees it no more
            return HttpResponseRedirect(case_url(application))
    # What happened meanwhile (a colleague was faster) must be on the page that explains the refusal.
    fresh = case_for(viewer, application.reference) or application
    return show_case(request, case_file(viewer, fresh, at), act, form, check_id=check_id, status=422)


def _takes_over(request: Request, case: CaseFile, by: Actor, at: datetime) -> bool:
    """A colleague works on the case: go on only after the button that says so."""
    if request.POST.get(TAKE_OVER) != "1":
        return False
    take_over_case(by=by, at=at, application_id=case.application.pk)
    return True


def show_case(
    request: Request,
    case: CaseFile,
    act: Act | None = None,
    form: Form | None = None,
    *,
    check_id: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the case; `form` is one that came back with problems."""
    acts = acts_for(case)
    current = act or next((one for one in acts if one.code == request.GET.get("do")), None) or first_act(acts)
    if current is not None and form is None and current.code != "settle":
        form = blank_form(current, case)
    if current is not None and current not in acts:
        acts = [current, *acts]
    settling = [(check, _settling(case, check.id, form, check_id)) for check in case.attention]
    if form is not None and check_id is not None and all(check.id != check_id for check, _ in settling):
        # The check was settled by a colleague meanwhile: its form is shown all the same, so that nothing is lost.
        settling += [(check, form) for check in case.checks if check.id == check_id]
    context = {
        **columns(case),
        "case": case,
        "application": case.application,
        "acts": acts,
        "act": current,
        "act_url": _act_url(current, case) if current is not None and current.code != "settle" else "",
        "tabs": _tabs(case, current, at_hand(acts)),
        "rarer": _tabs(case, current, now_and_then(acts)),
        "is_rare": current is not None and current in now_and_then(acts),
        "next": next_step(case, acts),
        "form": form,
        **_around(current, case),
        **claiming(request, case, is_asked=status == 409),
        **watching(case),
        "may_casework": case.role_here(*OFFICE) is not None,
        "settling": settling,
        "has_errors": bool(form is not None and form.is_bound and form.errors),
    }
    return render(request, "desk/case.html", context, status=status)


def _tabs(case: CaseFile, current: Act | None, acts: list[Act]) -> list[Tab]:
    return [Tab(one.words, case_url(case.application, one.code), is_current=one is current) for one in acts]


def claiming(request: Request, case: CaseFile, *, is_asked: bool) -> dict[str, Any]:
    """Who works on the case, what this viewer may say to it, and what was typed when a colleague turned out to have it."""
    may = case.is_open and case.role_here(*OFFICE, "approver") is not None
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name not in UNSENT]
    return {
        "may_claim": may and case.claim is None,
        "may_take_over": may and case.is_taken,
        "claim_minutes": settings.PHUENG_CLAIM_MINUTES,
        "take_over_with": typed if is_asked else None,
    }


def watching(case: CaseFile) -> dict[str, Any]:
    """The part that changes by itself while the checks run: its address, and the version that is shown."""
    address = reverse("desk:checks", args=[case.application.reference])
    return {
        "live_url": f"{address}?since={case.stage.code}" if case.is_checking else "",
        "live_etag": f'"{version_of(case.checks, case.stage, current_language())}"',
    }


def _around(act: Act | None, case: CaseFile) -> dict[str, Any]:
    """What stands beside the form of an act: ceilings, and why somebody may not."""
    if act is None:
        return {}
    if act.code == "recommend":
        return {"ceiling": case.scheme.ceiling_satang(case.on)}
    if act.code == "decide":
        hand = case.my_hand
        return {
            "is_committee": case.scheme.decider(case.on) == "committee",
            "own_hand": say(*HAND_NAMES[hand]) if hand and hand != "approver" else "",
        }
    return {}


def _act_url(act: Act, case: CaseFile) -> str:
    names = {"visit": "visit_begin", "appeal": "lodge_appeal"}
    return reverse(f"desk:{names.get(act.code, act.code)}", args=[case.application.reference])


def _settling(case: CaseFile, number: UUID, form: BaseForm | None, check_id: UUID | None) -> BaseForm:
    if form is not None and number == check_id:
        return form
    act = ACTS["settle"]
    return act.form(**form_options(act, case, str(number)))


def read_case(request: Request, application: Application, at: datetime, act: str = "desk.open_case") -> CaseFile:
    """The case file, and in the same transaction the note that it was opened."""
    viewer = viewer_of(request)
    with transaction.atomic():
        case = case_file(viewer, application, at)
        record_read(
            by=reader(viewer), at=at, act=act, subject=("application", application.pk), person_id=application.person_id
        )
    return case

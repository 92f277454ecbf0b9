"""Appeals: settled by somebody who had no hand in the case."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from phueng.access.gates import gate
from phueng.access.viewers import Request, Viewer
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.calendars.queries import clock_states
from phueng.decisions.actions import settle_appeal
from phueng.decisions.models import Appeal
from phueng.design.wording import say
from phueng.desk.forms.casework import SettleAppealForm
from phueng.desk.forms.fields import add_refusal
from phueng.desk.refusals import FIELDS, ROLE_NOT_HERE
from phueng.desk.views.reached import reader, viewer_of
from phueng.kernel.problems import Refused
from phueng.kernel.references import normalise_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.schemes.catalogue import scheme


def appeals_for(viewer: Viewer) -> QuerySet[Appeal]:
    """Appeals that the viewer's offices settle; an auditor sees all."""
    found = Appeal.objects.select_related("decision__application", "decision__office", "office")
    if not viewer.has_role("auditor"):
        found = found.filter(office_id__in=viewer.office_ids("approver"))
    return found.order_by("-settled_at", "appealed_at")


@gate("approver", "auditor")
@require_safe
def appeals(request: Request) -> HttpResponse:
    """What waits to be settled, with the days left, then what was settled."""
    viewer, at = viewer_of(request), now()
    show_settled = request.GET.get("show") == "settled"
    rows = appeals_for(viewer).filter(settled_at__isnull=not show_settled)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    clocks = clock_states([one.pk for one in page], in_bangkok(at).date())
    context = {
        "page": page,
        "rows": [(one, clocks.get(one.pk), scheme(one.decision.application.scheme_code)) for one in page],
        "show_settled": show_settled,
    }
    return render(request, "desk/appeals.html", context)


@gate("approver", "auditor")
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: Request, reference: str) -> HttpResponse:
    """One appeal beside the decision that it is about; settle it."""
    viewer, at = viewer_of(request), now()
    found = appeals_for(viewer).filter(reference=normalise_reference(reference) or "").first()
    if found is None:
        raise Http404
    form = SettleAppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if found.office_id not in viewer.office_ids("approver"):
                raise Refused(ROLE_NOT_HERE)
            settle_appeal(
                by=viewer.actor("approver", found.office_id), at=at, appeal_id=found.pk,
                outcome=form.cleaned_data["outcome"], why=form.cleaned_data["why"],
            )  # fmt: skip
        except Refused as refused:
            add_refusal(form, refused, FIELDS)
            found.refresh_from_db()
        else:
            messages.success(request, say("บันทึกคำวินิจฉัยแล้ว", "The appeal is settled."))
            return HttpResponseRedirect(reverse("desk:appeal", args=[found.reference]))
    application = found.decision.application
    if request.method != "POST":
        with transaction.atomic():
            record_read(
                by=reader(viewer), at=at, act="desk.open_case", subject=("application", application.pk),
                person_id=application.person_id,
            )  # fmt: skip
    context = {
        "appeal": found,
        "decision": found.decision,
        "application": application,
        "scheme": scheme(application.scheme_code),
        "clock": clock_states([found.pk], in_bangkok(at).date()).get(found.pk),
        "form": form,
        "may_settle": found.settled_at is None and found.office_id in viewer.office_ids("approver"),
        "has_errors": bool(form.is_bound and form.errors),
    }
    return render(request, "desk/appeal.html", context, status=422 if context["has_errors"] else 200)

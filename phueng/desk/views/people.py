"""Finding a person and seeing everything about them: who they are, what they get, what they asked for, who looked."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from phueng.access.gates import gate
from phueng.access.limits import allow
from phueng.access.viewers import Request
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.audit.queries import entries_about_person
from phueng.design.wording import current_language, say
from phueng.desk import people as found
from phueng.desk.forms.people import OpenNumberForm
from phueng.desk.history import events
from phueng.desk.refusals import SEARCHED_TOO_OFTEN
from phueng.desk.stages import OFFICE, READERS
from phueng.desk.views.reached import oneself, reader, viewer_of
from phueng.kernel.national_id import format_national_id
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import clean_text
from phueng.registry.queries import canonical_id, national_id_of
from phueng.schemes.combinations import benefit

SEARCHES = 100
WITHIN = timedelta(minutes=10)


@gate(*READERS)
@require_safe
def people(request: Request) -> HttpResponse:
    """Search by name or national ID. The search itself is written down."""
    viewer, at = viewer_of(request), now()
    typed = clean_text(request.GET.get("q", ""), 100)
    problem, rows = "", []
    if typed and not allow(f"desk-people:{viewer.account_id}", most=SEARCHES, within=WITHIN):
        problem = SEARCHED_TOO_OFTEN.in_full(current_language())
    elif typed:
        with transaction.atomic():
            rows = found.search_people(viewer, typed, in_bangkok(at).date())
            # What was typed may be a whole ID number: the journal keeps only that one was searched.
            said = say("เลขประจำตัว", "an ID number") if any(sign.isdigit() for sign in typed) else typed
            record_read(by=reader(viewer), at=at, act="desk.search_people", subject=oneself(viewer), why=said)
    context = {"typed": typed, "rows": rows, "problem": problem, "most": found.MOST_FOUND}
    return render(request, "desk/people.html", context, status=429 if problem else 200)


@gate(*READERS)
@require_safe
def person(request: Request, person_id: UUID) -> HttpResponse:
    """Everything about one person on one screen."""
    return _show(request, person_id, OpenNumberForm())


@gate(*OFFICE, "approver")
@require_POST
def open_number(request: Request, person_id: UUID) -> HttpResponse:
    """Show the 13 digits once, for a reason that stays in the journal."""
    viewer = viewer_of(request)
    if found.person_for(viewer, person_id) is None:
        raise Http404
    form = OpenNumberForm(request.POST)
    if not form.is_valid():
        return _show(request, person_id, form, status=422)
    with transaction.atomic():
        number = national_id_of(canonical_id(person_id))
        record_read(
            by=reader(viewer), at=now(), act="desk.open_number", subject=("person", person_id), person_id=person_id,
            why=form.cleaned_data["why"],
        )  # fmt: skip
    if number is None:
        messages.info(request, say("คนนี้ไม่มีเลขประจำตัวในทะเบียน", "There is no number on record."))
        return HttpResponseRedirect(reverse("desk:person", args=[person_id]))
    return _show(request, person_id, OpenNumberForm(), number=format_national_id(number))


def _show(
    request: Request, person_id: UUID, form: OpenNumberForm, *, number: str = "", status: int = 200
) -> HttpResponse:
    viewer, at = viewer_of(request), now()
    on = in_bangkok(at).date()
    with transaction.atomic():
        if found.person_for(viewer, person_id) is None:
            raise Http404
        known = found.person_file(viewer, person_id, on)
        whole = known.id
        if request.method != "POST":
            record_read(by=reader(viewer), at=at, act="desk.open_person", subject=("person", whole), person_id=whole)
        looks = entries_about_person(whole, reads=True).entries
    context = {
        "person_id": person_id,
        "card": known.card,
        "household": known.household,
        "entitlements": [(one, one.standing(on)) for one in known.entitlements],
        "received": [(one, benefit(one.benefit_code)) for one in known.received],
        "payments": known.payments,
        "account": known.account,
        "applications": known.applications,
        "looks": events(looks, is_whole=True)[:20],
        "form": form,
        "number": number,
        "may_open": viewer.has_role(*OFFICE, "approver"),
        "has_errors": form.is_bound,
        "on": on,
    }
    return render(request, "desk/person.html", context, status=status)

"""A form that was typed before the session ended."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from phueng.access.gates import gate_signed_in
from phueng.access.parking import parked_form, picked_up
from phueng.access.viewers import Request


@gate_signed_in
@require_http_methods(["GET", "POST"])
def parked(request: Request, parked_id: UUID) -> HttpResponse:
    """Show what was typed, ready to be sent again with one press; POST throws it away."""
    account_id = request.viewer.account_id
    found = parked_form(parked_id, account_id) if account_id else None
    if found is None or account_id is None:
        raise Http404
    address, typed = found
    if request.method == "POST":
        picked_up(parked_id, account_id)
        return HttpResponseRedirect(address)
    join = "&" if "?" in address else "?"
    context = {
        "again_url": f"{address}{join}{urlencode({'resent': str(parked_id)})}",
        "fields": [(name, value) for name, values in typed.items() for value in values],
        "shown": [(name, value) for name, values in typed.items() for value in values if value],
        "edit_url": f"{address}{join}{urlencode({'parked': str(parked_id)})}",
        "parked_id": parked_id,
        "was_step_up": request.GET.get("after") == "step_up",
    }
    return render(request, "access/parked.html", context)

"""A form that was typed before the session ended."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from phueng.access.gates import gate_signed_in
from phueng.access.parking import parked_form, picked_up


@gate_signed_in
@require_http_methods(["GET", "POST"])
def parked(request: HttpRequest, parked_id: UUID) -> HttpResponse:
    """Show what was typed, ready to be sent again with one press; POST throws it away."""
    found = parked_form(parked_id, request.viewer.account_id)
    if found is None:
        raise Http404
    address, typed = found
    if request.method == "POST":
        picked_up(parked_id, request.viewer.account_id)
        return HttpResponseRedirect(address)
    join = "&" if "?" in address else "?"
    context = {
        "address": address,
        "fields": [(name, value) for name, values in typed.items() for value in values],
        "shown": [(name, value) for name, values in typed.items() for value in values if value],
        "edit_url": f"{address}{join}{urlencode({'parked': parked_id})}",
        "parked_id": parked_id,
    }
    return render(request, "access/parked.html", context)

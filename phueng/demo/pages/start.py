"""Where does somebody begin who wants to see Phueng work?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phueng.access.gates import gate_public
from phueng.access.roles import ROLE_NAMES
from phueng.demo.pages.demo_only import demo_only
from phueng.demo.people import PASSWORD, PEOPLE, Staff
from phueng.demo.queries import told_cases
from phueng.places.queries import offices

_FINANCE = ("finance_maker", "finance_checker", "releaser")


@gate_public
@demo_only
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The people of the story with their cases, the walk through it, and everybody to sign in as."""
    codes = {one.office_code for one in PEOPLE}
    names = {office.code: office for office in offices() if office.code in codes}
    rows = [
        {"staff": one, "role": ROLE_NAMES.get(one.role), "office": names.get(one.office_code), "next": _first_page(one)}
        for one in PEOPLE
    ]
    context = {"cases": told_cases(), "rows": rows, "password": PASSWORD, "address": request.build_absolute_uri("/")}
    return render(request, "demo/start.html", context)


def _first_page(one: Staff) -> str:
    """Where this person's work is."""
    if one.role in _FINANCE:
        return "/money/"
    return "/" if one.kind == "citizen" else "/desk/"

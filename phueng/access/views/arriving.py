"""Where does a person go after signing in, and what do they find there?"""

from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from phueng.access import sessions
from phueng.access.models import Account
from phueng.access.parking import newest_parked
from phueng.access.throttling import remember_device
from phueng.access.viewers import viewer_of

# The first that fits: somebody with two roles begins where people wait.
HOMES = (
    ("/desk/", ("front_desk", "social_worker", "municipal_officer", "approver", "auditor")),
    ("/money/", ("finance_maker", "finance_checker", "releaser")),
    ("/desk/administration/", ("administrator",)),
    ("/apply/helper/", ("helper",)),
)
HALF = "half_signed_in"
HALF_SECONDS = 10 * 60


def wanted_address(request: HttpRequest) -> str:
    """The address asked for before signing in, when it is one of ours; else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted.startswith("/") and not wanted.startswith("//") else ""


def with_next(name: str, request: HttpRequest) -> str:
    """The address of one of our pages, carrying on where the person wants to go."""
    wanted = wanted_address(request)
    return reverse(name) + (f"?{urlencode({'next': wanted})}" if wanted else "")


def enter(request: HttpRequest, account: Account, *, factor_given: bool) -> HttpResponse:
    """Open the session, with a new key so that one planted by somebody is worth nothing, and go on."""
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session.pop(HALF, None)
    sessions.open_session(request, factor_given=factor_given)
    response = onward(request, account)
    remember_device(request, response, account.username)
    return response


def onward(request: HttpRequest, account: Account) -> HttpResponse:
    """Go to the wanted page, by way of a form that was parked there."""
    wanted = wanted_address(request)
    if wanted and (parked_id := newest_parked(account.id, wanted)):
        return HttpResponseRedirect(reverse("access:parked", args=[parked_id]))
    return HttpResponseRedirect(wanted or home_of(account))


def home_of(account: Account) -> str:
    """The page with this person's work; the front page for whoever has none."""
    viewer = viewer_of(account)
    return next((address for address, roles in HOMES if viewer.has_role(*roles)), "/")


def stay_half(request: HttpRequest, account: Account) -> None:
    """Remember that the password was right and the second factor is still missing."""
    request.session.cycle_key()
    request.session[HALF] = {"account": str(account.id), "at": sessions.moment()}


def half_signed_in(request: HttpRequest) -> UUID | None:
    """The account whose password was right in the last ten minutes."""
    half = request.session.get(HALF)
    if not half or sessions.moment() - half["at"] > HALF_SECONDS:
        return None
    return UUID(half["account"])

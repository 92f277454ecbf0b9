"""Who may open this page?

Every view carries exactly one gate. A view without one has no `gate_roles`, and a test over all routes
fails on it.
"""

import functools
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from phueng.access import sessions
from phueng.access.factors import has_device
from phueng.access.parking import park_form, picked_up
from phueng.access.roles import ROLES, SECOND_FACTOR_ROLES
from phueng.access.viewers import Request, Viewer

View = TypeVar("View", bound=Callable[..., HttpResponse])

EVERYONE = frozenset({"everyone"})
SIGNED_IN = frozenset({"signed_in"})
# "package.views.officer.queue" → roles: every gated view that was imported.
ROUTES: dict[str, frozenset[str]] = {}


def gate(*roles: str) -> Callable[[View], View]:
    """Let in accounts that hold one of these roles today; others are sent to sign in, or told no (403)."""
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"not roles: {sorted(unknown)}" if unknown else "name at least one role, or use gate_public")
    return functools.partial(_gated, roles=frozenset(roles))


def gate_signed_in(view: View) -> View:
    """Let in every account, whatever its duties (a person's own password, second factor)."""
    return _gated(view, roles=SIGNED_IN)


def gate_public(view: View) -> View:
    """Declare the page open to everyone."""
    _declare(view, EVERYONE)
    return view


def roles_of(view: Callable[..., Any]) -> frozenset[str] | None:
    """Return the declared roles of a resolved view, or None when it has no gate."""
    return getattr(view, "gate_roles", None)


def requires_recent_factor(*, minutes: int = 5) -> Callable[[View], View]:
    """Ask for the second factor again unless it was given in the last `minutes` (step-up, ASVS 7.5.3).

    Stands below `@gate(...)`. In demo and test it lets accounts without an enrolled device pass.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def fresh(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if has_recent_factor(request, minutes=minutes):
                return view(request, *args, **kwargs)
            return to_second_factor(request)

        return fresh  # type: ignore[return-value]

    return wrap


def has_recent_factor(request: Request, *, minutes: int = 5) -> bool:
    """Say whether this session gave its second factor in the last `minutes`."""
    viewer = request.viewer
    if viewer.factor_at is not None and 0 <= sessions.moment() - viewer.factor_at <= minutes * 60:
        return True
    return not factors_are_required() and viewer.account_id is not None and not has_device(viewer.account_id)


def factors_are_required() -> bool:
    """Say whether this installation insists on second factors (always in production)."""
    default = getattr(settings, "PHUENG_SETTING", "production") == "production"
    return bool(getattr(settings, "PHUENG_REQUIRES_SECOND_FACTOR", default))


def _gated(view: View, *, roles: frozenset[str]) -> View:
    @functools.wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer = request.viewer
        if not viewer.is_signed_in:
            return to_sign_in(request)
        if roles != SIGNED_IN:
            if not viewer.has_role(*roles):
                raise PermissionDenied
            if viewer.owes_password:
                return _to("access:change_password", request)
            if _lacks_factor(viewer):
                return to_second_factor(request)
        _let_go_of_resent(request)
        return view(request, *args, **kwargs)

    _declare(guarded, roles)
    return guarded  # type: ignore[return-value]


def _let_go_of_resent(request: Request) -> None:
    # A form that had been parked comes again: from here on the page itself takes care of what was typed.
    if request.method == "POST" and "resent" in request.GET and request.viewer.account_id:
        with suppress(ValueError):
            picked_up(UUID(request.GET["resent"]), request.viewer.account_id)


def _declare(view: Callable[..., Any], roles: frozenset[str]) -> None:
    if roles_of(view) is not None:
        raise ValueError(f"{view.__module__}.{view.__qualname__} has two gates")
    view.gate_roles = roles  # type: ignore[attr-defined]
    ROUTES[f"{view.__module__}.{view.__qualname__}"] = roles


def _lacks_factor(viewer: Viewer) -> bool:
    return factors_are_required() and viewer.factor_at is None and viewer.has_role(*SECOND_FACTOR_ROLES)


def to_sign_in(request: Request) -> HttpResponse:
    """Send to the sign-in page and back here afterwards; a form that was posted is parked, not lost."""
    park_form(request)
    return _to("access:sign_in", request)


def to_second_factor(request: Request) -> HttpResponse:
    """Ask for the second factor (or to enrol one) and come back here afterwards; a posted form is parked."""
    park_form(request)
    return _to("access:second_factor", request)


def _to(name: str, request: Request) -> HttpResponse:
    here = request.get_full_path()
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': here})}")

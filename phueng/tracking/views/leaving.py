"""How does somebody get away from this page at once, leaving nothing on the screen?"""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from phueng.access.gates import gate_public
from phueng.access.viewers import Request
from phueng.applications import tickets

# A page that anybody may have open. Another can be named where this one would look odd.
SOMEWHERE_ELSE = "https://www.tmd.go.th/"


@gate_public
@require_safe
def leave(request: Request) -> HttpResponse:
    """Forget every request this browser could open, and show the weather. It changes nothing but the cookie.

    A link and not a form: it must work with one touch, and a policy that keeps forms at home would stop the way out.
    """
    response = HttpResponseRedirect(getattr(settings, "PHUENG_QUICK_EXIT_URL", SOMEWHERE_ELSE))
    tickets.forget(response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

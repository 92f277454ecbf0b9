"""In which language is this person reading?

The browser's Accept-Language is not asked: many Thai phones are sold with English settings, and the
person holding one still reads Thai. A person chooses by the link in the header; the choice stays in a
cookie that holds no secret.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

LANGUAGES = ("th", "en")


class LanguageMiddleware:
    """Activates Thai or English; `?lang=en` on any page remembers it and returns to that same page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        if request.method == "GET" and asked in LANGUAGES:
            return self._remember(request, asked)
        remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        chosen = remembered if remembered in LANGUAGES else "th"
        # Left active after the answer on purpose: an error page rendered outside still knows the language,
        # and each request sets its own first.
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    def _remember(self, request: HttpRequest, language: str) -> HttpResponse:
        kept = request.GET.copy()
        del kept["lang"]
        # "//host" would leave the site, so slashes in front are folded into one.
        target = "/" + request.path.lstrip("/") + (f"?{kept.urlencode()}" if kept else "")
        response = HttpResponseRedirect(target)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE or request.is_secure(),
        )
        return response

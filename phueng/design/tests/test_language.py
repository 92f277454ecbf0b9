"""Is the language remembered, and does switching keep the place?"""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from phueng.design.language import LanguageMiddleware
from phueng.design.wording import current_language


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_language())


def test_thai_is_the_default_whatever_the_phone_says(rf: RequestFactory) -> None:
    response = LanguageMiddleware(answer)(rf.get("/", headers={"accept-language": "en-US"}))
    assert response.content == b"th"
    assert response.headers["Content-Language"] == "th"


def test_choosing_returns_to_the_same_place(rf: RequestFactory) -> None:
    response = LanguageMiddleware(answer)(rf.get("/apply/step/?a=1&lang=en&b=2"))
    assert response.status_code == 302
    assert response.headers["Location"] == "/apply/step/?a=1&b=2"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_the_choice_is_remembered(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert LanguageMiddleware(answer)(request).content == b"en"


@pytest.mark.parametrize("bad", ["fr", "", "en\r\nX: y", "../en"])
def test_other_languages_are_passed_over(rf: RequestFactory, bad: str) -> None:
    assert LanguageMiddleware(answer)(rf.get("/", {"lang": bad})).content == b"th"


def test_switching_never_leaves_the_site(rf: RequestFactory) -> None:
    request = rf.get("/", {"lang": "en"})
    request.path = "//evil.example/x"
    assert LanguageMiddleware(answer)(request).headers["Location"] == "/evil.example/x"

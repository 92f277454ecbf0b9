"""When a form comes back without a valid token: is what was typed kept, for the person who typed it only?"""

import pytest
from django.test import RequestFactory

from phueng.design.views import csrf_failed

TYPED = {
    "story": 'น้ำท่วมบ้าน <b>"',
    "password": "do-not-repeat",
    "csrfmiddlewaretoken": "old",
    "otp_code": "123456",
}


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}])
def test_our_own_form_is_offered_again(rf: RequestFactory, headers: dict[str, str]) -> None:
    response = csrf_failed(rf.post("/apply/?step=3", TYPED, headers=headers))
    page = response.content.decode()
    assert response.status_code == 403
    assert 'name="story" value="น้ำท่วมบ้าน &lt;b&gt;&quot;"' in page
    assert 'action="/apply/?step=3"' in page
    assert "do-not-repeat" not in page
    assert "123456" not in page


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "cross-site", "origin": "http://testserver"}, {"origin": "https://evil.example"}],
)
def test_a_form_from_elsewhere_is_not(rf: RequestFactory, headers: dict[str, str]) -> None:
    page = csrf_failed(rf.post("/apply/", TYPED, headers=headers)).content.decode()
    assert "น้ำท่วมบ้าน" not in page
    assert "1300" in page

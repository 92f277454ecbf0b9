"""Does the slip say what a person needs to hold in hand, in their language?"""

import pytest

from phueng.applications.tests.factories import submitted
from phueng.documents.lettering import letter_as_html
from phueng.documents.queries import letter_of
from phueng.kernel.references import format_reference
from phueng.kernel.thai_text import decompose_sara_am

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "title"), [("th", "ใบรับคำขอ"), ("en", "Receipt of application")])
def test_the_slip_names_the_request_the_office_and_where_to_look(language: str, title: str) -> None:
    application = submitted(language=language)
    letter = letter_of("applications/slip", application.id)
    assert letter is not None
    html = letter_as_html(letter)
    assert decompose_sara_am(title) in html
    assert format_reference(application.reference) in html
    assert f"/track/?reference={application.reference}" in html
    assert "นางสมศรี ใจดี" in html
    assert "<svg" in html
    assert ("Invented Centre" if language == "en" else "ศูนย์สมมติ") in html
    assert "081" not in html, "a slip left on a table shows no telephone number"

"""Does a page that broke say whether to come back in a moment or that we are at fault?"""

from django.db import InterfaceError, OperationalError
from django.test import RequestFactory

from phueng.config.breaking import broken, is_database_away


def _answer_to(error: Exception) -> tuple[int, str]:
    try:
        raise error
    except Exception:
        response = broken(RequestFactory().get("/"))
    return response.status_code, response.content.decode()


def test_a_database_that_is_away_is_a_moment_to_wait() -> None:
    """In words, with the hot line, and for machines as well."""
    status, words = _answer_to(OperationalError("the connection is closed"))
    assert status == 503
    assert "ลองใหม่" in words
    assert "1300" in words


def test_what_followed_from_it_counts_as_well() -> None:
    """A page that fails while it tidies up after the lost connection."""
    followed = ValueError("no transaction")
    followed.__context__ = InterfaceError("connection already closed")
    assert is_database_away(followed)


def test_a_fault_of_ours_is_said_to_be_ours() -> None:
    """Anything else stays a 500."""
    status, words = _answer_to(ValueError("a mistake"))
    assert status == 500
    assert "ขออภัย" in words

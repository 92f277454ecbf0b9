"""Does every answer carry the headers that protect the person reading it?"""

import pytest
from django.test import Client


@pytest.mark.parametrize("path", ["/health/alive", "/nothing-here"])
@pytest.mark.django_db
def test_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]
    assert len(answer.headers["X-Request-Id"]) == 16


@pytest.mark.django_db
def test_ready_says_so_when_the_database_answers(client: Client) -> None:
    assert client.get("/health/ready").content == b"ready\n"


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    assert client.get("/health/alive").status_code == 200

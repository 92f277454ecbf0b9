"""What do the tests of the look share?"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

DESIGN = Path(__file__).resolve().parent.parent


@pytest.fixture(params=["th", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """A test that asks for it runs once for a Thai and once for an English reader."""
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def drawn(rf: RequestFactory, language: str) -> Callable[..., str]:
    """Renders a template text as a page would, with an address in the request."""

    def draw(text: str, address: str = "/", **context: object) -> str:
        context.setdefault("request", rf.get(address))
        return Template("{% load design %}" + text).render(Context(context))

    return draw

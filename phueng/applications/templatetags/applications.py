"""How does a template pick the photos of one question?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def of_question(photos: Mapping[str, Sequence[Any]], code: str) -> Sequence[Any]:
    """The photos that hang on one photo question."""
    return photos.get(code, ())

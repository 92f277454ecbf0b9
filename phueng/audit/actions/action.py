"""What is an action? One function, one transaction, a known actor and a known moment."""

import functools
import inspect
from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec, TypeVar

from django.db import transaction

from phueng.audit.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")


def action(act: Callable[P, R]) -> Callable[P, R]:
    """Run `act` in one transaction and insist on keyword-only `by=` and `at=`.

    Raises TypeError when the function is written otherwise (at import) or called without an actor or
    with a moment that has no time zone.
    """
    parameters = inspect.signature(act).parameters.values()
    loose = [p.name for p in parameters if p.kind not in (p.KEYWORD_ONLY, p.VAR_KEYWORD)]
    missing = {"by", "at"} - {p.name for p in parameters}
    if loose or missing:
        name = f"{act.__module__}.{act.__qualname__}"
        raise TypeError(
            f"{name} must be keyword-only with by= and at= (positional: {loose}, missing: {sorted(missing)})"
        )

    @functools.wraps(act)
    def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        by, at = kwargs.get("by"), kwargs.get("at")
        if not isinstance(by, Actor):
            raise TypeError(f"{act.__qualname__} needs by=Actor, got {type(by).__name__}")
        if not isinstance(at, datetime) or at.tzinfo is None:
            raise TypeError(f"{act.__qualname__} needs at= an aware datetime")
        with transaction.atomic():
            return act(*args, **kwargs)

    in_one_transaction.is_action = True  # type: ignore[attr-defined]  # lets a test find every action
    return in_one_transaction

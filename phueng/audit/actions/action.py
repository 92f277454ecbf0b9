"""What is an action? One function, one transaction, a known actor and a known moment."""

import functools
import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from phueng.audit.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")


def action(act: Callable[P, R]) -> Callable[P, R]:
    """Run `act` in one transaction and insist on keyword-only `by=` and `at=`.

    Raises TypeError when the function is written otherwise (at import) or called without an actor or
    with a moment that has no time zone.
    """
    _insist_on_keywords(act)

    @functools.wraps(act)
    def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        _insist_on_actor_and_moment(act, kwargs)
        with transaction.atomic():
            return act(*args, **kwargs)

    in_one_transaction.is_action = True  # type: ignore[attr-defined]  # lets a test find every action
    return in_one_transaction


def action_of_one_statement(act: Callable[P, R]) -> Callable[P, R]:
    """Like `action`, for an act that writes everything in one statement, which is a transaction by itself.

    BEGIN and COMMIT of their own would be two more journeys to the database, while rows are held. An act that sometimes
    writes more opens a transaction then; the database refuses any that leaves no entry.
    """
    _insist_on_keywords(act)

    @functools.wraps(act)
    def without_a_frame(*args: P.args, **kwargs: P.kwargs) -> R:
        _insist_on_actor_and_moment(act, kwargs)
        return act(*args, **kwargs)

    without_a_frame.is_action = True  # type: ignore[attr-defined]
    return without_a_frame


def _insist_on_keywords(act: Callable[..., Any]) -> None:
    parameters = inspect.signature(act).parameters.values()
    loose = [p.name for p in parameters if p.kind not in (p.KEYWORD_ONLY, p.VAR_KEYWORD)]
    missing = {"by", "at"} - {p.name for p in parameters}
    if loose or missing:
        name = f"{act.__module__}.{act.__qualname__}"
        raise TypeError(
            f"{name} must be keyword-only with by= and at= (positional: {loose}, missing: {sorted(missing)})"
        )


def _insist_on_actor_and_moment(act: Callable[..., Any], given: Mapping[str, Any]) -> None:
    by, at = given.get("by"), given.get("at")
    if not isinstance(by, Actor):
        raise TypeError(f"{act.__qualname__} needs by=Actor, got {type(by).__name__}")
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise TypeError(f"{act.__qualname__} needs at= an aware datetime")

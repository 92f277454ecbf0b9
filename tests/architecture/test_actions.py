"""Is every act a function with an actor and a moment, audited, and does no view touch a model?"""

import ast
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.storeys import ROOT

FORBIDDEN_WORDS = ("utils", "helpers", "common", "misc", "manager", "handler", "process_", "data_", "info", "temp")
CLOCKS = {("timezone", "now"), ("datetime", "now"), ("date", "today"), ("datetime", "utcnow")}


def action_modules() -> Iterator[Any]:
    """Every file in an actions/ folder."""
    for path in sorted((ROOT / "phueng").glob("*/actions/*.py")):
        if path.name != "__init__.py":
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield pytest.param(name, id=name)


@pytest.mark.parametrize("name", action_modules())
def test_an_action_file_opens_with_its_question_and_its_acts_are_actions(name: str) -> None:
    module = importlib.import_module(name)
    assert (module.__doc__ or "").strip(), f"{name} does not say what it answers"
    acts = [
        function
        for function in vars(module).values()
        if inspect.isfunction(function)
        and inspect.unwrap(function).__module__ == name
        and hasattr(function, "is_action")
    ]
    for function in acts:
        parameters = inspect.signature(inspect.unwrap(function)).parameters
        assert {"by", "at"} <= set(parameters), f"{name}.{function.__name__} lacks by= or at="
        assert all(p.kind in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters.values())
        assert function.__doc__, f"{name}.{function.__name__} has no docstring"


def product_files() -> list[Path]:
    """Source files without tests and migrations."""
    return [p for p in sorted((ROOT / "phueng").rglob("*.py")) if not {"tests", "migrations"} & set(p.parts)]


def clock_calls(source: str) -> list[str]:
    """Calls of the machine's clock; time comes from phueng_now()."""
    return [
        f"{node.func.value.id}.{node.func.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in CLOCKS
    ]


def test_time_comes_from_the_database() -> None:
    # Stand-ins are other people's systems with a clock of their own; the command line runs before there is a database.
    own_clock = {"gateways", "commandline"}
    faults = [
        f"{path.relative_to(ROOT)}: {call}"
        for path in product_files()
        if path.relative_to(ROOT).parts[1] not in own_clock
        for call in clock_calls(path.read_text(encoding="utf-8"))
    ]
    assert faults == []


def test_the_clock_check_sees_a_planted_fault() -> None:
    assert clock_calls("from django.utils import timezone\nx = timezone.now()") == ["timezone.now"]


def test_names_say_something() -> None:
    faults = [
        str(path.relative_to(ROOT))
        for path in product_files()
        if any(path.stem == w.strip("_") for w in FORBIDDEN_WORDS)
    ]
    assert faults == []


def test_every_file_opens_with_its_question() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in product_files()
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []

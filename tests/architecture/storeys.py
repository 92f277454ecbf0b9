"""Which package stands on which storey? Read from the one list that import-linter also reads."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def storeys() -> dict[str, int]:
    """Package name → storey, 0 lowest. Packages not yet built (in parentheses) count as well."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        layers = tomllib.load(file)["tool"]["importlinter"]["contracts"][0]["layers"]
    floors: dict[str, int] = {}
    for floor, layer in enumerate(reversed(layers)):
        for name in layer.split("|"):
            floors[name.strip().strip("()")] = floor
    return floors


def may_use(user: str, used: str, floors: dict[str, int] | None = None) -> bool:
    """A package may use itself and any storey below it, never a neighbour, never one above."""
    floors = floors or storeys()
    return user == used or floors[used] < floors[user]

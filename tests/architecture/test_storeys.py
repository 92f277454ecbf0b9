"""Does everything point downward: imports, foreign keys, templates? And do the checks see a planted fault?"""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.storeys import ROOT, may_use, storeys

PACKAGES = sorted(path.name for path in (ROOT / "phueng").iterdir() if (path / "__init__.py").exists())
TEMPLATE_REFERENCE = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")


def our_models() -> list[type[models.Model]]:
    """Every model of the product (not of libraries)."""
    return [model for model in apps.get_models() if model.__module__.startswith("phueng.")]


def python_files(folder: Path) -> Iterator[Path]:
    """Source files of the product, without tests and migrations."""
    for path in sorted(folder.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path


def upward_relations(candidates: list[type[models.Model]]) -> list[str]:
    """Foreign keys that point up or to a neighbour, and reverse accessors across packages."""
    faults = []
    for model in candidates:
        own = model._meta.app_label
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey):
                continue
            other = field.related_model._meta.app_label
            if other not in storeys():
                continue
            if not may_use(own, other):
                faults.append(f"{model.__name__}.{field.name} points up to {other}")
            if own != other and not field.remote_field.hidden:
                faults.append(f"{model.__name__}.{field.name} opens a reverse accessor in {other}")
    return faults


def upward_templates(own: str, folder: Path) -> list[str]:
    """Templates that extend or include one of a storey above or beside."""
    faults = []
    for path in sorted(folder.rglob("*.html")):
        for name in TEMPLATE_REFERENCE.findall(path.read_text(encoding="utf-8")):
            used = name.split("/")[0]
            if used in storeys() and not may_use(own, used):
                faults.append(f"{path.name} uses {name}")
    return faults


def forbidden_calls(source: str) -> list[str]:
    """Signals and look-ups by string, which would let a lower storey reach up unseen."""
    faults = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals"):
            faults.append("imports signals")
        if isinstance(node, ast.ImportFrom) and node.module == "django.dispatch":
            faults.append("imports dispatch")
        if isinstance(node, ast.Attribute) and node.attr == "get_model":
            faults.append("calls get_model")
    return faults


def test_imports_go_downward_only() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_import_check_sees_a_planted_fault(tmp_path: Path) -> None:
    house = tmp_path / "planted"
    for name, source in {"kernel": "import planted.desk\n", "desk": ""}.items():
        (house / name).mkdir(parents=True)
        (house / name / "__init__.py").write_text(source)
    (house / "__init__.py").write_text("")
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["tool"]["importlinter"]["contracts"][0]["exhaustive"] is True
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = planted\n[importlinter:contract:1]\nname = storeys\ntype = layers\n"
        "layers =\n    desk\n    kernel\ncontainers = planted\nexhaustive = True\n"
    )
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 1, done.stdout + done.stderr


def test_every_package_has_its_storey() -> None:
    assert set(PACKAGES) <= set(storeys())


def test_foreign_keys_point_downward() -> None:
    assert upward_relations(our_models()) == []


def test_foreign_key_check_sees_a_planted_fault() -> None:
    class Planted(models.Model):
        run = models.ForeignKey("payments.Run", on_delete=models.CASCADE)

        class Meta:
            app_label = "places"

    try:
        faults = upward_relations([Planted])
    finally:
        apps.all_models["places"].pop("planted")
        apps.clear_cache()
    assert len(faults) == 2, faults


def test_templates_include_downward() -> None:
    faults = [
        fault for package in PACKAGES for fault in upward_templates(package, ROOT / "phueng" / package / "templates")
    ]
    assert faults == []


def test_template_check_sees_a_planted_fault(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('{% include "desk/queue.html" %}')
    assert upward_templates("design", tmp_path) == ["a.html uses desk/queue.html"]


def test_no_signal_and_no_model_by_string() -> None:
    faults = [
        f"{path.relative_to(ROOT)}: {fault}"
        for path in python_files(ROOT / "phueng")
        for fault in forbidden_calls(path.read_text(encoding="utf-8"))
    ]
    assert faults == []


@pytest.mark.parametrize(
    "source",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "apps.get_model('a', 'B')",
    ],
)
def test_signal_check_sees_planted_faults(source: str) -> None:
    assert forbidden_calls(source)

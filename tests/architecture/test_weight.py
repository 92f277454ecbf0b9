"""Do web processes stay light? They import no library that only the worker needs."""

import subprocess
import sys

import pytest

from tests.architecture.storeys import ROOT

HEAVY = (
    "weasyprint",
    "pythainlp",
    "polars",
    "splink",
    "duckdb",
    "geothai",
    "holidays",
    "fontTools",
    "smpplib",
    "pyarrow",
)
LOAD = """
import os, sys
os.environ.update(PHUENG_SETTING="test", DJANGO_SETTINGS_MODULE="phueng.config.settings")
import phueng.config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
{planted}
print(" ".join(name for name in {heavy!r} if name in sys.modules))
"""


def heavy_modules(planted: str = "") -> set[str]:
    """Heavy libraries found in a fresh web process after all of its pages are loaded."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD.format(planted=planted, heavy=HEAVY)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_web_processes_import_no_heavy_library() -> None:
    assert heavy_modules() == set()


@pytest.mark.parametrize("library", ["polars", "weasyprint"])
def test_the_check_sees_a_planted_import(library: str) -> None:
    assert library in heavy_modules(f"import {library}")

"""Do the documents tell the truth: links, commands, promises, and one application in few files?"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.storeys import ROOT

LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
STORY = ROOT / "docs" / "the-story.md"
MOST_FILES, MOST_LINES = 12, 900

# Written in pieces, so that this file is not its own fault.
ELSEWHERE = re.compile(
    "|".join(
        re.escape("".join(pieces))
        for pieces in (
            ("pypi", ".org"), ("python", "hosted"), ("npm", "js."), ("registry", ".npm"), ("crates", ".io"),
            ("proxy.", "golang"), ("deb.", "debian.org"), ("huggingface", ".co"), ("docker", ".io"), ("ghcr", ".io"),
            ("--index", "-url"), ("--extra-index", "-url"),
            ("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("../sh", "ared/"), ("bash", "_jobs"),
        )
    ),
    re.IGNORECASE,
)  # fmt: skip


def kept_files() -> list[Path]:
    """Files under version control, and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in sorted(set(listed.stdout.split("\0"))) if name and (path := ROOT / name).is_file()]


def documents() -> list[Path]:
    """Every page written in Markdown."""
    return [path for path in kept_files() if path.suffix == ".md"]


def anchor(heading: str) -> str:
    """The address of a heading within its page."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def broken_links(page: Path, text: str | None = None) -> list[str]:
    """Relative links of the page that lead nowhere."""
    text = text if text is not None else page.read_text(encoding="utf-8")
    broken = []
    for link in LINK.findall(re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, fragment = link.partition("#")
        target = (page.parent / name) if name else page
        if not target.exists() or (
            fragment and fragment not in map(anchor, HEADING.findall(target.read_text(encoding="utf-8")))
        ):
            broken.append(link)
    return broken


def named_paths(text: str) -> set[str]:
    """Files and folders of the product that a page names in `code`."""
    return {
        name.split("::")[0]
        for name in re.findall(r"`((?:phueng|tests|docs|bin|bench|requirements)/[\w./-]+)`", text)
        if "NNNN" not in name
    }


def linked_files(page: Path) -> list[Path]:
    """Files that the page links, each once."""
    found = (page.parent / link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8")))
    return list(dict.fromkeys(path.resolve() for path in found if path.is_file()))


def is_act_or_work(path: Path) -> bool:
    """Counted in the budget of the story: what people do, and what the worker does."""
    return path.parent.name == "actions" or path.name == "work.py"


def line_counts(paths: Iterable[Path]) -> dict[Path, int]:
    """Lines of each file, blank ones and imports included."""
    return {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}


def sentences_without_link(text: str) -> list[str]:
    """Sentences of the story that show no file. Headings, tables and the first paragraph only introduce."""
    blocks = [block for block in re.split(r"\n\s*\n", text) if not block.lstrip().startswith(("#", "|", ">"))][1:]
    faults = []
    for block in blocks:
        plain = re.sub(r"\s+", " ", re.sub(r"^\s*(?:\d+\.|[-*])\s+", "", block, flags=re.MULTILINE)).strip()
        faults += [one for one in re.split(r"(?<=[.!?])\s+(?=[A-Z\[*`])", plain) if one and not LINK.search(one)]
    return faults


@pytest.mark.parametrize("page", documents(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


@pytest.mark.parametrize("page", documents(), ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_in_a_page_exist(page: Path) -> None:
    # The guide to a new scheme names the files that its reader is about to write.
    to_be_written = {"phueng/schemes/elder_funeral"} if page.name == "add-a-scheme.md" else set()
    named = {name.rstrip("/") for name in named_paths(page.read_text(encoding="utf-8"))}
    missing = {name for name in named if not (ROOT / name).exists()}
    assert {name for name in missing if not any(name.startswith(new) for new in to_be_written)} == set()


def test_the_story_fits_into_twelve_files_and_nine_hundred_lines() -> None:
    counts = line_counts(path for path in linked_files(STORY) if is_act_or_work(path))
    for path, lines in sorted(counts.items(), key=lambda one: -one[1]):
        print(f"{lines:5} {path.relative_to(ROOT)}")  # noqa: T201 - shown when it fails, or with -s
    print(f"{sum(counts.values()):5} lines in {len(counts)} files")  # noqa: T201
    assert 0 < len(counts) <= MOST_FILES
    assert sum(counts.values()) <= MOST_LINES


def test_every_sentence_of_the_story_shows_its_file() -> None:
    assert sentences_without_link(STORY.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("command", ["bin/demo", "bin/test"])
def test_the_readme_names_commands_that_run(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert os.access(ROOT / command, os.X_OK)


def test_the_readme_can_be_read_in_a_minute() -> None:
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[|`*#-]", r"\1", (ROOT / "README.md").read_text(encoding="utf-8")).split()
    assert len(words) <= 450


def test_whom_to_sign_in_as_is_true() -> None:
    from phueng.demo.people import PASSWORD, PEOPLE

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert PASSWORD in readme
    named = set(re.findall(r"`((?:[a-z]+\.)?[a-z0-9]+)` \|", readme))
    assert named
    assert named <= {one.username for one in PEOPLE}


def promise_of(source: str) -> int:
    """Words in the docstring of a package."""
    return len((ast.get_docstring(ast.parse(source)) or "").split())


def test_every_package_opens_with_its_promise() -> None:
    found = {path.parent.name: promise_of(path.read_text("utf-8")) for path in (ROOT / "phueng").glob("*/__init__.py")}
    assert {name: words for name, words in found.items() if words < 40} == {}


def test_the_architecture_page_draws_the_storeys_that_are_checked() -> None:
    drawn = re.search(r"```\n(commandline .*?)```", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.DOTALL)
    assert drawn
    with (ROOT / "pyproject.toml").open("rb") as file:
        layers = tomllib.load(file)["tool"]["importlinter"]["contracts"][0]["layers"]
    # Storeys that are planned stand in parentheses there and are not drawn here.
    built = [[name.strip() for name in layer.split("|") if "(" not in name] for layer in layers]
    assert [line.split(" | ") for line in drawn[1].strip().splitlines()] == [layer for layer in built if layer]


def test_no_machine_and_no_registry_is_named() -> None:
    faults = []
    for path in kept_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        faults += [f"{path.relative_to(ROOT)}: {found}" for found in set(ELSEWHERE.findall(text))]
    assert faults == []


def test_planted_faults_are_seen() -> None:
    page = ROOT / "README.md"
    assert broken_links(page, "[a](nowhere.md) [b](https://example.org) `[c](also-nowhere.md)`") == ["nowhere.md"]
    assert broken_links(page, "[a](ARCHITECTURE.md#storeys) [b](ARCHITECTURE.md#cellar)") == ["ARCHITECTURE.md#cellar"]
    assert named_paths("see `phueng/payments/work.py` and `tests/races`") == {"phueng/payments/work.py", "tests/races"}
    assert sentences_without_link("# T\n\nIntro.\n\n1. [A](a) acts. Nobody knows where.") == ["Nobody knows where."]
    assert is_act_or_work(ROOT / "phueng/payments/actions/approve_run.py")
    assert not is_act_or_work(ROOT / "phueng/payments/models.py")
    assert promise_of('"""Too short."""') < 40
    assert ELSEWHERE.search("see /wo" + "rk/main")
    assert ELSEWHERE.search("https://PyPI" + ".org/simple")


GUIDE = ROOT / "docs" / "guides" / "add-a-scheme.md"
STEP = re.compile(
    r"(?P<verb>Create|Add at the end of|[Cc]hange)\s+`(?P<path>phueng/[\w./]+)`(?:(?!```|`phueng/).)*?```\w+\n(?P<block>.*?)```",
    re.DOTALL,
)


def follow(guide: str, house: Path) -> list[str]:
    """Do literally what the guide says, in the copy of the house; returns the files touched."""
    touched = []
    for step in STEP.finditer(guide):
        path = house / step["path"]
        if step["verb"] == "Create":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["block"], encoding="utf-8")
        elif step["verb"] == "Add at the end of":
            path.write_text(path.read_text(encoding="utf-8") + step["block"], encoding="utf-8")
        else:
            lines = step["block"].splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] in " -")
            after = "".join(line[1:] for line in lines if line[0] in " +")
            text = path.read_text(encoding="utf-8")
            assert text.count(before) == 1, f"{step['path']} no longer has: {before}"
            path.write_text(text.replace(before, after), encoding="utf-8")
        touched.append(step["path"])
    return touched


def test_the_guide_to_a_new_scheme_works_when_followed_literally(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "phueng", tmp_path / "phueng", ignore=shutil.ignore_patterns("__pycache__"))
    touched = follow(GUIDE.read_text(encoding="utf-8"), tmp_path)
    assert len(touched) == 13
    words = [
        "-q",
        "-c",
        "pytest.ini",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:django",
        "--import-mode=importlib",
        "phueng/schemes/tests/test_examples.py",
        "phueng/schemes/tests/test_scheme_data.py",
        "phueng/schemes/tests/test_reasons.py",
        "phueng/questionnaires/tests/test_definitions.py",
    ]
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pytest", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    # The copy was asked, not the house itself: the new scheme's examples ran.
    assert "elder_funeral" not in (ROOT / "phueng/schemes/catalogue.py").read_text(encoding="utf-8")
    program = "from phueng.schemes.catalogue import scheme; print(scheme('elder_funeral').folder)"
    asked = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert asked.stdout.startswith(str(tmp_path))


def test_a_guide_that_has_gone_stale_is_seen(tmp_path: Path) -> None:
    (tmp_path / "phueng").mkdir()
    (tmp_path / "phueng" / "a.py").write_text("x = 1\n")
    with pytest.raises(AssertionError, match="no longer has"):
        follow("Change `phueng/a.py`:\n\n```diff\n-y = 1\n+y = 2\n```\n", tmp_path)
    assert follow("Change `phueng/a.py`:\n\n```diff\n-x = 1\n+x = 2\n```\n", tmp_path) == ["phueng/a.py"]
    assert (tmp_path / "phueng" / "a.py").read_text() == "x = 2\n"

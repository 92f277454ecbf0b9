"""Is every text that a person can see there in Thai and in English, in pages, code, questions and messages?"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.template.base import Lexer, TokenType
from django.utils.text import smart_split

from phueng.design.tests.test_wording import stray_thai
from tests.architecture.storeys import ROOT

THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e5b]")  # without the baht sign, which has no language
LATIN = re.compile(r"[A-Za-z]")
FORM_NAMES = ("ปสค.1",)  # official names of forms, which have no English one
QUOTED = re.compile(r"""(["'])(.*?)\1""")

# The switch names the other language in that language.
LANGUAGE_SWITCH = 'say "English" "ภาษาไทย"'

# Packages whose every Python file speaks to people; of all others only views, forms and actions do.
SPEAKING = ("access", "applications", "decisions", "desk", "documents", "notices", "payments", "portal", "tracking")
SPEAKING_FILES = ("views", "forms", "actions")

# Thai that stands alone on purpose, and why. A line that no longer needs to stand here makes the test fail.
ALONE = {
    "phueng/access/codes.py": "the text of a code is chosen by language two lines apart, and tested there",
    "phueng/desk/showing.py": "Thai words before place names; the English branch returns two lines above",
    "phueng/documents/lettering.py": "a pattern of Thai marks, not a text",
    "phueng/places/actions/load_invented_municipalities.py": "Thai names of places; the English ones are derived",
    "phueng/desk/forms/office.py": "takes the Thai unit off a time that an officer typed",
    "phueng/ledger/actions/cash.py": "memos in the office's books, which are kept in Thai",
    "phueng/ledger/actions/recover.py": "memos in the office's books, which are kept in Thai",
    "phueng/payments/budget_forms.py": "takes the Thai name of the era off a year that an officer typed",
    "phueng/payments/budget_lines.py": "headings of other people's tables, which are read and never shown",
    "phueng/payments/actions/release_run.py": "the same memos",
    "phueng/payments/actions/reverse_payment.py": "the same memos",
    "phueng/payments/register.py": "the reason kept with an ending, written for the case file",
    "phueng/payments/rendering.py": "headings of the payment sheet, a paper that is signed in Thai",
    "phueng/verification/actions/ask_register.py": "the reason given to the civil register, an authority that reads Thai",
    "phueng/verification/actions/finish_visit.py": "the reason kept with a repeated question, written for the case file",
}


def is_thai(text: str) -> bool:
    """Holds Thai words, other than the name of a form."""
    for name in FORM_NAMES:
        text = text.replace(name, "")
    return bool(THAI.search(text))


def templates() -> list[Path]:
    """Every template of the product."""
    return [path for path in sorted((ROOT / "phueng").rglob("*.html")) if "tests" not in path.parts]


def one_sided_tags(source: str) -> list[str]:
    """Tags with a Thai text that no English one follows, or `say` with an empty side."""
    faults = []
    for token in Lexer(source).tokenize():
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        words = list(smart_split(token.contents))
        named = {word.split("=", 1)[0]: word.split("=", 1)[1] for word in words[1:] if re.match(r"\w+=", word)}
        for place, word in enumerate(words):
            if not is_thai(word):
                continue
            name = word.split("=", 1)[0] if re.match(r"\w+=", word) else ""
            other = named.get(re.sub(r"th$", "en", name), "") if name else "".join(words[place + 1 : place + 2])
            if not _is_english(other) and token.contents != LANGUAGE_SWITCH:
                faults.append(token.contents)
        if (
            words[0] == "say"
            and token.contents != LANGUAGE_SWITCH
            and (len(words) < 3 or not _is_english(words[2]) or words[1] in ('""', "''"))
        ):
            faults.append(token.contents)
    return faults


def _is_english(word: str) -> bool:
    quoted = QUOTED.fullmatch(word)
    # A variable is checked where its value is written.
    return bool(quoted and quoted[2].strip() and not is_thai(quoted[2])) or (not quoted and bool(word))


def speaking_files() -> list[Path]:
    """Python files whose texts reach a person's eyes."""
    chosen = []
    for path in sorted((ROOT / "phueng").rglob("*.py")):
        parts = path.relative_to(ROOT / "phueng").parts
        if {"tests", "migrations"} & set(parts):
            continue
        if parts[0] in SPEAKING or any(part.removesuffix(".py") in SPEAKING_FILES for part in parts[1:]):
            chosen.append(path)
    return chosen


def lonely_thai(source: str) -> list[str]:
    """Thai texts without an English one beside them: next in the call or the tuple, the other branch, `…_en`."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    explained = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    return [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and is_thai(node.value)
        and node not in explained
        and not _has_english_beside(node, parents)
    ]


def _has_english_beside(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> bool:
    while node in parents:
        parent = parents[node]
        if isinstance(parent, ast.stmt):
            return _is_half_of_a_pair_of_names(parent, parents)
        if any(_speaks_english(other) for other in _beside(node, parent, parents)):
            return True
        node = parent
    return False


def _is_half_of_a_pair_of_names(statement: ast.stmt, parents: Mapping[ast.AST, ast.AST]) -> bool:
    """`X_TH = …` with an `X_EN = …` in the same file."""
    names = {one.id for one in parents if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    own = {one.id for one in ast.walk(statement) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return any(
        re.search("_th$", name, re.IGNORECASE) and f"{name[:-2]}{'EN' if name.isupper() else 'en'}" in names
        for name in own
    )


def _beside(node: ast.AST, parent: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    """Where the English text of a Thai one may stand."""
    if isinstance(parent, ast.Call | ast.Tuple | ast.List):
        row: list[ast.expr] = parent.args if isinstance(parent, ast.Call) else parent.elts
        places = [place for place, one in enumerate(row) if one is node]
        yield from (row[place + 1] for place in places if place + 1 < len(row))
    if isinstance(parent, ast.IfExp):
        yield from (branch for branch in (parent.body, parent.orelse) if branch is not node)
    if isinstance(parent, ast.keyword) and parent.arg and parent.arg.endswith("th"):
        call = parents[parent]
        if isinstance(call, ast.Call):
            yield from (one.value for one in call.keywords if one.arg == parent.arg[:-2] + "en")
    if isinstance(parent, ast.Dict):
        keys = {
            key.value: value
            for key, value in zip(parent.keys, parent.values, strict=True)
            if isinstance(key, ast.Constant)
        }
        mine = next((key for key, value in keys.items() if value is node), "")
        if isinstance(mine, str) and mine.endswith("th"):
            yield from (value for key, value in keys.items() if key == mine[:-2] + "en")


def _speaks_english(node: ast.AST) -> bool:
    """Holds a text in Latin letters and no Thai one; a name or a call is checked where its value is written."""
    texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if not texts:
        return isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.JoinedStr)
    return not any(is_thai(text) for text in texts) and any(LATIN.search(text) for text in texts)


def poor_problems(source: str) -> list[str]:
    """Problems with fewer than five parts, an empty part, or the wrong language in one."""
    faults = []
    names = ("code", "th", "en", "next_th", "next_en")
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"):
            continue
        if any(isinstance(one, ast.Starred) for one in node.args) or any(one.arg is None for one in node.keywords):
            continue
        parts: dict[str, ast.expr] = dict(zip(names, node.args, strict=False))
        parts |= {one.arg: one.value for one in node.keywords if one.arg}
        for name in names:
            text = _literal(parts.get(name))
            if name not in parts or (text is not None and not text.strip()):
                faults.append(f"line {node.lineno}: no {name}")
            elif text is not None and name.endswith("en") and is_thai(text):
                faults.append(f"line {node.lineno}: {name} is Thai")
            elif text is not None and name.endswith("th") and not is_thai(text):
                faults.append(f"line {node.lineno}: {name} is not Thai")
    return faults


def _literal(node: ast.expr | None) -> str | None:
    """The words of a literal or formatted text; None when a variable decides."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(one.value for one in node.values if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return None


def one_sided_entries(written: Any, where: str = "") -> list[str]:
    """Entries of a YAML file with a Thai side and no English one, or the other way round."""
    faults: list[str] = []
    if isinstance(written, Mapping):
        for key, value in written.items():
            match = re.fullmatch(r"(.*_)?(th|en)", str(key))
            if match:
                other = written.get(f"{match[1] or ''}{'en' if match[2] == 'th' else 'th'}")
                in_thai = is_thai(str(value))
                if not str(value or "").strip() or not str(other or "").strip() or (match[2] == "en" and in_thai):
                    faults.append(f"{where}.{key}")
            faults += one_sided_entries(value, f"{where}.{key}")
    elif isinstance(written, list):
        for place, one in enumerate(written):
            faults += one_sided_entries(one, f"{where}[{place}]")
    return faults


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "phueng")))
def test_a_template_speaks_both_languages(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert stray_thai(source) == []
    assert one_sided_tags(source) == []


def test_no_thai_text_stands_alone_in_code() -> None:
    faults = {
        str(path.relative_to(ROOT)): alone
        for path in speaking_files()
        if (alone := lonely_thai(path.read_text(encoding="utf-8")))
    }
    assert {path: alone for path, alone in faults.items() if path not in ALONE} == {}
    assert sorted(set(ALONE) - set(faults)) == [], "these need no exception any more"


def test_every_problem_says_what_happened_and_what_to_do_in_both_languages() -> None:
    faults = {
        str(path.relative_to(ROOT)): poor
        for path in sorted((ROOT / "phueng").rglob("*.py"))
        if "tests" not in path.parts and (poor := poor_problems(path.read_text(encoding="utf-8")))
    }
    assert faults == {}


def test_every_yaml_text_has_both_languages() -> None:
    faults = {
        str(path.relative_to(ROOT)): poor
        for path in sorted((ROOT / "phueng").rglob("*.yaml"))
        if (poor := one_sided_entries(yaml.safe_load(path.read_text(encoding="utf-8"))))
    }
    assert faults == {}


def test_every_text_message_has_both_languages() -> None:
    messages = yaml.safe_load((ROOT / "phueng/notices/messages.yaml").read_text(encoding="utf-8"))
    assert len(messages) >= 10
    for code, said in messages.items():
        assert set(said) == {"th", "en"}, code
        assert is_thai(said["th"]), code
        assert LATIN.search(said["en"]), code
        assert set(re.findall(r"{(\w+)}", said["th"])) == set(re.findall(r"{(\w+)}", said["en"])), code


def test_planted_faults_in_templates_are_seen() -> None:
    assert stray_thai("<p>สวัสดี</p>")
    for fault in (
        '{% say "ก" %}',
        '{% say "ก" "" %}',
        '{% say "ก" "ข" %}',
        '{% say "" "a" %}',
        '{% say "ก" "ข" as x %}',
    ):
        assert one_sided_tags(fault), fault
    assert one_sided_tags('{% note title_th="ก" %}')
    assert one_sided_tags('{{ name|default:"ไม่รู้" }}')
    for right in (
        '{% say "ก" "a" %}',
        "{% say x_th x_en %}",
        '{% note title_th="ก" title_en="a" %}',
        '{% say "ก {n}" "a {n}" n=1 %}',
    ):
        assert one_sided_tags(right) == [], right


@pytest.mark.parametrize(
    "fault",
    [
        'messages.success(request, "บันทึกแล้ว")',
        'say("บันทึกแล้ว", "")',
        'say("บันทึกแล้ว", "เก็บแล้ว")',
        'LABELS = {"a": "ก", "b": "Saved"}',
        'field(label_th="ชื่อ")',
        'x = ("ก", "ข")',
    ],
)
def test_planted_thai_alone_in_code_is_seen(fault: str) -> None:
    assert lonely_thai(fault)


@pytest.mark.parametrize(
    "right",
    [
        '"""คำอธิบาย"""',
        'say("บันทึกแล้ว", "Saved")',
        'say(f"บันทึก {n}", f"{n} saved")',
        'LABELS = {"a": ("ก", "Saved")}',
        'field(label_th="ชื่อ", label_en="Name")',
        'x = "ก" if lang == "th" else "Saved"',
        'Problem("x", "ก", "a", next_th="ข", next_en="b")',
    ],
)
def test_paired_texts_pass(right: str) -> None:
    assert lonely_thai(right) == []


@pytest.mark.parametrize(
    "fault",
    [
        'Problem("x", "ก", "a", "ข")',
        'Problem("x", "ก", "a", "ข", "")',
        'Problem("x", "ก", "ก", "ข", "b")',
        'Problem(code="x", th="a", en="a", next_th="ข", next_en="b")',
    ],
)
def test_planted_poor_problems_are_seen(fault: str) -> None:
    assert poor_problems(fault)
    assert poor_problems('Problem("x", "ก", "a", "ข", "b")') == []


@pytest.mark.parametrize(
    "fault", [{"a": {"th": "ก"}}, [{"th": "ก", "en": ""}], {"label_th": "ก"}, {"th": "ก", "en": "ก"}]
)
def test_planted_one_sided_entries_are_seen(fault: Any) -> None:
    assert one_sided_entries(fault)
    assert one_sided_entries([{"label": {"th": "ก", "en": "a"}}, {"x_th": "ก", "x_en": "a"}]) == []

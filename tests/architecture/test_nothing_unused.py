"""Is every public query and action called by something other than its own tests?

What only a test calls is promised, maintained and read for nothing, or is the sign of a page that lacks it.
"""

import ast
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.storeys import ROOT

# name → why it stays without a caller. Empty is best.
KEPT: dict[str, str] = {
    "account_person_id": "tests of kinship ask whom an account belongs to; production asks inside SQL",
    "application_for": "the one way by which a test asks what a viewer may see, reference by reference",
    "awaiting_decision": "tests of deciding ask by it whose turn it is",
    "forget_factor": "an act without a page: a lost phone is rare, `phueng manage shell`",
    "history_of": "tests of the acts ask by it what they left behind",
    "household_member_ids": "tests of checks ask by it who lives together",
    "is_kin": "the function the triggers call, asked by itself",
    "offices_answering": "the long way that office_for, the prepared short one, is compared with",
    "open_visit": "the demo's story asks whether a visit is under way",
    "send_out": "the ledger's counterpart of taking in, shown by its worked example and the bench",
    "state_received_benefit": "an act without a page: what other agencies pay comes by a feed of the installation",
    "timeline_of": "the timeline by id, which tests compare stage by stage",
    "undo_same_person": "an act without a page: records joined by mistake are rare, `phueng manage shell`",
    "withdraw_day": "an act without a page: a day off that the cabinet takes back is rare, `phueng manage shell`",
}


def promised(path: Path) -> bool:
    """Files whose public functions are there for others: queries.py, and every file in actions/."""
    return path.name == "queries.py" or ("actions" in path.parts and path.name != "__init__.py")


def words_used(tree: ast.AST) -> set[str]:
    """Names and attributes that are read. An import alone is no use: actions/__init__.py imports every act."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }


def imported_as(tree: ast.AST) -> dict[str, str]:
    """What a file calls by another name (`from … import close_account as close`)."""
    return {
        one.asname: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.asname
    }


def unused(sources: Mapping[Path, str], others: str = "") -> list[str]:
    """Public functions of queries and actions that no source calls; `others` is text that names functions as words."""
    trees = {path: ast.parse(text) for path, text in sources.items()}
    used: set[str] = set()
    for tree in trees.values():
        words, renamed = words_used(tree), imported_as(tree)
        used |= words | {renamed[word] for word in words if word in renamed}
    return sorted(
        f"{path}: {node.name}"
        for path, tree in trees.items()
        if promised(path)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.name not in used
        and node.name not in KEPT
        and f".{node.name}" not in others
    )


def product() -> dict[Path, str]:
    """Sources of the product without tests; what the demo shows counts as use."""
    return {
        path.relative_to(ROOT): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "phueng").rglob("*.py"))
        if not {"tests", "migrations"} & set(path.relative_to(ROOT).parts)
    }


def test_every_public_query_and_action_is_used() -> None:
    assert unused(product(), others=(ROOT / "phueng/config/work.py").read_text(encoding="utf-8")) == []


def test_reasons_are_given_and_needed() -> None:
    assert all(KEPT.values())
    defined = {
        node.name
        for text in product().values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }
    assert set(KEPT) <= defined


def test_the_check_sees_a_planted_fault() -> None:
    sources = {
        Path("phueng/x/queries.py"): "def asked(): ...\ndef forgotten(): ...\ndef renamed(): ...\ndef _own(): ...",
        Path("phueng/x/actions/__init__.py"): "from phueng.x.actions.act import act\n__all__ = ['act']",
        Path("phueng/x/actions/act.py"): "def act(): ...",
        Path(
            "phueng/x/views.py"
        ): "from phueng.x.queries import asked, forgotten\nfrom phueng.x.queries import renamed as r\nasked(); r()",
    }
    assert unused(sources) == ["phueng/x/actions/act.py: act", "phueng/x/queries.py: forgotten"]

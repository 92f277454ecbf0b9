"""How does a questions.yaml become a form, and how does whoever wrote it learn of a mistake?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import yaml

from phueng.questionnaires.branching import read_branch
from phueng.questionnaires.shapes import (
    Option,
    Page,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionnaireMistake,
)


def load_questionnaire(path: Path) -> Questionnaire:
    """Read a questions.yaml; raises QuestionnaireMistake. `shares` names a file of pages used by several
    forms.
    """
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    shared: dict[str, Any] = {}
    if "shares" in written:
        shared_pages = yaml.safe_load((path.parent / written["shares"]).read_text(encoding="utf-8"))["pages"]
        shared = {page["code"]: page for page in shared_pages}
    pages: list[Page] = []
    questions: dict[str, Question] = {}
    for entry in written["pages"]:
        page, asked = _page(_with_shared(entry, shared), f"{path.parent.name}/{path.name}", set(questions))
        for question in asked:
            if question.code in questions:
                raise QuestionnaireMistake(f"{page.code}: {question.code} is asked twice")
            questions[question.code] = question
        pages.append(page)
    codes = [page.code for page in pages]
    if len(set(codes)) != len(codes):
        raise QuestionnaireMistake(f"{path}: two pages share a code")
    return Questionnaire(str(written["code"]), str(written["version"]), tuple(pages), questions)


def _with_shared(entry: Mapping[str, Any], shared: Mapping[str, Any]) -> Mapping[str, Any]:
    if "use" not in entry:
        return entry
    if entry["use"] not in shared:
        raise QuestionnaireMistake(f"there is no shared page {entry['use']!r}")
    changed = {key: value for key, value in entry.items() if key != "use"}
    return {**shared[entry["use"]], **changed}


def _page(written: Mapping[str, Any], file: str, asked_before: set[str]) -> tuple[Page, Sequence[Question]]:
    where = f"{file}: page {written['code']}"
    shown_when = read_branch(written.get("shown_when"), where)
    if shown_when is not None:
        later = [code for code in shown_when.questions() if code not in asked_before]
        if later:
            raise QuestionnaireMistake(f"{where}: depends on {later}, which earlier pages do not ask")
    questions = [_question(one, where) for one in written.get("questions", [])]
    notice_th, notice_en = _pair(written.get("notice"), where)
    title_th, title_en = _pair(written.get("title"), where)
    if questions and not title_th:
        title_th, title_en = questions[0].label_th, questions[0].label_en
    if not title_th or not (questions or notice_th):
        raise QuestionnaireMistake(f"{where}: a page asks something or tells something, under a title")
    codes = tuple(question.code for question in questions)
    return Page(written["code"], title_th, title_en, codes, shown_when, notice_th, notice_en), questions


def _question(written: Mapping[str, Any], page: str) -> Question:
    where = f"{page}: question {written['code']}"
    _refuse_unknown_keys(written, _QUESTION_KEYS, where)
    if written["kind"] not in get_args(QuestionKind):
        raise QuestionnaireMistake(f"{where}: unknown kind {written['kind']!r}")
    options = tuple(_option(one, where) for one in written.get("options", []))
    if (written["kind"] in ("choice", "choices")) != bool(options):
        raise QuestionnaireMistake(f"{where}: choice and choices, and no other kind, have options")
    label_th, label_en = _pair(written["label"], where)
    hint_th, hint_en = _pair(written.get("hint"), where)
    why_th, why_en = _pair(written.get("why"), where)
    return Question(
        code=written["code"],
        kind=written["kind"],
        label_th=label_th,
        label_en=label_en,
        hint_th=hint_th,
        hint_en=hint_en,
        why_th=why_th,
        why_en=why_en,
        is_required=written.get("required", True),
        options=options,
        max_length=written.get("max_length", 2000 if written["kind"] == "long_text" else 200),
        least=written.get("least"),
        most=written.get("most"),
        is_in_the_past=written.get("is_in_the_past", False),
        column=written.get("column", ""),
        option_columns=written.get("option_columns", {}),
        prefill=written.get("prefill", False),
    )


_OPTION_KEYS = {"code", "th", "en", "hint", "is_exclusive"}
_QUESTION_KEYS = {
    "code", "kind", "label", "hint", "why", "required", "options", "max_length", "least", "most",
    "is_in_the_past", "column", "option_columns", "prefill",
}  # fmt: skip


def _refuse_unknown_keys(written: Mapping[str, Any], known: set[str], where: str) -> None:
    # A comma outside quotes splits a YAML text into stray keys; without this, half a sentence would vanish
    # unseen.
    if stray := set(written) - known:
        raise QuestionnaireMistake(f"{where}: unknown {sorted(stray)}")


def _option(written: Mapping[str, Any], where: str) -> Option:
    _refuse_unknown_keys(written, _OPTION_KEYS, where)
    if not written.get("th") or not written.get("en"):
        raise QuestionnaireMistake(f"{where}: option {written['code']} needs both th and en")
    hint_th, hint_en = _pair(written.get("hint"), where)
    return Option(
        code=written["code"],
        th=written["th"],
        en=written["en"],
        hint_th=hint_th,
        hint_en=hint_en,
        is_exclusive=written.get("is_exclusive", False),
    )


def _pair(written: object, where: str) -> tuple[str, str]:
    """Both languages or neither."""
    if written is None:
        return "", ""
    if not isinstance(written, Mapping) or set(written) != {"th", "en"} or not all(written.values()):
        raise QuestionnaireMistake(f"{where}: needs both th and en, found {written!r}")
    return str(written["th"]).strip(), str(written["en"]).strip()

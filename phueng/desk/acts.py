"""Which step can this viewer take with this case now, in which role, and with which form?

The list is only about what to show: each action checks again, and the database has the last word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from phueng.design.wording import current_language, say, say_lazily
from phueng.desk.casefiles import CaseFile
from phueng.desk.forms import casework
from phueng.desk.stages import CASEWORK, OFFICE
from phueng.kernel.money import format_amount
from phueng.places.queries import offices

# Stages in which somebody may still recommend: refusing needs no visit, approving does (the action says so).
BEFORE_DECISION = ("to_visit", "to_recommend", "waiting_budget")


@dataclass(frozen=True, slots=True)
class Act:
    """One step: its address below the case, its words, who may take it, and when it is possible."""

    code: str
    th: str
    en: str
    roles: tuple[str, ...]
    form: type[forms.Form]
    is_possible: Callable[[CaseFile], bool]
    key: str = ""

    @property
    def template(self) -> str:
        """The part of the page that holds the form."""
        return f"desk/acts/{self.code}.html"

    @property
    def words(self) -> str:
        """In the language of the page."""
        return say(self.th, self.en)


def _has_running_entitlement(case: CaseFile) -> bool:
    right = case.entitlement
    # One that was told to end on a day to come still runs, but nothing more can be said about it.
    return (
        right is not None and right.kind == "monthly" and not right.ended_reason and right.standing(case.on) != "ended"
    )


def _is_held(case: CaseFile) -> bool:
    return _has_running_entitlement(case) and case.entitlement is not None and case.entitlement.held_since is not None


ACTS: dict[str, Act] = {
    act.code: act
    for act in (
        Act("decide", "พิจารณา", "Decide", ("approver",), casework.DecideForm, lambda case: case.is_open and case.awaiting is not None, "a"),
        Act("triage", "คัดกรอง", "Triage", OFFICE, casework.TriageForm, lambda case: case.stage.code == "to_triage", "t"),
        Act("answered", "ผู้ขอตอบแล้ว", "The applicant answered", OFFICE, casework.AnsweredForm, lambda case: case.missing is not None, "n"),
        Act("settle", "ดูผลตรวจ", "Look at a check", CASEWORK, casework.SettleForm, lambda case: case.is_open and bool(case.attention), "c"),
        Act("visit", "เยี่ยมบ้าน", "Home visit", CASEWORK, forms.Form, lambda case: case.is_open and case.asks_for_visit and case.awaiting is None, "v"),
        Act("recommend", "เสนอความเห็น", "Recommend", CASEWORK, casework.RecommendForm, lambda case: case.stage.code in BEFORE_DECISION, "r"),
        Act("missing", "ขอข้อมูลเพิ่ม", "Ask for a thing", CASEWORK, casework.AskMissingForm, lambda case: case.is_open and case.missing is None and case.awaiting is None, "m"),
        Act("transfer", "โอนเรื่อง", "Transfer", (*OFFICE, "approver"), casework.TransferForm, lambda case: case.is_open),
        Act("forward", "ส่งต่อ", "Forward", CASEWORK, casework.ForwardForm, lambda case: case.is_open),
        Act("duplicate", "เรื่องซ้ำ", "Duplicate", CASEWORK, forms.Form, lambda case: case.is_open and case.awaiting is None),
        Act("withdraw", "ถอนเรื่อง", "Withdraw", OFFICE, casework.WithdrawForm, lambda case: case.is_open),
        Act("suspend", "พักการจ่าย", "Suspend", CASEWORK, casework.SuspendForm, lambda case: _has_running_entitlement(case) and not _is_held(case)),
        Act("resume", "จ่ายต่อ", "Pay again", CASEWORK, casework.ResumeForm, _is_held),
        Act("end", "สิ้นสุดสิทธิ", "End", CASEWORK, casework.EndForm, _has_running_entitlement),
        Act("appeal", "รับคำอุทธรณ์", "Take an appeal", OFFICE, casework.AppealForm, lambda case: case.decision is not None and not case.is_open and not any(one.decision_id == case.decision.pk for one in case.decisions.appeals)),
    )
}  # fmt: skip


# The work itself. Everything else is a way out, and opens only when somebody asks for it.
WORK = frozenset({"decide", "triage", "answered", "settle", "visit", "recommend"})


# What a borrowed hand does: the one part that was asked for, and what leads to it. Everything else stays with the office.
LENT = frozenset({"settle", "visit", "recommend", "decide"})
# With these the borrowed hand has done its part.
LENT_ENDS = frozenset({"recommend", "decide"})


def first_act(acts: list[Act]) -> Act | None:
    """The act whose form is open when the case is opened."""
    return next((act for act in acts if act.code in WORK), None)


def acts_for(case: CaseFile) -> list[Act]:
    """What this viewer can do with the case now, the likeliest first."""
    return [act for act in ACTS.values() if _is_theirs(act, case) and act.is_possible(case)]


def _is_theirs(act: Act, case: CaseFile) -> bool:
    lent = act.code in LENT and case.viewer.lent_duty(case.application.pk, *act.roles) is not None
    return lent or case.role_here(*act.roles) is not None


def blank_form(act: Act, case: CaseFile) -> forms.Form:
    """The empty form of an act, with what can be filled in already."""
    return act.form(initial=_initial(act, case), **form_options(act, case))


def form_options(act: Act, case: CaseFile, check_id: str = "") -> dict[str, Any]:
    """What the form of this act needs to know about the case: its lists of choices."""
    match act.code:
        case "transfer":
            return {"offices": _offices(case)}
        case "missing":
            return {"questions": _questions(case)}
        case "recommend":
            return {"is_amount_open": case.scheme.benefit_kind == "lump_sum"}
        case "settle":
            check = next((one for one in case.checks if str(one.id) == check_id), None)
            return {"candidates": candidates_of(check), "auto_id": f"id-{check_id}-%s"} if check else {}
    return {}


def _initial(act: Act, case: CaseFile) -> dict[str, Any]:
    match act.code:
        case "triage":
            return {"is_emergency": case.application.is_emergency}
        case "recommend":
            last = case.decisions.waits_for_budget
            amount = last.amount_satang if last else None
            return {
                "amount": format_amount(amount).removesuffix(".00") if amount else "",
                "why": last.why if last else "",
            }
        case "suspend" | "resume" | "end":
            return {"on": case.on}
    return {}


def _offices(case: CaseFile) -> list[tuple[str, str]]:
    """Offices of the kind that owns the scheme, the own province first."""
    language = current_language()
    own = case.application.office
    found = [one for one in offices(kind=case.scheme.owner_kind) if one.pk != case.application.office_id]
    rows = sorted(found, key=lambda office: own is None or office.province_id != own.province_id)
    return [(str(office.pk), office.name_en if language == "en" else office.name_th) for office in rows]


def _questions(case: CaseFile) -> list[tuple[str, Any]]:
    questions = case.answers.questionnaire.questions.values()
    return [(question.code, say_lazily(question.label_th, question.label_en)) for question in questions]


def candidates_of(check: Any) -> list[tuple[str, str]]:
    """Known people whom a same-person check names: (id, how they are told apart)."""
    answer = (check.answer or {}) if check is not None else {}
    found = []
    for one in answer.get("candidates", ()) if check is not None and check.kind == "same_person" else ():
        parts = (one.get("name", ""), one.get("born_on") or "", one.get("household_hint") or "")
        found.append((str(one["person_id"]), " · ".join(str(part) for part in parts if part)))
    return found

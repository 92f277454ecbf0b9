"""From which state may an application go where, by which act, and who may do it?

The only place that names a transition. An application keeps three states; what else is known about it (triaged, moved,
waiting for the citizen, forwarded, closed) is a fact with its own row, and the acts on those facts stand here as well:
they need a submitted application that is not closed. One act is for closed ones only: an appeal that succeeded opens the
case again.
"""

from dataclasses import dataclass

from phueng.kernel.problems import Problem, Refused

CITIZEN = frozenset({"citizen", "helper", "front_desk", "social_worker", "municipal_officer"})
OFFICE = frozenset({"front_desk", "social_worker", "municipal_officer"})
CASEWORK = frozenset({"social_worker", "municipal_officer"})
ANY_OFFICE = OFFICE | {"approver"}
SYSTEM = frozenset({"system"})


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table."""

    from_state: str
    act: str
    to_state: str
    who: frozenset[str]
    is_after_closing: bool = False


TRANSITIONS: tuple[Transition, ...] = (
    Transition("draft", "save", "draft", CITIZEN),
    Transition("draft", "submit", "submitted", CITIZEN),
    Transition("draft", "withdraw", "withdrawn", CITIZEN),
    Transition("submitted", "withdraw", "withdrawn", CITIZEN),
    Transition("submitted", "triage", "submitted", OFFICE),
    Transition("submitted", "transfer", "submitted", ANY_OFFICE),
    Transition("submitted", "ask_for_missing_thing", "submitted", CASEWORK),
    Transition("submitted", "answer_missing_thing", "submitted", CITIZEN),
    Transition("submitted", "claim", "submitted", ANY_OFFICE),
    Transition("submitted", "forward", "submitted", CASEWORK),
    Transition("submitted", "link_person", "submitted", CASEWORK | SYSTEM),
    Transition("submitted", "close", "submitted", ANY_OFFICE | SYSTEM),
    Transition("submitted", "reopen", "submitted", ANY_OFFICE | SYSTEM, is_after_closing=True),
)

_BY_STEP = {(line.from_state, line.act): line for line in TRANSITIONS}

_NOT_NOW = {
    "draft": Problem(
        "application_not_submitted",
        "คำขอนี้ยังไม่ได้ส่ง",
        "This request has not been sent yet.",
        "ให้ผู้ขอตรวจคำตอบแล้วกดส่งคำขอก่อน",
        "The applicant checks the answers and sends the request first.",
    ),
    "submitted": Problem(
        "application_already_submitted",
        "ส่งคำขอนี้แล้ว จึงแก้ไขในหน้านี้ไม่ได้",
        "This request was already sent and cannot be changed here.",
        "ดูสถานะคำขอ หรือโทร 1300 หากมีข้อมูลที่ต้องแก้",
        "Look at the status of the request, or call 1300 if something must be corrected.",
    ),
    "withdrawn": Problem(
        "application_withdrawn",
        "ถอนคำขอนี้ไปแล้ว",
        "This request was withdrawn.",
        "หากยังต้องการความช่วยเหลือ ให้เริ่มคำขอใหม่",
        "If help is still needed, start a new request.",
    ),
}
_CLOSED = Problem(
    "application_closed",
    "เรื่องนี้สิ้นสุดแล้ว",
    "This request is closed.",
    "ดูผลในหน้าสถานะ หากไม่เห็นด้วย ใช้สิทธิอุทธรณ์ตามหนังสือแจ้งผล",
    "See the outcome on the status page; if you disagree, appeal as the letter says.",
)
_STILL_OPEN = Problem(
    "application_still_open",
    "เรื่องนี้ยังพิจารณาอยู่",
    "This request is still being worked on.",
    "ไม่ต้องเปิดใหม่ ทำขั้นตอนถัดไปได้เลย",
    "It need not be opened again; go on with the next step.",
)
_NOT_YOU = Problem(
    "role_may_not",
    "หน้าที่ของคุณทำขั้นตอนนี้ไม่ได้",
    "Your duty does not allow this step.",
    "ให้เจ้าหน้าที่ที่มีหน้าที่นี้เป็นผู้ทำ",
    "Ask an officer who holds this duty to do it.",
)


def may(state: str, act: str, role: str, *, is_closed: bool = False) -> bool:
    """Is this step in the table, for this role, now?"""
    return problem_with(state, act, role, is_closed=is_closed) is None


def problem_with(state: str, act: str, role: str, *, is_closed: bool = False) -> Problem | None:
    """Why this step is not possible, or None."""
    line = _BY_STEP.get((state, act))
    if line is None:
        return _NOT_NOW[state]
    if is_closed != line.is_after_closing:
        return _CLOSED if is_closed else _STILL_OPEN
    return None if role in line.who else _NOT_YOU


def next_state(state: str, act: str, role: str, *, is_closed: bool = False) -> str:
    """The state after the step. Raises Refused with the reason when the step is not in the table."""
    problem = problem_with(state, act, role, is_closed=is_closed)
    if problem is not None:
        raise Refused(problem)
    return _BY_STEP[(state, act)].to_state

"""Who may do what with a check or a visit, and when? The only place that names it."""

from phueng.kernel.problems import Problem, Refused

CASEWORK = frozenset({"social_worker", "municipal_officer"})
SYSTEM = frozenset({"system"})

# act → who. A waiting check is answered once; what was answered is settled or asked again as a new round, never changed.
WHO: dict[str, frozenset[str]] = {
    "start_checks": SYSTEM,
    "answer_check": SYSTEM | CASEWORK,
    "postpone_check": SYSTEM,
    "ask_again": SYSTEM | CASEWORK | {"front_desk"},
    "settle_check": CASEWORK,
    "visit": CASEWORK,
}

_NOT_YOU = Problem(
    "role_may_not",
    "หน้าที่ของคุณทำขั้นตอนนี้ไม่ได้",
    "Your duty does not allow this step.",
    "ให้เจ้าหน้าที่ที่มีหน้าที่นี้เป็นผู้ทำ",
    "Ask an officer who holds this duty to do it.",
)


def insist_may(act: str, role: str) -> None:
    """Raise Refused("role_may_not") when this role does not do this act."""
    if role not in WHO[act]:
        raise Refused(_NOT_YOU)

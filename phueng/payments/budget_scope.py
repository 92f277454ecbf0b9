"""Which offices' budgets may a viewer see, and for whom may they act?"""

from phueng.access.viewers import DutyHeld, Viewer
from phueng.audit.actors import Actor

FINANCE_ROLES = ("finance_maker", "finance_checker", "releaser")
BUDGET_READERS = (*FINANCE_ROLES, "auditor", "administrator")


def is_at_headquarters(duty: DutyHeld, *roles: str) -> bool:
    """One of these roles, held at headquarters."""
    return duty.office_kind == "headquarters" and duty.role in roles


def offices_seen(viewer: Viewer) -> frozenset[str] | None:
    """Codes of the offices whose budget the viewer sees; None is every office (auditors, finance of headquarters)."""
    if viewer.has_role("auditor"):
        return None
    if any(is_at_headquarters(duty, *FINANCE_ROLES, "administrator") for duty in viewer.duties):
        return None
    return viewer.office_codes(*FINANCE_ROLES)


def sees(viewer: Viewer, office_code: str) -> bool:
    """Whether this office's budget is the viewer's business."""
    seen = offices_seen(viewer)
    return seen is None or office_code in seen


def actor_of(viewer: Viewer, roles: tuple[str, ...], office_codes: tuple[str, ...] = ()) -> Actor | None:
    """The viewer as somebody who may act on budget: with one of these roles in one of these offices, else at headquarters
    (an administrator at headquarters only); None when nothing fits."""
    fitting = [
        d for d in viewer.duties if d.role in roles and d.office_code in office_codes and d.role != "administrator"
    ]
    fitting += [duty for duty in viewer.duties if is_at_headquarters(duty, *roles)]
    return viewer.actor(fitting[0].role, fitting[0].office_id) if fitting else None

"""Which hand could this case borrow from another office, from whom, and what has been asked for already?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from phueng.access.models import BorrowedHand
from phueng.access.queries import accounts_with_duty, hands_asked
from phueng.access.roles import HAND_NAMES, LENDING_ROLES
from phueng.access.viewers import Viewer
from phueng.applications.models import Application
from phueng.decisions.actions.borrow import hands_waited_for
from phueng.decisions.queries import decisions_of
from phueng.design.wording import current_language, say
from phueng.desk.casefiles import CaseFile
from phueng.desk.stages import OFFICE
from phueng.places.models import Office
from phueng.places.queries import lenders_to

ASKERS = (*OFFICE, "approver")
_ASK = {
    "verifier": ("ขอผู้ตรวจข้อเท็จจริงจากสำนักงานคู่", "Ask the paired office for a verifier"),
    "approver": ("ขอผู้อนุมัติจากสำนักงานคู่", "Ask the paired office for an approver"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """An open request as this viewer sees it."""

    row: BorrowedHand
    is_ours: bool
    may_end: bool

    @property
    def words(self) -> str:
        """Which part, and from or for whom."""
        part = say(*HAND_NAMES[self.row.hand])
        if self.is_ours:
            return say(
                "ขอยืม{part}จาก {office}", "{part} asked of {office}", part=part, office=_name(self.row.from_office)
            )
        return say(
            "{office} ขอยืม{part}จากสำนักงานของคุณ", "{office} asks your office for: {part}", part=part,
            office=_name(self.row.asking_office),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Borrowing:
    """Everything about borrowed hands on one case page."""

    asked: tuple[Asked, ...]
    hands: tuple[tuple[str, str], ...]  # (hand, words of the button) that this viewer may ask for now


def borrowing_of(case: CaseFile) -> Borrowing:
    """For the case page: one query, none for a case that is finished (its requests ended with it)."""
    if not case.is_open:
        return Borrowing((), ())
    return _borrowing(case.viewer, case.application, case.at, is_recommended=case.awaiting is not None)


def borrowing_for(viewer: Viewer, application: Application, at: datetime) -> Borrowing:
    """The same for a page without the whole case file."""
    waiting = decisions_of([application.pk])[application.pk].awaiting
    return _borrowing(viewer, application, at, is_recommended=waiting is not None)


def _borrowing(viewer: Viewer, application: Application, at: datetime, *, is_recommended: bool) -> Borrowing:
    offices = viewer.office_ids(*ASKERS)
    rows = hands_asked([application.pk]).get(application.pk, [])
    asked = tuple(
        Asked(row, row.asking_office_id in offices, bool({row.asking_office_id, row.from_office_id} & offices))
        for row in rows
        if viewer.has_role("auditor") or {row.asking_office_id, row.from_office_id} & offices
    )
    waited = hands_waited_for(application, is_recommended=is_recommended, at=at)
    open_hands = {row.hand for row in rows}
    may_ask = application.office_id in offices
    hands = tuple((hand, say(*_ASK[hand])) for hand in waited if may_ask and hand not in open_hands)
    return Borrowing(asked, hands)


def lenders(office_id: UUID, hand: str, on: date) -> Sequence[tuple[str, str]]:
    """Offices that can lend this hand today: (id, name and how many people there hold the duty)."""
    found = []
    for office in lenders_to(office_id):
        people = {one.pk for role in LENDING_ROLES[hand] for one in accounts_with_duty(role, office.pk, on)}
        if people:
            found.append((str(office.pk), say("{name} ({n} คน)", "{name} ({n})", name=_name(office), n=len(people))))
    return found


def _name(office: Office) -> str:
    return office.name_en if current_language() == "en" else office.name_th

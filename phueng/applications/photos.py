"""Which photos hang on a request, and may they be shown yet?"""

from dataclasses import dataclass
from uuid import UUID

from phueng.applications.models import Application
from phueng.design.wording import say
from phueng.documents.queries import EvidenceCard, evidence_of


@dataclass(frozen=True, slots=True)
class AttachedPhoto:
    """One photo on the page of its question."""

    id: UUID
    name: str
    state: str
    words: str
    is_shown: bool


def attached_photos(application: Application) -> dict[str, list[AttachedPhoto]]:
    """The photos of each photo question, in one query."""
    found: dict[str, list[AttachedPhoto]] = {}
    for card in evidence_of([application.id]).get(application.id, []):
        found.setdefault(card.slot, []).append(_attached(card))
    return found


def _attached(card: EvidenceCard) -> AttachedPhoto:
    refusal = card.refusal
    if refusal is not None:
        return AttachedPhoto(card.id, card.original_name, "stopped", say(refusal.th, refusal.en), is_shown=False)
    if card.is_waiting:
        return AttachedPhoto(
            card.id, card.original_name, "waiting", say("กำลังตรวจไฟล์", "Being checked"), is_shown=False
        )
    words = say("ตรวจไฟล์แล้ว", "Checked")
    return AttachedPhoto(card.id, card.original_name, "done", words, is_shown=card.has_thumbnail)

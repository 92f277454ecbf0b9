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
    if card.refusal_code:
        words = say("เปิดไฟล์นี้ไม่ได้ ลบแล้วถ่ายใหม่", "This file cannot be opened; remove it and take it again")
        return AttachedPhoto(card.id, card.original_name, "stopped", words, is_shown=False)
    if not card.is_clean:
        return AttachedPhoto(
            card.id, card.original_name, "waiting", say("กำลังตรวจไฟล์", "Being checked"), is_shown=False
        )
    return AttachedPhoto(card.id, card.original_name, "done", say("ตรวจไฟล์แล้ว", "Checked"), is_shown=True)

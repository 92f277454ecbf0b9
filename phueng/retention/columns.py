"""Which columns of a case are let go, and which stay although they are about people?

Every personal or sensitive column of these tables stands here, with what it becomes or why it stays; a test compares
the list with the declared classes, so a column added later cannot be forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from phueng.applications.models import Application, MissingThing
from phueng.documents.models import Evidence, Letter
from phueng.notices.models import Message, UnreachedTask
from phueng.questionnaires.models import Answer
from phueng.verification.models import Check, Visit

ACCOUNTABLE = "names the account or officer who acted: who answers for an act stays known"
EMPTIED_LINK = "a link to rows that are emptied themselves"


@dataclass(frozen=True, slots=True)
class Letting:
    """One table: how its rows are found from a case, what becomes of each column."""

    model: type[models.Model]
    # Which of the case's ids stands in which column: "case", "sheets" or "subjects" (case, visits, decisions).
    found_by: tuple[str, str]
    becomes: Mapping[str, Any] = field(default_factory=dict)
    stays: Mapping[str, str] = field(default_factory=dict)
    only: Q = field(default_factory=Q)
    is_deleted: bool = False


LETTINGS: tuple[Letting, ...] = (
    Letting(Answer, ("sheet_id__in", "sheets"), {"typed": None, "value": None}, is_deleted=True),
    Letting(
        Visit, ("application_id", "case"), {"latitude": None, "longitude": None},
        {"visited_by_id": ACCOUNTABLE, "visited_by_name": ACCOUNTABLE, "sheet": EMPTIED_LINK},
    ),
    Letting(Check, ("application_id", "case"), {"question": {}, "answer": {}}),
    Letting(
        MissingThing, ("application_id", "case"), {"note": "", "answer_note": "", "evidence_id": None},
        {"asked_by_id": ACCOUNTABLE, "asked_by_name": ACCOUNTABLE},
    ),
    Letting(Message, ("subject_id__in", "subjects"), {"to_phone": "", "text": "", "person_id": None}),
    Letting(
        UnreachedTask, ("subject_id__in", "subjects"), {"outcome": "–"},
        {"message": EMPTIED_LINK, "settled_by_id": ACCOUNTABLE, "settled_by_name": ACCOUNTABLE},
        only=Q(settled_at__isnull=False),
    ),
    Letting(
        Letter, ("subject_id__in", "subjects"), {"context": {}}, {"file": "its bytes are wiped"},
        only=Q(made_at__isnull=False),
    ),
    Letting(
        Evidence, ("subject_id__in", "subjects"),
        {"original_name": "", "received_by_id": None, "received_by_name": ""},
        dict.fromkeys(("raw", "cleaned", "thumbnail"), "its bytes are wiped"),
    ),
    Letting(
        Application, ("pk", "case"),
        {
            "person": None, "household": None, "contact_phone": "", "applicant_name": "", "birth_on": None,
            "helper_name": "", "helper_phone": "", "helper_relation": "", "consent_how": "", "consent_witness": "",
            "started_by_key": "",
        },
        {"sheet": EMPTIED_LINK, "entered_by_id": ACCOUNTABLE, "language": "statistics: two values"},
    ),
)  # fmt: skip

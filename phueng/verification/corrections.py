"""What must be checked again once the citizen has sent the thing that was missing?"""

from django.db.models import Exists, OuterRef

from phueng.applications.models import MissingThing
from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.kernel.problems import Refused
from phueng.verification.actions.ask_again import ask_again
from phueng.verification.models import Check

# The first check that a corrected answer touches; those after it follow. An account is stated with the person.
FIRST_TOUCHED = {
    "full_name": "identifier",
    "has_national_id": "identifier",
    "national_id": "identifier",
    "no_national_id_reason": "identifier",
    "birth_date": "identifier",
    "stays_at": "household",
    "bank_account": "same_person",
    "pay_to": "same_person",
}
OTHERWISE = "other_benefits"
WHY = "คำตอบที่ขอเพิ่มมาถึงแล้ว"


def ask_again_after_answers(*, limit: int = 50) -> int:
    """Open new rounds for open requests whose missing answer came after their last round; returns how many."""
    asked_since = Check.objects.filter(
        application_id=OuterRef("application_id"), asked_at__gte=OuterRef("answered_at"), kind="eligibility"
    )
    has_checks = Check.objects.filter(application_id=OuterRef("application_id"), kind="eligibility")
    arrived = MissingThing.objects.filter(
        ~Exists(asked_since), Exists(has_checks), answered_at__isnull=False, application__closed_at=None,
        application__state="submitted",
    ).exclude(question_code__startswith="photo")  # fmt: skip
    done = 0
    for missing in arrived.order_by("answered_at")[:limit]:
        try:
            ask_again(
                by=SYSTEM("verification.run_checks"), at=now(), application_id=missing.application_id, why=WHY,
                kind=FIRST_TOUCHED.get(missing.question_code, OTHERWISE),
            )  # fmt: skip
            done += 1
        except Refused:
            continue  # closed in this very moment
    return done

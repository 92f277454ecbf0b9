"""What is asked for, where is it, and what happened to it so far?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from phueng.access.viewers import Viewer
from phueng.applications.models import Application, Claim, Forwarding, MissingThing, Transfer, Triage
from phueng.kernel.references import normalise_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.questionnaires.models import Answer
from phueng.questionnaires.queries import Answers, answers_of
from phueng.schemes.catalogue import questionnaire

# Who works on the cases of the own office. Money roles see payments, not requests.
OFFICE_ROLES = ("front_desk", "social_worker", "municipal_officer", "approver")


def applications_for(viewer: Viewer) -> QuerySet[Application]:
    """Every submitted application that this viewer may see: those of the own offices and the open ones for which
    another office asks these for a hand; auditors see all.

    Whoever holds no such duty gets an empty list, never an error.
    """
    submitted = Application.objects.filter(submitted_at__isnull=False).select_related("office")
    if viewer.has_role("auditor"):
        return submitted
    own, asked = viewer.office_ids(*OFFICE_ROLES), viewer.asked_case_ids(*OFFICE_ROLES)
    if not asked:
        return submitted.filter(office_id__in=own)
    return submitted.filter(Q(office_id__in=own) | Q(pk__in=asked, closed_at=None))


def application_for(viewer: Viewer, reference: str) -> Application | None:
    """The application with this reference, written in any way; None when it is not there or not theirs to see."""
    meant = normalise_reference(reference)
    return applications_for(viewer).filter(reference=meant).first() if meant else None


def entered_by(viewer: Viewer, *, most: int = 20) -> list[Application]:
    """What this helper or officer entered on behalf of others, newest first. References only: no answers with it."""
    if viewer.account_id is None:
        return []
    mine = Application.objects.filter(entered_by_id=viewer.account_id).exclude(state="withdrawn")
    return list(mine.order_by("-started_at")[:most])


def application_by_reference(reference: str) -> Application | None:
    """For code that has checked the right to see it in another way (ticket, second factor)."""
    meant = normalise_reference(reference)
    return Application.objects.select_related("office").filter(reference=meant).first() if meant else None


def application_by_id(application_id: UUID) -> Application | None:
    """For actions and worker steps above."""
    return Application.objects.select_related("office").filter(id=application_id).first()


def drafts_among(references: Collection[str]) -> list[Application]:
    """The drafts among the references that a device holds a ticket for, newest first."""
    if not references:
        return []
    drafts = Application.objects.filter(reference__in=references, state="draft")
    return list(drafts.order_by("-started_at"))


def answers_of_application(application: Application, rows: Iterable[Answer] | None = None) -> Answers:
    """All answers, in one query (in none when their rows are at hand). Ages and dates are read as of the day it was submitted (or started)."""
    day = in_bangkok(application.submitted_at or application.started_at).date()
    return answers_of(application.sheet_id, questionnaire(application.scheme_code), today=day, rows=rows)


def open_missing_thing(application_id: UUID) -> MissingThing | None:
    """The one thing the applicant was asked for and has not answered."""
    return MissingThing.objects.filter(application_id=application_id, answered_at=None).first()


def running_claims(application_ids: Collection[UUID], at: datetime) -> QuerySet[Claim]:
    """Who says of these cases "I am working on it" at this moment; at most one for each."""
    return Claim.objects.filter(
        application_id__in=application_ids, released_at=None, claimed_at__lte=at, ends_at__gt=at
    )


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an application. `by_name` is for officers; citizens are shown the role."""

    code: str
    at: datetime
    by_name: str = ""
    note: str = ""
    office_th: str = ""
    office_en: str = ""


def history_of(application: Application) -> list[Happened]:
    """What this package knows, oldest first: submitted, triaged, transferred, asked, answered, forwarded, withdrawn, closed."""
    found: list[Happened] = []
    office = application.office
    if application.submitted_at is not None:
        found.append(Happened("submitted", application.submitted_at, by_name=application.helper_name))
    for triage in Triage.objects.filter(application=application):
        found.append(Happened("triaged", triage.triaged_at, triage.triaged_by_name, triage.call_note))
    for transfer in Transfer.objects.filter(application=application).select_related("to_office"):
        to = transfer.to_office
        found.append(
            Happened(
                "transferred",
                transfer.transferred_at,
                transfer.transferred_by_name,
                transfer.why,
                to.name_th,
                to.name_en,
            )
        )
    for missing in MissingThing.objects.filter(application=application):
        found.append(Happened("asked", missing.asked_at, missing.asked_by_name, missing.note))
        if missing.answered_at is not None:
            found.append(Happened("answered", missing.answered_at, note=missing.answer_note))
    for forwarding in Forwarding.objects.filter(application=application):
        note = f"{forwarding.to_agency} {forwarding.receipt_reference}"
        found.append(Happened("forwarded", forwarding.forwarded_at, forwarding.forwarded_by_name, note))
    if application.closed_at is not None and application.closed_why not in ("forwarded",):
        code = "withdrawn" if application.state == "withdrawn" else "closed"
        found.append(
            Happened(
                code,
                application.closed_at,
                note=application.closed_why,
                office_th=office.name_th if office else "",
                office_en=office.name_en if office else "",
            )
        )
    return sorted(found, key=lambda one: one.at)

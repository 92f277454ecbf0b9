"""Which cases may this viewer see, at which stage are they, and what is new?

Desk owns no tables. The queue needs stage, due day and holder of thousands of cases at once, so it asks the tables of the
packages below in one statement; everything about a single case goes through their own queries.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from phueng.access.viewers import Viewer
from phueng.applications.models import Application, Claim, MissingThing, Transfer, Triage
from phueng.applications.queries import applications_for, running_claims
from phueng.calendars.clock_states import ClockState
from phueng.calendars.models import Clock
from phueng.calendars.queries import clock_states
from phueng.decisions.models import Appeal, Decision, Recommendation
from phueng.desk.stages import STAGES, WORK_OF, Stage
from phueng.kernel.references import is_valid_reference, normalise_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import clean_text
from phueng.schemes.catalogue import scheme
from phueng.schemes.definition import Scheme
from phueng.verification.models import Check

NEW_FOR = timedelta(days=14)
MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue."""

    application: Application
    stage: Stage
    clock: ClockState | None
    claim: Claim | None = None

    @property
    def scheme(self) -> Scheme:
        """What was asked for."""
        return scheme(self.application.scheme_code)

    @property
    def place(self) -> Any:
        """The subdistrict with its district, or None for a person without an address."""
        return self.application.subdistrict


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened since one last looked."""

    code: str
    at: datetime
    reference: str
    name: str


def cases_for(viewer: Viewer) -> QuerySet[Application]:
    """Cases of the viewer's offices, and those whose appeal one of these offices settles."""
    own = applications_for(viewer)
    settling = viewer.office_ids("approver")
    if not settling or viewer.has_role("auditor"):
        return own
    appealed = Appeal.objects.filter(office_id__in=settling).values("decision__application_id")
    return own | Application.objects.filter(submitted_at__isnull=False, pk__in=appealed).select_related("office")


def case_for(viewer: Viewer, reference: str) -> Application | None:
    """The case with this reference in any writing; None when it is not there or not theirs."""
    meant = normalise_reference(reference)
    if not meant:
        return None
    found = staged(cases_for(viewer).filter(reference=meant))
    return found.select_related(
        "office", "triage", "forwarding", "subdistrict__district__province", "household"
    ).first()


def case_by_id(viewer: Viewer, application_id: UUID) -> Application | None:
    """The same by its number inside, for pages that hang on a case (a visit, a task)."""
    return cases_for(viewer).filter(pk=application_id).first()


def stage_of(application: Application) -> Stage:
    """The stage of a case that came through `staged` (all that this file hands out for pages have it)."""
    return STAGES[getattr(application, "stage", "closed")]


def staged(found: QuerySet[Application]) -> QuerySet[Application]:
    """Each case with `stage`, `due_on` and `recommended_by`, computed from the facts by the database."""
    mine = {"application": OuterRef("pk")}
    latest = Recommendation.objects.filter(**mine).order_by("-round")
    decided = Decision.objects.filter(**mine).order_by("-round")
    running = Clock.objects.filter(subject_id=OuterRef("pk"), code="decide", stopped_at=None)
    later = Check.objects.filter(
        application=OuterRef("application"), kind=OuterRef("kind"), round__gt=OuterRef("round")
    )
    checks = Check.objects.filter(~Exists(later), **mine)
    return found.annotate(
        due_on=Subquery(running.values("due_on")[:1], output_field=DateField()),
        recommended_by=Subquery(latest.values("recommended_by_id")[:1]),
        _proposed=Subquery(latest.values("outcome")[:1]),
        _round=Subquery(latest.values("round")[:1], output_field=IntegerField()),
        _decided_round=Coalesce(Subquery(decided.values("round")[:1], output_field=IntegerField()), 0),
        _outcome=Subquery(decided.values("outcome")[:1]),
        _triaged=Exists(Triage.objects.filter(**mine)),
        _asked=Exists(MissingThing.objects.filter(answered_at=None, **mine)),
        _appealed=Exists(Appeal.objects.filter(decision__application=OuterRef("pk"), settled_at=None)),
        _attention=Exists(checks.filter(outcome="attention", settlement=None)),
        _checking=Exists(checks.filter(outcome="waiting").exclude(kind="home_visit")),
        _visiting=Exists(checks.filter(outcome="waiting", kind="home_visit")),
    ).annotate(stage=_stage())


def _stage() -> Case:
    is_pending = Q(_round__gt=F("_decided_round"))
    words = (
        (Q(_appealed=True), "appealed"),
        (Q(state="withdrawn"), "withdrawn"),
        (Q(closed_why="forwarded"), "forwarded"),
        (Q(closed_at__isnull=False, _outcome="approved"), "approved"),
        (Q(closed_at__isnull=False, _outcome="refused"), "refused"),
        (Q(closed_at__isnull=False), "closed"),
        (Q(_asked=True), "asked"),
        (Q(_triaged=False), "to_triage"),
        (is_pending & Q(_proposed="wait_budget"), "waiting_budget"),
        (is_pending, "to_decide"),
        (Q(_attention=True), "attention"),
        (Q(_checking=True), "checking"),
        (Q(_visiting=True), "to_visit"),
    )
    return Case(
        *(When(condition, then=Value(code)) for condition, code in words),
        default=Value("to_recommend"),
        output_field=CharField(),
    )


def waits_for(viewer: Viewer) -> Q:
    """Cases that this viewer can go on with now. Whoever recommended does not decide, so that is left out."""
    # Not an empty list of keys: Django would call the whole count of the queue empty with it.
    wanted = Q(stage="")
    for role, stages in WORK_OF.items():
        offices = viewer.office_ids(role)
        if offices:
            asked = viewer.asked_case_ids(role)
            here = Q(office_id__in=offices, stage__in=stages)
            if asked:
                # A borrowed hand begins where the office's own work would end: it triages nothing.
                here |= Q(pk__in=asked, stage__in=[stage for stage in stages if stage != "to_triage"])
            if role == "approver":
                here &= ~Q(recommended_by=viewer.account_id)
            wanted |= here
    return wanted


def shown_as(show: str, viewer: Viewer, on: date) -> Q:
    """The condition behind one tab of the queue."""
    return {
        "mine": waits_for(viewer),
        "late": Q(due_on__lt=on) & ~Q(stage="asked"),
        "new": Q(stage="to_triage"),
        "applicant": Q(stage="asked"),
        "budget": Q(stage="waiting_budget"),
    }.get(show, Q())


def open_cases(viewer: Viewer, scheme_code: str = "") -> QuerySet[Application]:
    """Every open case of the viewer's offices, with its stage."""
    found = applications_for(viewer).filter(closed_at=None, state="submitted")
    return staged(found.filter(scheme_code=scheme_code) if scheme_code else found)


def counts_of_queue(viewer: Viewer, on: date, scheme_code: str = "") -> dict[str, int]:
    """How many cases stand behind each tab, in one query."""
    tabs = ("mine", "late", "new", "applicant", "budget")
    return open_cases(viewer, scheme_code).aggregate(
        all=Count("pk"), **{tab: Count("pk", filter=shown_as(tab, viewer, on)) for tab in tabs}
    )


def in_order(found: QuerySet[Application]) -> QuerySet[Application]:
    """Emergencies nobody called back yet, then other new ones by age, then by the time that is left."""
    return found.select_related("office", "subdistrict__district__province").order_by(
        Case(When(stage="to_triage", is_emergency=True, then=0), When(stage="to_triage", then=1), default=2),
        F("due_on").asc(nulls_last=True),
        "submitted_at",
        "pk",
    )


def search_cases(viewer: Viewer, typed: str) -> QuerySet[Application]:
    """Open and closed cases by reference in any writing, else by a part of the applicant's name."""
    # A name of eleven letters is not a reference: the check character tells.
    if is_valid_reference(typed):
        return staged(cases_for(viewer).filter(reference=normalise_reference(typed)))
    found = cases_for(viewer)
    for word in clean_text(typed, 100).split():
        found = found.filter(applicant_name__icontains=word)
    newest = found.order_by("-submitted_at").values("pk")[:MOST_FOUND]
    return staged(Application.objects.filter(pk__in=newest))


def closed_cases(viewer: Viewer) -> QuerySet[Application]:
    """What is finished, latest first."""
    finished = applications_for(viewer).exclude(closed_at=None)
    return staged(finished).select_related("office", "subdistrict__district__province").order_by("-closed_at", "pk")


def queue_rows(page: Collection[Application], at: datetime) -> list[QueueRow]:
    """The lines of one page, with their clocks and with who works on them, in a query each."""
    ids = [application.pk for application in page]
    clocks = clock_states(ids, in_bangkok(at).date())
    claims = {claim.application_id: claim for claim in running_claims(ids, at)}
    return [QueueRow(one, stage_of(one), clocks.get(one.pk), claims.get(one.pk)) for one in page]


def news_for(viewer: Viewer, at: datetime, *, most: int = 8) -> list[News]:
    """What came in lately: new cases, answers of applicants, cases from other offices, appeals. One query."""
    since, fields = at - NEW_FOR, ("code", "moment", "reference", "applicant_name")
    mine = applications_for(viewer)
    offices = viewer.office_ids()
    come = mine.filter(submitted_at__gte=since).annotate(code=Value("submitted"), moment=F("submitted_at"))
    told = MissingThing.objects.filter(application__in=mine, answered_at__gte=since).annotate(
        code=Value("answered"),
        moment=F("answered_at"),
        reference=F("application__reference"),
        applicant_name=F("application__applicant_name"),
    )
    moved = Transfer.objects.filter(to_office_id__in=offices, transferred_at__gte=since).annotate(
        code=Value("transferred"),
        moment=F("transferred_at"),
        reference=F("application__reference"),
        applicant_name=F("application__applicant_name"),
    )
    appealed = (
        Appeal.objects.filter(office_id__in=offices, appealed_at__gte=since)
        .annotate(
            code=Value("appealed"),
            moment=F("appealed_at"),
            applicant_name=F("decision__application__applicant_name"),
        )
        .annotate(case_reference=F("decision__application__reference"))
    )
    rows = come.values_list(*fields).union(
        told.values_list(*fields),
        moved.values_list(*fields),
        appealed.values_list("code", "moment", "case_reference", "applicant_name"),
        all=True,
    )
    return [News(*row) for row in rows.order_by("-moment")[:most]]

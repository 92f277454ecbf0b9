"""Which questions about money are open, whose turn is it, and what may each reader see? Every list takes who is looking."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Max, Min, Q, QuerySet

from phueng.access.viewers import Viewer
from phueng.documents.models import Letter
from phueng.documents.queries import letters_of
from phueng.kernel.references import normalise_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.models import Line
from phueng.recoveries.models import (
    Answer,
    Assessment,
    DeductionConsent,
    Instalment,
    OverpaidLine,
    Overpayment,
    Repayment,
    RulingAppeal,
)
from phueng.recoveries.numbers import days, numbers_on
from phueng.recoveries.rules import Situation, cap_for

OFFICERS = ("front_desk", "social_worker", "municipal_officer", "finance_maker", "finance_checker")
FINANCE = ("finance_maker", "finance_checker")
READERS = (*OFFICERS, "approver", "auditor")
# What the citizen is shown: nothing before somebody has told them, nothing that was withdrawn before that.
SHOWN = ("told", "heard", "asking", "assessed", "decided", "appealed", "repaying", "settled", "nothing_owed")


@dataclass(frozen=True)
class Judged:
    """What an officer says about fault."""

    fault: str
    acted_in_good_faith: bool
    said_falsely: bool = False


@dataclass(frozen=True)
class Standing:
    """What is asked, what came, what is still open, in satang; and the next instalment."""

    asked_satang: int
    repaid_satang: int
    next_due_on: date | None = None
    next_satang: int = 0

    @property
    def remaining_satang(self) -> int:
        """Still to come; never below zero."""
        return max(self.asked_satang - self.repaid_satang, 0)

    @property
    def owed_to_person_satang(self) -> int:
        """What came in beyond what is asked after an appeal: it goes back to the person."""
        return max(self.repaid_satang - self.asked_satang, 0)

    def is_late(self, on: date) -> bool:
        """Whether an instalment's day has passed without its money."""
        return self.next_due_on is not None and self.next_due_on < on


@dataclass
class CaseFile:
    """Everything about one question."""

    overpayment: Overpayment
    lines: list[OverpaidLine]
    answers: list[Answer]
    assessments: list[Assessment]
    instalments: list[Instalment] = field(default_factory=list)
    repayments: list[Repayment] = field(default_factory=list)
    consent: DeductionConsent | None = None
    letters: list[Letter] = field(default_factory=list)

    @property
    def payee(self) -> str:
        """The name on the payments."""
        return self.lines[0].line.payee_name if self.lines else ""

    @property
    def assessment(self) -> Assessment | None:
        """The latest."""
        return self.assessments[-1] if self.assessments else None

    @property
    def ruling(self) -> Any:
        """The order that holds, if there is one."""
        return next((r for r in map(_ruling, self.assessments) if r is not None and r.outcome == "agreed"), None)

    @property
    def appeal(self) -> RulingAppeal | None:
        """The appeal against it."""
        return getattr(self.ruling, "appeal", None) if self.ruling else None

    @property
    def appeal_until(self) -> date | None:
        """The last day to appeal."""
        if self.ruling is None:
            return None
        on = in_bangkok(self.ruling.ruled_at).date()
        return on + timedelta(days=days("appeal_within", on))

    @property
    def standing(self) -> Standing:
        """Sums, from the facts at hand."""
        appeal = self.appeal
        asked = self.ruling.asked_satang if self.ruling else 0
        if appeal is not None and appeal.asked_satang is not None:
            asked = appeal.asked_satang
        return standing_of(asked, sum(one.amount_satang for one in self.repayments), self.instalments)

    @property
    def hearing(self) -> Any:
        """When the person was told, and until when they may answer."""
        return getattr(self.overpayment, "hearing", None)

    @property
    def enquiry(self) -> Any:
        """What bank and family were asked."""
        return getattr(self.overpayment, "enquiry", None)


def _ruling(assessment: Assessment) -> Any:
    return getattr(assessment, "ruling", None)


def standing_of(asked: int, repaid: int, parts: Collection[Instalment]) -> Standing:
    """The next instalment is the first that the money so far does not cover; earlier money counts before the plan."""
    covered = repaid - (asked - sum(part.amount_satang for part in parts))
    for part in sorted(parts, key=lambda one: one.ordinal):
        if covered < part.amount_satang:
            return Standing(asked, repaid, part.due_on, part.amount_satang - max(covered, 0))
        covered -= part.amount_satang
    return Standing(asked, repaid)


# ------------------------------------------------------------------------------------------ for actions, one at a time


def asked_of(overpayment: Overpayment) -> int | None:
    """What is asked now, in satang; None before there is an order. The same function that the guards ask."""
    return _one("SELECT recoveries_asked(%s)", overpayment.pk)


def repaid_of(overpayment: Overpayment) -> int:
    """What came back so far."""
    return _one("SELECT recoveries_repaid(%s)", overpayment.pk) or 0


def remaining_of(overpayment: Overpayment) -> int:
    """What is still to come."""
    return max((asked_of(overpayment) or 0) - repaid_of(overpayment), 0)


def _one(statement: str, number: UUID) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
        row = cursor.fetchone()
    return None if row is None or row[0] is None else int(row[0])


def living_consent(overpayment: Overpayment) -> DeductionConsent | None:
    """The consent that has not been taken back."""
    return DeductionConsent.objects.filter(overpayment=overpayment, revoked_at__isnull=True).first()


def cap_of(overpayment: Overpayment, on: date) -> int:
    """The most a month may cost this person."""
    last = overpayment.assessments.order_by("-round").first()
    return cap_for(remaining_of(overpayment), last.income_satang if last else None, numbers_on(on))


def situation_of(overpayment: Overpayment, judged: Judged, on: date) -> Situation:
    """What the rules look at: the note, the payments, the person's last word on each question, the officer's judgement."""
    said = list(overpayment.answers.order_by("-answered_at", "-pk"))

    def last(name: str) -> Any:
        return next((value for one in said if (value := getattr(one, name)) is not None), None)

    paid = overpayment.lines.aggregate(first=Min("line__settled_on"), sent=Min("line__run__effective_on"))
    return Situation(
        cause=overpayment.cause,
        amount_satang=overpayment.amount_satang,
        returned_satang=repaid_of(overpayment),
        first_paid_on=paid["first"] or paid["sent"] or on,
        known_on=overpayment.known_on,
        on=on,
        fault=judged.fault,
        acted_in_good_faith=judged.acted_in_good_faith,
        said_falsely=judged.said_falsely,
        is_dead=overpayment.person.died_on is not None,
        left_satang=last("left_satang"),
        income_satang=last("income_satang"),
        household_size=last("household_size"),
    )


# ------------------------------------------------------------------------------------------------------- for officers


def overpayments_for(viewer: Viewer) -> QuerySet[Overpayment]:
    """Those of the viewer's offices, and of the offices that borrow hands there; auditors and headquarters see all."""
    everything = Overpayment.objects.select_related("office", "application", "person")
    at_headquarters = any(duty.office_kind == "headquarters" and duty.role in READERS for duty in viewer.duties)
    if viewer.has_role("auditor") or at_headquarters:
        return everything
    mine = viewer.office_ids(*OFFICERS, "approver")
    return everything.filter(Q(office_id__in=mine) | Q(office__paired_office_id__in=mine))


def counts_for(viewer: Viewer) -> dict[str, int]:
    """State → how many, in one query."""
    rows = overpayments_for(viewer).order_by().values_list("state").annotate(count=Count("pk"))
    return dict(rows)


def listed_for(viewer: Viewer, states: Collection[str]) -> QuerySet[Overpayment]:
    """Those at these steps, the oldest first, each with the name on its payments."""
    return (
        overpayments_for(viewer)
        .filter(state__in=states)
        .select_related("hearing", "enquiry")
        .annotate(payee=Max("lines__line__payee_name"))
        .order_by(F("closed_at").desc(nulls_first=True), "noted_at", "pk")
    )


def standings_of(overpayments: Collection[Overpayment]) -> dict[UUID, Standing]:
    """Sums and next instalments of a page of questions, in two queries."""
    asked: dict[UUID, tuple[int, int]] = {}
    ids = [one.pk for one in overpayments]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, COALESCE(recoveries_asked(id), 0), recoveries_repaid(id) FROM unnest(%s::uuid[]) AS t(id)",
            [ids],
        )
        for number, asks, came in cursor.fetchall():
            asked[number] = (int(asks), int(came))
    parts: dict[UUID, list[Instalment]] = {}
    live = Instalment.objects.filter(plan__overpayment_id__in=ids, plan__replaced_at__isnull=True)
    for part in live.select_related("plan"):
        parts.setdefault(part.plan.overpayment_id, []).append(part)
    return {number: standing_of(*sums, parts.get(number, [])) for number, sums in asked.items()}


def appeal_ids_of(overpayment_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Question → its open appeal, whose clock runs."""
    found = RulingAppeal.objects.filter(ruling__overpayment_id__in=overpayment_ids, settled_at__isnull=True)
    return dict(found.values_list("ruling__overpayment_id", "pk"))


def overpayment_for(viewer: Viewer, reference: str) -> Overpayment | None:
    """One question, written in any way; not there and not theirs are the same answer."""
    meant = normalise_reference(reference)
    found = overpayments_for(viewer).select_related("hearing", "enquiry").filter(reference=meant) if meant else None
    return None if found is None else found.first()


def case_file(overpayment: Overpayment) -> CaseFile:
    """Everything about it: at most eight queries."""
    assessments = Assessment.objects.filter(overpayment=overpayment).select_related("ruling__appeal", "office")
    case = CaseFile(
        overpayment=overpayment,
        lines=list(
            OverpaidLine.objects.filter(overpayment=overpayment)
            .select_related("line__run")
            .defer("line__account", "line__national_id")
            .order_by("line__run__effective_on", "pk")
        ),
        answers=list(Answer.objects.filter(overpayment=overpayment).order_by("answered_at", "pk")),
        assessments=list(assessments.order_by("round")),
    )
    if overpayment.state not in ("noted", "told", "heard", "dropped"):
        case.repayments = list(Repayment.objects.filter(overpayment=overpayment).order_by("number"))
    if case.ruling is not None:
        live = Instalment.objects.filter(plan__overpayment=overpayment, plan__replaced_at__isnull=True)
        case.instalments = list(live.select_related("plan").order_by("ordinal"))
        case.consent = living_consent(overpayment)
    subjects = [overpayment.pk, *(one.plan_id for one in case.instalments[:1])]
    subjects += [one.pk for one in (case.ruling, case.appeal) if one is not None]
    case.letters = [letter for some in letters_of(subjects).values() for letter in some]
    return case


def paid_lines_of(viewer: Viewer, application_reference: str) -> list[tuple[Line, bool]]:
    """The payments that reached the person under this application, in the viewer's offices, and whether each has been
    asked about; for the form that notes an overpayment."""
    meant = normalise_reference(application_reference)
    offices = viewer.office_ids(*OFFICERS)
    if not meant or not offices:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM entitlements_entitlement e JOIN decisions_decision d ON d.id = e.decision_id"
            " JOIN applications_application a ON a.id = d.application_id WHERE a.reference = %s",
            [meant],
        )
        entitlements = [row[0] for row in cursor.fetchall()]
    lines = (
        Line.objects.filter(due__entitlement_id__in=entitlements, paid_at__isnull=False, run__office_id__in=offices)
        .select_related("run", "due")
        .defer("account", "national_id")
        .order_by("-settled_on", "pk")[:60]
    )
    found = list(lines)
    asked = set(
        OverpaidLine.objects.filter(line__in=found, withdrawn_at__isnull=True).values_list("line_id", flat=True)
    )
    return [(line, line.pk in asked) for line in found]


# -------------------------------------------------------------------------------------------------------- for citizens


@dataclass(frozen=True)
class ShownQuestion:
    """What stands about a question on the page of a request: enough for one card, nothing more."""

    id: UUID
    application_id: UUID
    reference: str
    state: str
    amount_satang: int
    answer_until: date | None
    noted_at: datetime
    is_for_enquiry: bool


def shown_to_citizen(application_ids: Collection[UUID]) -> dict[UUID, list[ShownQuestion]]:
    """The questions that the people behind these requests were told about, latest first. One query, always."""
    found: dict[UUID, list[ShownQuestion]] = {number: [] for number in application_ids}
    rows = (
        Overpayment.objects.filter(application_id__in=list(application_ids), state__in=SHOWN)
        .select_related("hearing", "enquiry")
        .order_by("-noted_at", "pk")
    )
    for one in rows:
        if one.application_id is None:
            continue
        until = one.hearing.answer_until if hasattr(one, "hearing") else None
        found[one.application_id].append(
            ShownQuestion(
                one.pk, one.application_id, one.reference, one.state, one.amount_satang, until, one.noted_at,
                hasattr(one, "enquiry"),
            )
        )  # fmt: skip
    return found


def question_of_citizen(application_id: UUID, reference: str) -> CaseFile | None:
    """One question of this request, whole; only what the person was told about."""
    meant = normalise_reference(reference)
    one = (
        Overpayment.objects.select_related("office", "application", "person", "hearing", "enquiry")
        .filter(application_id=application_id, reference=meant, state__in=SHOWN)
        .first()
        if meant
        else None
    )
    return None if one is None else case_file(one)

"""Which cash is out, what is late, and who waits to be paid in the hand? Every read takes who is looking."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from phueng.access.models import Account, Duty
from phueng.access.queries import in_force
from phueng.access.viewers import Viewer
from phueng.advances.models import Advance, Handover
from phueng.advances.sql import PAYER_ROLES
from phueng.decisions.models import Decision
from phueng.entitlements.models import Due, Entitlement
from phueng.kernel.references import normalise_reference
from phueng.payments.approving import lends_hands_to
from phueng.payments.gathering import without_instruction
from phueng.payments.models import CounterChoice, Line, Run
from phueng.places.identity import office_id
from phueng.registry.queries import national_ids_of

FINANCE = PAYER_ROLES
OFFICERS = ("front_desk", "social_worker", "municipal_officer", *FINANCE)
READERS = (*OFFICERS, "auditor")
MONEY_READERS = (*FINANCE, "auditor")


@dataclass(frozen=True)
class Waiting:
    """Sums of one scheme and office whose payees chose the counter."""

    scheme_code: str
    office_id: UUID
    count: int
    total_satang: int


@dataclass(frozen=True)
class PayeeRow:
    """One payee of an advance and where it stands: open, noted, paid or returned."""

    line: Line
    handover: Handover | None
    national_id: str

    @property
    def standing(self) -> str:
        """Read from the line's and the handover's own moments."""
        if self.line.paid_at:
            return "paid"
        if self.line.returned_at:
            return "returned"
        return "noted" if self.handover else "open"


def advances_for(viewer: Viewer) -> QuerySet[Advance]:
    """Those of the viewer's offices of finance, and those whose money the viewer carries; auditors see all."""
    everything = Advance.objects.select_related("run", "office")
    if viewer.has_role("auditor"):
        return everything
    carries = Q(first_payer_id=viewer.account_id) | Q(second_payer_id=viewer.account_id)
    return everything.filter(Q(office_id__in=viewer.office_ids(*FINANCE)) | carries)


def listed_for(viewer: Viewer, most: int = 50) -> list[Advance]:
    """Open ones first, the one that is due first on top: what is overdue leads the list; then what was cleared."""
    return list(advances_for(viewer).order_by(F("cleared_at").desc(nulls_first=True), "clear_by", "pk")[:most])


def advance_for(viewer: Viewer, advance_id: UUID) -> Advance | None:
    """One advance; not there and not theirs are the same answer."""
    return advances_for(viewer).filter(pk=advance_id).first()


def undrawn_runs(viewer: Viewer) -> list[Run]:
    """Released counter runs whose money nobody has taken out."""
    drawn = Advance.objects.values("run_id")
    runs = Run.objects.filter(pay_route="counter", released_at__isnull=False, office_id__in=viewer.office_ids(*FINANCE))
    return list(runs.exclude(pk__in=drawn).select_related("office").order_by("effective_on", "pk"))


def choices_for(viewer: Viewer, most: int = 100) -> list[CounterChoice]:
    """Who is paid at the counter in the viewer's offices, unconfirmed ones first."""
    found = CounterChoice.objects.filter(ended_at=None).select_related("office").order_by("confirmed_at", "chosen_at")
    if not viewer.has_role("auditor"):
        found = found.filter(office_id__in=viewer.office_ids(*OFFICERS))
    return list(found.order_by(F("confirmed_at").asc(nulls_first=True), "chosen_at")[:most])


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """Sums that a maker can put into a counter run now."""
    offices = {duty.office_code: duty.office_id for duty in viewer.duties if duty.role == "finance_maker"}
    if not offices:
        return []
    chosen = CounterChoice.objects.filter(confirmed_at__isnull=False, ended_at=None).values("person_id")
    dues = without_instruction(Due.objects.filter(office_code__in=offices, person_id__in=chosen))
    rows = dues.order_by().values_list("scheme_code", "office_code").annotate(n=Count("pk"), total=Sum("amount_satang"))
    return [Waiting(scheme_code, offices[office], n, total) for scheme_code, office, n, total in rows]


def payees_of_advance(advance: Advance) -> list[PayeeRow]:
    """Everybody whose money it is, with the handover that counts and the number to compare with the card."""
    lines = list(Line.objects.filter(run_id=advance.run_id).defer("account", "national_id").order_by("number"))
    handovers = {one.line_id: one for one in Handover.objects.filter(advance=advance, withdrawn_at=None)}
    numbers = national_ids_of([line.person_id for line in lines])
    return [PayeeRow(line, handovers.get(line.pk), numbers.get(line.person_id, "")) for line in lines]


def possible_payers(run: Run, on: date) -> list[tuple[UUID, str]]:
    """Accounts of finance that may carry this run's money as far as duties tell; hands are looked at when it is drawn."""
    signers = [run.prepared_by_id, *run.approvals.values_list("approved_by_id", flat=True)]
    signers += [run.released_by_id] if run.released_by_id else []
    held = Duty.objects.filter(in_force(on), role__in=FINANCE, office_id__in=lends_hands_to(run))
    accounts = Account.objects.filter(pk__in=held.values("account_id")).exclude(pk__in=signers)
    return [(one.pk, one.display_name_th) for one in accounts.order_by("display_name_th", "pk")]


def person_behind(viewer: Viewer, reference: str) -> tuple[UUID, UUID] | None:
    """(person, office) of an approved request of the viewer's offices; not there and not theirs are the same answer."""
    meant = normalise_reference(reference)
    if not meant:
        return None
    decided = Decision.objects.filter(application__reference=meant).values("pk")
    held = Entitlement.objects.filter(decision_id__in=decided, office_code__in=viewer.office_codes(*OFFICERS))
    found = held.values_list("person_id", "office_code").first()
    return (found[0], office_id(found[1])) if found else None

"""What is ready to be paid, what is left out, and why? Set-wise: a fixed number of queries for any number of dues."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from phueng.decisions.models import Decision
from phueng.entitlements.models import Due
from phueng.payments.account_looks import looks_at_accounts
from phueng.payments.candidates import FIRST, OwedSum, Place, candidates_after, counted_candidates
from phueng.payments.models import Line, Run
from phueng.payments.routes import route_of
from phueng.payments.rules import DEAD, NOT_ASKED, WAYS, Payee, WayToPay, blames_account, reason_to_leave_out
from phueng.places.models import Office
from phueng.registry.queries import PayeeCard, national_ids_of, payees_of
from phueng.schemes.catalogue import scheme

# How a line says that the money goes to a PromptPay identity, or into somebody's hand, instead of an account.
PROMPTPAY = "PPY"
IN_HAND = "CSH"
COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Ready:
    """A due that can be paid, and to where."""

    due: OwedSum
    payee_name: str
    bank_code: str
    account: str
    national_id: str = ""
    is_asked_about: bool = True  # False: the bank has not said yet whose account it is


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A due that cannot be paid now; `reason` is a key of problems.EXCLUSIONS."""

    due: OwedSum
    payee_name: str
    reason: str


@dataclass(frozen=True)
class Gathered:
    """One batch of dues, each looked at once; `place` is where the next batch begins (None: nothing is left)."""

    ready: tuple[Ready, ...]
    left_out: tuple[LeftOut, ...]
    place: Place | None


@dataclass(frozen=True)
class Preview:
    """What a run would hold if it were prepared now; `for_next_run` dues are ready too, but belong into another run.

    Of a large office the first batch is looked at one by one; `beyond` says how many more are counted only.
    """

    ready: tuple[Ready, ...]
    left_out: tuple[LeftOut, ...]
    for_next_run: int = 0
    beyond: int = 0
    beyond_satang: int = 0
    beyond_reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def total_satang(self) -> int:
        """Sum of what is ready, as far as it was looked at or counted."""
        return sum(item.due.amount_satang for item in self.ready) + self.beyond_satang

    @property
    def ready_count(self) -> int:
        """How many can be paid, as far as they were looked at or counted."""
        return len(self.ready) + self.beyond - sum(self.beyond_reasons.values())

    @property
    def reasons(self) -> dict[str, int]:
        """Reason → how many are left out for it, most frequent first."""
        counted = Counter(item.reason for item in self.left_out)
        counted.update(self.beyond_reasons)
        return dict(counted.most_common())


@dataclass(frozen=True)
class Wish:
    """What is gathered: one scheme of one office, due by a day, by one way."""

    scheme_code: str
    office_code: str
    on: date
    pay_route: str

    @property
    def way(self) -> WayToPay:
        """What the way asks of a payee."""
        return WAYS[self.pay_route]

    @property
    def in_hand(self) -> bool | None:
        """Whether only those who chose the counter are gathered; None where the whole office pays there anyway."""
        if route_of(self.scheme_code, self.office_code, self.on) == COUNTER:
            return None
        return self.pay_route == COUNTER


def without_instruction(dues: QuerySet[Due]) -> QuerySet[Due]:
    """Those that no live line pays."""
    live = Line.objects.filter(due=OuterRef("pk"), returned_at__isnull=True, dropped_at__isnull=True)
    return dues.filter(~Exists(live))


def wish_of(scheme_code: str, office: Office, on: date, *, at_counter: bool = False) -> Wish:
    """What a run prepared for this scheme, office and day gathers; `at_counter`: those who chose to be paid there."""
    return Wish(scheme_code, office.code, on, COUNTER if at_counter else route_of(scheme_code, office.code, on))


def preview_run(*, scheme_code: str, office: Office, on: date) -> Preview:
    """Gather the dues of one scheme and office that fell due by `on` and have no live instruction."""
    wish, most = wish_of(scheme_code, office, on), settings.PHUENG_RUN_BATCH
    first = gather(wish, FIRST, most)
    now = [item for item in first.ready if belongs(item, first.ready[0], wish)]
    later = len(first.ready) - len(now)
    if first.place is None:
        return Preview(tuple(now), first.left_out, later)
    count, satang, reasons = counted_candidates(
        wish.scheme_code, wish.office_code, on, first.place, in_hand=wish.in_hand
    )
    return Preview(tuple(now), first.left_out, later, count, satang, reasons)


def gather(wish: Wish, after: Place, most: int) -> Gathered:
    """Look at the next `most` dues behind a place, each once."""
    dues = candidates_after(wish.scheme_code, wish.office_code, wish.on, after, most, in_hand=wish.in_hand)
    people = {due.person_id for due in dues}
    cards = payees_of(people)
    numbers = national_ids_of(people) if wish.way.takes_promptpay else {}
    merged, came_back = _owed_to_another_record(dues), _came_back(dues)
    unknown = _unknown_to_register(people)
    looks = {} if wish.way.pays_in_hand else looks_at_accounts(people)
    ready: list[Ready] = []
    left_out: list[LeftOut] = []
    for due in dues:
        payee = _payee(cards[due.person_id], numbers.get(due.person_id, ""))
        back = came_back.get(due.pk, ())
        reason = reason_to_leave_out(
            payee,
            wish.way,
            rests=due.rests,
            amount_satang=due.amount_satang,
            cap_satang=_cap(wish.scheme_code, due),
            is_owed_elsewhere=due.pk in merged,
            promptpay_failed=any(bank == PROMPTPAY and blames_account(code) for bank, code in back),
            is_said_dead=any(code == DEAD for _, code in back),
            is_unknown=due.person_id in unknown,
            look=looks.get(due.person_id),
        )
        if reason in (None, NOT_ASKED):
            ready.append(_ready(due, payee, wish.way, is_asked_about=reason is None))
        else:
            left_out.append(LeftOut(due, payee.name, reason))
    place = (dues[-1].due_on, dues[-1].pk) if len(dues) == most else None
    return Gathered(tuple(ready), tuple(left_out), place)


def batches(wish: Wish, size: int, after: Place = FIRST) -> Iterator[Gathered]:
    """Everything that is due, batch by batch in its order."""
    place: Place | None = after
    while place is not None:
        batch = gather(wish, place, size)
        yield batch
        place = batch.place


def belongs(item: Ready, first: Ready, wish: Wish) -> bool:
    """Whether both may stand in one run: one fiscal year's budget, and in a certified list one month (nobody stands
    there twice)."""
    return kind_of_run(item, wish) == kind_of_run(first, wish)


def kind_of_run(item: Ready, wish: Wish) -> tuple[int, str, int]:
    """Fiscal year and, for a certified list, the month and which difference of it."""
    if not wish.way.is_listed:
        return item.due.fiscal_year, "", 0
    return item.due.fiscal_year, str(item.due.month or ""), item.due.nth_difference


def _ready(due: OwedSum, payee: Payee, way: WayToPay, *, is_asked_about: bool = True) -> Ready:
    number = payee.national_id if way.is_listed or not payee.account else ""
    if way.pays_in_hand:
        return Ready(due, payee.name, IN_HAND, "", "")
    if payee.account:
        return Ready(due, payee.name, payee.bank_code, payee.account, number, is_asked_about)
    return Ready(due, payee.name, PROMPTPAY, payee.national_id, number)


def _cap(scheme_code: str, due: OwedSum) -> int | None:
    # A monthly sum is worked out by the scheme's own rules; a single sum was decided by a person and has a ceiling.
    return scheme(scheme_code).ceiling_satang(due.due_on) if due.month is None else None


def _payee(card: PayeeCard, national_id: str) -> Payee:
    return Payee(card.name, card.died_on, card.bank_code, card.account, card.holder_name, national_id)


def _unknown_to_register(person_ids: Collection[UUID]) -> set[UUID]:
    """Those whose number the register did not know when it was asked last."""
    if not settings.PHUENG_REGISTER_WORD_HOURS:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT person_id FROM (
                   SELECT DISTINCT ON (person_id) person_id, standing FROM payments_registerword
                   WHERE person_id = ANY(%s) ORDER BY person_id, asked_at DESC) latest
               WHERE standing = 'unknown'""",
            [list(person_ids)],
        )
        return {row[0] for row in cursor.fetchall()}


def _owed_to_another_record(dues: Sequence[OwedSum]) -> set[UUID]:
    """Months that another record of the same person (they were merged later) has been or is being paid for.

    The database keeps a month unique for each record; after a merge two records may be owed the same month. The one
    with a live line, or the older of two without, is paid; a person looks at the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH mine AS (
                 SELECT d.id, d.scheme_code, d.month, d.nth_difference, d.fell_due_at, registry_canonical(d.person_id) AS who
                 FROM entitlements_due d
                 WHERE d.id = ANY(%s) AND d.month IS NOT NULL AND EXISTS (
                   SELECT 1 FROM registry_sameperson s
                   WHERE s.undone_at IS NULL AND d.person_id IN (s.person_id, s.canonical_id)))
               SELECT m.id FROM mine m WHERE EXISTS (
                 SELECT 1 FROM registry_selves(m.who) self JOIN entitlements_due o ON o.person_id = self
                 WHERE o.scheme_code = m.scheme_code AND o.month = m.month AND o.nth_difference = m.nth_difference AND o.id <> m.id
                   AND ((o.fell_due_at, o.id) < (m.fell_due_at, m.id) OR EXISTS (
                     SELECT 1 FROM payments_line l
                     WHERE l.due_id = o.id AND l.returned_at IS NULL AND l.dropped_at IS NULL)))""",
            [[due.pk for due in dues]],
        )
        return {row[0] for row in cursor.fetchall()}


def _came_back(dues: Sequence[OwedSum]) -> dict[UUID, list[tuple[str, str]]]:
    """(bank code, why) of earlier payments of these dues that came back: the same way would only come back again."""
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    back = Line.objects.filter(due__in=[due.pk for due in dues], returned_at__isnull=False)
    for due_id, bank_code, returned_code in back.values_list("due_id", "bank_code", "returned_code"):
        found[due_id].append((bank_code, returned_code))
    return found


def cases_of(dues: Collection[Due]) -> dict[UUID, UUID]:
    """Due id → the application that it goes back to; hands are laid on these. The dues come with their entitlement."""
    decision_ids = {due.pk: due.entitlement.decision_id for due in dues}
    applications = dict(Decision.objects.filter(pk__in=set(decision_ids.values())).values_list("pk", "application_id"))
    return {due: applications[decision] for due, decision in decision_ids.items() if decision in applications}


def cases_of_run(run: Run) -> set[UUID]:
    """The applications behind the run's lines, in one query."""
    return set(
        Decision.objects.filter(
            pk__in=Due.objects.filter(pk__in=run.lines.values("due_id")).values("entitlement__decision_id")
        ).values_list("application_id", flat=True)
    )

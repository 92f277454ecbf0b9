"""What is ready to be paid, what is left out, and why? Set-wise: a fixed number of queries for any number of dues."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from phueng.decisions.models import Decision
from phueng.entitlements.models import Due
from phueng.entitlements.queries import dues_payable
from phueng.payments.models import Line, Run
from phueng.payments.rules import DEAD, Payee, blames_account, reason_to_leave_out
from phueng.places.models import Office
from phueng.registry.queries import PayableAccount, PersonCard, national_ids_of, payable_accounts, person_cards
from phueng.schemes.catalogue import scheme

# How a line says that the money goes to a PromptPay identity instead of an account.
PROMPTPAY = "PPY"


@dataclass(frozen=True)
class Ready:
    """A due that can be paid, and to where."""

    due: Due
    payee_name: str
    bank_code: str
    account: str
    national_id: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A due that cannot be paid now; `reason` is a key of problems.EXCLUSIONS."""

    due: Due
    payee_name: str
    reason: str


@dataclass(frozen=True)
class Preview:
    """What a run would hold if it were prepared now; `for_next_run` dues are ready too, but belong into another run."""

    ready: tuple[Ready, ...]
    left_out: tuple[LeftOut, ...]
    for_next_run: int = 0

    @property
    def total_satang(self) -> int:
        """Sum of what is ready."""
        return sum(item.due.amount_satang for item in self.ready)


def without_instruction(dues: QuerySet[Due]) -> QuerySet[Due]:
    """Those that no live line pays."""
    live = Line.objects.filter(due=OuterRef("pk"), returned_at__isnull=True, dropped_at__isnull=True)
    return dues.filter(~Exists(live))


def preview_run(*, scheme_code: str, office: Office, on: date) -> Preview:
    """Gather the dues of one scheme and office that fell due by `on` and have no live instruction."""
    found = without_instruction(dues_payable(scheme_code, [office.code], on))
    dues = list(found.select_related("entitlement").order_by("due_on", "pk"))
    people = {due.person_id for due in dues}
    cards, accounts = person_cards(people), payable_accounts(people)
    by_list = scheme(scheme_code).pay_route == "comptroller"
    numbers = national_ids_of(people) if by_list else {}
    merged, came_back = _owed_to_another_record(dues), _came_back(dues)
    ready: list[Ready] = []
    left_out: list[LeftOut] = []
    for due in dues:
        payee = _payee(cards[due.person_id], accounts.get(due.person_id), numbers.get(due.person_id, ""))
        reason = reason_to_leave_out(
            payee,
            is_listed=by_list,
            is_owed_elsewhere=due.pk in merged,
            promptpay_failed=any(bank == PROMPTPAY and blames_account(code) for bank, code in came_back[due.pk]),
            is_said_dead=any(code == DEAD for _, code in came_back[due.pk]),
        )
        if reason is not None:
            left_out.append(LeftOut(due, payee.name, reason))
        elif payee.account:
            ready.append(Ready(due, payee.name, payee.bank_code, payee.account, payee.national_id))
        else:
            ready.append(Ready(due, payee.name, PROMPTPAY, payee.national_id, payee.national_id))
    now = [item for item in ready if _batch(item, by_list) == _batch(ready[0], by_list)]
    return Preview(tuple(now), tuple(left_out), len(ready) - len(now))


def _batch(item: Ready, by_list: bool) -> tuple[int, date | None]:
    """What one run may hold: one fiscal year's budget, and in a certified list one month (nobody stands there twice)."""
    return item.due.fiscal_year, item.due.month if by_list else None


def _payee(card: PersonCard, account: PayableAccount | None, national_id: str) -> Payee:
    name = f"{card.first_name} {card.last_name}".strip()
    if account is None:
        return Payee(name, card.died_on, national_id=national_id)
    return Payee(name, card.died_on, account.bank_code, account.number, account.holder_name, national_id)


def _owed_to_another_record(dues: Sequence[Due]) -> set[UUID]:
    """Months that another record of the same person (they were merged later) has been or is being paid for.

    The database keeps a month unique for each record; after a merge two records may be owed the same month. The one
    with a live line, or the older of two without, is paid; a person looks at the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH mine AS (
                 SELECT d.id, d.scheme_code, d.month, d.fell_due_at, registry_canonical(d.person_id) AS who
                 FROM entitlements_due d
                 WHERE d.id = ANY(%s) AND d.month IS NOT NULL AND EXISTS (
                   SELECT 1 FROM registry_sameperson s
                   WHERE s.undone_at IS NULL AND d.person_id IN (s.person_id, s.canonical_id)))
               SELECT m.id FROM mine m WHERE EXISTS (
                 SELECT 1 FROM registry_selves(m.who) self JOIN entitlements_due o ON o.person_id = self
                 WHERE o.scheme_code = m.scheme_code AND o.month = m.month AND o.id <> m.id
                   AND ((o.fell_due_at, o.id) < (m.fell_due_at, m.id) OR EXISTS (
                     SELECT 1 FROM payments_line l
                     WHERE l.due_id = o.id AND l.returned_at IS NULL AND l.dropped_at IS NULL)))""",
            [[due.pk for due in dues]],
        )
        return {row[0] for row in cursor.fetchall()}


def _came_back(dues: Sequence[Due]) -> dict[UUID, list[tuple[str, str]]]:
    """(bank code, why) of earlier payments of these dues that came back: the same way would only come back again."""
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    back = Line.objects.filter(due__in=dues, returned_at__isnull=False)
    for due_id, bank_code, returned_code in back.values_list("due_id", "bank_code", "returned_code"):
        found[due_id].append((bank_code, returned_code))
    return found


def cases_of(dues: Collection[Due]) -> dict[UUID, UUID]:
    """Due id → the application that it goes back to; hands are laid on these. The dues come with their entitlement."""
    decision_ids = {due.pk: due.entitlement.decision_id for due in dues}
    applications = dict(Decision.objects.filter(pk__in=set(decision_ids.values())).values_list("pk", "application_id"))
    return {due: applications[decision] for due, decision in decision_ids.items() if decision in applications}


def cases_of_run(run: Run) -> set[UUID]:
    """The applications behind the run's lines."""
    dues = Due.objects.filter(pk__in=run.lines.values("due_id")).select_related("entitlement")
    return set(cases_of(dues).values())

"""What is ready to be paid, what is left out, and why? Set-wise: a fixed number of queries for any number of dues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from phueng.decisions.models import Decision
from phueng.entitlements.models import Due
from phueng.entitlements.queries import dues_payable
from phueng.payments.models import Line
from phueng.payments.rules import Payee, reason_to_leave_out
from phueng.places.models import Office
from phueng.registry.queries import PayableAccount, national_ids_of, payable_accounts, person_cards
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


@dataclass(frozen=True)
class LeftOut:
    """A due that cannot be paid now; `reason` is a key of problems.EXCLUSIONS."""

    due: Due
    payee_name: str
    reason: str


@dataclass(frozen=True)
class Preview:
    """What a run would hold if it were prepared now."""

    ready: tuple[Ready, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def total_satang(self) -> int:
        """Sum of what is ready."""
        return sum(item.due.amount_satang for item in self.ready)


def preview_run(*, scheme_code: str, office: Office, on: date, most: int | None = None) -> Preview:
    """Gather the dues of one scheme and office that fell due by `on` and have no live instruction."""
    live = Line.objects.filter(due=OuterRef("pk"), returned_at__isnull=True, dropped_at__isnull=True)
    found = dues_payable(scheme_code, [office.code], on).filter(~Exists(live)).order_by("due_on", "pk")
    dues = list(found[:most] if most else found)
    people = {due.person_id for due in dues}
    cards, accounts = person_cards(people), payable_accounts(people)
    by_promptpay = scheme(scheme_code).pay_route == "comptroller"
    numbers = national_ids_of(people - accounts.keys()) if by_promptpay else {}
    ready: list[Ready] = []
    left_out: list[LeftOut] = []
    for due in dues:
        card = cards[due.person_id]
        name = f"{card.first_name} {card.last_name}".strip()
        payee = _payee(name, card.died_on, accounts.get(due.person_id))
        number = numbers.get(due.person_id, "")
        reason = reason_to_leave_out(payee, needs_account=not number)
        if reason is not None:
            left_out.append(LeftOut(due, name, reason))
        elif payee.account:
            ready.append(Ready(due, name, payee.bank_code, payee.account))
        else:
            ready.append(Ready(due, name, PROMPTPAY, number))
    return Preview(tuple(ready), tuple(left_out))


def _payee(name: str, died_on: date | None, account: PayableAccount | None) -> Payee:
    if account is None:
        return Payee(name, died_on)
    return Payee(name, died_on, account.bank_code, account.number, account.holder_name)


def cases_of(dues: Sequence[Due]) -> dict[UUID, UUID]:
    """Due id → the application that it goes back to; hands are laid on these."""
    decision_ids = {due.pk: due.entitlement.decision_id for due in dues}
    applications = dict(Decision.objects.filter(pk__in=set(decision_ids.values())).values_list("pk", "application_id"))
    return {due: applications[decision] for due, decision in decision_ids.items() if decision in applications}

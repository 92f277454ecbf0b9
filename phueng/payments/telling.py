"""Who is told that the money arrived, or that the bank sent it back?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from phueng.applications.models import Application
from phueng.audit.actors import Actor
from phueng.entitlements.models import Due
from phueng.kernel.bank_accounts import normalise_account
from phueng.kernel.problems import Problem
from phueng.kernel.references import format_reference
from phueng.notices.actions import queue_message
from phueng.payments.gathering import cases_of
from phueng.payments.models import Line
from phueng.payments.rules import blames_account
from phueng.registry.actions import end_account
from phueng.registry.queries import PayableAccount, payable_accounts


def tell_payees(*, by: Actor, at: datetime, paid: Sequence[Line], returned: Sequence[Line]) -> None:
    """Queue a message for a single sum or a first month that arrived, and for what came back because of the account;
    end those accounts. Later months arrive without a message: twelve a year would teach people not to read them."""
    dues = Due.objects.filter(pk__in=[line.due_id for line in (*paid, *returned)]).select_related("entitlement")
    by_id = {due.pk: due for due in dues}
    cases = cases_of(by_id.values())
    applications = Application.objects.in_bulk(set(cases.values()))
    blamed = [line for line in returned if blames_account(line.returned_code)]
    news = [("payment_paid", line) for line in paid if _is_first(by_id[line.due_id])]
    for code, line in [*news, *(("payment_returned", line) for line in blamed)]:
        application = applications.get(cases[line.due_id]) if line.due_id in cases else None
        if application is not None:
            queue_message(
                by=by,
                at=at,
                template_code=code,
                subject=("application", application.pk),
                to_phone=application.contact_phone,
                person_id=line.person_id,
                language=application.language,
                occasion=line.reference,
                values={"reference": format_reference(application.reference)},
            )
    _end_refused_accounts(by, at, blamed)


def _is_first(due: Due) -> bool:
    first = due.entitlement.starts_on.replace(day=1)
    return due.month is None or (due.month == first and due.nth_difference == 0)


def _end_refused_accounts(by: Actor, at: datetime, returned: Sequence[Line]) -> None:
    accounts = payable_accounts([line.person_id for line in returned])
    for line in returned:
        account = accounts.get(line.person_id)
        # Another account stated meanwhile is not the one that the bank refused.
        if account is not None and _is_the_account(account, line):
            end_account(by=by, at=at, account_id=account.id, why=f"bank: {line.returned_code}"[:60])


def _is_the_account(account: PayableAccount, line: Line) -> bool:
    normal = normalise_account(account.bank_code, account.number)
    return not isinstance(normal, Problem) and (account.bank_code, normal.account11) == (line.bank_code, line.account)


def ask_for_new_accounts(*, by: Actor, at: datetime, people: Mapping[UUID, tuple[UUID, str]]) -> None:
    """End the account that cannot be used and ask the payee for another; of each: person → (occasion, why)."""
    if not people:
        return
    dues = Due.objects.filter(person_id__in=people)
    newest = {due.person_id: due for due in dues.select_related("entitlement").order_by("due_on", "pk")}
    cases = cases_of(newest.values())
    applications = Application.objects.in_bulk(set(cases.values()))
    for person_id, account in payable_accounts(list(people)).items():
        occasion, why = people[person_id]
        end_account(by=by, at=at, account_id=account.id, why=f"inquiry: {why}")
        due = newest.get(person_id)
        application = applications.get(cases[due.pk]) if due is not None and due.pk in cases else None
        if application is not None:
            queue_message(
                by=by,
                at=at,
                template_code="payment_returned",
                subject=("application", application.pk),
                to_phone=application.contact_phone,
                person_id=person_id,
                language=application.language,
                occasion=f"holder {occasion}",
                values={"reference": format_reference(application.reference)},
            )

"""Who is told that the money arrived, or that the bank sent it back?"""

from collections.abc import Sequence
from datetime import datetime

from phueng.applications.models import Application
from phueng.audit.actors import Actor
from phueng.entitlements.models import Due
from phueng.kernel.references import format_reference
from phueng.notices.actions import queue_message
from phueng.payments.gathering import cases_of
from phueng.payments.models import Line
from phueng.registry.actions import end_account
from phueng.registry.queries import payable_accounts


def tell_payees(*, by: Actor, at: datetime, paid: Sequence[Line], returned: Sequence[tuple[Line, str]]) -> None:
    """Queue a message for each payee of a single sum or a first month; end accounts that the bank refused."""
    lines = [*paid, *(line for line, _ in returned)]
    dues = Due.objects.filter(pk__in=[line.due_id for line in lines]).select_related("entitlement")
    cases = cases_of(list(dues))
    applications = Application.objects.in_bulk(set(cases.values()))
    for code, chosen in (("payment_paid", paid), ("payment_returned", [line for line, _ in returned])):
        for line in chosen:
            application = applications.get(cases.get(line.due_id))  # type: ignore[arg-type]
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
    _end_refused_accounts(by, at, returned)


def _end_refused_accounts(by: Actor, at: datetime, returned: Sequence[tuple[Line, str]]) -> None:
    accounts = payable_accounts([line.person_id for line, _ in returned])
    for line, code in returned:
        account = accounts.get(line.person_id)
        # Another account stated meanwhile is not the one the bank refused: compare the last digits.
        if account is not None and account.bank_code == line.bank_code and account.last_digits == line.last_digits:
            end_account(by=by, at=at, account_id=account.id, why=f"bank: {code}"[:60])

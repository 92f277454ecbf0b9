"""Whose account is it? The bank is asked before the first payment to an account.

An answer is good for some days (PHUENG_HOLDER_ANSWER_DAYS). It is asked outside any transaction, one account after the
other. While the bank is silent, slow or answers nonsense, the run waits and says so: silence never passes for a yes.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.gateways.name_inquiry.contract import AccountNotFound, HolderAnswer, InquiryUnavailable
from phueng.gateways.name_inquiry.live import NameInquiryService
from phueng.kernel.bank_accounts import normalise_account
from phueng.kernel.problems import Problem
from phueng.payments.account_looks import is_inquired
from phueng.payments.actions.ask_holder import Heard, keep_holder_answers
from phueng.payments.models import Run
from phueng.payments.progress import note
from phueng.payments.unasked import OF_ANY_RUN, OF_OFFICES, OF_RUN, count_of_unasked, unasked
from phueng.registry.queries import PayeeCard, payees_of

ASKING = SYSTEM("payments.ask_holders")
SILENT = "inquiry_is_silent"
_KEPT_AT_ONCE = 25


def ask_holders_of_run(run: Run, *, most: int) -> bool:
    """Ask about the accounts of a run that waits; whether the bank has spoken about all of them now."""
    if not is_inquired() or run.pay_route == "counter":
        return True
    asked: dict[str, Any] = {"scheme": run.scheme_code, "office": run.office.code, "on": run.effective_on}
    people = unasked(OF_RUN, most + 1, **asked)
    if not people:
        return True
    trouble = _ask(people[:most])
    is_over = not trouble and len(people) <= most
    left = 0 if is_over else count_of_unasked(OF_RUN, **asked)
    wanted = max(run.wanted_count, left)
    note(run.pk, "ask", now(), wanted - left, wanted, trouble=trouble, is_over=is_over)
    return is_over


def ask_holders_ahead(*, limit: int = 200) -> int:
    """Ask about accounts that will be paid soon for the first time. Returns how many were answered."""
    if not is_inquired():
        return 0
    people = unasked(OF_ANY_RUN, limit)
    _ask(people)
    return len(people) - len(unasked(OF_ANY_RUN, limit, among=people)) if people else 0


def _ask(people: Collection[UUID]) -> str:
    """Ask one by one; what was answered so far is kept even when the bank falls silent. Returns why it stopped."""
    heard: list[Heard] = []
    seconds = float(settings.PHUENG_NAME_INQUIRY_SECONDS)
    url, token = settings.PHUENG_NAME_INQUIRY_URL, settings.PHUENG_NAME_INQUIRY_TOKEN
    cards = payees_of(people)
    with NameInquiryService(url, token, timeout=seconds, deadline=2 * seconds) as inquiry:
        for person_id in people:
            try:
                heard.append(_ask_about(inquiry, cards[person_id]))
            except InquiryUnavailable:
                keep_holder_answers(by=ASKING, at=now(), heard=heard)
                return SILENT
            if len(heard) == _KEPT_AT_ONCE:
                keep_holder_answers(by=ASKING, at=now(), heard=heard)
                heard = []
    keep_holder_answers(by=ASKING, at=now(), heard=heard)
    return ""


def _ask_about(inquiry: NameInquiryService, card: PayeeCard) -> Heard:
    if isinstance(normalise_account(card.bank_code, card.account), Problem):
        return Heard(card, "unusable")  # no bank could have issued it: nobody needs to be asked
    answer: HolderAnswer | AccountNotFound = inquiry.holder_of(
        card.bank_code, card.account, reason="before a first payment", asked_by=ASKING.name, request_id=str(uuid4())
    )
    if isinstance(answer, AccountNotFound):
        return Heard(card, "not_found", bank_reference=answer.bank_reference)
    return Heard(card, answer.standing, answer.holder_name, answer.is_masked, answer.bank_reference)


def waiting_for_the_bank(office_codes: Collection[str] | None) -> int:
    """How many payees of these offices (None: of all) wait for the bank to say whose account it is; one query."""
    if not is_inquired():
        return 0
    return count_of_unasked(OF_OFFICES, offices=None if office_codes is None else list(office_codes))

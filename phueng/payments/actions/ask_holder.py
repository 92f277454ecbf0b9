"""What do we keep of what the bank said about accounts, and who is asked for another one?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from phueng.access.sealed import blind_index
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.names import compare_names
from phueng.payments.models import HolderCheck
from phueng.payments.rules import USELESS
from phueng.payments.telling import ask_for_new_accounts
from phueng.payments.unasked import THESE, unasked
from phueng.registry.queries import PayeeCard


@dataclass(frozen=True)
class Heard:
    """What the bank said about the account of one payee."""

    payee: PayeeCard
    standing: str
    holder_name: str = ""
    is_masked: bool = False
    bank_reference: str = ""


@action
def keep_holder_answers(*, by: Actor, at: datetime, heard: Sequence[Heard]) -> list[HolderCheck]:
    """Keep the answers, compared with the payees' names; who gave a useless account is asked for another.

    Two workers may have asked the same thing at once: the second answer to one question is not kept.
    """
    if not heard:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('payments.holder_answers', 0))")
    still = set(unasked(THESE, len(heard), among=[one.payee.id for one in heard]))
    before = Counter(
        (row[0], row[1], bytes(row[2]))
        for row in HolderCheck.objects.filter(person__in=still).values_list("person_id", "bank_code", "blind_index")
    )
    kept = [_check(one, at, before) for one in heard if one.payee.id in still]
    HolderCheck.objects.bulk_create(kept)
    record(
        by=by, at=at, act="payments.ask_holders", subject=("holder_checks", uuid4()),
        after={
            "asked": len(kept), "useless": sum(one.standing in USELESS for one in kept),
            "different": sum(one.verdict == "different" for one in kept),
        },
    )  # fmt: skip
    useless = {one.person_id: (one.pk, one.standing) for one in kept if one.standing in USELESS}
    ask_for_new_accounts(by=by, at=at, people=useless)
    return kept


def _check(one: Heard, at: datetime, before: "Counter[tuple[UUID, str, bytes]]") -> HolderCheck:
    payee = one.payee
    index = blind_index("bank_account", f"{payee.bank_code}:{payee.account}")
    likeness = None if one.standing in USELESS else compare_names(payee.name, one.holder_name)
    return HolderCheck(
        person_id=payee.id,
        bank_code=payee.bank_code,
        blind_index=index,
        last_digits=payee.account[-4:],
        nth=before[payee.id, payee.bank_code, index] + 1,
        asked_at=at,
        standing=one.standing,
        stated_name=payee.name,
        holder_name=one.holder_name or None,
        holder_index=blind_index("holder_name", one.holder_name) if one.holder_name else None,
        is_masked=one.is_masked,
        verdict=likeness.verdict if likeness else "",
        reasons=[{"code": r.code, "th": r.th, "en": r.en} for r in likeness.reasons] if likeness else [],
        bank_reference=one.bank_reference,
    )

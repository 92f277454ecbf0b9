"""What does finance decide when the bank names somebody else, or when many are paid into one account?"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.actions import receive_evidence
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.hands import said_plainly
from phueng.payments.models import HolderCheck, HolderRuling
from phueng.payments.telling import ask_for_new_accounts
from phueng.registry.models import BankAccount
from phueng.registry.queries import payable_accounts

CONSENT_SLOT = "third_party_consent"
RELATIONS = ("parent", "child", "spouse", "guardian", "caregiver", "relative", "other")


@action
def rule_on_holder(
    *,
    by: Actor,
    at: datetime,
    check_id: UUID,
    kind: str,
    why: str,
    relation: str = "",
    consent: tuple[str, bytes] | None = None,
) -> HolderRuling:
    """Say that it is the same person (another spelling), a third party's account, or that another account is needed.

    The first two count when a second person confirms them. `consent` is name and content of the payee's paper. Asking
    for a new account ends this one at once and tells the payee. Saying the same again changes nothing.

    Refused: why_is_missing, consent_is_missing, already_ruled, outside_area, ruler_has_a_hand, and what documents
    refuses of a file.
    """
    check = HolderCheck.objects.get(pk=check_id)
    earlier = HolderRuling.objects.filter(holder_check=check, turned_down_at=None).first()
    if earlier is not None:
        if (earlier.kind, earlier.ruled_by_id) == (kind, by.id):
            return earlier
        raise Refused(problems.ALREADY_RULED)
    if not why.strip():
        raise Refused(problems.WHY_IS_MISSING)
    paper = None
    if kind == "third_party":
        if consent is None or relation not in RELATIONS:
            raise Refused(problems.CONSENT_IS_MISSING)
        name, content = consent
        paper = receive_evidence(
            by=by, at=at, subject=("holder_check", check.pk), slot=CONSENT_SLOT, original_name=name, content=content
        )
    ruling = HolderRuling(
        kind=kind,
        holder_check=check,
        bank_code=check.bank_code,
        blind_index=check.blind_index,
        why=why.strip()[:300],
        relation=relation if paper else "",
        consent_id=paper.pk if paper else None,
        ruled_by_id=_ruler(by),
        ruled_at=at,
    )
    with said_plainly():
        ruling.save(force_insert=True)
    _record(by, at, "payments.rule_on_holder", ruling, check.person_id)
    if kind == "new_account":
        account = payable_accounts([check.person_id]).get(check.person_id)
        row = BankAccount.objects.filter(pk=account.id).first() if account else None
        # Another account stated meanwhile is not the one that the bank named somebody else for.
        if row is not None and (row.bank_code, bytes(row.blind_index)) == (check.bank_code, bytes(check.blind_index)):
            ask_for_new_accounts(by=by, at=at, people={check.person_id: (ruling.pk, "other holder")})
    return ruling


@action
def rule_on_sharing(*, by: Actor, at: datetime, account_id: UUID, payee_count: int, why: str) -> HolderRuling:
    """Let an account through into which several households are paid, up to so many payees; a second person confirms.

    Refused: why_is_missing, already_ruled, outside_area, ruler_has_a_hand (of any of the payees).
    """
    if not why.strip():
        raise Refused(problems.WHY_IS_MISSING)
    account = BankAccount.objects.get(pk=account_id)
    ruling = HolderRuling(
        kind="shared",
        bank_code=account.bank_code,
        blind_index=account.blind_index,
        payee_count=payee_count,
        why=why.strip()[:300],
        ruled_by_id=_ruler(by),
        ruled_at=at,
    )
    with said_plainly():
        ruling.save(force_insert=True)
    _record(by, at, "payments.rule_on_sharing", ruling, None)
    return ruling


def _ruler(by: Actor) -> UUID:
    if by.id is None:
        raise ValueError("a person rules, not a machine")
    return by.id


def _record(by: Actor, at: datetime, act: str, ruling: HolderRuling, person_id: UUID | None) -> None:
    record(
        by=by, at=at, act=act, subject=("holder_ruling", ruling.pk), person_id=person_id, why=ruling.why,
        after={"kind": ruling.kind, "relation": ruling.relation, "payees": ruling.payee_count},
    )  # fmt: skip

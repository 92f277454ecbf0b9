"""A payee signs and takes the money: one payer notes it with the signed receipt, the other confirms it with their own
sign-in. Only then is it paid in the books."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from phueng.advances.models import Advance, Handover
from phueng.advances.refusals import refuse, said_plainly
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.documents.actions import receive_evidence
from phueng.kernel.thai_dates import in_bangkok
from phueng.kernel.thai_text import clean_text
from phueng.payments.models import Line
from phueng.payments.settling import Settled, settle_lines


@dataclass(frozen=True)
class Receipt:
    """What stands on the signed receipt, and its photo or scan."""

    identity: str  # card | witnesses
    mark: str  # signature | thumbprint
    photo: bytes
    photo_name: str
    witnesses: tuple[str, str] = ("", "")
    way: str = "cash"
    cheque_number: str = ""
    cheque_bank: str = ""
    cheque_on: date | None = None


@action
def hand_over(*, by: Actor, at: datetime, line_id: UUID, receipt: Receipt) -> Handover:
    """Note that the payee has signed and holds the money. The same payer again: the same handover.

    Refused: only_payers_hand_over, line_is_handed_over_once, thumbprint_has_two_witnesses,
    cheque_says_number_bank_and_day, cheque_is_used_once, wrong_step, and what documents says of the photo.
    """
    if by.id is None:
        raise ValueError("a person hands over the money")
    advance, line = _locked(line_id)
    known = Handover.objects.filter(line=line, withdrawn_at=None).first()
    if known is not None:
        if known.handed_by_id == by.id and known.way == receipt.way:
            return known
        raise refuse("line_is_handed_over_once")
    is_cheque = receipt.way == "cheque"
    one, two = (clean_text(name, 200) for name in receipt.witnesses)
    with said_plainly():
        handover = Handover.objects.create(
            advance=advance, line=line, amount_satang=line.amount_satang, way=receipt.way,
            cheque_number=clean_text(receipt.cheque_number, 20) if is_cheque else "",
            cheque_bank=clean_text(receipt.cheque_bank, 100) if is_cheque else "",
            cheque_on=receipt.cheque_on if is_cheque else None, identity=receipt.identity, mark=receipt.mark,
            witness_1=one, witness_2=two, handed_at=at, handed_by_id=by.id, handed_by_name=by.name,
        )  # fmt: skip
    receive_evidence(
        by=by, at=at, subject=("handover", handover.pk), slot="signed_receipt", original_name=receipt.photo_name,
        content=receipt.photo,
    )  # fmt: skip
    record(
        by=by, at=at, act="advances.hand_over", subject=("advance", advance.pk), person_id=line.person_id,
        after={"line": line.reference, "way": receipt.way, "amount_satang": line.amount_satang},
    )  # fmt: skip
    return handover


@action
def confirm_handover(*, by: Actor, at: datetime, line_id: UUID) -> Handover:
    """The other payer saw it too: the line is paid, for good. Confirmed by the same payer before: the same handover.

    Refused: handover_is_confirmed_by_the_other, only_payers_hand_over, wrong_step.
    """
    advance, line = _locked(line_id)
    handover = Handover.objects.filter(line=line, withdrawn_at=None).first()
    if handover is None:
        raise refuse("wrong_step")
    if handover.confirmed_at is not None:
        if handover.confirmed_by_id == by.id:
            return handover
        raise refuse("wrong_step")
    handover.confirmed_at, handover.confirmed_by_id, handover.confirmed_by_name = at, by.id, by.name
    with said_plainly():
        handover.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_by_name"])
    paid = Settled(line, settled_on=in_bangkok(at).date(), bank_reference=handover.cheque_number)
    settle_lines(by=by, at=at, key=f"handover:{handover.pk}", paid=[paid])
    record(
        by=by, at=at, act="advances.confirm", subject=("advance", advance.pk), person_id=line.person_id,
        after={"line": line.reference, "amount_satang": line.amount_satang},
    )  # fmt: skip
    return handover


@action
def withdraw_handover(*, by: Actor, at: datetime, line_id: UUID, why: str) -> Handover:
    """It was noted by mistake and nobody has confirmed it: the person can still be paid. Refused: wrong_step,
    only_payers_hand_over, nothing_said."""
    advance, line = _locked(line_id)
    handover = Handover.objects.filter(line=line, withdrawn_at=None, confirmed_at=None).first()
    why = clean_text(why, 300)
    if handover is None:
        raise refuse("wrong_step")
    if by.id not in (advance.first_payer_id, advance.second_payer_id):
        raise refuse("only_payers_hand_over")
    if not why:
        raise refuse("nothing_said")
    handover.withdrawn_at, handover.withdrawn_by_name, handover.withdrawn_why = at, by.name, why
    with said_plainly():
        handover.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_why"])
    record(
        by=by, at=at, act="advances.withdraw", subject=("advance", advance.pk), person_id=line.person_id, why=why,
        after={"line": line.reference},
    )  # fmt: skip
    return handover


def _locked(line_id: UUID) -> tuple[Advance, Line]:
    """The advance, held until the transaction ends: whoever comes second sees what the first one did."""
    line = Line.objects.defer("account", "national_id").get(pk=line_id)
    advance = Advance.objects.select_for_update(of=("self",)).filter(run_id=line.run_id).first()
    if advance is None:
        raise refuse("wrong_step")
    line.refresh_from_db(fields=["paid_at", "returned_at"])
    return advance, line

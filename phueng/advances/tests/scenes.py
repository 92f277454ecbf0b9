"""How does a test get somebody without an account paid? Through the acts of officers, payers and whoever clears."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image

from phueng.advances.actions import Receipt, clear_advance, confirm_handover, draw_advance, hand_over
from phueng.advances.models import Advance, Handover
from phueng.demo import people
from phueng.payments.actions import choose_counter, confirm_counter, prepare_run
from phueng.payments.models import CounterChoice, Line, Run
from phueng.payments.tests import scenes as money
from phueng.payments.tests.scenes import NOON, PAY_DAY
from phueng.places.identity import office_id

CENTRE = office_id("KKN-DPC")
DESK, WORKER = money.actor(people.FRONT_DESK), money.actor(people.SOCIAL_WORKER)
FIRST, SECOND = money.actor(people.PAYER), money.actor(people.PAYER_2)
CLEARER = money.actor(people.FINANCE_CHECKER)
PAYERS: tuple[UUID, UUID] = (people.PAYER.account_id, people.PAYER_2.account_id)


def photo(shade: int = 200) -> bytes:
    """A small photo of a signed paper."""
    kept = BytesIO()
    Image.new("RGB", (320, 240), (shade, 180, 160)).save(kept, "JPEG")
    return kept.getvalue()


PHOTO = photo()


def signed(**changed: Any) -> Receipt:
    """Card seen, signed by hand."""
    said: dict[str, Any] = {"identity": "card", "mark": "signature", "photo": PHOTO, "photo_name": "receipt.jpg"}
    return Receipt(**said | changed)


def chosen(person_id: UUID | None = None) -> CounterChoice:
    """Somebody without an account, noted by the front desk."""
    person_id = person_id or money.new_applicant(has_account=False).person_id
    return choose_counter(by=DESK, at=NOON, person_id=person_id, office_id=CENTRE, why="ไม่มีบัญชีธนาคาร")


def at_counter(count: int = 1) -> None:
    """So many people without an account, approved, and confirmed for the counter."""
    for _ in range(count):
        who = money.new_applicant(has_account=False)
        money.approved(who)
        confirm_counter(by=WORKER, at=NOON, choice_id=chosen(who.person_id).pk)


def prepared(count: int = 1) -> Run:
    at_counter(count)
    return prepare_run(
        by=money.MAKER, at=NOON, scheme_code="family", office_id=CENTRE, effective_on=PAY_DAY, at_counter=True
    )


def released(count: int = 1) -> Run:
    return money.release(money.approve(prepared(count)))


def drawn(count: int = 1, **changed: Any) -> Advance:
    """The money is in the hands of the two payers."""
    run = released(count) if "run_id" not in changed else None
    said: dict[str, Any] = {
        "by": money.MAKER, "at": NOON, "payers": PAYERS, "place": "ศาลากลางบ้านโนนทัน", "pay_on": PAY_DAY,
    }  # fmt: skip
    return draw_advance(**said | ({"run_id": run.pk} if run else {}) | changed)


def lines_of(advance: Advance) -> list[Line]:
    return list(Line.objects.filter(run_id=advance.run_id).order_by("number"))


def handed(advance: Advance | None = None, nth: int = 0, **changed: Any) -> Handover:
    """The first payer noted it."""
    line = lines_of(advance or drawn())[nth]
    return hand_over(by=FIRST, at=NOON, line_id=line.pk, receipt=signed(**changed))


def paid(advance: Advance | None = None, nth: int = 0, **changed: Any) -> Handover:
    """And the second confirmed it."""
    handover = handed(advance, nth, **changed)
    return confirm_handover(by=SECOND, at=NOON, line_id=handover.line_id)


def cleared(advance: Advance, returned_satang: int = 0, reference: str = "บค.1/2570") -> Advance:
    return clear_advance(
        by=CLEARER, at=NOON, advance_id=advance.pk, returned_satang=returned_satang, returned_reference=reference
    )


LATE = date(2026, 12, 31)

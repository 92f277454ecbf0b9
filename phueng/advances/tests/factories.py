"""What does each row look like in a test?"""

# mypy: allow-untyped-calls

from typing import Any

from factory.declarations import LazyAttribute, LazyFunction
from factory.django import DjangoModelFactory

from phueng.advances.models import Advance, Handover
from phueng.advances.tests import scenes
from phueng.demo import people


class AdvanceFactory(DjangoModelFactory[Advance]):
    """Two payers took out the money of a released counter run."""

    class Meta:
        model = Advance

    run: Any = LazyFunction(scenes.released)
    office = LazyAttribute(lambda one: one.run.office)
    amount_satang = LazyAttribute(lambda one: one.run.total_satang)
    first_payer_id = people.PAYER.account_id
    first_payer_name = people.PAYER.name_th
    second_payer_id = people.PAYER_2.account_id
    second_payer_name = people.PAYER_2.name_th
    place = "ศาลากลางบ้าน"
    pay_on = scenes.PAY_DAY
    clear_by = scenes.LATE
    drawn_at = scenes.NOON
    drawn_by_id = people.FINANCE_MAKER.account_id
    drawn_by_name = people.FINANCE_MAKER.name_th


class HandoverFactory(DjangoModelFactory[Handover]):
    """The first payee of an advance signed; the receipt is asked for when the transaction ends."""

    class Meta:
        model = Handover

    advance: Any = LazyFunction(scenes.drawn)
    line = LazyAttribute(lambda one: scenes.lines_of(one.advance)[0])
    amount_satang = LazyAttribute(lambda one: one.line.amount_satang)
    way = "cash"
    identity = "card"
    mark = "signature"
    handed_at = scenes.NOON
    handed_by_id = people.PAYER.account_id
    handed_by_name = people.PAYER.name_th

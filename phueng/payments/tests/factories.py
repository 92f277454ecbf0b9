"""What does each row of payments look like in a test? Officers are the cast, whom the guards know."""

# mypy: allow-untyped-calls

import hashlib
from datetime import date
from typing import Any
from uuid import uuid4

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from phueng.decisions.tests.factories import DecisionFactory, centre
from phueng.demo import people
from phueng.entitlements.tests.factories import DueFactory, EntitlementFactory
from phueng.payments.models import BankFile, FileTrouble, Line, ResultFile, Run, SuspenseItem
from phueng.payments.tests.scenes import NOON, PAY_DAY


class RunFactory(DjangoModelFactory[Run]):
    """Prepared: one payment of 2,000 baht."""

    class Meta:
        model = Run

    number = Sequence(lambda n: f"KKN-DPC-70-T{n:04d}")
    pay_route = "krungthai"
    scheme_code = "family"
    office = LazyFunction(centre)
    fiscal_year = 2570
    effective_on = PAY_DAY
    line_count = 1
    total_satang = 200_000
    lines_root = "0" * 64
    prepared_at = NOON
    prepared_by_id = people.FINANCE_MAKER.account_id


class LineFactory(DjangoModelFactory[Line]):
    """The payment of a due that was decided."""

    class Meta:
        model = Line

    run: Any = SubFactory(RunFactory)
    number = 1
    due: Any = SubFactory(
        DueFactory,
        entitlement=SubFactory(
            EntitlementFactory,
            scheme_code="family",
            kind="lump_sum",
            office_code=people.KHON_KAEN,
            amount_satang=200_000,
            decision_id=LazyFunction(lambda: DecisionFactory.create().pk),
        ),
        month=None,
        ordinal=1,
        amount_satang=200_000,
        due_on=date(2026, 11, 2),
    )
    person = SelfAttribute("due.person")
    payee_name = "บุญมี ทดสอบดี"
    bank_code = "006"
    account = "09800000017"
    last_digits = "0017"
    amount_satang = 200_000
    reference = Sequence(lambda n: f"T{n:010d}")


def _released_run() -> Run:
    """A run with its line and three signatures."""
    line = LineFactory.create()
    run: Run = line.run
    for step, signer in (("checked", people.FINANCE_CHECKER), ("released", people.RELEASER)):
        setattr(run, f"{step}_at", NOON)
        setattr(run, f"{step}_by_id", signer.account_id)
        run.save()
    return run


class BankFileFactory(DjangoModelFactory[BankFile]):
    """A file of a released run."""

    class Meta:
        model = BankFile

    run = LazyFunction(_released_run)
    product = "direct"
    name = LazyAttribute(lambda made: f"KTB-{made.run.number}-direct-1.txt")
    layout_version = "ipay-2024"
    content = LazyFunction(lambda: uuid4().bytes)
    sha256 = LazyAttribute(lambda made: hashlib.sha256(made.content).hexdigest())
    line_count = 1
    total_satang = 200_000
    lines_root = "0" * 64
    header: Any = LazyFunction(dict)
    signature = "00" * 64
    key_id = "0" * 16
    intended_at = NOON


class FileTroubleFactory(DjangoModelFactory[FileTrouble]):
    """The bank refused the file."""

    class Meta:
        model = FileTrouble

    file: Any = SubFactory(BankFileFactory, sent_at=NOON)
    code = "bank_refused"
    said: Any = LazyFunction(lambda: [{"line": "2", "field": "account", "th": "เลขบัญชีไม่ถูกต้อง", "en": "Wrong account"}])
    noted_at = NOON


class ResultFileFactory(DjangoModelFactory[ResultFile]):
    """An answer of the bank."""

    class Meta:
        model = ResultFile

    name = Sequence(lambda n: f"KTB-{n}.txt.result.csv")
    office = LazyFunction(centre)
    content = LazyFunction(lambda: uuid4().bytes)
    sha256 = LazyAttribute(lambda made: hashlib.sha256(made.content).hexdigest())
    received_at = NOON
    received_by_name = "payments.collect_results"


class SuspenseItemFactory(DjangoModelFactory[SuspenseItem]):
    """A payment that we never sent."""

    class Meta:
        model = SuspenseItem

    result_file: Any = SubFactory(ResultFileFactory)
    line_no = Sequence(lambda n: n + 2)
    reference = "NOBODYS1"
    amount_satang = 100_000
    outcome = "paid"
    reason_code = "unknown_reference"
    stated: Any = LazyFunction(lambda: {"reason": ""})


EVERY_FACTORY = (RunFactory, LineFactory, BankFileFactory, FileTroubleFactory, ResultFileFactory, SuspenseItemFactory)

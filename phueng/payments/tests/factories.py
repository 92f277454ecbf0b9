"""What does each row of payments look like in a test? Officers are the cast, whom the guards know."""

# mypy: allow-untyped-calls

import hashlib
import zlib
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from phueng.access.sealed import seal
from phueng.decisions.tests.factories import DecisionFactory, centre
from phueng.demo import people
from phueng.documents.tests.factories import EvidenceFactory
from phueng.entitlements.tests.factories import DueFactory, EntitlementFactory
from phueng.payments.files import digest_of
from phueng.payments.models import (
    Approval,
    BankFile,
    CounterChoice,
    Exclusion,
    Export,
    FileChunk,
    FileTrouble,
    HolderCheck,
    HolderRuling,
    Line,
    PrintedMark,
    PrintedReport,
    Progress,
    RegisterWord,
    ResultFile,
    ResultLine,
    Reversal,
    Run,
    SampleSeed,
    SharedFlag,
    SuspenseItem,
    Verification,
)
from phueng.payments.seeds import commit_seeds, commitment_of
from phueng.payments.tests.scenes import NOON, PAY_DAY
from phueng.places.models import Office
from phueng.registry.tests.factories import PersonFactory


class RunFactory(DjangoModelFactory[Run]):
    """Asked for; its one payment of 2,000 baht is still to be gathered."""

    class Meta:
        model = Run

    number = Sequence(lambda n: f"KKN-DPC-70-T{n:04d}")
    pay_route = "krungthai"
    scheme_code = "family"
    office = LazyFunction(centre)
    fiscal_year = 2570
    effective_on = PAY_DAY
    wanted_count = 1
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


def frozen_run() -> Run:
    """A run with its line, complete."""
    run: Run = LineFactory.create().run
    run.line_count, run.total_satang, run.lines_root, run.frozen_at = 1, 200_000, "0" * 64, NOON
    run.save()
    return run


class SampleSeedFactory(DjangoModelFactory[SampleSeed]):
    """The seed of the sample of a frozen run."""

    class Meta:
        model = SampleSeed

    run = LazyFunction(frozen_run)
    sealed_seed = "07" * 32
    commitment = LazyAttribute(lambda made: commitment_of(made.sealed_seed))
    committed_at = NOON


class ApprovalFactory(DjangoModelFactory[Approval]):
    """The only signature that 2,000 baht need."""

    class Meta:
        model = Approval

    run = LazyFunction(frozen_run)
    nth = 1
    approved_by_id = people.FINANCE_CHECKER.account_id
    office = SelfAttribute("run.office")
    approved_at = NOON


def checked_run() -> Run:
    """A run with its approval."""
    run: Run = ApprovalFactory.create().run
    run.checked_at = NOON
    run.save()
    return run


RECORDS = b"a record\r\n"


class FileChunkFactory(DjangoModelFactory[FileChunk]):
    """The records of the one file of a run."""

    class Meta:
        model = FileChunk

    run = LazyFunction(checked_run)
    product = "direct"
    part = 1
    number = 1
    first_line = 1
    line_count = 1
    total_satang = 200_000
    sha256 = hashlib.sha256(RECORDS).hexdigest()
    sealed = LazyFunction(lambda: seal(zlib.compress(RECORDS)))


class BankFileFactory(DjangoModelFactory[BankFile]):
    """The intent of the file of an approved run."""

    class Meta:
        model = BankFile

    run = LazyFunction(lambda: FileChunkFactory.create().run)
    product = "direct"
    name = LazyAttribute(lambda made: f"KTB-{made.run.number}-direct-1.txt")
    layout_version = "ipay-2024"
    sha256 = LazyFunction(lambda: uuid4().hex * 2)
    line_count = 1
    total_satang = 200_000
    lines_root = "0" * 64
    header: Any = LazyFunction(dict)
    intended_at = NOON


def sent_file() -> BankFile:
    """A file that was written, released, signed and sent."""
    file: BankFile = BankFileFactory.create()
    run = file.run
    run.written_at, run.files_digest = NOON, digest_of({file.name: file.sha256})
    run.gfmis_number = f"36{run.pk.int % 10**8:08d}"
    run.save()
    commit_seeds([(run.pk, NOON)])
    run.released_at, run.released_by_id = NOON, people.RELEASER.account_id
    run.save()
    file.signature, file.key_id, file.signed_at, file.sent_at = "00" * 64, "0" * 16, NOON, NOON
    file.save()
    return file


class FileTroubleFactory(DjangoModelFactory[FileTrouble]):
    """The bank refused the file."""

    class Meta:
        model = FileTrouble

    file: Any = LazyFunction(sent_file)
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


class ResultLineFactory(DjangoModelFactory[ResultLine]):
    """The bank says: paid."""

    class Meta:
        model = ResultLine

    result_file: Any = SubFactory(ResultFileFactory)
    position = 1
    line_no = 2
    column_no = 1
    reference = Sequence(lambda n: f"T{n:010d}")
    outcome = "paid"
    amount_satang = 200_000
    settled_on = PAY_DAY
    bank_reference = "B1"


def paid_line() -> Line:
    """A payment of a released run that arrived."""
    line = sent_file().run.lines.get()
    line.paid_at, line.settled_on = NOON, PAY_DAY
    line.save(update_fields=["paid_at", "settled_on"])
    return line


class ReversalFactory(DjangoModelFactory[Reversal]):
    """A maker noted that a payment came back after all."""

    class Meta:
        model = Reversal

    line = LazyFunction(paid_line)
    suspense_item: Any = SubFactory(
        SuspenseItemFactory, reason_code="returned_after_paid", outcome="returned", amount_satang=200_000
    )
    returned_code = "C01"
    noted_by_id = people.FINANCE_MAKER.account_id
    noted_at = NOON
    noted_why = "รายงานคืนเงินของธนาคาร"


class PrintedReportFactory(DjangoModelFactory[PrintedReport]):
    """A report on paper, its totals typed, not marked yet."""

    class Meta:
        model = PrintedReport

    file: Any = LazyFunction(sent_file)
    kind = "037"
    evidence: Any = SubFactory(EvidenceFactory)
    settled_on = PAY_DAY
    paid_count = 1
    paid_satang = 200_000
    returned_count = 0
    returned_satang = 0
    begun_by_id = people.FINANCE_MAKER.account_id
    begun_at = NOON


class PrintedMarkFactory(DjangoModelFactory[PrintedMark]):
    """The one payment of the file, marked as paid."""

    class Meta:
        model = PrintedMark

    report: Any = SubFactory(PrintedReportFactory)
    line = LazyAttribute(lambda made: made.report.file.run.lines.get())
    outcome = "paid"
    marked_at = NOON
    marked_by_name = "maker"


class ExclusionFactory(DjangoModelFactory[Exclusion]):
    """Somebody without an account."""

    class Meta:
        model = Exclusion

    run: Any = SubFactory(RunFactory)
    due: Any = SubFactory(DueFactory)
    reason = "no_account"


class ProgressFactory(DjangoModelFactory[Progress]):
    """Half gathered after ten seconds."""

    class Meta:
        model = Progress

    run: Any = SubFactory(RunFactory)
    step = "gather"
    done = 500
    wanted = 1000
    began_at = NOON
    last_at = NOON + timedelta(seconds=10)
    place: Any = LazyFunction(dict)


class VerificationFactory(DjangoModelFactory[Verification]):
    """Compared, and right."""

    class Meta:
        model = Verification

    run = LazyFunction(frozen_run)
    lines_root = "0" * 64
    line_count = 1
    is_right = True
    verified_at = NOON


class RegisterWordFactory(DjangoModelFactory[RegisterWord]):
    """The register says: alive."""

    class Meta:
        model = RegisterWord

    person: Any = SubFactory(PersonFactory)
    standing = "alive"
    asked_at = NOON
    said_at = NOON


class HolderCheckFactory(DjangoModelFactory[HolderCheck]):
    """The bank names somebody else."""

    class Meta:
        model = HolderCheck

    person: Any = SelfAttribute("due.person")
    bank_code = "006"
    blind_index = LazyFunction(lambda: uuid4().bytes * 2)
    last_digits = "0017"
    nth = 1
    asked_at = NOON
    standing = "open"
    stated_name = "บุญมี ทดสอบดี"
    holder_name = "นางสาวดวงใจ รักดี"
    verdict = "different"
    reasons: Any = LazyFunction(lambda: [{"code": "whole_name", "th": "เป็นคนละชื่อ", "en": "These are different names."}])

    class Params:
        due: Any = LazyFunction(lambda: LineFactory.create().due)


class HolderRulingFactory(DjangoModelFactory[HolderRuling]):
    """The maker says that it is the same person; nobody has confirmed it."""

    class Meta:
        model = HolderRuling

    kind = "same_person"
    holder_check: Any = SubFactory(HolderCheckFactory)
    bank_code = SelfAttribute("holder_check.bank_code")
    blind_index = SelfAttribute("holder_check.blind_index")
    why = "สะกดตามบัตรเดิม"
    ruled_by_id = people.FINANCE_MAKER.account_id
    ruled_at = NOON


class SharedFlagFactory(DjangoModelFactory[SharedFlag]):
    """Two households, one account."""

    class Meta:
        model = SharedFlag

    run: Any = SubFactory(RunFactory)
    person: Any = SubFactory(PersonFactory)
    kind = "account"
    last_digits = "0017"
    payee_count = 2
    is_one_household = False
    noted_at = NOON


class ExportFactory(DjangoModelFactory[Export]):
    """A month of transfers, asked for and not made yet."""

    class Meta:
        model = Export

    register = "control"
    layout = "xlsx"
    asked: Any = LazyFunction(lambda: {"year": 2570})
    language = "th"
    purpose = "ตรวจสอบประจำเดือน"
    row_count = 12
    office_codes: Any = LazyFunction(lambda: ["KKN-DPC"])
    needs_approval = False
    asked_by_id = people.FINANCE_MAKER.account_id
    asked_by_name = "ผู้จัดทำ"
    asked_at = NOON
    expires_at = NOON + timedelta(hours=24)


class CounterChoiceFactory(DjangoModelFactory[CounterChoice]):
    """Noted by the front desk, not confirmed yet."""

    class Meta:
        model = CounterChoice

    person: Any = SubFactory(PersonFactory)
    office = LazyFunction(lambda: Office.objects.get(code="KKN-DPC"))
    why = "ไม่มีบัญชีธนาคาร"
    chosen_at = NOON
    chosen_by_id = people.FRONT_DESK.account_id
    chosen_by_name = "มาลี"


EVERY_FACTORY = (
    RunFactory, LineFactory, ApprovalFactory, FileChunkFactory, BankFileFactory, FileTroubleFactory, ResultFileFactory,
    SuspenseItemFactory, ResultLineFactory, ReversalFactory, PrintedReportFactory, PrintedMarkFactory, ExclusionFactory, ProgressFactory, VerificationFactory, RegisterWordFactory,
    HolderCheckFactory, HolderRulingFactory, SharedFlagFactory, ExportFactory, CounterChoiceFactory,
)  # fmt: skip

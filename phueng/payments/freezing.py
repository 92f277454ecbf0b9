"""How does what is ready become lines that never change, and are they still what was frozen?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connection

from phueng.access.sealed import seal
from phueng.kernel.bank_accounts import account_digits, normalise_account
from phueng.kernel.merkle import Frontier
from phueng.kernel.problems import Refused, value_or_refuse
from phueng.kernel.references import new_line_reference
from phueng.payments import problems
from phueng.payments.copying import copy_rows
from phueng.payments.gathering import IN_HAND, PROMPTPAY, Ready
from phueng.payments.models import Line, Run, Verification
from phueng.payments.rules import FrozenLine, leaf_of, root_of
from phueng.places.models import Office

_COLUMNS = (
    "id", "run_id", "number", "due_id", "person_id", "payee_name", "bank_code", "branch", "account", "last_digits",
    "national_id", "amount_satang", "reference", "returned_code", "bank_reference",
)  # fmt: skip
_TYPES = (
    "uuid", "uuid", "int4", "uuid", "uuid", "varchar", "varchar", "varchar", "bytea", "varchar",
    "bytea", "int8", "varchar", "varchar", "varchar",
)  # fmt: skip


def is_small(run: Run) -> bool:
    """Whether the run is gathered, written and compared while a person waits, and not by the worker."""
    return run.wanted_count <= settings.PHUENG_RUN_BATCH


def next_number(office: Office, year: int) -> str:
    """The run's readable number, such as KKN-DPC-70-0001. The caller holds the office's row; the number is unique too."""
    count = Run.objects.filter(office=office, fiscal_year=year).count()
    return f"{office.code}-{year % 100}-{count + 1:04d}"


def frozen_lines(run: Run, ready: Sequence[Ready], first: int = 1) -> list[Line]:
    """One line for each due, numbered on from `first`, each with a reference of its own that is never used again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('payments_line_number') FROM generate_series(1, %s)", [len(ready)])
        numbers = [row[0] for row in cursor.fetchall()]
    return [
        _line(run, position, new_line_reference(number), item)
        for position, (number, item) in enumerate(zip(numbers, ready, strict=True), start=first)
    ]


def _line(run: Run, position: int, reference: str, item: Ready) -> Line:
    account, branch = item.account, "0000"
    if item.bank_code not in (PROMPTPAY, IN_HAND):
        normal = value_or_refuse(normalise_account(item.bank_code, item.account))
        # The eleven digits are the Krungthai file's own form; other banks want the number of the passbook.
        account = normal.account11 if run.pay_route != "iso20022" else account_digits(item.account)
        branch = normal.branch4
    return Line(
        id=uuid4(),
        run_id=run.pk,
        number=position,
        due_id=item.due.pk,
        person_id=item.due.person_id,
        payee_name=item.payee_name,
        bank_code=item.bank_code,
        branch=branch,
        account=account,
        last_digits=account[-4:],
        national_id=item.national_id or None,
        amount_satang=item.due.amount_satang,
        reference=reference,
    )


def write_lines(lines: Sequence[Line]) -> None:
    """Put lines into the table in one statement. The database refuses what must not be."""
    copy_rows("payments_line", _COLUMNS, _TYPES, (_row(line) for line in lines))


def _row(line: Line) -> tuple[object, ...]:
    number = None if line.national_id is None else seal(line.national_id.encode())
    return (
        line.pk, line.run_id, line.number, line.due_id, line.person_id, line.payee_name, line.bank_code, line.branch,
        seal(line.account.encode()), line.last_digits, number, line.amount_satang, line.reference, "", "",
    )  # fmt: skip


def said_by(line: Line) -> FrozenLine:
    """Everything that a line says."""
    return FrozenLine(
        line.number,
        line.reference,
        line.due_id,
        line.bank_code,
        line.branch,
        line.account,
        line.national_id or "",
        line.payee_name,
        line.amount_satang,
    )


def grown(frontier: Frontier, lines: Iterable[Line]) -> Frontier:
    """The tree with these lines added; it holds one hash for each doubling, not one for each line."""
    frontier.extend(leaf_of(said_by(line)) for line in lines)
    return frontier


def root_of_lines(lines: Sequence[Line]) -> str:
    """The Merkle root over everything that the lines say."""
    return root_of([said_by(line) for line in lines])


def lines_in_order(run: Run, after: int = 0, size: int = 2000) -> Iterator[list[Line]]:
    """The run's lines by number, some thousand at a time. Walking by number needs no cursor that a crash could lose."""
    while True:
        found = list(run.lines.filter(number__gt=after).order_by("number")[:size])
        if not found:
            return
        yield found
        after = found[-1].number


def derived_root(run: Run) -> tuple[str, int, int]:
    """(root, how many, satang) of the lines as they stand in the table, in little memory."""
    frontier, total = Frontier(), 0
    for lines in lines_in_order(run):
        grown(frontier, lines)
        total += sum(line.amount_satang for line in lines)
    return frontier.root().hex(), frontier.size, total


def is_as_frozen(run: Run) -> bool:
    """Derive the root again from the rows and compare it with the one that was signed."""
    return derived_root(run) == (run.lines_root, run.line_count, run.total_satang)


def insist_on_frozen(run: Run, at: datetime) -> None:
    """Refused(list_changed) when the rows are not what was frozen; Refused(list_is_compared_first) when the worker has
    not compared a large run lately enough: nobody waits for a million rows in front of a page."""
    if is_small(run):
        if not is_as_frozen(run):
            raise Refused(problems.LIST_CHANGED)
        return
    fresh = at - timedelta(minutes=settings.PHUENG_VERIFICATION_MINUTES)
    last = Verification.objects.filter(run=run).order_by("-verified_at").first()
    if last is not None and not last.is_right:
        raise Refused(problems.LIST_CHANGED)
    if last is None or last.verified_at < fresh:
        raise Refused(problems.LIST_IS_COMPARED_FIRST)

"""How does what is ready become lines that never change, and are they still what was frozen?"""

from collections.abc import Sequence

from django.db import connection

from phueng.kernel.bank_accounts import normalise_account
from phueng.kernel.problems import value_or_refuse
from phueng.kernel.references import new_line_reference
from phueng.payments.gathering import PROMPTPAY, Ready
from phueng.payments.models import Line, Run
from phueng.payments.rules import FrozenLine, root_of
from phueng.places.models import Office


def next_number(office: Office, year: int) -> str:
    """The run's readable number, such as KKN-DPC-70-0001. The caller holds the office's row; the number is unique too."""
    count = Run.objects.filter(office=office, fiscal_year=year).count()
    return f"{office.code}-{year % 100}-{count + 1:04d}"


def frozen_lines(run: Run, ready: Sequence[Ready]) -> list[Line]:
    """One line for each due, each with a reference of its own that is never used again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('payments_line_number') FROM generate_series(1, %s)", [len(ready)])
        numbers = [row[0] for row in cursor.fetchall()]
    return [
        _line(run, position, new_line_reference(number), item)
        for position, (number, item) in enumerate(zip(numbers, ready, strict=True), start=1)
    ]


def _line(run: Run, position: int, reference: str, item: Ready) -> Line:
    account, branch = item.account, "0000"
    if item.bank_code != PROMPTPAY:
        normal = value_or_refuse(normalise_account(item.bank_code, item.account))
        account, branch = normal.account11, normal.branch4
    return Line(
        run=run,
        number=position,
        due=item.due,
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


def root_of_lines(lines: Sequence[Line]) -> str:
    """The Merkle root over everything that the lines say."""
    return root_of(
        [
            FrozenLine(
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
            for line in lines
        ]
    )


def is_as_frozen(run: Run) -> bool:
    """Derive the root again from the rows and compare it with the one that was signed."""
    return root_of_lines(list(run.lines.order_by("number"))) == run.lines_root

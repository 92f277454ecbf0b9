"""What did the bank say on a day, read again from the bytes it gave us?

The third witness of the daily proof. Its files are not believed because we imported them: they are read anew, and each
line that was settled on the day must find its word there, with its sum and its outcome.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from phueng.ledger.accounts import Fund
from phueng.ledger.actions import Found
from phueng.payments import proof_sql as sql
from phueng.payments.answers import read_answer
from phueng.payments.models import ResultFile

MOST_NAMED = 200
# Money that no bank carries: paid at the counter against a receipt.
WITHOUT_BANK = frozenset({"counter"})


@dataclass
class SaidByBank:
    """Sums by fund (paid, returned), how many words were read, and what found no counterpart."""

    sums: dict[Fund, tuple[int, int]] = field(default_factory=dict)
    answers: int = 0
    differences: list[Found] = field(default_factory=list)

    def add(self, fund: Fund, outcome: str, satang: int) -> None:
        paid, returned = self.sums.get(fund, (0, 0))
        self.sums[fund] = (paid + satang, returned) if outcome == "paid" else (paid, returned + satang)


def said_by_bank(asked: Mapping[str, Any]) -> SaidByBank:
    """Compare the day's settled lines with the day's answers."""
    said = SaidByBank()
    words: dict[str, set[tuple[str, int | None]]] = {}
    for reference, outcome, satang in _words(asked):
        said.answers += 1
        words.setdefault(reference, set()).add((outcome, satang))
    with connection.cursor() as cursor:
        cursor.execute(sql.SETTLED, asked)
        for reference, year, scheme, source, office, satang, pay_route, outcome, is_refused_file, line_id in cursor:
            fund = Fund(year, scheme, office, source)
            # A file that the bank took nothing of is its word about every line in it; it stands in the trouble.
            heard = words.get(reference, set())
            # A status report may leave the amount out: it then speaks of the payment as we ordered it.
            if (
                not heard.isdisjoint({(outcome, satang), (outcome, None)})
                or is_refused_file
                or pay_route in WITHOUT_BANK
            ):
                said.add(fund, outcome, satang)
            elif len(said.differences) < MOST_NAMED:
                code, named = f"{outcome}_without_the_bank", fund.code("").rstrip("/")
                said.differences.append(Found(code, office, named, satang, 0, reference, "line", line_id))
    return said


def _words(asked: Mapping[str, Any]) -> Iterator[tuple[str, str, int | None]]:
    files = ResultFile.objects.filter(imported_at__gte=asked["start"], imported_at__lt=asked["end"])
    for file in files.order_by("imported_at").iterator(chunk_size=1):
        for answer in _lines_of(bytes(file.content)):
            yield answer.reference, answer.outcome, answer.amount_satang


def _lines_of(content: bytes) -> list[Any]:
    """Lines of an answer, whoever wrote it."""
    return list(read_answer(content).lines)

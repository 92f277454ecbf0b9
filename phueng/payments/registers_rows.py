"""Which rows stand in a register? Each begins with its id; then its columns in their order.

Sums are satang and days are days; offices, schemes and steps stay codes until somebody draws them in a language. Accounts
leave the database masked: what is not read cannot be exported by mistake.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, Count, F, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Concat, TruncDate, TruncMonth

from phueng.access.viewers import BANGKOK
from phueng.ledger.queries import register as budget_register
from phueng.payments.models import Line

Offices = frozenset[str] | None
STEP = 2_000
_PAID, _RETURNED = Q(paid_at__isnull=False), Q(returned_at__isnull=False)
_WAITING = Q(paid_at__isnull=True, returned_at__isnull=True)


class Rows(Protocol):
    """Rows that can be counted, paged, streamed and summed."""

    def count(self) -> int: ...
    def between(self, first: int, before: int) -> Sequence[tuple[Any, ...]]: ...
    def each(self) -> Iterator[tuple[Any, ...]]: ...
    def totals(self, codes: Sequence[str]) -> dict[str, int]: ...


class QueriedRows:
    """Rows of a query; `sums` says how to sum a column without fetching it."""

    def __init__(self, found: QuerySet[Any, Any], sums: Callable[[Sequence[str]], Mapping[str, Any]]) -> None:
        self._found, self._sums = found, sums

    def count(self) -> int:
        """One count."""
        return self._found.order_by().count()

    def between(self, first: int, before: int) -> Sequence[tuple[Any, ...]]:
        """One page."""
        return list(self._found[first:before])

    def each(self) -> Iterator[tuple[Any, ...]]:
        """All, through a cursor on the server."""
        return iter(self._found.iterator(chunk_size=STEP))

    def totals(self, codes: Sequence[str]) -> dict[str, int]:
        """One aggregate."""
        return {code: value or 0 for code, value in self._sums(codes).items()}


class ListedRows:
    """Few rows, all there: funds of a year."""

    def __init__(self, listed: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> None:
        self._listed, self._columns = listed, columns

    def count(self) -> int:
        """How many."""
        return len(self._listed)

    def between(self, first: int, before: int) -> Sequence[tuple[Any, ...]]:
        """Some."""
        return self._listed[first:before]

    def each(self) -> Iterator[tuple[Any, ...]]:
        """All."""
        return iter(self._listed)

    def totals(self, codes: Sequence[str]) -> dict[str, int]:
        """Summed here."""
        return {code: sum(row[1 + self._columns.index(code)] for row in self._listed) for code in codes}


def control(offices: Offices, asked: Any) -> Rows:
    """Every released line, the latest run first."""
    outcome = Case(When(_PAID, then=Value("paid")), When(_RETURNED, then=Value("returned")), default=Value("waiting"))
    lines = _released(offices, asked)
    if asked.outcome:
        lines = lines.filter({"paid": _PAID, "returned": _RETURNED, "waiting": _WAITING}[asked.outcome])
    if asked.run:
        lines = lines.filter(run__number=asked.run)
    found = lines.order_by("-run__released_at", "run__number", "number").values_list(
        "pk",
        TruncDate("run__released_at", tzinfo=BANGKOK),
        "run__number",
        "run__gfmis_number",
        "reference",
        "run__office__code",
        "run__scheme_code",
        "payee_name",
        "bank_code",
        Case(When(last_digits="", then=Value("")), default=Concat(Value("xxxxxx"), "last_digits")),
        "amount_satang",
        outcome,
        "settled_on",
        "bank_reference",
    )
    return QueriedRows(found, lambda _: lines.aggregate(amount=Sum("amount_satang")))


def aid(offices: Offices, asked: Any) -> Rows:
    """Each household that money was released for; a payment that came back does not count as a time."""
    lines = _released(offices, asked)
    house = "due__household__"
    sums: dict[str, Any] = {
        "times": Count("due", distinct=True, filter=~_RETURNED),
        "paid": Count("pk", filter=_PAID),
        "paid_amount": Coalesce(Sum("amount_satang", filter=_PAID), 0),
        "waiting_amount": Coalesce(Sum("amount_satang", filter=_WAITING), 0),
    }
    place = f"{house}subdistrict__"
    found = (
        lines.values(house[:-2])
        .annotate(
            payees=StringAgg("payee_name", Value(", "), distinct=True, order_by="payee_name"),
            last_on=Max("settled_on", filter=_PAID),
            **sums,
        )
        .order_by(f"{place}code", f"{house}house_no", f"{house}house_code", house[:-2])
        .values_list(
            house[:-2], f"{house}house_code", f"{house}house_no", f"{house}moo", f"{place}name_th",
            f"{place}district__name_th", "payees", "times", "paid", "paid_amount", "waiting_amount", "last_on",
        )
    )  # fmt: skip
    return QueriedRows(found, lambda codes: lines.aggregate(**{code: sums[code] for code in codes}))


def budget(offices: Offices, asked: Any) -> Rows:
    """Each fund of the year."""
    steps = ("allotted", "available", "reserved", "committed", "disbursed", "carried", "lapsed")
    listed = [
        (
            fund.code("available"),
            fund.office_code,
            fund.scheme_code,
            fund.source,
            *(getattr(state, one) for one in steps),
        )
        for fund, state in budget_register(asked.year, office_codes=offices, scheme_code=asked.scheme)
    ]
    return ListedRows(listed, ("office", "scheme", "source", *steps))


def month(offices: Offices, asked: Any) -> Rows:
    """Each office and scheme of a month; without a month, each month of the year."""
    lines = _released(offices, asked)
    sums: dict[str, Any] = {
        "runs": Count("run", distinct=True),
        "sent": Count("pk"),
        "sent_amount": Sum("amount_satang"),
    }
    for name, which in (("paid", _PAID), ("returned", _RETURNED), ("waiting", _WAITING)):
        sums[name] = Count("pk", filter=which)
        sums[f"{name}_amount"] = Coalesce(Sum("amount_satang", filter=which), 0)
    names = ("the_month", "run__office__code", "run__scheme_code")
    found = (
        lines.annotate(the_month=TruncMonth("run__effective_on"))
        .values(*names)
        .annotate(key=Concat(F("run__office__code"), Value("/"), F("run__scheme_code")), **sums)
        .order_by(*names)
        .values_list("key", *names, *sums)
    )
    return QueriedRows(found, lambda codes: lines.aggregate(**{code: sums[code] for code in codes}))


def _released(offices: Offices, asked: Any) -> QuerySet[Line]:
    lines = Line.objects.filter(
        run__released_at__isnull=False, run__fiscal_year=asked.year, dropped_at__isnull=True
    )  # an abandoned run was never released
    if offices is not None:
        lines = lines.filter(run__office__code__in=offices)
    if asked.scheme:
        lines = lines.filter(run__scheme_code=asked.scheme)
    first = asked.first_of_month
    if first is not None:
        lines = lines.filter(run__effective_on__year=first.year, run__effective_on__month=first.month)
    return lines

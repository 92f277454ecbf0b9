"""Some payments were not owed: who noticed, which ones, how much of each, and why?"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from phueng.access.actions import lay_hand
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.calendars.actions.start_clock import start_clock
from phueng.kernel.references import new_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.gathering import cases_of
from phueng.payments.models import Line
from phueng.recoveries.models import OverpaidLine, Overpayment
from phueng.recoveries.numbers import days, law_of
from phueng.recoveries.refusals import refuse, said_plainly
from phueng.recoveries.steps import subject

CLOCK = "recovery_decide"


@action
def note_overpayment(
    *, by: Actor, at: datetime, lines: Mapping[UUID, int | None], cause: str, what_happened: str
) -> Overpayment:
    """Note the payments (line → satang that were not owed; None: all of it). Nobody is asked for anything yet.

    All lines go to one person, office and scheme. Refused: more_than_was_paid, another_person, nothing_said,
    line_is_asked_about_once.
    """
    if not what_happened.strip():
        raise refuse("nothing_said")
    found = list(
        Line.objects.filter(pk__in=lines).select_related("run__office", "due__entitlement").order_by("settled_on", "pk")
    )
    if not found or len(found) != len(lines):
        raise refuse("more_than_was_paid")
    first, on = found[0], in_bangkok(at).date()
    if len({(line.person_id, line.run.office_id, line.run.scheme_code) for line in found}) > 1:
        raise refuse("another_person")
    sums = {line.pk: lines[line.pk] or line.amount_satang for line in found}
    cases = cases_of([line.due for line in found])
    with said_plainly():
        overpayment = Overpayment.objects.create(
            reference=new_reference(),
            person_id=first.person_id,
            application_id=cases.get(first.due_id),
            office_id=first.run.office_id,
            scheme_code=first.run.scheme_code,
            cause=cause,
            amount_satang=sum(sums.values()),
            known_on=on,
            what_happened=what_happened,
            found_by="worker" if by.kind == "system" else "officer",
            noted_at=at,
            noted_by_id=by.id,
            noted_by_name=by.name,
        )
        for line in found:
            OverpaidLine.objects.create(overpayment=overpayment, line=line, amount_satang=sums[line.pk])
    if by.id is not None:
        lay_hand(case_id=overpayment.pk, hand="recorder", by=by, at=at)
    law_th, law_en = law_of("decide_within", on)
    start_clock(
        by=by, at=at, subject_id=overpayment.pk, code=CLOCK, unit="calendar", length=days("decide_within", on),
        law_th=law_th, law_en=law_en,
    )  # fmt: skip
    record(
        by=by,
        at=at,
        act="recoveries.note_overpayment",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        why=what_happened,
        after={"cause": cause, "amount_satang": overpayment.amount_satang, "lines": len(found)},
    )
    return overpayment

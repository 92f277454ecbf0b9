"""How much a month, from when? The person says; the rules only say how much is too much."""

from datetime import date, datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.thai_dates import in_bangkok
from phueng.recoveries.letters import both_sums, instalments_said, opening
from phueng.recoveries.models import Instalment, Plan
from phueng.recoveries.queries import cap_of, remaining_of
from phueng.recoveries.refusals import refuse, said_plainly
from phueng.recoveries.rules import due_days, instalments, months_later
from phueng.recoveries.steps import insist_on, locked, move_to, subject
from phueng.recoveries.telling import send_letter, send_message


@action
def agree_plan(
    *,
    by: Actor,
    at: datetime,
    overpayment_id: UUID,
    monthly_satang: int | None = None,
    first_on: date | None = None,
    channel: str = "web",
) -> Plan:
    """Agree instalments over what is still asked; without a sum, the most the means carry. Replaces an earlier plan.

    Refused: wrong_step, plan_stays_within_means, no_means_now.
    """
    overpayment = locked(overpayment_id)
    insist_on(overpayment, "decided", "repaying")
    on = in_bangkok(at).date()
    amount, cap = remaining_of(overpayment), cap_of(overpayment, on)
    if cap <= 0 or amount <= 0:
        raise refuse("no_means_now")
    monthly = monthly_satang or min(cap, amount)
    if not 0 < monthly <= cap:
        raise refuse("plan_stays_within_means")
    first = max(first_on or months_later(on, 1), on)
    last = overpayment.plans.order_by("-round").first()
    if last is not None and last.replaced_at is None:
        if (last.amount_satang, last.monthly_satang, last.first_on) == (amount, monthly, first):
            return last
        last.replaced_at = at
        last.save(update_fields=["replaced_at"])
    with said_plainly():
        plan = Plan.objects.create(
            overpayment=overpayment,
            round=last.round + 1 if last else 1,
            amount_satang=amount,
            monthly_satang=monthly,
            cap_satang=cap,
            first_on=first,
            channel=channel,
            agreed_at=at,
            agreed_by_name=by.name,
        )
        sums = instalments(amount, monthly)
        parts = [
            Instalment(plan=plan, ordinal=number, due_on=day, amount_satang=satang)
            for number, (day, satang) in enumerate(zip(due_days(first, len(sums)), sums, strict=True), start=1)
        ]
        Instalment.objects.bulk_create(parts)
    move_to(overpayment, "repaying", at=at)
    record(
        by=by,
        at=at,
        act="recoveries.agree_plan",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        after={"amount_satang": amount, "monthly_satang": monthly, "count": len(parts), "channel": channel},
    )
    said = {
        **opening(overpayment, on), **both_sums("plan", amount), **both_sums("monthly", monthly),
        "instalments": instalments_said(parts), "by": by.name,
    }  # fmt: skip
    send_letter(overpayment, by=by, at=at, kind="plan", about=("plan", plan.pk), context=said)
    send_message(overpayment, by=by, at=at, template_code="recovery_planned", occasion=str(plan.pk))
    return plan

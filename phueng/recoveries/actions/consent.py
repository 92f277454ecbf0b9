"""May part of the coming months be kept back? Only when the person says so in writing, and only until they say no.

A payment run never pays less than what is due: nothing in payments reads this row. What was agreed is carried out as a
repayment that names the consent, and the database refuses one without it.
"""

from datetime import datetime
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.money import format_baht
from phueng.kernel.thai_dates import in_bangkok
from phueng.recoveries.models import DeductionConsent
from phueng.recoveries.queries import cap_of, living_consent
from phueng.recoveries.refusals import refuse, said_plainly
from phueng.recoveries.steps import insist_on, locked, subject
from phueng.recoveries.wording import consent_sentence


@action
def give_consent(
    *, by: Actor, at: datetime, overpayment_id: UUID, monthly_satang: int, language: str = "th", channel: str = "web"
) -> DeductionConsent:
    """Keep the very sentence that was agreed to. The same sum again is the same consent; another sum replaces it.

    Refused: wrong_step, plan_stays_within_means.
    """
    overpayment = locked(overpayment_id)
    insist_on(overpayment, "decided", "repaying")
    if not 0 < monthly_satang <= cap_of(overpayment, in_bangkok(at).date()):
        raise refuse("plan_stays_within_means")
    known = living_consent(overpayment)
    if known is not None:
        if known.monthly_satang == monthly_satang:
            return known
        _end(known, by, at)
    with said_plainly():
        consent = DeductionConsent.objects.create(
            overpayment=overpayment,
            monthly_satang=monthly_satang,
            words=consent_sentence(format_baht(monthly_satang, language), language),
            channel=channel,
            given_at=at,
            given_by_name=by.name,
        )
    record(
        by=by,
        at=at,
        act="recoveries.give_consent",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        after={"monthly_satang": monthly_satang, "channel": channel},
    )
    return consent


@action
def revoke_consent(*, by: Actor, at: datetime, overpayment_id: UUID) -> None:
    """Take it back, at any time and without a reason. Nothing to take back: nothing happens."""
    overpayment = locked(overpayment_id)
    known = living_consent(overpayment)
    if known is None:
        return
    _end(known, by, at)
    record(
        by=by,
        at=at,
        act="recoveries.revoke_consent",
        subject=subject(overpayment),
        person_id=overpayment.person_id,
        before={"monthly_satang": known.monthly_satang},
    )


def _end(consent: DeductionConsent, by: Actor, at: datetime) -> None:
    consent.revoked_at, consent.revoked_by_name = at, by.name
    consent.save(update_fields=["revoked_at", "revoked_by_name"])

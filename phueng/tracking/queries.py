"""What does a citizen see about a request: what happened, who holds it, what comes next, until when?"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from phueng.applications.promises import promised_from
from phueng.audit.prepared import row_of
from phueng.calendars.clock_states import ClockState
from phueng.calendars.queries import clock_states
from phueng.kernel.money import format_baht
from phueng.kernel.thai_dates import format_date, in_bangkok
from phueng.schemes.catalogue import scheme
from phueng.tracking import wording
from phueng.tracking.facts import Decided, Facts, facts_by_id, facts_by_reference
from phueng.tracking.facts_sql import VERSION_BY_REFERENCE
from phueng.tracking.lookers import Looked, lookers_of
from phueng.tracking.standing import PROMISED, stage_of
from phueng.tracking.steps import Step, account_words, named, steps_of
from phueng.tracking.wording import pick
from phueng.verification.wording import source_words

__all__ = [
    "DecisionShown", "Looked", "Reason", "Step", "Timeline", "lookers_of", "timeline_of", "timeline_of_reference",
    "version_of", "version_of_reference",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule of the decision: its sentence, the value it was asked about and where that came from."""

    sentence: str
    passed: bool | None
    value: str
    source: str
    law: str


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """The decision that holds, as its letter says it. `appeal_until` is the last day; None: no appeal any more."""

    id: UUID
    outcome: str
    amount: str
    decided_at: datetime
    why: str
    reasons: tuple[Reason, ...]
    has_letter: bool
    letter_waits: bool
    appeal_until: date | None
    appeal_is_late: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The page about one request, in the reader's language. Empty `holder`: nobody needs to do anything."""

    application_id: UUID
    person_id: UUID | None
    reference: str
    scheme: str
    stage: str
    state: str
    headline: str
    steps: tuple[Step, ...]
    holder: str
    holder_office: str
    next_step: str
    promised_on: date | None
    days_left: int | None
    unit: str
    is_late: bool
    is_paused: bool
    late_words: str
    paused_words: str
    computation: str
    helper: str
    decision: DecisionShown | None
    may_withdraw: bool
    payee_id: UUID | None
    version: str

    @property
    def may_state_account(self) -> bool:
        """Is it the payee's turn to say where the money should go?"""
        return self.payee_id is not None and self.stage in ("returned", "needs_account", "other_name")


@dataclass(frozen=True, slots=True)
class _Promise:
    due_on: date
    days_left: int
    unit: str
    is_late: bool
    is_paused: bool
    computation: str


def timeline_of(application_id: UUID, lang: str) -> Timeline | None:
    """Two queries: the facts in one statement, the clocks in another (a third for a clock of working days)."""
    facts = facts_by_id(application_id)
    return None if facts is None else _timeline(facts, lang)


def timeline_of_reference(reference: str, lang: str) -> Timeline | None:
    """The same by the reference as it is stored."""
    facts = facts_by_reference(reference)
    return None if facts is None else _timeline(facts, lang)


def version_of(application_id: UUID) -> str:
    """The version of this request's page; "" when there is none."""
    facts = facts_by_id(application_id)
    return "" if facts is None else facts.version


def version_of_reference(reference: str) -> tuple[UUID, str] | None:
    """(application, version) in one query that brings back 24 characters, for answering "nothing new"."""
    row = row_of("tracking_version_by_reference", VERSION_BY_REFERENCE, reference)
    return None if row is None else (row[0], row[1])


def _timeline(facts: Facts, lang: str) -> Timeline:
    stage = stage_of(facts)
    words = wording.STAGES[stage]
    promise = _promise(facts, stage, lang)
    days = wording.days_in_words(abs(promise.days_left), promise.unit, lang) if promise else ""
    is_late = promise is not None and promise.is_late
    is_paused = promise is not None and promise.is_paused
    return Timeline(
        application_id=facts.id,
        person_id=facts.person_id,
        reference=facts.reference,
        scheme=scheme(facts.scheme_code).name.in_language(lang),
        stage=stage,
        state="late" if is_late and words.state == "waiting" else words.state,
        headline=pick(words.headline, lang),
        steps=steps_of(facts, lang),
        holder=_holder(facts, stage, lang),
        holder_office=_holder_office(facts, stage, lang),
        next_step=_next_step(facts, stage, lang),
        promised_on=promise.due_on if promise else None,
        days_left=promise.days_left if promise else None,
        unit=promise.unit if promise else "calendar",
        is_late=is_late,
        is_paused=is_paused,
        late_words=pick(wording.LATE, lang, days=days) if is_late else "",
        paused_words=pick(wording.PAUSED, lang, days=days) if is_paused else "",
        computation=promise.computation if promise else "",
        helper=facts.helper_name,
        decision=_decision(facts, stage, lang),
        may_withdraw=facts.state == "submitted" and facts.closed_at is None,
        payee_id=facts.grant.person_id if facts.grant else None,
        version=facts.version,
    )


def _holder(facts: Facts, stage: str, lang: str) -> str:
    holder = wording.STAGES[stage].holder
    if stage == "forwarded" and facts.forwarding is not None:
        return facts.forwarding.agency
    if stage == "deciding" and scheme(facts.scheme_code).decider(facts.today) == "committee":
        holder = wording.COMMITTEE
    if stage == "at_bank" and facts.payments[-1].pay_route == "comptroller":
        holder = wording.COMPTROLLER
    if facts.office is not None and facts.office.kind == "municipality":
        holder = wording.IN_TOWN.get(holder, holder)
    return pick(holder, lang)


def _holder_office(facts: Facts, stage: str, lang: str) -> str:
    """Whose desk: only where somebody of an office holds it."""
    holder = wording.STAGES[stage].holder
    if stage == "appealed" and facts.open_appeal is not None:
        return named(facts.open_appeal.office, lang)
    if facts.office is None or holder in (wording.YOU, wording.NOBODY, wording.BANK) or stage == "forwarded":
        return ""
    return named(facts.office, lang)


def _next_step(facts: Facts, stage: str, lang: str) -> str:
    words, slots = wording.STAGES[stage].next_step, {}
    last = facts.payments[-1] if facts.payments else None
    if last is not None:
        slots = {"account": account_words(last, lang), "effective_on": format_date(last.effective_on, lang, "short")}
    if facts.forwarding is not None:
        slots = {"agency": facts.forwarding.agency, "receipt": facts.forwarding.receipt}
    if stage == "waiting_for_call" and facts.is_emergency:
        words = wording.URGENT_NEXT
    elif stage == "waiting_for_call" and not facts.has_phone:
        words = wording.NO_PHONE_NEXT
    elif stage == "paid" and facts.grant is not None and facts.grant.kind == "monthly":
        words = wording.PAID_MONTHLY_NEXT
    elif stage == "approved" and last is not None and last.returned_at is not None:
        words = wording.SENT_AGAIN_NEXT
    elif stage == "approved" and facts.grant is not None and facts.grant.starts_on > facts.today:
        words = wording.COMING_NEXT
        slots = {"starts_on": format_date(facts.grant.starts_on, lang, "short")}
    return pick(words, lang, **slots)


def _promise(facts: Facts, stage: str, lang: str) -> _Promise | None:
    """The running clock. Before triage no clock runs: then the day people were told when they sent the request."""
    if stage not in PROMISED:
        return None
    states = clock_states(facts.clock_subjects, facts.today) if facts.clock_subjects else {}
    subject = facts.open_appeal.id if stage == "appealed" and facts.open_appeal else facts.id
    state = states.get(subject)
    if state is not None and state.stopped_on is None:
        return _from_clock(state, lang)
    if stage == "waiting_for_call" and facts.submitted_at is not None:
        promised = promised_from(facts.scheme_code, facts.submitted_at)
        left = (promised.due_on - facts.today).days
        return _Promise(promised.due_on, left, "calendar", left < 0, False, "")
    return None


def _from_clock(state: ClockState, lang: str) -> _Promise:
    return _Promise(state.due_on, state.days_left, state.unit, state.is_late, state.is_paused, state.computation(lang))


def _decision(facts: Facts, stage: str, lang: str) -> DecisionShown | None:
    decision = facts.decision
    if decision is None or stage in ("withdrawn", "forwarded"):
        return None
    is_appealed = any(one.decision_id == decision.id for one in facts.appeals)
    window = scheme(facts.scheme_code).clock("appeal_window", in_bangkok(decision.at).date())
    until = in_bangkok(decision.at).date() + timedelta(days=window.length("known"))
    return DecisionShown(
        id=decision.id,
        outcome=decision.outcome,
        amount=format_baht(decision.amount_satang, lang) if decision.amount_satang else "",
        decided_at=decision.at,
        why=decision.why if decision.outcome == "refused" else "",
        reasons=_reasons(decision, lang),
        has_letter=decision.letter_made_at is not None,
        letter_waits=decision.letter_asked_at is not None and decision.letter_made_at is None,
        appeal_until=None if is_appealed else until,
        appeal_is_late=facts.today > until,
    )


def _reasons(decision: Decided, lang: str) -> tuple[Reason, ...]:
    language = pick(("th", "en"), lang)
    return tuple(
        Reason(
            sentence=str(row.get(f"sentence_{language}") or row.get(f"label_{language}") or ""),
            passed=row.get("passed"),
            value=_value_in_words(row.get("value"), str(row.get("code")), language),
            source=source_words(str(row["source"])).in_language(language) if row.get("source") else "",
            law=str(row.get(f"law_{language}") or ""),
        )
        for row in decision.reasons
    )


def _value_in_words(value: Any, reason_code: str, language: str) -> str:
    """The value a rule was asked about. Codes of choices are left out: the sentence says them in words."""
    if isinstance(value, bool):
        return pick(wording.YES if value else wording.NO, language)
    if isinstance(value, int):
        return format_baht(value, language) if reason_code in wording.MONEY_REASONS else f"{value:,}"
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return format_date(date.fromisoformat(value), language, "short")
    return ""

"""What happened to a request, step by step, in words? Facts in, steps out, newest first; no database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from phueng.kernel.bank_accounts import banks
from phueng.kernel.money import format_baht
from phueng.kernel.thai_dates import PartialDate, format_date
from phueng.tracking.facts import Checked, Decided, Facts, Named, Paid
from phueng.tracking.wording import (
    BODIES,
    CHECK_NAMES,
    CHECK_STATES,
    CHECKS,
    HAPPENED,
    NO_ANSWER_YET,
    RETURNED_BECAUSE,
    RETURNED_OTHERWISE,
    Pair,
    pick,
)

#: Checks that need no word of their own, told together: an officer's "accepted" is as good as "passed".
TOGETHER = {"waiting": "waiting", "passed": "passed", "accepted": "passed"}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline. `link` names a page of this request (letter), "" for none."""

    code: str
    title: str
    at: datetime
    state: str = "done"
    body: str = ""
    link: str = ""


def steps_of(facts: Facts, lang: str) -> tuple[Step, ...]:
    """Everything that happened, newest first."""
    story = [
        *_asking(facts, lang),
        *_moving(facts, lang),
        *_checking(facts, lang),
        *_visiting(facts, lang),
        *_deciding(facts, lang),
        *_appealing(facts, lang),
        *_granting(facts, lang),
        *(step for payment in facts.payments for step in _paying(payment, facts, lang)),
    ]
    # Of things done in the same act, the later in the story stands above.
    newest_first = sorted(enumerate(story), key=lambda placed: (placed[1].at, placed[0]), reverse=True)
    return tuple(step for _, step in newest_first)


def _say(code: str, lang: str, **slots: object) -> str:
    return pick(HAPPENED[code], lang, **slots)


def _asking(facts: Facts, lang: str) -> Iterator[Step]:
    if facts.submitted_at is None:
        yield Step("started", _say("started", lang), facts.started_at)
        return
    said = [pick(BODIES["by_helper"], lang, name=facts.helper_name)] if facts.helper_name else []
    if facts.office is not None and not facts.transfers:
        said.append(pick(BODIES["sent_to"], lang, office=named(facts.office, lang)))
    yield Step("submitted", _say("submitted", lang), facts.submitted_at, body=" · ".join(said))
    if facts.triaged_at is not None:
        yield Step("triaged", _say("triaged", lang), facts.triaged_at)
    for missing in facts.missing:
        is_open = missing.answered_at is None
        yield Step("asked", _say("asked", lang), missing.asked_at, "action" if is_open else "done", missing.note)
        if missing.answered_at is not None:
            yield Step("answered", _say("answered", lang), missing.answered_at)


def _moving(facts: Facts, lang: str) -> Iterator[Step]:
    for move in facts.transfers:
        yield Step("transferred", _say("transferred", lang, office=named(move.to, lang)), move.at)
    if facts.forwarding is not None:
        gone = facts.forwarding
        receipt = pick(BODIES["receipt"], lang, receipt=gone.receipt)
        yield Step("forwarded", _say("forwarded", lang, agency=gone.agency), gone.at, body=receipt)
    elif facts.closed_at is not None and facts.state == "withdrawn":
        yield Step("withdrawn", _say("withdrawn", lang), facts.closed_at, "stopped")
    elif facts.closed_at is not None and not facts.decisions:
        yield Step("closed", _say("closed", lang), facts.closed_at, "stopped")


def _checking(facts: Facts, lang: str) -> Iterator[Step]:
    """What was checked stands in one line, what is being checked in another; a line of its own for what is stuck."""
    checks = [check for check in facts.checks if check.kind != "home_visit"]
    together: dict[str, list[Checked]] = {}
    for check in checks:
        is_stuck = check.outcome == "waiting" and (check.is_failing or check.tries > 1)
        if is_stuck or check.outcome not in TOGETHER:
            yield _check(check, lang, NO_ANSWER_YET if is_stuck else CHECKS[check.outcome])
        else:
            together.setdefault(TOGETHER[check.outcome], []).append(check)
    for outcome, same in together.items():
        if len(same) == 1:
            yield _check(same[0], lang, CHECKS[outcome])
        else:
            names = " · ".join(_name(check, lang) for check in same)
            at = max(check.answered_at or check.asked_at for check in same)
            yield Step(f"checks_{outcome}", _say(f"checks_{outcome}", lang), at, CHECK_STATES[outcome], names)


def _check(check: Checked, lang: str, words: Pair) -> Step:
    at = check.answered_at or check.asked_at
    return Step(f"check_{check.kind}", pick(words, lang, name=_name(check, lang)), at, CHECK_STATES[check.outcome])


def _name(check: Checked, lang: str) -> str:
    return pick(CHECK_NAMES.get(check.kind, CHECK_NAMES["eligibility"]), lang)


def _visiting(facts: Facts, lang: str) -> Iterator[Step]:
    for visit in facts.visits:
        if visit.finished_at is not None:
            yield Step("visited", _say("visited", lang), visit.finished_at)
        else:
            yield Step("visit_started", _say("visit_started", lang), visit.started_at, "waiting")


def _deciding(facts: Facts, lang: str) -> Iterator[Step]:
    decided = {one.recommendation_id for one in facts.decisions}
    for one in facts.recommendations:
        if one.outcome == "wait_budget":
            yield Step("waits_for_budget", _say("waits_for_budget", lang), one.at, "stopped")
        else:
            state = "done" if one.id in decided else "waiting"
            yield Step("recommended", _say("recommended", lang), one.at, state)
    for decision in facts.decisions:
        yield _decision(decision, facts, lang)
        if decision.letter_made_at is not None:
            link = "letter" if decision is facts.decision else ""
            yield Step("letter", _say("letter", lang), decision.letter_made_at, link=link)


def _decision(decision: Decided, facts: Facts, lang: str) -> Step:
    if decision.outcome == "refused":
        return Step("refused", _say("refused", lang), decision.at, "stopped")
    grant = next((one for one in facts.entitlements if one.decision_id == decision.id), None)
    code = "approved_monthly" if grant is not None and grant.kind == "monthly" else "approved"
    amount = format_baht(decision.amount_satang or 0, lang)
    return Step(code, _say(code, lang, amount=amount), decision.at)


def _appealing(facts: Facts, lang: str) -> Iterator[Step]:
    for appeal in facts.appeals:
        is_open = appeal.settled_at is None
        yield Step(
            "appealed", _say("appealed", lang), appeal.at, "waiting" if is_open else "done", named(appeal.office, lang)
        )
        if appeal.settled_at is not None:
            code = f"appeal_{appeal.outcome}"
            why = pick(BODIES["your_words"], lang, why=appeal.why) if appeal.why else ""
            yield Step(code, _say(code, lang), appeal.settled_at, body=why)


def _granting(facts: Facts, lang: str) -> Iterator[Step]:
    for grant in facts.entitlements:
        if grant.held_at is not None:
            yield Step("held", _say("held", lang), grant.held_at, "stopped")
        if grant.ended_at is not None:
            yield Step("ended", _say("ended", lang), grant.ended_at, "stopped")


def _paying(payment: Paid, facts: Facts, lang: str) -> Iterator[Step]:
    amount = format_baht(payment.amount_satang, lang)
    where = _where(payment, lang)
    if payment.paid_at is not None:
        yield Step("paid", _say("paid", lang, amount=amount), payment.paid_at, body=where)
    if payment.returned_at is not None:
        because = pick(RETURNED_BECAUSE.get(payment.returned_code, RETURNED_OTHERWISE), lang)
        waits_for_you = payment is facts.payments[-1] and facts.grant is not None and not facts.grant.has_account
        state = "action" if waits_for_you else "done"
        yield Step(
            "returned", _say("returned", lang, amount=amount), payment.returned_at, state, f"{because} · {where}"
        )
    if payment.released_at is not None:
        yield Step("released", _say("released", lang, amount=amount), payment.released_at, body=where)
    elif payment.paid_at is None and payment.returned_at is None:
        yield Step("prepared", _say("prepared", lang, amount=amount), payment.prepared_at, "waiting", where)


def _where(payment: Paid, lang: str) -> str:
    account = account_words(payment, lang)
    if payment.month is None:
        return pick(BODIES["to_account"], lang, account=account)
    return pick(BODIES["for_month"], lang, month=month_words(payment.month, lang), account=account)


def account_words(payment: Paid, lang: str) -> str:
    """The bank and the last four digits: enough to recognise one's own account, too little to use it."""
    bank = banks().get(payment.bank_code)
    return f"{bank.name(lang)} ••{payment.last_digits}" if bank else f"PromptPay ••{payment.last_digits}"


def month_words(month: date, lang: str) -> str:
    """เดือน ตุลาคม 2569 without a day."""
    return format_date(PartialDate(month.year, month.month), lang)


def named(office: Named, lang: str) -> str:
    """The office in this language."""
    return pick((office.th, office.en or office.th), lang)

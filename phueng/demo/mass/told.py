"""Which messages did the people of the mass receive?"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from phueng.demo.mass.orders import starts_on
from phueng.demo.mass.plan import Case
from phueng.demo.mass.runs import PlannedRun
from phueng.notices.models import Message
from phueng.notices.texts import compose

# As patient as the outbox itself is with news.
GIVE_UP_AFTER = timedelta(days=2)


def write_messages(cases: list[Case], runs: Iterable[PlannedRun]) -> None:
    """Every message of the mass, sent and delivered; people without a phone are told in other ways."""
    told = [*_of_cases(cases), *_of_runs(runs)]
    Message.objects.bulk_create([_message(*one) for one in told if one[0].applicant.phone], batch_size=2_000)


def _of_cases(cases: list[Case]) -> Iterator[tuple[Case, str, str, datetime]]:
    for case in cases:
        if case.submitted_at is not None:
            yield case, "application_received", "", case.submitted_at
        if case.asked_at is not None:
            yield case, "missing_thing", "", case.asked_at
        if case.decided_at is not None:
            yield (
                case,
                f"application_{'approved' if case.outcome == 'approve' else 'refused'}",
                "round1",
                case.decided_at,
            )
        if case.ended_at is not None:
            code = "application_withdrawn" if case.ended_why == "withdrawn" else "forwarded"
            yield case, code, "", case.ended_at
        if case.appealed_at is not None:
            yield case, "appeal_received", str(case.sub_id("appeal")), case.appealed_at


def _of_runs(runs: Iterable[PlannedRun]) -> Iterator[tuple[Case, str, str, datetime]]:
    for run in runs:
        if run.answered_at is None:
            continue
        for line in run.lines:
            # Of a monthly benefit only the first month is announced: nobody needs twelve messages a year.
            if line.due.month in (None, starts_on(line.due.case)):
                code = "payment_returned" if line.is_returned else "payment_paid"
                yield line.due.case, code, line.reference, run.answered_at


def _message(case: Case, code: str, occasion: str, at: datetime) -> Message:
    sent_at = at + timedelta(seconds=2)
    return Message(
        dedupe_key=f"{code}:{case.id}:{occasion}"[:120], template_code=code, subject_kind="application",
        subject_id=case.id, person_id=case.applicant.id, to_phone=case.applicant.phone or "", language=case.language,
        text=compose(code, case.language, {"reference": case.reference}), queued_at=at, next_try_at=at, tries=1, give_up_at=at + GIVE_UP_AFTER,
        claimed_at=at, sent_at=sent_at, delivered_at=sent_at + timedelta(seconds=4),
    )  # fmt: skip

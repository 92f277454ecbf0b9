"""One question with everything about it, and what this reader may do now."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render

from phueng.access.gates import gate
from phueng.access.viewers import Request, Viewer
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.calendars.queries import clock_states
from phueng.design.pieces import Event, Row
from phueng.design.times import baht_text, day_text
from phueng.design.wording import current_language, say
from phueng.documents.letter_numbers import kind_name
from phueng.documents.queries import letter_by_id
from phueng.kernel.thai_dates import in_bangkok
from phueng.recoveries import forms, queries
from phueng.recoveries.models import Overpayment
from phueng.recoveries.numbers import numbers_on
from phueng.recoveries.queries import CaseFile
from phueng.recoveries.rules import cap_for
from phueng.recoveries.steps import is_for_enquiry
from phueng.recoveries.wording import (
    APPEAL_WORDS,
    BY_SYSTEM,
    CAUSE_WORDS,
    CHANNEL_WORDS,
    FAULT_WORDS,
    OUTCOME_WORDS,
    STATE_WORDS,
    WAY_WORDS,
    state_words,
    words,
)
from phueng.schemes.catalogue import scheme

OFFICERS, FINANCE = queries.OFFICERS, queries.FINANCE


def overpayment_or_404(request: Request, reference: str) -> Overpayment:
    """The question, or the same answer for "not there" and "not yours"."""
    found = queries.overpayment_for(request.viewer, reference)
    if found is None:
        raise Http404
    return found


@gate(*queries.READERS)
def show(request: Request, reference: str) -> HttpResponse:
    """The page of one question."""
    return case_page(request, overpayment_or_404(request, reference))


@gate(*queries.READERS)
def letter(request: Request, reference: str, letter_id: UUID) -> HttpResponse:
    """One of its letters, as PDF."""
    overpayment = overpayment_or_404(request, reference)
    known = {one.pk for one in queries.case_file(overpayment).letters}
    with transaction.atomic():
        found = letter_by_id(letter_id) if letter_id in known else None
        if found is None or found.file is None:
            raise Http404
        record_read(
            by=request.viewer.actor(), at=now(), act="recoveries.open_letter", subject=("letter", letter_id),
            person_id=overpayment.person_id,
        )  # fmt: skip
    response = HttpResponse(bytes(found.file.content), content_type=found.file.mime)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


def case_page(request: Request, overpayment: Overpayment, bound: dict[str, Any] | None = None) -> HttpResponse:
    """The page, with the form that was just posted if something in it is missing."""
    viewer, at = request.viewer, now()
    record_read(
        by=viewer.actor(), at=at, act="recoveries.open", subject=("overpayment", overpayment.pk),
        person_id=overpayment.person_id,
    )  # fmt: skip
    case, on = queries.case_file(overpayment), in_bangkok(at).date()
    appeal = case.appeal
    open_appeal = appeal if appeal is not None and appeal.settled_at is None else None
    clock = clock_states([open_appeal.pk if open_appeal else overpayment.pk], on).get(
        open_appeal.pk if open_appeal else overpayment.pk
    )
    state = state_words(overpayment.state, is_for_enquiry=is_for_enquiry(overpayment))
    context = {
        "one": overpayment,
        "case": case,
        "state": {"tone": state[0], "words": say(*state[1:3]), "next": say(*state[3:5])},
        "clock": clock if clock is not None and clock.stopped_on is None else None,
        "facts": _facts(case),
        "standing": case.standing if case.ruling else None,
        "judgement": _judgement(case),
        "answers": [{"one": one, "channel": words(CHANNEL_WORDS, one.channel)} for one in case.answers],
        "repayments": [{"one": one, "way": words(WAY_WORDS, one.way)} for one in case.repayments],
        "letters": [{"one": one, "name": say(*kind_name(one.kind))} for one in case.letters],
        "events": _events(case),
        "cap_satang": _cap(case, on),
        "is_for_enquiry": is_for_enquiry(overpayment),
        "may": _may(viewer, case, on),
        "forms": _forms() | (bound or {}),
        "has_errors": bool(bound),
    }
    return render(request, "recoveries/case.html", context, status=422 if bound else 200)


def _forms() -> dict[str, Any]:
    return {
        "withdraw": forms.WhyForm(prefix="withdraw"),
        "answer": forms.OfficerAnswerForm(prefix="answer"),
        "found": forms.EnquiryForm(prefix="found"),
        "assess": forms.AssessForm(prefix="assess"),
        "decide": forms.DecideForm(prefix="decide"),
        "appeal": forms.OfficerGroundsForm(prefix="appeal"),
        "settle": forms.SettleForm(prefix="settle"),
        "plan": forms.OfficerPlanForm(prefix="plan"),
        "consent": forms.OfficerConsentForm(prefix="consent"),
        "repay": forms.RepaymentForm(prefix="repay"),
    }


def _may(viewer: Viewer, case: CaseFile, on: Any) -> dict[str, bool]:
    """Which forms to draw. The acts and the database decide again; this only spares people useless forms."""
    state, officer = case.overpayment.state, viewer.has_role(*OFFICERS)
    over = state == "told" and case.hearing.answer_until < on
    hands = {case.overpayment.noted_by_id} | {one.assessed_by_id for one in case.assessments}
    is_free = viewer.account_id not in hands
    asks = is_for_enquiry(case.overpayment)
    return {
        "tell": officer and state == "noted" and not asks,
        "ask": officer and state == "noted" and asks,
        "found": officer and state == "asking" and case.enquiry is not None and case.enquiry.finished_at is None,
        "withdraw": officer and state in ("noted", "told", "heard", "asking") and not case.repayments,
        "answer": officer and state in ("told", "heard"),
        "assess": officer
        and (state == "heard" or over or (state == "asking" and case.enquiry.finished_at is not None)),
        "decide": viewer.has_role("approver") and state == "assessed" and is_free,
        "decide_by_another": viewer.has_role("approver") and state == "assessed" and not is_free,
        "appeal": officer and state in ("decided", "repaying") and case.appeal is None,
        "settle": viewer.has_role("approver") and state == "appealed" and is_free
        and viewer.account_id != case.ruling.ruled_by_id,
        "plan": officer and state in ("decided", "repaying"),
        "consent": officer and state in ("decided", "repaying") and case.consent is None,
        "revoke": officer and case.consent is not None,
        "repay": viewer.has_role(*FINANCE) and state in ("asking", "decided", "repaying"),
    }  # fmt: skip


def _cap(case: CaseFile, on: Any) -> int | None:
    if case.ruling is None or case.assessment is None:
        return None
    return cap_for(case.standing.remaining_satang, case.assessment.income_satang, numbers_on(on))


def _facts(case: CaseFile) -> list[Row]:
    one = case.overpayment
    rows = [
        Row(say("ผู้รับเงิน", "Person"), case.payee),
        Row(say("โครงการ", "Scheme"), scheme(one.scheme_code).name.in_language(current_language())),
        Row(say("สำนักงาน", "Office"), say(one.office.name_th, one.office.name_en)),
        Row(say("เพราะอะไร", "Why"), words(CAUSE_WORDS, one.cause)),
        Row(say("ไม่มีสิทธิเป็นเงิน", "Not owed"), baht_text(one.amount_satang)),
        Row(say("รู้เมื่อวันที่", "Known since"), day_text(one.known_on)),
    ]
    if one.person.died_on:
        rows.insert(1, Row(say("เสียชีวิตวันที่", "Died on"), day_text(one.person.died_on)))
    return rows


def _judgement(case: CaseFile) -> dict[str, Any] | None:
    made = case.assessment
    if made is None:
        return None
    return {
        "made": made,
        "ruling": getattr(made, "ruling", None),
        "fault": words(FAULT_WORDS, made.fault),
        "outcome": words(OUTCOME_WORDS, made.outcome),
        "reasons": [
            Row(say(one["th"], one["en"]), say(one["law_th"], one["law_en"]) or say("ข้อเท็จจริง", "A fact"))
            for one in made.reasons
        ],
    }  # fmt: skip


def _events(case: CaseFile) -> list[Event]:
    """What happened, the latest first, and what comes next on top."""
    one = case.overpayment
    noted_by = one.noted_by_name if one.noted_by_id else say(*BY_SYSTEM)
    told = [Event(say("บันทึก", "Noted"), one.noted_at, who=noted_by)]
    if case.hearing:
        told.append(Event(say("แจ้งผู้รับ", "Told the person"), case.hearing.told_at, who=case.hearing.told_by_name))
    if case.enquiry:
        told.append(Event(say("เริ่มถาม", "Began to ask"), case.enquiry.begun_at, who=case.enquiry.begun_by_name))
        if case.enquiry.finished_at:
            told.append(Event(say("ถามเสร็จ", "Asked"), case.enquiry.finished_at, body=case.enquiry.found))
    told += [Event(say("ผู้รับชี้แจง", "The person answered"), answer.answered_at) for answer in case.answers]
    for made in case.assessments:
        told.append(Event(say("ประเมิน", "Assessed"), made.assessed_at, who=made.assessed_by_name))
        ruling = getattr(made, "ruling", None)
        if ruling is not None:
            agreed = ruling.outcome == "agreed"
            title = say("มีคำสั่ง", "Decided") if agreed else say("ส่งกลับ", "Sent back")
            told.append(
                Event(title, ruling.ruled_at, "done" if agreed else "stopped", ruling.why, ruling.ruled_by_name)
            )
    if case.appeal:
        told.append(Event(say("อุทธรณ์", "Appealed"), case.appeal.appealed_at, body=case.appeal.grounds))
        if case.appeal.settled_at:
            title, settler = words(APPEAL_WORDS, case.appeal.outcome), case.appeal.settled_by_name
            told.append(Event(title, case.appeal.settled_at, body=case.appeal.settled_why, who=settler))
    told += [
        Event(
            say("รับคืน", "Received") + f" {baht_text(back.amount_satang)}", back.received_at, who=back.received_by_name
        )
        for back in case.repayments
    ]
    if one.closed_at:
        told.append(Event(say(*STATE_WORDS[one.state][1:3]), one.closed_at))
    return sorted(told, key=lambda event: event.at, reverse=True)  # type: ignore[arg-type,return-value]

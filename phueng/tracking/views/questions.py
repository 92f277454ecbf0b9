"""Money was paid that was perhaps not owed: what does the person see, and what can they say, agree to or refuse?

Whoever gave the reference and the birth date may answer and appeal: nobody loses anything by it. The same person may
take a consent back here, at any time.
"""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from phueng.access.gates import gate_public
from phueng.access.viewers import Request
from phueng.audit.clock import now
from phueng.design.times import baht_text, day_text
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.recoveries import actions
from phueng.recoveries.forms import AnswerForm, ConsentForm, GroundsForm, PlanForm, with_problem
from phueng.recoveries.numbers import numbers_on
from phueng.recoveries.queries import CaseFile, question_of_citizen, shown_to_citizen
from phueng.recoveries.rules import cap_for
from phueng.recoveries.wording import APPEAL_WORDS, CAUSE_WORDS, OUTCOME_WORDS, words
from phueng.tracking.queries import Timeline
from phueng.tracking.views.looking_up import citizen, look_up_page
from phueng.tracking.views.reached import with_timeline

# state → (tone of the card, what is said in Thai, in English)
_CARDS: dict[str, tuple[str, str, str]] = {
    "told": ("action", "เราพบว่าอาจจ่ายเงินเกินสิทธิ อยากฟังจากคุณก่อน ตอนนี้ยังไม่ต้องคืนเงิน",
             "We may have paid more than was owed and would like to hear you first. You need not pay anything now."),
    "heard": ("", "เราได้คำชี้แจงของคุณแล้ว กำลังพิจารณา เพิ่มเติมได้",
              "We have your answer and are looking at it. You may add to it."),
    "asking": ("", "เราเสียใจกับการจากไปของผู้รับเงิน หรือทราบว่าเงินไปไม่ถึงมือ เรากำลังถามธนาคาร ไม่มีใครในครอบครัวต้องจ่ายแทน",
               "We are sorry for your loss, or know that the money went astray. We are asking the bank. Nobody in the family has to pay."),
    "assessed": ("", "เรากำลังพิจารณา ผู้อนุมัติอีกคนจะตรวจอีกครั้ง", "We are looking at it; a second person checks it."),
    "decided": ("action", "มีคำสั่งแล้ว ดูเหตุผล อุทธรณ์ หรือเลือกวิธีคืนที่รับไหว",
                "It is decided. Read the reasons, appeal, or choose a way that you can carry."),
    "appealed": ("", "เราได้อุทธรณ์ของคุณแล้ว ระหว่างนี้ยังไม่ต้องคืน", "We have your appeal. Nothing has to be paid meanwhile."),
    "repaying": ("", "กำลังทยอยคืนตามแผน", "Being paid back by the plan."),
    "settled": ("done", "คืนครบแล้ว ขอบคุณ ไม่ต้องทำอะไรอีก", "All was paid back. Thank you; nothing more to do."),
    "nothing_owed": ("done", "พิจารณาแล้ว ไม่ต้องคืนเงิน", "Decided: there is nothing to pay back."),
}  # fmt: skip


def question_cards(shown: Timeline) -> list[dict[str, str]]:
    """One card for each question about money of this request; one query, whether there are any or not."""
    return [
        {
            "title": say("เรื่องเงินที่จ่ายให้คุณ", "About money that was paid to you"),
            "tone": _CARDS[one.state][0],
            "words": say(*_CARDS[one.state][1:]),
            "link": say("ดูและตอบ", "Look and answer")
            if one.state in ("told", "heard")
            else say("ดูรายละเอียด", "See more"),
            "url": _address(shown, one.reference),
        }
        for one in shown_to_citizen([shown.application_id])[shown.application_id]
    ]


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, reference: str, number: str) -> HttpResponse:
    """Everything about one question: what happened, the reasons, the plan; and what the person may do now."""

    @with_timeline
    def reached(request: Request, shown: Timeline) -> HttpResponse:
        case = question_of_citizen(shown.application_id, number)
        if case is None:
            return look_up_page(request, reference)
        if request.method != "POST":
            return _page(request, shown, case, {})
        return _posted(request, shown, case)

    return reached(request, reference)


def _acts(request: Request, case: CaseFile) -> dict[str, tuple[type[Form] | None, Callable[[dict[str, Any]], object]]]:
    said: dict[str, Any] = {"by": citizen(request), "at": now(), "overpayment_id": case.overpayment.pk}
    return {
        "answer": (AnswerForm, lambda typed: actions.answer_notice(**said, **typed)),
        "appeal": (GroundsForm, lambda typed: actions.lodge_appeal(**said, **typed)),
        "plan": (PlanForm, lambda typed: actions.agree_plan(**said, **typed)),
        "consent": (
            ConsentForm,
            lambda typed: actions.give_consent(
                **said, monthly_satang=typed["monthly_satang"], language=current_language()
            ),
        ),
        "revoke": (None, lambda _: actions.revoke_consent(**said)),
    }


def _posted(request: Request, shown: Timeline, case: CaseFile) -> HttpResponse:
    name = request.POST.get("act", "")
    known = _acts(request, case)
    if name not in known:
        return _page(request, shown, case, {})
    shape, act = known[name]
    form = shape(request.POST, prefix=name) if shape else None
    if form is not None and not form.is_valid():
        return _page(request, shown, case, {name: form})
    try:
        act(form.cleaned_data if form else {})
    except Refused as refused:
        bound = {name: with_problem(form, refused.problem)} if form else {}
        return _page(
            request, shown, question_of_citizen(shown.application_id, case.overpayment.reference) or case, bound
        )
    return HttpResponseRedirect(_address(shown, case.overpayment.reference))


def _page(request: Request, shown: Timeline, case: CaseFile, bound: dict[str, Form]) -> HttpResponse:
    one, on = case.overpayment, in_bangkok(now()).date()
    state, made = one.state, case.assessment
    income = made.income_satang if made else None
    ruled = case.ruling is not None
    context = {
        "shown": shown,
        "one": one,
        "case": case,
        "cause": words(CAUSE_WORDS, one.cause),
        "tone": _CARDS[state][0],
        "words": say(*_CARDS[state][1:]),
        "payments": [
            {"day": day_text(line.line.settled_on or line.line.run.effective_on), "paid": baht_text(line.line.amount_satang),
             "sum": baht_text(line.amount_satang)}
            for line in case.lines
        ],
        "outcome": words(OUTCOME_WORDS, made.outcome) if ruled and made else "",
        "reasons": [(say(r["th"], r["en"]), say(r["law_th"], r["law_en"])) for r in made.reasons] if ruled and made else [],
        "standing": case.standing if ruled else None,
        "cap_satang": cap_for(case.standing.remaining_satang, income, numbers_on(on)) if ruled else 0,
        "appeal_words": words(APPEAL_WORDS, case.appeal.outcome) if case.appeal and case.appeal.outcome else "",
        "may_answer": state in ("told", "heard"),
        "may_appeal": state in ("decided", "repaying") and case.appeal is None,
        "may_plan": state in ("decided", "repaying"),
        "is_for_enquiry": case.enquiry is not None,
        "forms": {
            "answer": AnswerForm(prefix="answer"), "appeal": GroundsForm(prefix="appeal"),
            "plan": PlanForm(prefix="plan"), "consent": ConsentForm(prefix="consent"), **bound,
        },
        "bound": list(bound.values()),
        "has_errors": bool(bound),
        "back_url": reverse("tracking:timeline", kwargs={"reference": shown.reference}),
    }  # fmt: skip
    return render(request, "tracking/question.html", context, status=422 if bound else 200)


def _address(shown: Timeline, number: str) -> str:
    return reverse("tracking:question", kwargs={"reference": shown.reference, "number": number})

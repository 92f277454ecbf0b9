"""How does somebody get to the page of a request: with the number and a second thing, without a login?

Every failure is one answer: an unknown number, another birth date, a draft of somebody else, a code that is wrong or
over. Nothing is found by national ID, because nothing here ever asks a register.
"""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from phueng.access.baits import watch
from phueng.access.gates import gate_public
from phueng.access.limits import address_of
from phueng.access.viewers import Request
from phueng.applications import tickets
from phueng.audit.actions import record_read
from phueng.audit.actors import Actor
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.kernel.references import format_reference, normalise_reference
from phueng.kernel.thai_dates import in_bangkok
from phueng.tracking.codes import code_fits, send_code
from phueng.tracking.forms import CodeForm, LookUpForm
from phueng.tracking.letting_in import Claimed, birth_fits, claimed
from phueng.tracking.limits import Limit, count_try, free_limits, give_back, network_of, reference_limits
from phueng.tracking.puzzles import WAIT_SECONDS, ZERO_BITS, has_paid, new_challenge

# What the page that asks for a moment takes along to the next try.
CARRIED = ("reference", "birth_date", "birth_date_0", "birth_date_1", "birth_date_2", "code")


@gate_public
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: Request) -> HttpResponse:
    """The number and the birth date, or the code from the message."""
    if request.method != "POST":
        return look_up_page(request, request.GET.get("reference", ""))
    typed = request.POST.get("reference", "")
    counted = _try(request, typed)
    if isinstance(counted, HttpResponse):
        return counted
    by, at = citizen(request), now()
    _watch(request, typed, by, at)
    claim = claimed(typed[:200])
    if "code" in request.POST:
        fits = code_fits(claim, request.POST["code"][:20], by=by, at=at)
    else:
        typed_day = str(LookUpForm(request.POST)["birth_date"].value() or "")
        fits = birth_fits(claim, typed_day, today=in_bangkok(at).date())
    if not fits:
        return _missed(request)
    give_back(counted)
    record_read(
        by=by, at=at, act="tracking.look_up", subject=("application", claim.application_id), person_id=claim.person_id
    )
    return _let_in(request, claim)


@gate_public
@require_POST
def send(request: Request) -> HttpResponse:
    """Send a code to the phone in the request, and say so in words that are true either way."""
    typed = request.POST.get("reference", "")
    counted = _try(request, typed)
    if isinstance(counted, HttpResponse):
        return counted
    by, at = citizen(request), now()
    _watch(request, typed, by, at)
    send_code(claimed(typed[:200]), by=by, at=at, language=current_language())
    return _code_page(request, CodeForm(initial={"reference": typed[:40]}))


def look_up_page(request: Request, reference: str = "") -> HttpResponse:
    """The empty form, with the number already in it when an address or a QR code brought one, whatever it is."""
    plain = normalise_reference(reference)
    form = LookUpForm(initial={"reference": format_reference(plain) if plain else reference[:40]})
    return render(request, "tracking/look_up.html", {"form": form})


def citizen(request: Request) -> Actor:
    """Somebody without an account: known by what they hold in hand, not by name."""
    return Actor("citizen", None, "ผู้ขอ", "citizen", request_id=getattr(request, "number", ""))


def _counted(typed: str) -> str:
    return normalise_reference(typed) or typed.strip().upper()[:40]


def _try(request: Request, typed: str) -> Sequence[Limit] | HttpResponse:
    """Count this try: the limits it was counted against, or the page that says why it was not made."""
    free = free_limits(request)
    counted = count_try(free)
    if len(counted) < len(free) and not has_paid(request):
        give_back(counted)  # being asked to wait a moment is no try
        return _one_moment(request)
    named = reference_limits(_counted(typed))
    tried = count_try(named)
    if len(tried) < len(named):
        return render(request, "tracking/too_many.html", status=429)
    return [*counted, *tried]


def _one_moment(request: Request) -> HttpResponse:
    context = {
        "action": request.path,
        "typed": [(name, request.POST[name][:200]) for name in CARRIED if name in request.POST],
        "challenge": new_challenge(request),
        "zero_bits": ZERO_BITS,
        "wait_seconds": WAIT_SECONDS,
    }
    response = render(request, "tracking/puzzle.html", context, status=429)
    response["Retry-After"] = str(WAIT_SECONDS)
    return response


def _watch(request: Request, typed: str, by: Actor, at: datetime) -> None:
    """Somebody who asks for a bait is told what everybody is told; the alarm goes elsewhere."""
    network = network_of(address_of(request.META))
    using_up = [(one.key, one.most) for one in free_limits(request)]
    watch(_counted(typed), network=network, using_up=using_up, by=by, at=at)


def _let_in(request: Request, claim: Claimed) -> HttpResponse:
    response = HttpResponseRedirect(reverse("tracking:timeline", kwargs={"reference": claim.reference}))
    tickets.grant(request, response, claim.reference, lane="tracked")
    return response


def _missed(request: Request) -> HttpResponse:
    """One sentence for every kind of miss; what was typed stays, so that a slip of the finger is easily mended."""
    if "code" in request.POST:
        form = CodeForm(request.POST)
        form.add_error(
            "code",
            say(
                "รหัสไม่ตรงกับเลขอ้างอิงนี้ หรือหมดเวลาแล้ว ดูรหัสล่าสุดใน SMS แล้วลองอีกครั้ง หรือโทร 1300",
                "The code does not fit this number, or its time is over. Look at the newest message and try again,"
                " or call 1300.",
            ),
        )
        return _code_page(request, form, status=422)
    form_with_day = LookUpForm(request.POST)
    form_with_day.add_error(
        "reference",
        say(
            "เลขอ้างอิงกับวันเกิดไม่ตรงกัน ดูเลขใน SMS หรือใบรับคำขอ แล้วลองอีกครั้ง หรือโทร 1300",
            "The number and the birth date do not match. Look at the message or the slip and try again, or call 1300.",
        ),
    )
    context = {"form": form_with_day, "has_errors": True}
    return render(request, "tracking/look_up.html", context, status=422)


def _code_page(request: Request, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "has_errors": status == 422, "back_url": reverse("tracking:look_up")}
    return render(request, "tracking/code.html", context, status=status)

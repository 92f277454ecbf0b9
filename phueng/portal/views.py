"""What does somebody see who has just heard of this service?"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from phueng.access.gates import gate_public
from phueng.audit.clock import now
from phueng.design.pieces import Row
from phueng.design.times import baht_text
from phueng.design.wording import current_language, say
from phueng.kernel.thai_dates import in_bangkok
from phueng.schemes.catalogue import UnknownScheme, scheme, schemes
from phueng.schemes.definition import Scheme

UNIT_WORDS = {"calendar_days": ("วัน", "days"), "working_days": ("วันทำการ", "working days")}


@gate_public
def front(request: HttpRequest) -> HttpResponse:
    """Three doors: ask for help, follow a request, staff."""
    return render(request, "portal/front.html", {"schemes": schemes()})


@gate_public
def help_page(request: HttpRequest) -> HttpResponse:
    """How it goes on after one asks, step by step, and what to do when something goes wrong."""
    return render(request, "portal/help.html")


@gate_public
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """What we keep, why, on which legal basis, for how long, and the person's rights (PDPA B.E. 2562 s.23)."""
    on = in_bangkok(now()).date()
    kept = [(one.name.in_language(current_language()), one.retention(on).years) for one in schemes()]
    return render(request, "portal/privacy.html", {"kept": kept})


@gate_public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we do so that everybody can use the service, and whom to tell when they cannot."""
    return render(request, "portal/accessibility.html")


@gate_public
def scheme_page(request: HttpRequest, code: str) -> HttpResponse:
    """One scheme in plain words: who, how much, how long it takes, which law."""
    try:
        rule = scheme(code)
    except UnknownScheme as unknown:
        raise Http404 from unknown
    on = in_bangkok(now()).date()
    return render(request, "portal/scheme.html", {"scheme": rule, "facts": _facts(rule, on), "amounts": _amounts(rule, on)})


def _facts(rule: Scheme, on: date) -> list[Row]:
    lang = current_language()
    clock = rule.clock("decide", on)
    th, en = UNIT_WORDS[clock.unit]
    lengths = sorted(set(clock.lengths.values()))
    promise = say(
        f"ภายใน {' หรือ '.join(map(str, lengths))} {th} นับจากวันที่เจ้าหน้าที่รับเรื่อง",
        f"within {' or '.join(map(str, lengths))} {en} from the day an officer takes up the request",
    )
    owner = {
        "centre": say("ศูนย์คุ้มครองคนไร้ที่พึ่งในจังหวัดที่คุณอยู่", "the protection centre of the province where you stay"),
        "municipality": say("เทศบาลหรือ อบต. ที่คุณมีชื่อในทะเบียนบ้าน", "the municipality where you are registered"),
    }[rule.owner_kind]
    return [
        Row(say("ใครดูแล", "Who is in charge"), owner),
        Row(say("รู้ผล", "You get an answer"), promise),
        Row(say("กฎหมาย", "Law"), "; ".join(law.th if lang == "th" else law.en for law in rule.legal_basis)),
    ]


def _amounts(rule: Scheme, on: date) -> list[Row]:
    rows = []
    ceiling, times = rule.ceiling_satang(on), rule.times_a_year(on)
    if ceiling:
        rows.append(Row(say("ไม่เกินครั้งละ", "At most, each time"), baht_text(ceiling)))
    if times:
        rows.append(Row(say("ไม่เกินปีงบประมาณละ", "At most, each fiscal year"), say(f"{times} ครั้ง", f"{times} times")))
    return rows



"""The journal for the auditor: who did or looked at what, and whether the evidence is sealed."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.design.pieces import Chip
from phueng.design.wording import say
from phueng.desk import journal
from phueng.desk.history import ACT_WORDS, act_words, who
from phueng.desk.views.reached import oneself, viewer_of

KINDS = {"reads": ("การเปิดดู", "Reads"), "writes": ("การกระทำ", "Acts")}
CHIPS = {
    "act": ("การกระทำ: {v}", "Act: {v}"),
    "office": ("สำนักงาน: {v}", "Office: {v}"),
    "account": ("บัญชีผู้ใช้: {v}", "Account: {v}"),
    "person": ("เกี่ยวกับคน: {v}", "About a person: {v}"),
    "kind": ("ชนิด: {v}", "Kind: {v}"),
}


@gate("auditor")
@require_safe
def audit(request: Request) -> HttpResponse:
    """One page of the journal. Looking at the journal is itself in the journal."""
    viewer, at = viewer_of(request), now()
    asked = journal.asked_from(request.GET)
    with transaction.atomic():
        rows, next_before = journal.entries(asked)
        record_read(
            by=viewer.actor("auditor"), at=at, act="desk.open_journal", subject=oneself(viewer),
            person_id=asked.person, why=request.GET.urlencode()[:300],
        )  # fmt: skip
    context = {
        "entries": [(entry, act_words(entry.act), who(entry)) for entry in rows],
        "seal": journal.seal(at),
        "asked": asked,
        "acts": sorted(ACT_WORDS),
        "chips": _chips(request),
        "next_url": _older(request, next_before),
        "at": at,
    }
    return render(request, "desk/audit.html", context)


def _chips(request: Request) -> list[Chip]:
    chips = []
    for name, (th, en) in CHIPS.items():
        value = request.GET.get(name, "").strip()
        if value:
            query = request.GET.copy()
            query.pop(name)
            query.pop("before", None)
            value = say(*KINDS[value]) if value in KINDS else value
            chips.append(Chip(say(th, en, v=value), f"{request.path}?{query.urlencode()}"))
    return chips


def _older(request: Request, before: int | None) -> str:
    if before is None:
        return ""
    query = request.GET.copy()
    query["before"] = str(before)
    return f"?{query.urlencode()}"

"""Files that were asked for: being made, waiting for a second person, ready for a day."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.design.wording import current_language, say
from phueng.kernel.problems import Refused
from phueng.payments.actions.approve_export import approve_export
from phueng.payments.actions.ask_export import may_approve
from phueng.payments.budget_scope import offices_seen
from phueng.payments.exporting import content_of_export
from phueng.payments.exports import CONTENT_TYPES
from phueng.payments.models import Export
from phueng.payments.registers import READERS, REGISTERS
from phueng.payments.waiting_exports import export_for, exports_of, exports_to_approve

APPROVERS = ("finance_checker", "releaser", "auditor")
TROUBLE = {
    "not_your_duty": ("ผู้ขอไม่มีหน้าที่นี้แล้ว จึงไม่ทำไฟล์", "Whoever asked no longer holds the duty; nothing was made"),
    "rows_changed": ("จำนวนแถวเพิ่มจนต้องขอใหม่", "There are more rows now; ask again"),
}


@gate(*READERS)
@require_safe
def exports(request: Request) -> HttpResponse:
    """My files, and those that wait for my approval."""
    viewer, at = request.viewer, now()
    waiting = [one for one in exports_to_approve(at) if may_approve(viewer, one, offices_seen(viewer))]
    return render(
        request,
        "payments/exports.html",
        {
            "mine": [_shown(one, at) for one in exports_of(viewer)],
            "waiting": [_shown(one, at) for one in waiting] if viewer.has_role(*APPROVERS) else [],
            "as_of": at,
        },
    )


def _shown(export: Export, at: object) -> dict[str, object]:
    register = REGISTERS[export.register]
    is_over = export.dropped_at is not None or export.expires_at <= at  # type: ignore[operator]
    if export.trouble:
        state, words = "late", say(*TROUBLE[export.trouble])
    elif is_over:
        state, words = "stopped", say("หมดเวลาแล้ว", "Its time is over")
    elif export.made_at is not None:
        state, words = "done", say("พร้อมแล้ว", "Ready")
    elif export.needs_approval and export.approved_at is None:
        state, words = "waiting", say("รอผู้อื่นอนุมัติ", "Waits for somebody else's approval")
    else:
        state, words = "waiting", say("กำลังทำ", "Being made")
    return {
        "export": export,
        "title": say(register.th, register.en),
        "asked": " · ".join(str(value) for value in export.asked.values()),
        "state": state,
        "words": words,
        "is_ready": export.made_at is not None and not is_over and not export.trouble,
    }


@gate(*APPROVERS)
@require_POST
def approve(request: Request, export_id: UUID) -> HttpResponse:
    """Let many rows leave."""
    viewer, at = request.viewer, now()
    export = next((one for one in exports_to_approve(at) if one.pk == export_id), None)
    if export is None or not may_approve(viewer, export, offices_seen(viewer)):
        raise Http404
    try:
        approve_export(by=viewer.actor(), at=at, export_id=export_id)
    except Refused as refusal:
        messages.error(request, refusal.problem.in_full(current_language()))
    else:
        messages.success(request, say("อนุมัติแล้ว กำลังทำไฟล์", "Approved; the file is being made"))
    return redirect("payments:exports")


@gate(*READERS)
@require_safe
def take(request: Request, export_id: UUID) -> HttpResponse:
    """The file, for whoever asked for it and nobody else, while it is kept."""
    viewer, at = request.viewer, now()
    export = export_for(viewer, export_id, at)
    if export is None:
        raise Http404
    content = content_of_export(export)
    record_read(by=viewer.actor(), at=at, act="payments.take_export", subject=("export", export.pk), why=export.purpose)
    response = HttpResponse(content, content_type=CONTENT_TYPES[export.layout])
    name = f"register-{export.register}-{export.asked['year']}-{str(export.pk)[:8]}.{export.layout}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-SHA256"] = export.sha256
    return response

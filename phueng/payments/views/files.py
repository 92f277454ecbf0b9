"""The bank's file, for the officer who uploads it: derived again and compared before a byte is shown."""

from typing import cast

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from phueng.access.gates import gate
from phueng.access.viewers import Request
from phueng.audit.actions import record_read
from phueng.audit.clock import now
from phueng.payments import queries
from phueng.payments.files import file_bytes, is_as_intended
from phueng.payments.problems import LIST_CHANGED


@gate("releaser", "finance_checker", "auditor")
def download(request: Request, number: str, name: str) -> HttpResponse:
    """The signed bytes. Refused when deriving them again gives anything else."""
    viewer = request.viewer
    file = queries.file_for(viewer, number, name)
    if file is None:
        raise Http404
    if not is_as_intended(file):
        return render(request, "payments/file_refused.html", {"problem": LIST_CHANGED, "number": number}, status=409)
    record_read(by=viewer.actor(), at=now(), act="payments.download_file", subject=("run", file.run_id), why=name)
    response = StreamingHttpResponse(file_bytes(file), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["X-Content-SHA256"] = file.sha256
    return cast(HttpResponse, response)  # a response in pieces; what the gate wraps needs to know no more

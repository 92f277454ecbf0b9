"""What is noted when something is wrong with a whole file?"""

import hashlib
import json
from datetime import datetime

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.gateways.dropfolders import sent_name_of
from phueng.payments.models import BankFile, FileTrouble, ResultFile, SuspenseItem


@action
def take_refusal(*, by: Actor, at: datetime, name: str, content: bytes) -> None:
    """The other side took nothing of a file; a refusal of a file that we never sent goes to suspense."""
    file = BankFile.objects.filter(name=sent_name_of(name) or "", sent_at__isnull=False).first()
    said = _reasons(content)
    if file is not None:
        note_trouble(by, at, file, "bank_refused", said)
        return
    result, is_new = ResultFile.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "name": name[:160],
            "content": content,
            "received_at": at,
            "received_by_name": by.name,
            "imported_at": at,
            "suspense_count": 1,
        },
    )
    if is_new:
        SuspenseItem.objects.create(result_file=result, line_no=0, reason_code="unknown_file", stated={"faults": said})
        record(by=by, at=at, act="payments.unknown_refusal", subject=("result_file", result.pk), after={"name": name})


def note_trouble(by: Actor, at: datetime, file: BankFile, code: str, said: list[dict[str, str]]) -> int:
    """Note once what is wrong with a file; returns how many notes are new."""
    _, is_new = FileTrouble.objects.get_or_create(file=file, code=code, defaults={"said": said, "noted_at": at})
    if is_new:
        after = {"name": file.name, "code": code}
        record(by=by, at=at, act="payments.note_trouble", subject=("run", file.run_id), after=after)
    return int(is_new)


def _reasons(content: bytes) -> list[dict[str, str]]:
    """The reasons of a refusal in JSON; whatever else it may be is kept as text, so that a person can read it."""
    try:
        reasons = json.loads(content)["reasons"]
        return [{key: str(reason.get(key, "")) for key in ("line", "field", "th", "en")} for reason in reasons[:200]]
    except (ValueError, KeyError, TypeError, AttributeError):
        text = content[:500].decode("utf-8", "replace")
        return [{"line": "", "field": "", "th": text, "en": text}]

"""What do payments do on their own clock? Send signed files, fetch answers."""

import hashlib
import json
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.conf import settings

from phueng.audit.actions import action, record
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.clock import now
from phueng.gateways.dropfolders import ChannelUnavailable, DropFolder, NameTaken, is_refusal, sent_name_of
from phueng.payments.actions import import_result
from phueng.payments.files import is_as_intended
from phueng.payments.models import BankFile, FileTrouble, ResultFile, SuspenseItem

PAY_ROUTES = ("krungthai", "comptroller")


def channel(pay_route: str) -> DropFolder:
    """The folders through which this pay route's files travel."""
    if pay_route == "comptroller":
        return DropFolder(settings.PHUENG_COMPTROLLER_OUTBOX, settings.PHUENG_COMPTROLLER_INBOX)
    return DropFolder(settings.PHUENG_KRUNGTHAI_OUTBOX, settings.PHUENG_KRUNGTHAI_INBOX)


def transmit_files(*, limit: int = 10) -> int:
    """Send intended files. One that cannot be derived again byte for byte is never sent; a person is shown why."""
    waiting = BankFile.objects.filter(sent_at__isnull=True, troubles__isnull=True).order_by("intended_at")
    done = 0
    for file_id in list(waiting.values_list("pk", flat=True)[:limit]):
        with suppress(ChannelUnavailable):  # the next round tries again; the run's page says that the file waits
            done += _transmit(by=SYSTEM("payments.transmit_files"), at=now(), file_id=file_id)
    return done


@action
def _transmit(*, by: Actor, at: datetime, file_id: UUID) -> int:
    waiting = BankFile.objects.select_for_update(of=("self",), skip_locked=True).filter(
        pk=file_id, sent_at__isnull=True
    )
    file = waiting.select_related("run__office", "run__released_by").first()
    if file is None:
        return 0
    if not is_as_intended(file):
        return _note_trouble(by, at, file, "not_as_signed", [])
    try:
        # Sending the same name and bytes twice is harmless, so a crash after this line repeats nothing.
        channel(file.run.pay_route).send(file.name, bytes(file.content), bytes.fromhex(file.signature))
    except NameTaken:
        return _note_trouble(by, at, file, "name_taken", [])
    file.sent_at = at
    file.save(update_fields=["sent_at"])
    sent = {"name": file.name, "sha256": file.sha256}
    record(by=by, at=at, act="payments.transmit_file", subject=("run", file.run_id), after=sent)
    return 1


def collect_results(*, limit: int = 10) -> int:
    """Fetch answers, take each in once, then acknowledge it; a crash in between imports the same bytes to no effect."""
    done = 0
    for pay_route in PAY_ROUTES:
        folder = channel(pay_route)
        with suppress(ChannelUnavailable):
            for name, content in folder.collect()[:limit]:
                by, at = SYSTEM("payments.collect_results"), now()
                if is_refusal(name):
                    _take_refusal(by=by, at=at, name=name, content=content)
                else:
                    import_result(by=by, at=at, name=name, content=content, pay_route=pay_route)
                folder.acknowledge(name)
                done += 1
    return done


@action
def _take_refusal(*, by: Actor, at: datetime, name: str, content: bytes) -> None:
    """The other side took nothing of a file; a refusal of a file that we never sent goes to suspense."""
    file = BankFile.objects.filter(name=sent_name_of(name) or "", sent_at__isnull=False).first()
    said = _reasons(content)
    if file is not None:
        _note_trouble(by, at, file, "bank_refused", said)
        return
    result, is_new = ResultFile.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={"name": name[:160], "content": content, "received_at": at, "received_by_name": by.name},
    )
    if is_new:
        SuspenseItem.objects.create(result_file=result, line_no=0, reason_code="unknown_file", stated={"faults": said})
        record(by=by, at=at, act="payments.unknown_refusal", subject=("result_file", result.pk), after={"name": name})


def _note_trouble(by: Actor, at: datetime, file: BankFile, code: str, said: list[dict[str, str]]) -> int:
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

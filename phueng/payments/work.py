"""What do payments do on their own clock? Send signed files, fetch answers."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from phueng.audit.actions import action, record
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.clock import now
from phueng.gateways.dropfolders import ChannelUnavailable, DropFolder, is_refusal
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.actions import import_result
from phueng.payments.files import files_of
from phueng.payments.models import BankFile
from phueng.payments.signing import is_ours


def channel(pay_route: str) -> DropFolder:
    """The folders through which this pay route's files travel."""
    if pay_route == "comptroller":
        return DropFolder(settings.PHUENG_COMPTROLLER_OUTBOX, settings.PHUENG_COMPTROLLER_INBOX)
    return DropFolder(settings.PHUENG_KRUNGTHAI_OUTBOX, settings.PHUENG_KRUNGTHAI_INBOX)


def transmit_files(*, limit: int = 10) -> int:
    """Send intended files. A file that cannot be derived again byte for byte is never sent."""
    sent = 0
    waiting = BankFile.objects.filter(sent_at__isnull=True).order_by("intended_at").values_list("pk", flat=True)[:limit]
    for file_id in list(waiting):
        sent += _transmit(by=SYSTEM("payments.transmit_files"), at=now(), file_id=file_id)
    return sent


@action
def _transmit(*, by: Actor, at: datetime, file_id: UUID) -> int:
    file = (
        BankFile.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("run__office", "run__released_by")
        .filter(pk=file_id, sent_at__isnull=True)
        .first()
    )
    if file is None:
        return 0
    content = bytes(file.content)
    derived = {written.name: written.content for written in files_of(file.run)}
    if derived.get(file.name) != content or not is_ours(content, file.signature):
        raise Refused(problems.LIST_CHANGED)
    # Sending the same name and bytes twice is harmless, so a crash after this line repeats nothing.
    channel(file.run.pay_route).send(file.name, content, bytes.fromhex(file.signature))
    file.sent_at = at
    file.save(update_fields=["sent_at"])
    record(
        by=by,
        at=at,
        act="payments.transmit_file",
        subject=("run", file.run_id),
        after={"name": file.name, "sha256": file.sha256},
    )
    return 1


def collect_results(*, limit: int = 10) -> int:
    """Fetch answers, take each in once, then acknowledge it; a crash in between imports the same bytes to no effect."""
    done = 0
    for pay_route in ("krungthai", "comptroller"):
        folder = channel(pay_route)
        try:
            answers = folder.collect()
        except ChannelUnavailable:
            continue
        for name, content in answers[:limit]:
            if not is_refusal(name):
                with transaction.atomic():
                    import_result(
                        by=SYSTEM("payments.collect_results"), at=now(), name=name, content=content, pay_route=pay_route
                    )
            else:
                _note_refusal(by=SYSTEM("payments.collect_results"), at=now(), name=name, content=content)
            folder.acknowledge(name)
            done += 1
    return done


@action
def _note_refusal(*, by: Actor, at: datetime, name: str, content: bytes) -> None:
    file = BankFile.objects.filter(name__in=[name.removesuffix(".refused"), name.split(".refus")[0]]).first()
    if file is not None:
        record(
            by=by,
            at=at,
            act="payments.file_refused",
            subject=("run", file.run_id),
            why=content.decode("utf-8", "replace")[:500],
        )

"""What do payments do on their own clock? Send signed files, fetch answers."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.conf import settings

from phueng.audit.actions import action, record
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.clock import now
from phueng.gateways.dropfolders import ChannelUnavailable, DropFolder, NameTaken, NotTheFile, is_refusal
from phueng.payments.actions import import_result, take_in_waiting
from phueng.payments.files import file_bytes, is_as_intended
from phueng.payments.models import BankFile, ResultFile
from phueng.payments.progress import note_sending
from phueng.payments.troubles import note_trouble, take_refusal

# Money paid at the counter has no channel: its sheet stays in the house.
PAY_ROUTES = ("krungthai", "iso20022", "comptroller")


def channel(pay_route: str) -> DropFolder:
    """The folders through which this pay route's files travel."""
    name = pay_route.upper()
    return DropFolder(getattr(settings, f"PHUENG_{name}_OUTBOX"), getattr(settings, f"PHUENG_{name}_INBOX"))


def transmit_files(*, limit: int = 10) -> int:
    """Send intended files. One that cannot be derived again byte for byte is never sent; a person is shown why."""
    signed = BankFile.objects.filter(signed_at__isnull=False, run__pay_route__in=PAY_ROUTES)
    waiting = signed.filter(sent_at__isnull=True, troubles__isnull=True).order_by("signed_at", "name")
    done = 0
    for file_id, run_id in list(waiting.values_list("pk", "run_id")[:limit]):
        try:
            sent = _transmit(by=SYSTEM("payments.transmit_files"), at=now(), file_id=file_id)
        except ChannelUnavailable:
            note_sending(run_id, now(), "no_room")  # the next round tries again; the run's page says why it waits
            continue
        if sent:
            note_sending(run_id, now())
        done += sent
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
        return note_trouble(by, at, file, "not_as_signed", [])
    try:
        # Sending the same name and bytes twice is harmless, so a crash after this line repeats nothing.
        channel(file.run.pay_route).send_pieces(
            file.name, file_bytes(file), bytes.fromhex(file.signature), sha256=file.sha256
        )
    except NameTaken:
        return note_trouble(by, at, file, "name_taken", [])
    except NotTheFile:
        return note_trouble(by, at, file, "not_as_signed", [])
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
                    take_refusal(by=by, at=at, name=name, content=content)
                else:
                    import_result(by=by, at=at, name=name, content=content)
                folder.acknowledge(name)
                done += 1
    return done


def import_waiting(*, limit: int = 1) -> int:
    """Take in large answers that an officer handed in; each in one transaction, begun anew after a crash."""
    waiting = ResultFile.objects.filter(imported_at__isnull=True).order_by("received_at", "pk")
    done = 0
    for result_id in list(waiting.values_list("pk", flat=True)[:limit]):
        done += take_in_waiting(by=SYSTEM("payments.import_waiting"), at=now(), result_id=result_id) is not None
    return done

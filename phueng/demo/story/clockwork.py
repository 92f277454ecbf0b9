"""How does the story let two weeks pass in a few seconds? By moving the demo's clock, then letting the worker work."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from django.conf import settings
from django.db import connection

from phueng.audit.clock import now, set_clock_offset
from phueng.audit.work import publish_heads, seal_entries
from phueng.calendars.queries import holidays
from phueng.entitlements.work import fall_due
from phueng.gateways import rehearsal
from phueng.kernel.thai_dates import BANGKOK, in_bangkok
from phueng.kernel.working_days import is_working_day
from phueng.notices import line
from phueng.notices.models import Message
from phueng.notices.work import collect_receipts, send_messages
from phueng.payments.preparing import ask_holders, gather_runs
from phueng.payments.work import collect_results, transmit_files
from phueng.verification.work import run_checks

_MOST_ROUNDS = 40
_TOKEN = "demo-register-token"  # noqa: S105  # nosec B105  # of a stand-in that lives for seconds


@dataclass
class Clockwork:
    """The stand-ins that listen while the story is told, and the clock."""

    bank: rehearsal.RunningStandIn
    today: date
    office_holidays: frozenset[date]
    bank_holidays: frozenset[date]

    def go_to(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """Move the clock to a time so many working days ago (0: the last one up to today); returns the moment."""
        on = _working_day_up_to(self.today, self.office_holidays)
        for _ in range(days_ago):
            on = _working_day_up_to(on - timedelta(days=1), self.office_holidays)
        return self._set(datetime.combine(on, time(hour, minute), BANGKOK))

    def go_to_day(self, on: date, hour: int, minute: int = 0) -> datetime:
        """Move the clock to this very day."""
        return self._set(datetime.combine(on, time(hour, minute), BANGKOK))

    def _set(self, wanted: datetime) -> datetime:
        set_clock_offset(min(wanted, _real_now()) - _real_now())
        return now()

    def work(self) -> datetime:
        """Let the worker do everything that is ready at this moment."""
        for _ in range(_MOST_ROUNDS):
            if not run_checks() + fall_due() + ask_holders() + gather_runs():
                break
        while send_messages():
            pass
        rehearsal.wait_until(_every_receipt_is_here)
        self.seal()
        return now()

    def seal(self) -> None:
        """Seal what was recorded and put the head outside, as the worker does every few seconds."""
        while seal_entries() >= 5_000:
            pass
        publish_heads()

    def bank_answers(self) -> None:
        """Send the files, wait for the bank, take its answer in."""
        transmit_files()
        rehearsal.wait_until(lambda: collect_results())


def _working_day_up_to(on: date, days_off: frozenset[date]) -> date:
    while not is_working_day(on, days_off):
        on -= timedelta(days=1)
    return on


def _every_receipt_is_here() -> bool:
    collect_receipts()
    waiting = Message.objects.filter(sent_at__isnull=False, delivered_at__isnull=True, failed_at__isnull=True)
    return not waiting.exists()


def _real_now() -> datetime:
    """The server's own time, before the demonstration's clock is moved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        return cast(datetime, cursor.fetchone()[0])


@contextmanager
def clockwork(register_lines: Path, account_lines: Path) -> Iterator[Clockwork]:
    """Start the stand-ins that the story needs, on ports of their own; afterwards the clock tells real time again."""
    with ExitStack() as stack:
        kept = Path(stack.enter_context(TemporaryDirectory(prefix="phueng-story-")))
        register = stack.enter_context(_register(register_lines))
        inquiry = stack.enter_context(
            rehearsal.running(
                "phueng.gateways.name_inquiry.fake", "--port", "0", "--accounts", str(account_lines), "--token", _TOKEN
            )
        )
        messages = stack.enter_context(
            rehearsal.running(
                "phueng.gateways.sms.fake", "--port", "0", "--control-port", "0", "--store", str(_message_store(kept))
            )
        )
        outbox, inbox = _bank_folders(kept)
        bank = stack.enter_context(_bank(outbox, inbox))
        host, _, port = messages.addresses[0].rpartition(":")
        stack.enter_context(
            _settings(
                PHUENG_CIVIL_REGISTER_URL=register.addresses[0],
                PHUENG_CIVIL_REGISTER_TOKEN=_TOKEN,
                PHUENG_NAME_INQUIRY_URL=inquiry.addresses[0],
                PHUENG_NAME_INQUIRY_TOKEN=_TOKEN,
                PHUENG_HOLDER_ANSWER_DAYS=30,
                PHUENG_SMSC_HOST=host,
                PHUENG_SMSC_PORT=int(port),
                PHUENG_KRUNGTHAI_OUTBOX=outbox,
                PHUENG_KRUNGTHAI_INBOX=inbox,
            )
        )
        stack.callback(set_clock_offset, timedelta(0))
        stack.callback(line.hang_up)
        set_clock_offset(timedelta(0))
        line.hang_up()
        today = in_bangkok(now()).date()
        first, last = today - timedelta(days=200), today + timedelta(days=60)
        yield Clockwork(bank, today, holidays("office", first, last), holidays("bank", first, last))


def _register(lines: Path) -> Any:
    return rehearsal.running(
        "phueng.gateways.civil_register.fake", "--port", "0", "--records", str(lines), "--token", _TOKEN
    )


def _bank(outbox: Path, inbox: Path) -> Any:
    return rehearsal.running(
        "phueng.gateways.krungthai.fake", "--outbox", str(outbox), "--inbox", str(inbox), "--control-port", "0"
    )


def _bank_folders(kept: Path) -> tuple[Path, Path]:
    """The demo's own folders, so that its bank remembers the story; elsewhere folders that go again."""
    folders = (settings.PHUENG_KRUNGTHAI_OUTBOX, settings.PHUENG_KRUNGTHAI_INBOX)
    if not settings.PHUENG_IS_DEMO:
        folders = (kept / "outbox", kept / "inbox")
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    return folders


def _message_store(kept: Path) -> Path:
    """Where the demo's own message centre keeps what it delivered, so that its page shows the story's messages too."""
    return settings.PHUENG_REGISTER_RECORDS.parent / "sms.jsonl" if settings.PHUENG_IS_DEMO else kept / "sms.jsonl"


@contextmanager
def _settings(**wanted: Any) -> Iterator[None]:
    before = {name: getattr(settings, name) for name in wanted}
    for name, value in wanted.items():
        setattr(settings, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(settings, name, value)

"""How does a worker talk to an SMS operator over SMPP and survive a bad line?"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import select
import time
from collections import deque
from types import TracebackType
from typing import Any
from zoneinfo import ZoneInfo

import smpplib.client
import smpplib.consts
import smpplib.exceptions
import smpplib.smpp

from phueng.gateways.sms.contract import Receipt, SmsPart, SmsRefused, SmsUnavailable, Submitted
from phueng.gateways.sms.parts import split_message
from phueng.gateways.sms.receipts import read_receipt

LARGEST_PDU = 65_536
RECEIPT_BITS, RECEIPT = 0x3C, 0x04  # esm_class: which kind of delivery this is
BUSY = {0x08, 0x14, 0x58}  # system error, queue full, throttled: the same message may pass later
_THAI_MOBILE = re.compile(r"\+66[0-9]{8,9}", re.ASCII)
_SENDER = re.compile(r"[A-Za-z0-9]{1,11}", re.ASCII)

_silent = logging.getLogger("phueng.gateways.sms.smpplib")
_silent.propagate = False  # smpplib logs whole messages and telephone numbers
_silent.addHandler(logging.NullHandler())


class _Client(smpplib.client.Client):  # type: ignore[misc]
    """smpplib, but a garbled length cannot make it wait for, or allocate, four gigabytes."""

    def _recv_exact(self, exact_size: int) -> Any:
        if not 0 < exact_size <= LARGEST_PDU:
            raise smpplib.exceptions.PDUError("absurd length")
        return super()._recv_exact(exact_size)


class SmppSession:
    """One bound connection, for one thread. It connects at first use and again after every failure."""

    def __init__(
        self,
        host: str,
        port: int,
        system_id: str,
        password: str,
        source_addr: str,
        *,
        timeout: float = 5.0,
        quiet_seconds: float = 30.0,
        receipt_timezone: str = "Asia/Bangkok",
    ) -> None:
        if not _SENDER.fullmatch(source_addr):
            raise ValueError("a sender name has at most eleven Latin letters and digits")
        self._address = (host, port)
        self._credentials = {"system_id": system_id, "password": password}
        self._source_addr = source_addr
        self._timeout = timeout
        self._quiet_seconds = quiet_seconds
        self._timezone = ZoneInfo(receipt_timezone)
        self._client: _Client | None = None
        self._last_heard = 0.0
        self._receipts: deque[tuple[Receipt | None, int]] = deque()
        self._unconfirmed: list[int] = []

    def send(self, message_id: str, phone_e164: str, text: str) -> Submitted:
        """Hand every part to the operator. Raises `MessageRefused`, `SmsRefused` or `SmsUnavailable`."""
        if not _THAI_MOBILE.fullmatch(phone_e164):
            raise ValueError("a Thai number in international form begins with +66")
        # The same message sent again carries the same reference, so that a phone joins parts of both tries.
        parts = split_message(text, hashlib.blake2b(message_id.encode(), digest_size=1).digest()[0])
        self._make_sure_of_link()
        accepted: list[str] = []
        for part in parts:
            accepted.append(self._submit(part, phone_e164, tuple(accepted)))
        return Submitted(message_id, tuple(accepted))

    def poll_receipts(self, timeout: float) -> list[Receipt]:
        """Wait up to `timeout` seconds for receipts and give all that came.

        First confirms those of the call before: the operator sends a receipt again until it is confirmed,
        so a worker that dies between reading and keeping one gets it once more. Call `confirm_receipts`
        after the commit.
        """
        self.confirm_receipts()
        self._make_sure_of_link()
        ends = time.monotonic() + timeout
        while not self._receipts and self._wait(ends - time.monotonic()):
            self._take_in()
        while self._wait(0):
            self._take_in()
        found: list[Receipt] = []
        while self._receipts:
            receipt, sequence = self._receipts.popleft()
            self._unconfirmed.append(sequence)
            if receipt is not None:
                found.append(receipt)
        return found

    def confirm_receipts(self) -> None:
        """Tell the operator that the receipts given by the last poll are kept for good."""
        while self._unconfirmed and self._client is not None:
            self._reply("deliver_sm_resp", self._unconfirmed[0])
            self._unconfirmed.pop(0)

    def close(self) -> None:
        """Take leave politely; a line that is already broken is no reason to complain."""
        if self._client is not None:
            try:
                self._client.send_pdu(smpplib.smpp.make_pdu("unbind", client=self._client))
                ends = time.monotonic() + min(1.0, self._timeout)
                while self._wait(ends - time.monotonic()):
                    if self._read().command == "unbind_resp":
                        break
            except (SmsUnavailable, smpplib.exceptions.ConnectionError, smpplib.exceptions.PDUError, OSError):
                pass
        self._drop()

    def __enter__(self) -> SmppSession:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- one part
    # -----------------------------------------------------------------------------------------------

    def _submit(self, part: SmsPart, phone: str, before: tuple[str, ...]) -> str:
        client = self._client
        assert client is not None  # noqa: S101 - tells the type checker
        request = smpplib.smpp.make_pdu(
            "submit_sm",
            client=client,
            source_addr_ton=smpplib.consts.SMPP_TON_ALNUM,
            source_addr_npi=smpplib.consts.SMPP_NPI_UNK,
            source_addr=self._source_addr,
            dest_addr_ton=smpplib.consts.SMPP_TON_INTL,
            dest_addr_npi=smpplib.consts.SMPP_NPI_ISDN,
            destination_addr=phone.removeprefix("+"),
            data_coding=smpplib.consts.SMPP_ENCODING_ISO10646,
            esm_class=part.esm_class,
            registered_delivery=1,
            short_message=part.payload,
        )
        try:
            self._send(request)
            answer = self._answer_to(request.sequence, "submit_sm_resp")
        except SmsUnavailable as wrong:
            raise SmsUnavailable(wrong.kind, wrong.detail, maybe_sent=True, provider_ids=before) from wrong
        status = int(answer.status)
        if status in BUSY:
            raise SmsUnavailable("busy", _name(status), maybe_sent=bool(before), provider_ids=before)
        if status:
            raise SmsRefused(status, _name(status), provider_ids=before)
        provider_id = (answer.message_id or b"").decode("latin-1")
        if not provider_id:
            self._drop()
            raise SmsUnavailable("broken", "accepted without a number", maybe_sent=True, provider_ids=before)
        return provider_id

    def _answer_to(self, sequence: int, command: str) -> Any:
        """The answer to one request of ours; receipts that come first are set aside."""
        ends = time.monotonic() + self._timeout
        while self._wait(ends - time.monotonic()):
            pdu = self._read()
            if pdu.sequence == sequence and pdu.command in (command, "generic_nack"):
                return pdu
            self._attend(pdu)
        self._drop()
        raise SmsUnavailable("timeout", f"no {command} within {self._timeout} seconds")

    # -- the line
    # -----------------------------------------------------------------------------------------------

    def _make_sure_of_link(self) -> None:
        """Bound and alive. After a quiet time a line may be dead without anybody noticing, so it is asked
        first: finding out by losing a message would be worse."""
        if self._client is not None and time.monotonic() - self._last_heard > self._quiet_seconds:
            try:
                request = smpplib.smpp.make_pdu("enquire_link", client=self._client)
                self._send(request)
                self._answer_to(request.sequence, "enquire_link_resp")
            except SmsUnavailable:
                self._drop()
        if self._client is None:
            self._connect()

    def _connect(self) -> None:
        client = _Client(*self._address, timeout=self._timeout, logger_name=_silent.name, allow_unknown_opt_params=True)
        try:
            client.connect()
            client.bind_transceiver(**self._credentials)
        except smpplib.exceptions.PDUError as wrong:
            _close(client)
            raise SmsUnavailable("bind", str(wrong.args[0] if wrong.args else wrong)) from wrong
        except (smpplib.exceptions.ConnectionError, OSError) as wrong:
            _close(client)
            raise SmsUnavailable("refused", "cannot connect and bind") from wrong
        except Exception as wrong:  # garbled answers: see _read
            _close(client)
            raise SmsUnavailable("broken", f"unreadable: {type(wrong).__name__}") from wrong
        self._client = client
        self._last_heard = time.monotonic()

    def _take_in(self) -> None:
        self._attend(self._read())

    def _attend(self, pdu: Any) -> None:
        """Do what the operator asks in between."""
        if pdu.command == "deliver_sm":
            self._receipts.append((self._as_receipt(pdu), pdu.sequence))
        elif pdu.command == "enquire_link":
            self._reply("enquire_link_resp", pdu.sequence)
        elif pdu.command == "unbind":
            self._reply("unbind_resp", pdu.sequence)
            self._drop()
            raise SmsUnavailable("broken", "the operator took leave")

    def _as_receipt(self, pdu: Any) -> Receipt | None:
        """None for what is no receipt (somebody answering a one-way number); it is confirmed all the same."""
        if (pdu.esm_class or 0) & RECEIPT_BITS != RECEIPT:
            return None
        return read_receipt(
            pdu.short_message or b"",
            receipted_id=pdu.receipted_message_id,
            state=pdu.message_state,
            timezone=self._timezone,
        )

    def _reply(self, command: str, sequence: int) -> None:
        answer = smpplib.smpp.make_pdu(command, client=self._client)
        answer.sequence = sequence
        self._send(answer)

    def _send(self, pdu: Any) -> None:
        assert self._client is not None  # noqa: S101 - tells the type checker
        try:
            self._client.send_pdu(pdu)
        except (smpplib.exceptions.ConnectionError, smpplib.exceptions.PDUError, OSError) as wrong:
            self._drop()
            raise SmsUnavailable("broken", "the line broke while sending") from wrong

    def _wait(self, seconds: float) -> bool:
        """Has the operator said something before the time is up?"""
        if self._client is None or seconds < 0:
            return False
        return bool(select.select([self._client._socket], [], [], seconds)[0])

    def _read(self) -> Any:
        assert self._client is not None  # noqa: S101 - tells the type checker
        try:
            pdu = self._client.read_pdu()
        except Exception as wrong:
            # smpplib lets struct.error, TypeError, IndexError and more escape from garbled bytes. After any
            # of them nobody knows where the next message begins, so the line is dropped whatever it was.
            self._drop()
            raise SmsUnavailable("broken", f"unreadable: {type(wrong).__name__}") from wrong
        self._last_heard = time.monotonic()
        return pdu

    def _drop(self) -> None:
        """Forget the line, and with it what was not confirmed: the operator sends that again on the next
        one."""
        client, self._client = self._client, None
        self._receipts.clear()
        self._unconfirmed.clear()
        if client is not None:
            _close(client)


def _close(client: _Client) -> None:
    with contextlib.suppress(OSError):
        client.disconnect()


def _name(status: int) -> str:
    return str(smpplib.consts.DESCRIPTIONS.get(status, "unknown status"))

"""What does an SMS operator look like over SMPP 3.4, on its good days and on its bad ones?

    python -m phueng.gateways.sms.fake --port 0 --control-port 0 --store messages.jsonl

A small SMSC of our own on asyncio, because a stand-in must also hang up in mid-sentence, send rubbish or
say nothing, which a proper server library refuses to do. The messages themselves are read and written by
smpp34, an implementation that shares no line with the smpplib of our client: two readings of the same
standard have to agree.

Messages are joined and kept as lines of JSON; `GET /messages` shows them as a phone would.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hmac
import itertools
import signal
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import smpp34

from phueng.gateways.sms.fake_phones import Letterbox, Mood, PendingReceipt
from phueng.gateways.standins import LOOPBACK, Panel, announce

BIND_RECEIVER, BIND_TRANSMITTER, SUBMIT_SM, DELIVER_SM_RESP = 0x1, 0x2, 0x4, 0x80000005
UNBIND, BIND_TRANSCEIVER, ENQUIRE_LINK, RESPONSE = 0x6, 0x9, 0x15, 0x80000000
GENERIC_NACK = 0x80000000
BIND_FAILED, INVALID_PASSWORD, INVALID_COMMAND, WRONG_STATE = 0x0D, 0x0E, 0x03, 0x04
RECEIPTED_MESSAGE_ID, MESSAGE_STATE = 0x001E, 0x0427  # optional parameters
LARGEST_PDU = 65_536


@dataclass
class Line:
    """One connection of a customer."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    is_bound: bool = False
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    awaiting: dict[int, PendingReceipt] = field(default_factory=dict)

    def say(self, command: int, status: int, sequence: int, body: bytes = b"") -> None:
        self.writer.write(struct.pack(">LLLL", 16 + len(body), command, status, sequence) + body)

    async def hear(self) -> bytes:
        start = await self.reader.readexactly(4)
        length = struct.unpack(">L", start)[0]
        if not 16 <= length <= LARGEST_PDU:
            raise ConnectionError("absurd length")
        return start + await self.reader.readexactly(length - 4)


class Operator:
    """The SMSC: who may bind, what happens to a message, which receipts are due."""

    def __init__(self, letterbox: Letterbox, mood: Mood, system_id: str, password: str) -> None:
        self.letterbox = letterbox
        self.mood = mood
        self.system_id = system_id
        self.password = password

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = Line(reader, writer)
        receipts = asyncio.create_task(self._send_receipts(line))
        try:
            while True:
                if not await self._attend(line, await line.hear()):
                    break
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, smpp34.SmppError):
            pass  # the customer is gone or talks nonsense: nothing more to say to it
        finally:
            receipts.cancel()
            self.letterbox.give_back(line.awaiting.values())
            writer.close()

    async def _attend(self, line: Line, raw: bytes) -> bool:
        """Answer one request; False ends the connection."""
        command, status, sequence = struct.unpack(">LLL", raw[4:16])
        if command in (BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER):
            return self._bind(line, command, sequence, raw[16:])
        if command == ENQUIRE_LINK:
            line.say(command | RESPONSE, 0, sequence)
        elif command == UNBIND:
            line.say(command | RESPONSE, 0, sequence)
            return False
        elif command == DELIVER_SM_RESP:
            receipt = line.awaiting.pop(sequence, None)
            if receipt is not None and status == 0:
                self.letterbox.receipt_confirmed(receipt)
        elif command == SUBMIT_SM and line.is_bound:
            return await self._submit(line, raw, sequence)
        elif command == SUBMIT_SM:
            line.say(command | RESPONSE, WRONG_STATE, sequence, b"\x00")
        elif not command & RESPONSE:
            line.say(GENERIC_NACK, INVALID_COMMAND, sequence)
        return True

    def _bind(self, line: Line, command: int, sequence: int, body: bytes) -> bool:
        system_id, password = [*body.split(b"\x00"), b"", b""][:2]
        right = hmac.compare_digest(system_id, self.system_id.encode())
        right &= hmac.compare_digest(password, self.password.encode())
        if self.mood.mode == "refuse_bind" or not right:
            line.say(command | RESPONSE, BIND_FAILED if right else INVALID_PASSWORD, sequence, b"\x00")
            return False
        line.is_bound = True
        line.say(command | RESPONSE, 0, sequence, b"phueng-stand-in\x00")
        return True

    async def _submit(self, line: Line, raw: bytes, sequence: int) -> bool:
        message = smpp34.decode(raw)
        assert isinstance(message, smpp34.SubmitSm)  # noqa: S101 - tells the type checker
        mode = self.mood.for_phone(message.destination_addr)
        if mode == "hang_up":
            return False
        if mode == "silent":
            return True
        if mode == "garbage":
            line.writer.write(b"\x00\x00\x00\x14\x80\x00\x00\x04rubbish!" + b"\xff" * 40)
            return True
        if mode == "reject":
            line.say(SUBMIT_SM | RESPONSE, self.mood.code, sequence, b"\x00")
            return True
        if mode == "slow":
            await asyncio.sleep(self.mood.delay or 30)
        provider_id = self.letterbox.take(message, mode, self.mood.receipt_delay)
        if mode == "lost_answer":
            return False
        line.say(SUBMIT_SM | RESPONSE, 0, sequence, provider_id.encode() + b"\x00")
        return True

    async def _send_receipts(self, line: Line) -> None:
        """Deliver what is due, and keep it until the customer confirms it."""
        while True:
            await asyncio.sleep(0.02)
            if not line.is_bound:
                continue
            for receipt in self.letterbox.receipts_due():
                sequence = next(line.numbers)
                line.awaiting[sequence] = receipt
                line.writer.write(
                    smpp34.DeliverSm(
                        receipt.phone,
                        receipt.sender,
                        receipt.text(),
                        source_addr_ton=1,
                        source_addr_npi=1,
                        esm_class=0x04,
                        sequence_number=sequence,
                        tlvs=[
                            smpp34.Tlv(RECEIPTED_MESSAGE_ID, receipt.provider_id.encode() + b"\x00"),
                            smpp34.Tlv(MESSAGE_STATE, bytes([receipt.state])),
                        ]
                        if receipt.with_parameters
                        else [],
                    ).encode()
                )


async def _run(options: argparse.Namespace) -> int:
    mood, letterbox = Mood(), Letterbox(options.store)
    operator = Operator(letterbox, mood, options.system_id, options.password)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    server = await asyncio.start_server(operator.serve, LOOPBACK, options.port)
    panel = Panel(
        options.control_port,
        {
            ("POST", "/control"): mood.control,
            ("GET", "/control"): mood.standing,
            ("GET", "/messages"): lambda _: letterbox.messages(),
        },
    )
    panel.open()
    announce(f"{LOOPBACK}:{server.sockets[0].getsockname()[1]}", panel.url)
    await stop.wait()
    server.close()
    panel.close()
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--control-port", type=int, default=0)
    options.add_argument("--store", type=Path, required=True)
    options.add_argument("--system-id", default="phueng")
    options.add_argument("--password", default="demo")
    with contextlib.suppress(KeyboardInterrupt):
        return asyncio.run(_run(options.parse_args(argv)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

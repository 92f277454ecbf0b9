"""Which questions must every bank that takes ISO 20022 answer alike, a real one in its test environment and our stand-in?"""

from __future__ import annotations

import time
from collections.abc import Sequence

from phueng.gateways.dropfolders import FolderChannel, is_refusal, sent_name_of
from phueng.gateways.iso20022.contract import MessageHead, TransferRow
from phueng.gateways.iso20022.writer import write_message
from phueng.gateways.promises import PromiseBroken, promised
from phueng.gateways.results import read_answer


def check_bank(
    channel: FolderChannel,
    head: MessageHead,
    rows: Sequence[TransferRow],
    name: str,
    signature: bytes,
    patience: float = 30.0,
) -> None:
    """`PromiseBroken` names the first promise that does not hold."""
    content = b"".join(write_message(head, [rows], count=len(rows), total_satang=sum(row[5] for row in rows)))
    channel.send(name, content, signature)
    channel.send(name, content, signature)
    promised(channel.was_sent(name), "what was sent is known to be sent")
    answer_name, report = _answer_to(channel, name, patience)
    promised(not is_refusal(answer_name), "a flawless order is taken")
    answer = read_answer(report)
    promised(answer.kind == "pain.002" and answer.is_whole, "the answer is a status report")
    promised(not answer.faults, f"the report can be read: {answer.faults[:1]}")
    promised(answer.message_id == head.message_id, "the report names the order")
    if not answer.whole:
        promised(
            [one.reference for one in answer.lines] == [row[0] for row in rows], "every transfer once, by our reference"
        )
    stated = [(one.reference, one.amount_satang) for one in answer.lines if one.amount_satang is not None]
    promised(set(stated) <= {(row[0], row[5]) for row in rows}, "the amounts are ours")
    channel.acknowledge(answer_name)


def _answer_to(channel: FolderChannel, name: str, patience: float) -> tuple[str, bytes]:
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        for answer_name, answer in channel.collect():
            if sent_name_of(answer_name) == name:
                return answer_name, answer
        time.sleep(0.1)
    raise PromiseBroken("an answer comes")

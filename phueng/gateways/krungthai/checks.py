"""Which questions must every way to the bank answer alike, the upload station's folders and our stand-in?

Whoever connects a real station sends one satang-sized test payment to an account of the office itself.
"""

from __future__ import annotations

import time

from phueng.gateways.krungthai.contract import BankChannel, FileIntent, NameTaken, is_refusal, sent_name_of
from phueng.gateways.krungthai.layout import Layout
from phueng.gateways.krungthai.result import read_result
from phueng.gateways.krungthai.writer import write_file
from phueng.gateways.promises import PromiseBroken, promised


def check_channel(
    channel: BankChannel,
    layout: Layout,
    intent: FileIntent,
    name: str,
    signature: bytes,
    patience: float = 30.0,
) -> None:
    """`PromiseBroken` names the first promise that does not hold."""
    content = write_file(layout, intent).content
    promised(not channel.was_sent(name), "an unused name has not been sent")
    channel.send(name, content, signature)
    channel.send(name, content, signature)
    promised(channel.was_sent(name), "what was sent is known to be sent")
    try:
        channel.send(name, content + b"\r\n", signature)
        raise PromiseBroken("other bytes under a used name are refused")
    except NameTaken:
        pass

    answer_name, answer = _answer_to(channel, name, patience)
    promised(not is_refusal(answer_name), "a flawless file is taken")
    result = read_result(answer)
    promised(not result.faults, f"the result can be read: {result.faults[:1]}")
    promised(
        [line.line_reference for line in result.lines] == [line.reference for line in intent.lines],
        "every line once",
    )
    promised(sum(line.amount_satang for line in result.lines) == intent.total_satang, "the amounts are ours")

    promised(answer_name in [one for one, _ in channel.collect()], "an answer stays until it is acknowledged")
    channel.acknowledge(answer_name)
    channel.acknowledge(answer_name)
    promised(answer_name not in [one for one, _ in channel.collect()], "an acknowledged answer is put aside")


def _answer_to(channel: BankChannel, name: str, patience: float) -> tuple[str, bytes]:
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        for answer_name, answer in channel.collect():
            if sent_name_of(answer_name) == name:
                return answer_name, answer
        time.sleep(0.1)
    raise PromiseBroken("an answer comes")

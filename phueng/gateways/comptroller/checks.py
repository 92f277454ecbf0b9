"""Which questions must every way to the Comptroller General answer alike, the real one and our stand-in?"""

from __future__ import annotations

import time

from phueng.gateways.comptroller.contract import ListChannel, MonthlyList, is_refusal, sent_name_of
from phueng.gateways.comptroller.layout import ListLayout
from phueng.gateways.comptroller.reader import read_result
from phueng.gateways.comptroller.writer import write_list
from phueng.gateways.promises import promised


def check_channel(
    channel: ListChannel,
    layout: ListLayout,
    monthly: MonthlyList,
    name: str,
    signature: bytes,
    patience: float = 30.0,
) -> None:
    """`PromiseBroken` names the first promise that does not hold."""
    content = write_list(layout, monthly).content
    channel.send(name, content, signature)
    channel.send(name, content, signature)
    promised(channel.was_sent(name), "what was sent is known to be sent")
    ends = time.monotonic() + patience
    while True:
        answers = {sent_name_of(answer_name): (answer_name, body) for answer_name, body in channel.collect()}
        if name in answers:
            break
        promised(time.monotonic() < ends, "an answer comes")
        time.sleep(0.1)
    answer_name, body = answers[name]
    promised(not is_refusal(answer_name), "a flawless list is taken")
    result = read_result(layout, body)
    promised(not result.faults, f"the result can be read: {result.faults[:1]}")
    promised(
        [line.line_reference for line in result.lines] == [line.reference for line in monthly.lines],
        "every line once",
    )
    channel.acknowledge(answer_name)

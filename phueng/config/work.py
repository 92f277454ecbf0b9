"""What does the worker run, what wakes each step, and how often does it look even when nothing woke it?

A step is a function `step(*, limit) -> int` in a package's work.py: it asks the storey below what is ready,
takes a bounded batch, acts. Running it twice is harmless. `wakes_on` are beginnings of act names
(phueng/audit); `every_seconds` catches what no news announces: a deadline, a retry that has become due, news
lost in a crash.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing the worker does, again and again."""

    name: str
    path: str
    wakes_on: tuple[str, ...]
    every_seconds: int


STEPS: tuple[Step, ...] = (
    Step("checks", "phueng.verification.work.run_checks", ("applications.", "verification."), 10),
    Step(
        "dues of entitlements",
        "phueng.entitlements.work.fall_due",
        ("decisions.", "entitlements.grant", "entitlements.resume"),
        60,
    ),
    Step(
        "deadlines after new holidays",
        "phueng.calendars.work.recompute_deadlines",
        ("calendars.announce_day", "calendars.withdraw_day"),
        60,
    ),
    Step("examining files", "phueng.documents.work.examine_evidence", ("documents.receive_evidence",), 10),
    Step("letters", "phueng.documents.work.make_letters", ("documents.ask_for_letter",), 10),
    Step("files whose time is over", "phueng.documents.work.expire_evidence", (), 3600),
    # Not "notices.": sending is itself an act, and would wake itself.
    Step("messages", "phueng.notices.work.send_messages", ("notices.queue_message",), 5),
    Step("receipts", "phueng.notices.work.collect_receipts", (), 2),
    Step("codes", "phueng.notices.work.send_codes", ("access.issue_code",), 10),
    Step("payment files to the bank", "phueng.payments.work.transmit_files", ("payments.release_run",), 5),
    Step("answers of the bank", "phueng.payments.work.collect_results", (), 2),
    # Sealing follows every act. It writes no audit entry itself, so it does not wake itself.
    Step("audit seals", "phueng.audit.work.seal_entries", ("",), 2),
    Step("audit heads outside", "phueng.audit.work.publish_heads", (), 5),
    Step("forgetting old codes", "phueng.access.work.forget_what_is_over", (), 600),
)

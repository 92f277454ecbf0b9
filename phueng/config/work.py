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
    Step("months whose rate changed", "phueng.entitlements.work.owe_differences", (), 600),
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
    Step(
        "large payment runs",
        "phueng.payments.preparing.gather_runs",
        ("payments.prepare_run", "payments.gather_batch", "payments.ask_register", "payments.ask_holders"),
        5,
    ),
    Step("files of large runs", "phueng.payments.preparing.write_files", ("payments.approve_run",), 5),
    Step("comparing large runs", "phueng.payments.preparing.verify_runs", ("payments.freeze_run",), 60),
    Step("register before payments", "phueng.payments.preparing.ask_register", ("entitlements.fall_due",), 60),
    Step(
        "holders before first payments",
        "phueng.payments.preparing.ask_holders",
        ("entitlements.fall_due", "registry.state_account"),
        60,
    ),
    Step("payment files to the bank", "phueng.payments.work.transmit_files", ("payments.release_run",), 5),
    Step("lines of abandoned runs", "phueng.payments.dropping.drop_lines", ("payments.abandon_run",), 60),
    Step("answers of the bank", "phueng.payments.work.collect_results", (), 2),
    Step("large answers", "phueng.payments.work.import_waiting", ("payments.hand_in_result",), 30),
    Step(
        "payments that were not owed",
        "phueng.recoveries.work.note_what_was_not_owed",
        ("registry.state_death", "entitlements.end", "payments.import_result"),
        600,
    ),
    Step("samples of who is asked", "phueng.spotchecks.work.draw_samples", ("payments.import_result",), 300),
    Step(
        "registers as files",
        "phueng.payments.exporting.make_exports",
        ("payments.ask_export", "payments.approve_export"),
        30,
    ),
    Step("cases whose time is over", "phueng.retention.work.wipe_cases", (), 3600),
    Step("proof of yesterday", "phueng.payments.proving.prove_days", (), 300),
    # Sealing follows every act. It writes no audit entry itself, so it does not wake itself.
    Step("audit seals", "phueng.audit.work.seal_entries", ("",), 2),
    Step("audit heads outside", "phueng.audit.work.publish_heads", (), 5),
    Step("forgetting old codes", "phueng.access.work.forget_what_is_over", (), 600),
)

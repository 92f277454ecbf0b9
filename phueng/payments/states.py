"""Which step may a payment run take next, and whose hand is it?

from · act · to · who. The state is read from the run's own moments; no status is stored.
"""

TRANSITIONS = (
    ("due", "prepare_run", "prepared", "finance_maker"),
    ("prepared", "check_run", "checked", "finance_checker"),
    ("prepared", "abandon_run", "abandoned", "finance_maker finance_checker"),
    ("checked", "abandon_run", "abandoned", "finance_checker releaser"),
    ("checked", "release_run", "released", "releaser"),
    ("released", "transmit_files", "sent", "system"),
    ("released", "give_back_file", "answered", "finance_checker releaser"),
    ("sent", "give_back_file", "answered", "finance_checker releaser"),
    ("sent", "import_result", "answered", "system finance_maker"),
)


def may(state: str, act: str) -> bool:
    """Whether the act is possible in this state."""
    return any(start == state and name == act for start, name, _, _ in TRANSITIONS)

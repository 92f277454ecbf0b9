"""Which step may a payment run take next, and whose hand is it?

from · act · to · who. The state is read from the run's own moments; no status is stored.
"""

TRANSITIONS = (
    ("due", "prepare_run", "gathering", "finance_maker"),
    ("gathering", "gather_runs", "prepared", "system"),
    ("gathering", "abandon_run", "abandoned", "finance_maker finance_checker releaser"),
    ("prepared", "approve_run", "prepared", "finance_checker"),
    ("prepared", "approve_run", "checked", "finance_checker"),
    ("prepared", "record_gfmis", "prepared", "finance_maker finance_checker"),
    ("prepared", "abandon_run", "abandoned", "finance_maker finance_checker releaser"),
    ("checked", "record_gfmis", "checked", "finance_maker finance_checker"),
    ("checked", "write_files", "written", "system"),
    ("checked", "abandon_run", "abandoned", "finance_maker finance_checker releaser"),
    ("written", "record_gfmis", "written", "finance_maker finance_checker"),
    ("written", "abandon_run", "abandoned", "finance_maker finance_checker releaser"),
    ("written", "release_run", "released", "releaser"),
    ("released", "transmit_files", "sent", "system"),
    ("released", "give_back_file", "answered", "finance_checker releaser"),
    ("sent", "give_back_file", "answered", "finance_checker releaser"),
    ("sent", "import_result", "answered", "system finance_maker"),
)


def may(state: str, act: str) -> bool:
    """Whether the act is possible in this state."""
    return any(start == state and name == act for start, name, _, _ in TRANSITIONS)

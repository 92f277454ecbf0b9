"""Which measurement was asked for?  `bin/bench` lists them, `bin/bench NAME` runs one."""

import importlib
import sys
from pathlib import Path

PROGRAMS = {
    "payment_run": "a run of up to 1,000,000 payees and its files, against a raw COPY of the rows",
    "reconciliation": "a bank's answer of up to 1,000,000 payments, against CREATE TABLE AS and bulk_update",
    "tracking_and_submission": "the citizen's status page and sending an application, against bare FastAPI, gunicorn, pgbench",
}


def main(words: list[str]) -> int:
    """Run the named program; without a name, say which there are."""
    if len(words) == 1 and Path(words[0]).stem in PROGRAMS:
        return int(importlib.import_module(f"bench.{Path(words[0]).stem}").main())
    for name, what in PROGRAMS.items():
        sys.stdout.write(f"  bin/bench {name:26} {what}\n")
    return 0 if not words else 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

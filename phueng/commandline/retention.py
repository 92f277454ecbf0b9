"""What would be let go today, and of what when?  `phueng retention report [--most N]` changes nothing."""

import argparse
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """One line a case: reference-free id, scheme, last act, last day; then how many."""
    from phueng.audit.clock import now
    from phueng.commandline.words import tell
    from phueng.retention.due import due_cases

    parser = argparse.ArgumentParser(prog="phueng retention", description="Cases whose time is over")
    parser.add_argument("what", choices=("report",))
    parser.add_argument("--most", type=int, default=1000)
    asked = parser.parse_args(arguments)
    due = due_cases(now(), limit=max(1, asked.most))
    for case in due:
        kind = "case" if case.was_sent else "draft"
        words = (str(case.application_id), case.scheme_code, kind, f"{case.last_act_on}", f"{case.last_day}")
        sys.stdout.write("\t".join(words) + "\n")
    tell(f"ถึงเวลาลบข้อมูล {len(due):,} เรื่อง", f"{len(due):,} cases are to be let go.")
    return 0

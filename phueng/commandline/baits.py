"""How does an administrator lay out references that belong to nobody?  `phueng baits 20 "copy of the 2569 backup"`"""

import argparse
import sys
from collections.abc import Sequence

MOST = 1000


def main(arguments: Sequence[str]) -> int:
    """Print the references, once; the database keeps only their keyed hash."""
    from phueng.access.actions import set_baits
    from phueng.audit.actors import SYSTEM
    from phueng.audit.clock import now

    parser = argparse.ArgumentParser(prog="phueng baits", description="References that belong to nobody")
    parser.add_argument("count", type=int, choices=range(1, MOST + 1), metavar="COUNT")
    parser.add_argument("where", help="where they are put, for whoever reads the alarm")
    asked = parser.parse_args(arguments)
    made = set_baits(count=asked.count, planted_where=asked.where, by=SYSTEM("baits"), at=now())
    sys.stdout.write("\n".join(made) + "\n")
    return 0

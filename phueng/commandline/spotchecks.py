"""How does anybody draw the sample of a run again and compare?

`phueng spotchecks verify RUN [--json]`: exit 0 the sample is what the seed says, 1 it is not, 2 no such sample.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from phueng.commandline.words import refuse, tell
from phueng.spotchecks.drawing import verify


def main(words: Sequence[str]) -> int:
    """Read the words behind `phueng spotchecks`, draw again, say what was found."""
    parser = argparse.ArgumentParser(prog="phueng spotchecks", description=__doc__)
    those = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    again = those.add_parser("verify", help="draw the sample of a run again from its seed")
    again.add_argument("run", help="its number, such as KKN-DPC-70-0001")
    again.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
    given = parser.parse_args(words)
    found = verify(given.run)
    if found is None:
        refuse(f"ชุดจ่าย {given.run} ยังไม่มีการสุ่ม", f"No sample was drawn for run {given.run}.", status=2)
    if given.json:
        print(json.dumps({"format": "phueng-sample-1", **asdict(found)}, ensure_ascii=False, indent=1))
    elif found.faults:
        tell(f"✗ {found.number} ไม่ตรงกับรหัสที่ล็อกไว้", f"Not what the committed seed says: {', '.join(found.faults)}.")
    else:
        tell(
            f"✓ {found.number} สุ่ม {len(found.drawn):,} จาก {found.paid_count:,} ตรงกับรหัสที่ล็อกไว้ก่อนจ่าย",
            f"{len(found.drawn):,} of {found.paid_count:,} payments, as the seed says that was committed before the release.",
        )
        print(f"  SHA-256 {found.commitment}\n  seed    {found.seed}")
    return 1 if found.faults else 0

"""How does somebody do the finance office's acts from a terminal or a script?

`phueng payments status|prepare|approve|draw|release|reconcile|prove --as ACCOUNT [--json]`: the acts behind the pages,
with the same duties and the same refusals. Exit codes: 0 done, 1 refused by a rule (or the day does not prove), 2 the
words of the command are wrong, 3 not signed in, 4 not this account's duty or not its office's.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from phueng.access.viewers import Viewer
from phueng.audit.clock import now
from phueng.commandline.terminal import ask, prove_again, signed_in
from phueng.commandline.words import refuse, tell
from phueng.gateways.days import NotADay, read_day
from phueng.kernel.money import format_amount
from phueng.kernel.problems import Problem, Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments import acts
from phueng.payments.wording import STATE_WORDS

DONE, REFUSED, WRONG_WORDS, NOT_SIGNED_IN, NOT_ALLOWED = range(5)
MOST_BYTES = 200 * 1024 * 1024
Answer = dict[str, Any]


def main(words: Sequence[str]) -> int:
    """Read the words behind `phueng payments`, sign in, act, answer."""
    given = _parser().parse_args(words)
    if given.act == "reconcile" and not given.file.is_file():
        refuse(f"ไม่มีแฟ้ม {given.file}", f"There is no file {given.file}.", status=WRONG_WORDS)
    try:
        viewer = signed_in(given.account)
    except Refused as refusal:
        return _refused(given, refusal.problem, NOT_SIGNED_IN)
    try:
        answer = _ACTS[given.act](viewer, given)
    except Refused as refusal:
        is_barred = refusal.problem in (acts.NOT_YOURS, acts.NOT_THERE)
        return _refused(given, refusal.problem, NOT_ALLOWED if is_barred else REFUSED)
    if given.json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _tell(answer)
    return REFUSED if answer.get("is_proved") is False else DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="phueng payments", description=__doc__)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--as", dest="account", required=True, metavar="ACCOUNT", help="who acts; the password is asked"
    )
    common.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
    those = parser.add_subparsers(dest="act", required=True, metavar="ACT")

    def act(name: str, what: str) -> argparse.ArgumentParser:
        return those.add_parser(name, parents=[common], help=what, description=what)

    act("status", "runs and what waits for you; with a number one run").add_argument("run", nargs="?", default="")
    prepare = act("prepare", "make a run of everything that is ready")
    prepare.add_argument("--scheme", required=True)
    prepare.add_argument("--office", required=True, help="its code, such as KKN-DPC")
    prepare.add_argument("--on", required=True, type=_day, help="the bank day on which the money should arrive")
    act("approve", "sign the frozen list").add_argument("run")
    draw = act("draw", "write which GFMIS document draws the money")
    draw.add_argument("run")
    draw.add_argument("document")
    act("release", "release the files; asks for the end of their fingerprint and for you once more").add_argument("run")
    act("reconcile", "take in an answer of the bank, of whatever kind").add_argument("file", type=Path)
    act("prove", "debits = credits = bank?").add_argument("--on", type=_day, help="a day; yesterday when not said")
    return parser


def _day(said: str) -> date:
    read = read_day(said)
    if isinstance(read, NotADay):
        raise argparse.ArgumentTypeError(f"{said}: {read.th} / {read.en}")
    return read


def _status(viewer: Viewer, given: argparse.Namespace) -> Answer:
    return acts.status(viewer, now(), number=given.run)


def _prepare(viewer: Viewer, given: argparse.Namespace) -> Answer:
    return acts.prepare(viewer, now(), scheme_code=given.scheme, office_code=given.office, effective_on=given.on)


def _approve(viewer: Viewer, given: argparse.Namespace) -> Answer:
    return acts.approve(viewer, now(), number=given.run)


def _draw(viewer: Viewer, given: argparse.Namespace) -> Answer:
    return acts.draw(viewer, now(), number=given.run, gfmis_number=given.document)


def _release(viewer: Viewer, given: argparse.Namespace) -> Answer:
    """Whoever may not release learns it before typing anything."""
    acts.insist_on_role(viewer, "release")
    if not given.json:
        _tell(acts.status(viewer, now(), number=given.run))
    typed = ask("4 ตัวท้ายของรหัสแฟ้ม / Last 4 characters of the files' fingerprint: ", is_secret=False)
    prove_again(viewer, acts.STEP_UP)
    return acts.release(viewer, now(), number=given.run, last_of_digest=typed)


def _reconcile(viewer: Viewer, given: argparse.Namespace) -> Answer:
    acts.insist_on_role(viewer, "reconcile")
    if given.file.stat().st_size > MOST_BYTES:
        refuse("แฟ้มใหญ่เกิน 200 MB", "The file is larger than 200 MB.", status=WRONG_WORDS)
    return acts.reconcile(viewer, now(), name=given.file.name, content=given.file.read_bytes())


def _prove(viewer: Viewer, given: argparse.Namespace) -> Answer:
    at = now()
    return acts.prove(viewer, at, on=given.on or in_bangkok(at).date() - timedelta(days=1))


_ACTS: dict[str, Callable[[Viewer, argparse.Namespace], Answer]] = {
    "status": _status, "prepare": _prepare, "approve": _approve, "draw": _draw, "release": _release,
    "reconcile": _reconcile, "prove": _prove,
}  # fmt: skip


def _refused(given: argparse.Namespace, problem: Problem, status: int) -> int:
    if given.json:
        said = {key: getattr(problem, key) for key in ("code", "th", "en", "next_th", "next_en")}
        print(json.dumps({"format": "phueng-refusal-1", "refused": said}, ensure_ascii=False, indent=1))
    else:
        print(f"✗ {problem.in_full('th')}\n  {problem.in_full('en')}", file=sys.stderr, flush=True)
    return status


def _tell(answer: Answer) -> None:
    {"phueng-run-1": _tell_run, "phueng-runs-1": _tell_runs, "phueng-result-1": _tell_result}.get(
        answer["format"], _tell_proof
    )(answer)


def _tell_runs(answer: Answer) -> None:
    if not answer["runs"]:
        tell("ยังไม่มีชุดจ่าย", "No runs yet.")
    for run in answer["runs"]:
        _tell_one(run)


def _tell_run(run: Answer) -> None:
    _tell_one(run)
    if run["files_digest"]:
        tell(f"รหัสแฟ้ม {run['files_digest']}", "The fingerprint of its files.")
    for file in run["files"]:
        print(f"  {file['name']}  {file['lines']:,}  {format_amount(file['total_satang'])}  {file['sha256']}")


def _tell_one(run: Answer) -> None:
    _, th, en = STATE_WORDS[run["state"]]
    amount, arrow = format_amount(run["total_satang"]), f"  ← {run['for_you']}" if run["for_you"] else ""
    tell(
        f"{run['number']}  {th}  {run['lines']:,} รายการ  {amount} บาท  {run['effective_on']}{arrow}",
        f"{en}: {run['scheme']}, {run['office']}, approvals missing: {run['approvals_missing']}",
    )


def _tell_result(said: Answer) -> None:
    tell(
        f"นำเข้าแล้ว: เข้าบัญชี {said['paid']:,} คืน {said['returned']:,} รอตรวจ {said['to_explain']:,}",
        f"Taken in: {said['paid']:,} paid, {said['returned']:,} returned, {said['to_explain']:,} to explain.",
    )


def _tell_proof(proof: Answer) -> None:
    if proof["is_proved"]:
        tell(f"✓ {proof['on']} เดบิต = เครดิต = ธนาคาร", f"Debits = credits = bank, in {len(proof['funds'])} funds.")
        return
    many = len(proof["differences"])
    tell(f"✗ {proof['on']} มีข้อแตกต่าง {many:,} ข้อ", f"{many:,} differences.")
    for one in proof["differences"]:
        print("  " + "  ".join(f"{key}={value}" for key, value in one.items() if value not in ("", None)))

"""Which command was given, and who does it?  `phueng --help` lists them."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from phueng.commandline.installation import settle, settle_without_database, started
from phueng.commandline.postgres import embedded
from phueng.commandline.words import refuse, tell

Command = Callable[[argparse.Namespace, list[str]], int]


def _django(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["phueng", *arguments])
    return 0


def migrate(_: argparse.Namespace, rest: list[str]) -> int:
    """Bring the tables up to date, as the owner, and give the app role its rights"""
    from phueng.commandline.migrating import migrate as bring_up

    bring_up(settle(), rest)
    return 0


def makemigrations(_: argparse.Namespace, rest: list[str]) -> int:
    """Write migrations for changed models"""
    settle_without_database()
    return _django(["makemigrations", *rest])


def manage(_: argparse.Namespace, rest: list[str]) -> int:
    """Any Django command, as the app role"""
    settle()
    return _django(rest)


def serve(options: argparse.Namespace, _: list[str]) -> int:
    """The web pages (WSGI, granian)"""
    settle()
    os.environ["PHUENG_PROCESS_NAME"] = "phueng-web"
    threads = f"--workers {options.workers} --blocking-threads 4".split()
    _granian("wsgi", "phueng.config.wsgi:application", options.port, *threads)


def events(options: argparse.Namespace, _: list[str]) -> int:
    """The event stream of open tracking pages (ASGI, granian), on its own port"""
    settle()
    os.environ["PHUENG_PROCESS_NAME"] = "phueng-events"
    _granian("asgi", "phueng.config.asgi_events:application", options.port, "--workers", "1")


def work(_: argparse.Namespace, __: list[str]) -> int:
    """The worker: runs the steps of phueng/config/work.py"""
    settle()
    os.environ["PHUENG_PROCESS_NAME"] = "phueng-worker"
    os.environ.setdefault("PHUENG_STATEMENT_SECONDS", "120")  # a batch may take longer than a page
    from phueng.commandline.worker import run

    return run()


def demo(options: argparse.Namespace, _: list[str]) -> int:
    """Everything together, with invented people: address and sign-ins are printed"""
    from phueng.commandline.demo import run

    return run(fresh=options.fresh, port=options.port)


def postgres(options: argparse.Namespace, _: list[str]) -> int:
    """The embedded database server: start, stop, status"""
    if options.what == "start":
        server = started()
        tell(f"ฐานข้อมูลเปิดแล้วที่ 127.0.0.1:{server.port()}", f"The database runs at 127.0.0.1:{server.port()}.")
        return 0
    server = embedded()
    if options.what == "stop":
        was = server.stop()
        tell("ปิดฐานข้อมูลแล้ว" if was else "ฐานข้อมูลไม่ได้เปิดอยู่", "Stopped." if was else "It was not running.")
        return 0
    pid = server.pid()
    tell(
        f"เปิดอยู่ที่ 127.0.0.1:{server.port()}" if pid else "ไม่ได้เปิดอยู่",
        f"Running at 127.0.0.1:{server.port()} (pid {pid})." if pid else "Not running.",
    )
    return 0 if pid else 3


def install(_: argparse.Namespace, rest: list[str]) -> int:
    """The first data of a production database: places, offices, days off, the first administrator"""
    from phueng.commandline.first_data import main as load_first

    return load_first(settle(), rest)


def keys(_: argparse.Namespace, rest: list[str]) -> int:
    """keys status | rotate: which key holds the sealed values; seal them again with the newest"""
    from phueng.commandline.keys import main as turn

    return turn(settle(), rest)


def audit(_: argparse.Namespace, rest: list[str]) -> int:
    """audit verify: has any row of the audit log been changed, removed, inserted or cut off?"""
    if rest[:1] != ["verify"]:
        refuse("คำสั่งคือ phueng audit verify", "The command is: phueng audit verify")
    settle()
    import django

    django.setup()
    from phueng.audit.verify import main as verify

    return int(verify(rest[1:]))


def bankfile(_: argparse.Namespace, rest: list[str]) -> int:
    """bankfile check FILE: is this bank file sound, what does it say, is it the approved one?"""
    from phueng.commandline.bankfile import main as judge

    return judge(rest)


def payments(_: argparse.Namespace, rest: list[str]) -> int:
    """payments status|prepare|approve|draw|release|reconcile|prove: the finance office's acts, from a terminal"""
    settle()
    os.environ.setdefault("PHUENG_STATEMENT_SECONDS", "120")  # a bank's answer about a million payments takes its time
    import django

    django.setup()
    from phueng.commandline.payments import main as act

    return act(rest)


def spotchecks(_: argparse.Namespace, rest: list[str]) -> int:
    """spotchecks verify RUN: draw the sample of a run again from the seed that was committed before its release"""
    settle()
    import django

    django.setup()
    from phueng.commandline.spotchecks import main as look

    return look(rest)


def baits(_: argparse.Namespace, rest: list[str]) -> int:
    """baits COUNT WHERE: references that belong to nobody; whoever asks for one raises an alarm"""
    settle()
    import django

    django.setup()
    from phueng.commandline.baits import main as lay_out

    return lay_out(rest)


def retention(_: argparse.Namespace, rest: list[str]) -> int:
    """retention report: which cases would be let go today"""
    settle()
    import django

    django.setup()
    from phueng.commandline.retention import main as report

    return report(rest)


def build_assets(_: argparse.Namespace, __: list[str]) -> int:
    """Cut the fonts and collect style sheets and scripts"""
    settle_without_database()
    import django

    django.setup()
    from phueng.commandline.assets import build_assets as build

    build()
    return 0


def load_demo(options: argparse.Namespace, _: list[str]) -> int:
    """Fill an empty, migrated database with invented people (demo and test settings only)"""
    settle()
    import django

    django.setup()
    from phueng.commandline.loading import load

    load(only_foundation=options.foundation)
    return 0


def _granian(interface: str, target: str, port: int, *more: str) -> NoReturn:
    """Become granian: the program keeps its pid, so whoever started it can stop it."""
    words = f"-m granian --interface {interface} --host 127.0.0.1 --port {port}".split()
    words += ["--respawn-failed-workers", "--no-ws", "--log-level", "warning", *more, target]
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606  # nosec B606  # our own words


COMMANDS: dict[str, Command] = {
    "demo": demo,
    "serve": serve,
    "events": events,
    "work": work,
    "migrate": migrate,
    "makemigrations": makemigrations,
    "manage": manage,
    "install": install,
    "keys": keys,
    "postgres": postgres,
    "audit": audit,
    "baits": baits,
    "bankfile": bankfile,
    "payments": payments,
    "spotchecks": spotchecks,
    "retention": retention,
    "build-assets": build_assets,
    "load-demo": load_demo,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="phueng", description="Phueng (ที่พึ่ง): a social-welfare e-service")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        one = commands.add_parser(name, help=command.__doc__, description=command.__doc__, add_help=name != "manage")
        if name in ("serve", "events"):
            one.add_argument("--port", type=int, default=8000 if name == "serve" else 8001)
        if name == "serve":
            one.add_argument("--workers", type=int, default=2)
        if name == "demo":
            one.add_argument("--port", type=int, default=8000, help="preferred; a busy one is replaced by the next")
            one.add_argument("--fresh", action="store_true", help="begin again with a new demo database")
        if name == "postgres":
            one.add_argument("what", choices=("start", "stop", "status"))
        if name == "load-demo":
            one.add_argument("--foundation", action="store_true", help="places, calendars and the cast only")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and hand over."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] and given[0] in (
        "manage",
        "migrate",
        "makemigrations",
        "install",
        "keys",
        "audit",
        "baits",
        "bankfile",
        "payments",
        "spotchecks",
        "retention",
    ):
        return COMMANDS[given[0]](argparse.Namespace(), given[1:])  # their options are not ours to read
    options = _parser().parse_args(given)
    return COMMANDS[options.command](options, [])


if __name__ == "__main__":
    raise SystemExit(main())

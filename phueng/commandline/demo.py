"""How does one command show the whole service, with invented people, and leave nothing running behind?"""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.utils.module_loading import import_string

from phueng.commandline import assets, databases, migrating
from phueng.commandline.folders import ROOT, var
from phueng.commandline.installation import DATABASE, Installation, settle
from phueng.commandline.processes import stop_all
from phueng.commandline.service import PHUENG, PREFERRED, Service, choose_ports
from phueng.commandline.words import refuse, tell


def run(*, fresh: bool, port: int) -> int:
    """Be the demo until Ctrl-C or SIGTERM."""
    os.environ.setdefault("PHUENG_SETTING", "demo")
    if os.environ["PHUENG_SETTING"] != "demo":
        refuse("คำสั่งนี้ใช้กับ PHUENG_SETTING=demo เท่านั้น", "This command is for PHUENG_SETTING=demo only.")
    ending = threading.Event()

    def end(_: int, __: FrameType | None) -> None:
        ending.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    begun_at = time.monotonic()
    with _alone() as note:
        installation = settle(make_database=False)
        try:
            _fill(installation, fresh=fresh, ending=ending)
            if not ending.is_set():
                _show(installation, port, note, ending, begun_at)
        finally:
            tell("กำลังปิดทุกส่วน…", "Stopping everything…")
            if installation.server:
                installation.server.stop()
    tell("ปิดเรียบร้อยแล้ว", "Stopped.")
    return 0


@contextmanager
def _alone() -> Iterator[Path]:
    """Hold the lock of this folder's demo; a second one is told where the first is, and stops."""
    lock = var() / "demo.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    note = var() / "demo.json"
    with lock.open("a+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address = _noted(note)
            refuse(
                f"ระบบสาธิตเปิดอยู่แล้ว {f'ที่ {address}' if address else '(กำลังเริ่ม)'}"
                " ปิดด้วย Ctrl-C ในหน้าต่างเดิมก่อน แล้วจึงเปิดใหม่",
                f"The demo is already running{f' at {address}' if address else ' (it is just starting)'}."
                " Stop it with Ctrl-C where it runs, then start again.",
            )
        note.unlink(missing_ok=True)
        try:
            yield note
        finally:
            note.unlink(missing_ok=True)


def _noted(note: Path) -> str:
    try:
        return str(json.loads(note.read_text())["address"])
    except (OSError, ValueError, KeyError):
        return ""


def _fill(installation: Installation, *, fresh: bool, ending: threading.Event) -> None:
    """Bring the demo database to the state the service needs; what is done already is not done again."""
    owner_url = installation.owner_url
    half_loaded = databases.exists(owner_url, DATABASE) and databases.marks(owner_url).get("demo") == "loading"
    if installation.server and (fresh or half_loaded):
        databases.drop(owner_url, DATABASE)
    if installation.server and not databases.exists(owner_url, DATABASE):
        databases.create(owner_url, DATABASE)
        # What the old database left outside would read as "a tail was cut off" beside the new one.
        for left in ("outside-heads", "stand-ins", "krungthai", "comptroller", "documents"):
            shutil.rmtree(var() / left, ignore_errors=True)
    os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = installation.app_url, owner_url
    if not migrating.is_current(installation):
        tell("เตรียมตารางข้อมูล…", "Preparing the tables…")
        _command(["migrate", "--verbosity", "0"], ending)
    if not assets.are_current(Path(os.environ.get("PHUENG_STATIC_DIR") or var() / "static")):
        tell("เตรียมตัวอักษรและหน้าตา…", "Preparing fonts and styles…")
        _command(["build-assets"], ending)
    if databases.marks(owner_url).get("demo") != "loaded":
        tell("สร้างข้อมูลสมมุติ (ครั้งแรกครั้งเดียว)…", "Inventing people and their cases (the first time only)…")
        databases.mark(owner_url, demo="loading")
        _command(["load-demo"], ending)
        if not ending.is_set():
            databases.mark(owner_url, demo="loaded")


def _command(words: list[str], ending: threading.Event) -> None:
    """Run one `phueng` command to its end, or until we are asked to stop."""
    running = subprocess.Popen([*PHUENG, *words], cwd=ROOT, start_new_session=True)
    while running.poll() is None:
        if ending.wait(0.05):
            running.terminate()
            running.wait()
    if running.returncode and not ending.is_set():
        refuse(
            f"ขั้นตอน {words[0]} ไม่สำเร็จ ดูข้อความด้านบน",
            f"The step {words[0]} failed; what it said stands above.",
        )


def _show(installation: Installation, port: int, note: Path, ending: threading.Event, begun_at: float) -> None:
    """Start the processes, print where they are, and keep them running."""
    service = _started(installation, port)
    try:
        note.write_text(json.dumps({"address": service.url, "pid": os.getpid()}))
        _print_welcome(service, time.monotonic() - begun_at)
        service.watch(ending)
    finally:
        stop_all(service.children)


def _started(installation: Installation, port: int) -> Service:
    """The running service. A port that somebody took between our look and our start is looked for again."""
    for is_last in (False, False, True):
        ports = choose_ports({**PREFERRED, "web": port})
        if ports["web"] != port:
            tell(
                f"พอร์ต {port} ไม่ว่าง ใช้พอร์ต {ports['web']} แทน",
                f"Port {port} is busy; using port {ports['web']} instead.",
            )
        service = Service(var(), installation.app_url, installation.owner_url, ports, installation.server)
        try:
            service.start()
            return service
        except RuntimeError as why:
            stop_all(service.children)
            if is_last or choose_ports(ports) == ports:
                refuse(f"เปิดระบบไม่สำเร็จ: {why}", "The service did not start; see the lines above.")
    raise AssertionError("the last try returns or refuses")


def _print_welcome(service: Service, seconds: float) -> None:
    print()
    tell(
        f"ที่พึ่งพร้อมใช้แล้วที่  {service.url}  (ใช้เวลา {seconds:.0f} วินาที)",
        f"Phueng is ready at  {service.url}  (took {seconds:.0f} seconds)",
    )
    _print_people()
    tell("กด Ctrl-C เพื่อปิด", "Press Ctrl-C to stop.")


def _print_people() -> None:
    """The table of invented people to sign in as."""
    sign_in_table: Callable[[], list[tuple[str, str, str]]] = import_string("phueng.demo.people.sign_in_table")
    print()
    rows = [("ชื่อผู้ใช้ · Username", "ชื่อ · Name", "หน้าที่ · Role"), *sign_in_table()]
    wide = [max(_width(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  " + "  ".join(cell + " " * (size - _width(cell)) for cell, size in zip(row, wide, strict=True)))
    print()


def _width(text: str) -> int:
    """How many columns a text takes: Thai vowels above and below a letter take none."""
    return sum(1 for letter in text if unicodedata.category(letter) not in ("Mn", "Cf"))

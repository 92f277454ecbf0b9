"""Which processes make up a running service, with which addresses, and how do they know of each other?"""

import json
import os
import shutil
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import psycopg

from phueng.commandline.folders import ROOT, var
from phueng.commandline.ports import first_free
from phueng.commandline.postgres import CannotStart, Server
from phueng.commandline.processes import Child, restart_dead, stop_all, wait_until_ready
from phueng.commandline.words import tell

PREFERRED = {
    "web": 8000,
    "events": 8001,
    "civil_register": 8101,
    "civil_register_control": 8102,
    "sms": 2775,
    "sms_control": 8103,
    "krungthai": 8104,
    "comptroller": 8105,
    "name_inquiry": 8106,
    "name_inquiry_control": 8107,
    "iso20022": 8108,
}
PYTHON = [sys.executable, "-m"]
PHUENG = [*PYTHON, "phueng.commandline.main"]
TOKEN = "demo-register-token"  # noqa: S105  # nosec B105  # of the local stand-in only
INQUIRY_TOKEN = "demo-name-inquiry-token"  # noqa: S105  # nosec B105  # of the local stand-in only


def choose_ports(preferred: dict[str, int]) -> dict[str, int]:
    """The preferred ports, or for each busy one the next that is free."""
    chosen: dict[str, int] = {}
    for name, port in preferred.items():
        chosen[name] = first_free(port, taken=frozenset(chosen.values()))
    return chosen


@dataclass
class Service:
    """Web, events, worker and stand-ins on one database. `with Service(…):` starts and stops them."""

    home: Path
    app_url: str
    owner_url: str
    ports: dict[str, int]
    server: Server | None = None
    web_workers: int = 2
    quiet: bool = False
    children: list[Child] = field(default_factory=list, init=False)
    _ending: threading.Event = field(default_factory=threading.Event, init=False)

    @classmethod
    def for_tests(
        cls, home: Path, app_url: str, owner_url: str, records: Path, server: Server | None = None
    ) -> "Service":
        """On ports of its own, far from those of a demo that runs beside it."""
        home.mkdir(parents=True, exist_ok=True)
        base = 20_000 + os.getpid() % 400 * 50
        ports = choose_ports({name: base + number for number, name in enumerate(PREFERRED)})
        service = cls(home, app_url, owner_url, ports, server, web_workers=1, quiet=True)
        service.records.parent.mkdir(parents=True, exist_ok=True)
        if records.exists():
            shutil.copyfile(records, service.records)
        if (accounts := records.with_suffix(".accounts.jsonl")).exists():
            shutil.copyfile(accounts, service.accounts)
        # What the template holds was sealed and indexed with these keys: others would find nobody in it.
        if (var() / "secrets").exists():
            shutil.copytree(var() / "secrets", home / "secrets", dirs_exist_ok=True)
        return service

    @property
    def url(self) -> str:
        """The address of the web pages."""
        return f"http://127.0.0.1:{self.ports['web']}"

    @property
    def events_url(self) -> str:
        return f"http://127.0.0.1:{self.ports['events']}"

    @property
    def fakes(self) -> dict[str, str]:
        """Stand-in → address of its control panel."""
        panels = {
            "civil_register": "civil_register_control",
            "sms": "sms_control",
            "krungthai": "krungthai",
            "comptroller": "comptroller",
            "name_inquiry": "name_inquiry_control",
            "iso20022": "iso20022",
        }
        return {name: f"http://127.0.0.1:{self.ports[port]}" for name, port in panels.items()}

    @property
    def environment(self) -> dict[str, str]:
        """What every process is told."""
        given = {
            "PHUENG_SETTING": "demo",
            "DJANGO_SETTINGS_MODULE": "phueng.config.settings",
            "PHUENG_VAR": str(self.home),
            "PHUENG_STATIC_DIR": str(var() / "static"),
            "PHUENG_ASSETS_DIR": str(var() / "assets"),
            "DATABASE_URL": self.app_url,
            "PHUENG_PUBLIC_URL": self.url,
            "PHUENG_EVENTS_URL": self.events_url,
            "PHUENG_CIVIL_REGISTER_URL": f"http://127.0.0.1:{self.ports['civil_register']}",
            "PHUENG_CIVIL_REGISTER_TOKEN": TOKEN,
            "PHUENG_NAME_INQUIRY_URL": f"http://127.0.0.1:{self.ports['name_inquiry']}",
            "PHUENG_NAME_INQUIRY_TOKEN": INQUIRY_TOKEN,
            "PHUENG_SMSC_PORT": str(self.ports["sms"]),
            "PHUENG_STAND_INS": json.dumps(self.fakes),
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]).strip(":"),
        }
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
        return {**kept, **given}

    @property
    def records(self) -> Path:
        return self.home / "stand-ins" / "civil-register.jsonl"

    @property
    def accounts(self) -> Path:
        """Who holds which account, as the name inquiry's stand-in reads it."""
        return self.home / "stand-ins" / "accounts.jsonl"

    def _child(self, name: str, name_th: str, command: list[str], health: str = "") -> Child:
        return Child(name, name_th, command, self.environment, self.home / "log" / f"{name}.log", health)

    def _stand_ins(self) -> list[Child]:
        kept, port = self.home / "stand-ins", {name: str(number) for name, number in self.ports.items()}
        kept.mkdir(parents=True, exist_ok=True)
        self.records.touch()
        self.accounts.touch()
        register, messages = port["civil_register"], port["sms"]
        arguments = {
            "civil_register": [
                "--port",
                register,
                "--records",
                str(self.records),
                "--token",
                TOKEN,
                "--control",
            ],
            "sms": ["--port", messages, "--store", str(kept / "sms.jsonl")],
            "name_inquiry": [
                "--port",
                port["name_inquiry"],
                "--accounts",
                str(self.accounts),
                "--token",
                INQUIRY_TOKEN,
            ],
        }
        for name, words in arguments.items():
            words += ["--control-port", port[f"{name}_control"]]
        for bank in ("krungthai", "comptroller", "iso20022"):
            boxes = self.home / bank
            for box in ("outbox", "inbox"):
                (boxes / box).mkdir(parents=True, exist_ok=True)
            arguments[bank] = ["--outbox", str(boxes / "outbox"), "--inbox", str(boxes / "inbox")]
            arguments[bank] += ["--control-port", port[bank]]
        for name, choice in json.loads(os.environ.get("PHUENG_KRUNGTHAI_OPTIONS", "{}")).items():
            arguments["krungthai"] += ["--option", f"{name}={choice}"]  # the bank reads what we were told to write
        th = {"civil_register": "ทะเบียนราษฎรจำลอง", "sms": "ระบบข้อความจำลอง"}
        th |= {"krungthai": "ธนาคารจำลอง", "comptroller": "กรมบัญชีกลางจำลอง", "name_inquiry": "บริการตรวจชื่อบัญชีจำลอง"}
        th |= {"iso20022": "ธนาคารอื่นจำลอง"}
        return [
            self._child(name, th[name], [*PYTHON, f"phueng.gateways.{name}.fake", *words])
            for name, words in arguments.items()
        ]

    def start(self) -> None:
        """Start all of them at once and wait until each is ready."""
        events = [*PHUENG, "events", "--port", str(self.ports["events"])]
        web = [*PHUENG, "serve", "--port", str(self.ports["web"]), "--workers", str(self.web_workers)]
        self.children = [
            self._child("web", "หน้าเว็บ", web, f"{self.url}/health/ready"),
            self._child("worker", "ตัวทำงานเบื้องหลัง", [*PHUENG, "work"]),
            self._child("events", "สายข่าวสด", events, f"{self.events_url}/health"),
            *self._stand_ins(),
        ]
        for child in self.children:
            child.start()
        try:
            wait_until_ready(self.children)
        except RuntimeError:
            stop_all(self.children)
            raise

    def watch(self, ending: threading.Event) -> None:
        """Until `ending` is set, start again whatever has died, PostgreSQL included."""
        say = (lambda th, en: None) if self.quiet else tell
        while not ending.wait(0.2):
            if self.server is not None and self.server.pid() is None and not ending.is_set():
                try:
                    self.server.start(port_seconds=30)
                except (CannotStart, psycopg.OperationalError):
                    continue  # it died again while it started: the next round tries anew
                say("ฐานข้อมูลหยุดไปเอง เปิดใหม่แล้ว", "The database stopped by itself; it has been started again.")
            restart_dead(self.children, say)

    def __enter__(self) -> "Service":
        self.start()
        self._watching = threading.Thread(target=self.watch, args=(self._ending,), daemon=True)
        self._watching.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.set()
        self._watching.join(30)
        stop_all(self.children)

    def named(self, name: str) -> Child:
        """The process of this name."""
        return next(child for child in self.children if child.name == name)

    def kill(self, name: str) -> None:
        """kill -9, as a crash would: the process (`postgres` too, where it is ours) comes back by itself."""
        pid = (self.server.pid() if self.server else None) if name == "postgres" else self.named(name).pid
        if not pid:
            raise RuntimeError(f"{name} does not run, or is not ours to kill")
        os.kill(pid, signal.SIGKILL)

    def wait_until_ready(self, seconds: float = 30) -> None:
        """Until every process is ready again."""
        until = time.monotonic() + seconds
        while not all(child.is_ready() for child in self.children):
            if time.monotonic() > until:
                raise RuntimeError("not ready again in time")
            time.sleep(0.05)

    def logs(self, name: str) -> str:
        """What this process has written."""
        return self.named(name).last_words(10_000)

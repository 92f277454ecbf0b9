"""What does the environment say, and where do secrets come from?

PHUENG_SETTING is demo, test or production, and must be said: an installation that forgot to say it
must not open the demo's one-click sign-in. In production every secret is given by the operator; in
demo and test it is made on the first start and kept in var/secrets/, so that a fresh clone just runs.
"""

import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path
from typing import Literal, cast

from django.core.exceptions import ImproperlyConfigured

Setting = Literal["demo", "test", "production"]

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("PHUENG_VAR") or ROOT / "var")
SECRETS = VAR / "secrets"


def _setting() -> Setting:
    said = os.environ.get("PHUENG_SETTING", "")
    if said not in ("demo", "test", "production"):
        raise ImproperlyConfigured(
            f"Say PHUENG_SETTING=demo, test or production (bin/demo and bin/test do this for you). It was {said!r}."
        )
    return cast("Setting", said)


SETTING: Setting = _setting()


def text(name: str, otherwise: str | None = None) -> str:
    """The value of an environment variable; in production one without a default must be given."""
    value = os.environ.get(name)
    if value:
        return value
    if otherwise is None:
        raise ImproperlyConfigured(f"The environment variable {name} must be given.")
    return otherwise


def text_local(name: str, local: str) -> str:
    """Like `text`, with a default in demo and test only: production must say where outside systems are."""
    return text(name, None if SETTING == "production" else local)


def number(name: str, otherwise: int) -> int:
    """A whole number from the environment."""
    value = text(name, str(otherwise))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, it was {value!r}.") from None


def folder(name: str, local: str) -> Path:
    """A folder that Phueng writes to: from the environment, else below var/. Made when first written."""
    return Path(text(name, str(VAR / local)))


def key(name: str) -> bytes:
    """32 secret bytes (environment: URL-safe base64). Made and kept in var/secrets/ in demo and test only."""
    written = os.environ.get(name) or (None if SETTING == "production" else _kept(name))
    if not written:
        raise ImproperlyConfigured(f"{name} must be given: 32 random bytes in URL-safe base64.")
    return _raw(name, written)


def _raw(name: str, written: str) -> bytes:
    try:
        raw = urlsafe_b64decode(written)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not URL-safe base64.") from None
    if len(raw) != 32:
        raise ImproperlyConfigured(f"{name} must be 32 bytes, it is {len(raw)}.")
    return raw


def named_keys(name: str, *, first: str) -> dict[str, bytes]:
    """Keys with names, the newest first: `k2=…,k1=…` in the environment; without it, one key k1 from `first`.

    A name that stands twice, or is not plain, is refused: a value names the key that sealed it.
    """
    written = os.environ.get(name, "")
    if not written:
        return {"k1": key(first)}
    keys: dict[str, bytes] = {}
    for part in written.split(","):
        label, _, secret = part.strip().partition("=")
        if not re.fullmatch(r"[a-z0-9]{1,20}", label) or label in keys:
            raise ImproperlyConfigured(f"{name} is a list such as k2=KEY,k1=KEY with a plain name for each key, once.")
        keys[label] = _raw(f"{name} ({label})", secret)
    return keys


def _kept(name: str) -> str:
    """The secret kept in a file; made if there is none. Two processes starting at once get the same one."""
    path = SECRETS / name.lower()
    if not path.exists():
        SECRETS.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = SECRETS / f".{name.lower()}.{os.getpid()}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(urlsafe_b64encode(secrets.token_bytes(32)).decode())
        try:
            os.link(draft, path)  # fails when another process was first: then its secret is the one
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()

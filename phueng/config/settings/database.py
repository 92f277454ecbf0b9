"""Which PostgreSQL does this process talk to, and as whom?

DATABASE_URL is the app role: it cannot change tables, nor edit what is append-only. DATABASE_OWNER_URL is
used by `phueng migrate` alone. The `phueng` command fills in both for the embedded server when they are not
given.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from phueng.config.settings.environment import number, text, text_local


def connection_from(url: str) -> dict[str, Any]:
    """Django's settings for postgresql://user:password@host:port/name (what follows a ? goes to libpq)."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("a database address begins with postgresql://")
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "phueng.config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {name: unquote(value) for name, value in options.items()},
    }


# A page that waits longer than this has failed for the person in front of it; the worker may take longer.
_STATEMENT_SECONDS = number("PHUENG_STATEMENT_SECONDS", 15)

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **connection_from(text_local("DATABASE_URL", "postgresql://phueng_app@127.0.0.1:5432/phueng")),
        "ATOMIC_REQUESTS": False,  # one action is one transaction; a page is not
        "CONN_MAX_AGE": number("PHUENG_CONNECTION_SECONDS", 60),
        "CONN_HEALTH_CHECKS": True,  # a restarted PostgreSQL must not cost one error a connection
    }
}
DATABASES["default"]["OPTIONS"].setdefault(
    "options",
    f"-c statement_timeout={_STATEMENT_SECONDS}s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s",
)
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", "5")
DATABASES["default"]["OPTIONS"].setdefault("application_name", text("PHUENG_PROCESS_NAME", "phueng"))

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"  # for Django's own tables; ours have UUIDs

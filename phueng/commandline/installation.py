"""With which settings and which database does this command run?

When no DATABASE_URL is given it is the demo on the embedded server of this folder. Whoever gives a database
must also say which setting it is for (PHUENG_SETTING): nobody gets demo sign-in on a real one by forgetting
it.
"""

import os
from dataclasses import dataclass

from phueng.commandline import databases
from phueng.commandline.postgres import CannotStart, Server, embedded
from phueng.commandline.words import refuse

DATABASE = "phueng"


@dataclass(frozen=True)
class Installation:
    """The database of this command, as the app role and as the owner; `server` if it is the embedded one."""

    app_url: str
    owner_url: str
    server: Server | None = None


def settle(*, make_database: bool = True) -> Installation:
    """Find (and if embedded, start) the database; set the environment that the settings read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phueng.config.settings")
    app_url = os.environ.get("DATABASE_URL", "")
    owner_url = os.environ.get("DATABASE_OWNER_URL", "")
    if app_url:
        if not os.environ.get("PHUENG_SETTING"):
            refuse(
                "ระบุ DATABASE_URL แล้ว ต้องระบุ PHUENG_SETTING=demo, test หรือ production ด้วย",
                "With DATABASE_URL, PHUENG_SETTING=demo, test or production must be given too.",
            )
        return Installation(app_url, owner_url)
    os.environ.setdefault("PHUENG_SETTING", "demo")
    server = started()
    installation = Installation(server.url("phueng_app", DATABASE), server.url("phueng_owner", DATABASE), server)
    if make_database and not databases.exists(installation.owner_url, DATABASE):
        databases.create(installation.owner_url, DATABASE)
    os.environ["DATABASE_URL"] = installation.app_url
    os.environ["DATABASE_OWNER_URL"] = installation.owner_url
    return installation


def settle_without_database() -> None:
    """For commands that read code only (makemigrations, build-assets)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phueng.config.settings")
    os.environ.setdefault("PHUENG_SETTING", "demo")


def started() -> Server:
    """The embedded server, running; or a plain refusal that says why not."""
    try:
        server = embedded()
        server.start()
    except CannotStart as why:
        refuse(f"เปิดฐานข้อมูลไม่ได้: {why}", f"The database did not start: {why}")
    return server

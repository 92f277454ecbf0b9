"""How does a database get its tables? As the owner; then the app role is given what it needs, no more."""

import os
from pathlib import Path

from phueng.commandline import databases
from phueng.commandline.folders import ROOT
from phueng.commandline.installation import Installation
from phueng.commandline.words import refuse


def migration_files() -> list[Path]:
    """Everything that decides what the tables look like and who may do what with them."""
    patterns = ("*/migrations/*.py", "*/sql.py", "*/sql/*.py")
    files = [path for pattern in patterns for path in (ROOT / "phueng").glob(pattern)]
    numbers = [ROOT / "phueng/payments/bands.py", ROOT / "phueng/payments/bands.yaml"]
    return [*files, *numbers, ROOT / "phueng/audit/clock.py", Path(databases.__file__)]


def is_current(installation: Installation) -> bool:
    """Whether nothing has changed since this database was last migrated (asked before loading Django)."""
    noted = databases.marks(installation.app_url).get("migrations")
    return noted == databases.fingerprint(migration_files())


def migrate(installation: Installation, arguments: list[str]) -> None:
    """Run Django's migrate as the owner, install the clock and the bands of approvals, grant."""
    if not installation.owner_url:
        refuse(
            "ต้องระบุ DATABASE_OWNER_URL เพื่อสร้างหรือแก้ตาราง",
            "DATABASE_OWNER_URL must be given to make or change tables.",
        )
    databases.prepare(installation.owner_url, installation.app_url)
    os.environ["DATABASE_URL"] = installation.owner_url
    os.environ["PHUENG_STATEMENT_SECONDS"] = "0"  # building an index on a big table takes its time

    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", *arguments)
    from django.conf import settings

    from phueng.audit.clock import install_clock
    from phueng.payments.bands import install_bands

    install_clock(connection, offset_allowed=settings.PHUENG_ALLOWS_CLOCK_OFFSET)
    if not arguments:
        install_bands(connection)
    connection.close()
    databases.grant(installation.owner_url, installation.app_url)
    if not arguments:  # `migrate payments 0003` leaves the database on purpose where it is not complete
        databases.mark(installation.owner_url, migrations=databases.fingerprint(migration_files()))

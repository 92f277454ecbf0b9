"""What time is it?

One clock for everything: the database's `phueng_now()`. A server whose own clock is wrong, or an officer
who changes the time of a desk computer, can then never move a deadline. Demo and test settings may shift
this clock to show what happens in ten days; in production the function ignores every shift.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import DateTimeField, Func

from phueng.audit.sql import PHUENG_NOW_PLAIN, PHUENG_NOW_WITH_OFFSET


class PhuengNow(Func):
    """`phueng_now()` as an expression, also usable as `db_default`.

    A migration whose table uses it must depend on ("audit", "0002_guards"), which creates the function.
    """

    function = "phueng_now"
    template = "%(function)s()"
    arity = 0
    output_field = DateTimeField()


class ClockMayNotMove(Exception):
    """Somebody tried to shift the clock outside demo and test settings."""


def now() -> datetime:
    """Return the database's time, aware. A view calls this once and passes it on as `at=`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT phueng_now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def offset_is_allowed() -> bool:
    """Say whether this installation may shift its clock (demo and test only)."""
    return getattr(settings, "PHUENG_SETTING", "production") in {"demo", "test"}


def install_clock(database: object = connection, *, offset_allowed: bool) -> None:
    """Create the `phueng_now()` that fits this installation.

    `phueng migrate` calls it after every migration, so that a demo database restored in production
    gets the plain clock back.
    """
    with database.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(PHUENG_NOW_WITH_OFFSET if offset_allowed else PHUENG_NOW_PLAIN)


@transaction.atomic
def set_clock_offset(shift: timedelta) -> None:
    """Shift the clock of a demo or a test by `shift` (zero: back to real time).

    Raises ClockMayNotMove in production.
    """
    if not offset_is_allowed():
        raise ClockMayNotMove("the clock can be shifted in demo and test settings only")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_clock_offset (id, shift) VALUES (1, make_interval(secs => %s))"
            " ON CONFLICT (id) DO UPDATE SET shift = excluded.shift",
            [shift.total_seconds()],
        )

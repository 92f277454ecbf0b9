"""What stands in a production database before the first officer signs in?

Places and offices, the days off, the schemes' numbers, and one administrator with a one-time password. Everything is
loaded once; doing it again changes nothing.
"""

import argparse
from collections.abc import Sequence
from datetime import date

from phueng.commandline.installation import Installation
from phueng.commandline.migrating import is_current
from phueng.commandline.words import refuse, tell


def main(installation: Installation, arguments: Sequence[str]) -> int:
    """Load what is missing; see `phueng install --help`."""
    asked = _asked(arguments)
    if not is_current(installation):
        refuse("ตารางยังไม่พร้อม สั่ง phueng migrate ก่อน", "The tables are not up to date: run phueng migrate first.")
    import django

    django.setup()
    from django.conf import settings

    from phueng.audit.clock import now
    from phueng.kernel.thai_dates import in_bangkok
    from phueng.places.models import Office

    if settings.PHUENG_ALLOWS_UNISSUED_IDS or Office.objects.filter(is_invented=True).exists():
        refuse(
            "คำสั่งนี้สำหรับฐานข้อมูลจริง ฐานข้อมูลนี้มีข้อมูลสมมุติ หรือตั้ง PHUENG_SETTING เป็น demo หรือ test",
            "This is for a production database; this one holds invented data, or PHUENG_SETTING is demo or test.",
        )
    at = now()
    today = in_bangkok(at).date()
    _load_places_and_days(asked.first_year or today.year, asked.last_year or today.year + 2)
    _try_schemes(today)
    return _open_administrator(asked, today)


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="phueng install", description="The first data of a production database")
    parser.add_argument("--username", default="admin", help="of the first administrator")
    parser.add_argument("--name-th", default="ผู้ดูแลระบบคนแรก", help="name in Thai")
    parser.add_argument("--name-en", default="First administrator", help="name in English")
    parser.add_argument("--first-year", type=int, default=0, help="first year of days off (CE); this year")
    parser.add_argument("--last-year", type=int, default=0, help="last year of days off (CE); the year after next")
    parser.add_argument(
        "--new-password", action="store_true", help="another one-time password, when the first was not used in time"
    )
    return parser.parse_args(arguments)


def _load_places_and_days(first_year: int, last_year: int) -> None:
    from phueng.audit.actors import SYSTEM
    from phueng.audit.clock import now
    from phueng.calendars.actions.load_days import load_days
    from phueng.calendars.models import Day
    from phueng.places.actions.load_places import load_places
    from phueng.places.models import Office, Subdistrict

    load_places(by=SYSTEM("installation"), at=now())
    load_days(first_year=first_year, last_year=last_year, by=SYSTEM("installation"), at=now())
    places, offices, days = Subdistrict.objects.count(), Office.objects.count(), Day.objects.count()
    tell(
        f"พื้นที่ {places:,} ตำบล สำนักงาน {offices:,} แห่ง วันหยุด {days:,} วัน",
        f"{places:,} subdistricts, {offices:,} offices, {days:,} days off.",
    )


def _try_schemes(today: date) -> None:
    """The numbers of the law stand in the schemes' files: one that has none for today would fail at the first case."""
    from phueng.schemes.catalogue import schemes

    found = [(one, one.decider(today), one.clock("decide", today)) for one in schemes()]
    names = ", ".join(one.code for one, *_ in found)
    tell(f"โครงการพร้อมตัวเลขตามกฎหมายของวันนี้: {names}", f"Schemes with the numbers that hold today: {names}.")


def _open_administrator(asked: argparse.Namespace, today: date) -> int:
    from django.db import connection, transaction

    from phueng.access.actions import give_duty, give_password, open_account
    from phueng.access.queries import accounts_with_duty
    from phueng.audit.actors import SYSTEM
    from phueng.audit.clock import now
    from phueng.places.identity import HEADQUARTERS_CODE, office_id

    by, at, headquarters = SYSTEM("installation"), now(), office_id(HEADQUARTERS_CODE)
    with transaction.atomic():
        with connection.cursor() as cursor:  # two who install at the same time open one administrator
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('phueng install', 0))")
        there = accounts_with_duty("administrator", headquarters, today)
        if there and not asked.new_password:
            tell(f"มีผู้ดูแลระบบแล้ว: {there[0].username}", f"There is an administrator already: {there[0].username}.")
            return 0
        if there:
            account = next((one for one in there if one.username == asked.username.lower()), None)
            if account is None or account.password_given_at is None:
                refuse(
                    "บัญชีนี้ไม่มี หรือตั้งรหัสผ่านเองแล้ว ให้ผู้ดูแลอีกคนออกรหัสให้",
                    "No such account, or its password was changed: another administrator gives a new one.",
                )
        else:
            account = open_account(
                username=asked.username, display_name_th=asked.name_th, display_name_en=asked.name_en, by=by, at=at
            )
            give_duty(
                account_id=account.pk, role="administrator", office_id=headquarters, starts_on=today,
                reference="การติดตั้งครั้งแรก", by=by, at=at,
            )  # fmt: skip
        password = give_password(account_id=account.pk, why="installation", by=by, at=at)
    tell(
        f"ผู้ดูแลระบบคนแรก: {account.username}  รหัสผ่านใช้ครั้งเดียว: {password}",
        f"First administrator: {account.username}  one-time password: {password}",
    )
    tell(
        "รหัสนี้แสดงครั้งเดียว ใช้ได้ 3 วัน เมื่อเข้าระบบต้องตั้งรหัสใหม่และผูกแอปยืนยันตัว",
        "Shown once, good for 3 days; at the first sign-in a new password is set and an app is enrolled.",
    )
    return 0

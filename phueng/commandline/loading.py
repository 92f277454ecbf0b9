"""How does the demo's content get into an empty database?"""

from importlib import import_module
from pathlib import Path

from django.conf import settings

from phueng.commandline.words import refuse


def load(*, only_foundation: bool) -> None:
    """Load places, calendars, the cast; unless `only_foundation`, also invented residents and their cases."""
    if not settings.PHUENG_ALLOWS_UNISSUED_IDS:
        refuse(
            "ข้อมูลสาธิตใช้ได้เฉพาะ PHUENG_SETTING=demo หรือ test",
            "Invented people are for PHUENG_SETTING=demo or test only.",
        )
    # By name: the demo stands beside this package, not below it.
    loading = import_module("phueng.demo.loading")
    (loading.load_foundation if only_foundation else loading.load_demo)()
    records = Path(settings.PHUENG_REGISTER_RECORDS)  # the register's stand-in knows the same people
    records.parent.mkdir(parents=True, exist_ok=True)
    loading.write_register(records)
    loading.write_accounts(Path(settings.PHUENG_BANK_ACCOUNTS))  # and the bank's stand-in their accounts

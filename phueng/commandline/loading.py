"""How does the demo's content get into an empty database?"""

from django.conf import settings

from phueng.commandline.words import refuse


def load(*, only_foundation: bool) -> None:
    """Load places, calendars, the cast; unless `only_foundation`, also invented residents and their cases."""
    if not settings.PHUENG_ALLOWS_UNISSUED_IDS:
        refuse(
            "ข้อมูลสาธิตใช้ได้เฉพาะ PHUENG_SETTING=demo หรือ test",
            "Invented people are for PHUENG_SETTING=demo or test only.",
        )
    from phueng.demo import loading

    if only_foundation:
        loading.load_foundation()
    else:
        loading.load_demo()

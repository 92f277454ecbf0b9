"""How do fonts and collected static files come to be, without doing it again when nothing has changed?"""

from pathlib import Path

from phueng.commandline import databases
from phueng.commandline.folders import ROOT, locked, var

MARK = ".made-from"


def _sources() -> list[Path]:
    found = [path for path in (ROOT / "phueng").glob("*/static/**/*") if path.is_file()]
    return [*found, ROOT / "phueng/design/fonts.py"]


def build_assets() -> None:
    """Cut the fonts and collect the static files (needs Django set up), unless both are current."""
    from django.conf import settings

    wanted = databases.fingerprint(_sources())
    marked = Path(settings.STATIC_ROOT) / MARK
    with locked(var() / "assets.lock"):
        if marked.exists() and marked.read_text() == wanted:
            return
        from phueng.design.fonts import build_fonts

        fonts = Path(settings.PHUENG_ASSETS_DIR) / "fonts"
        fonts.mkdir(parents=True, exist_ok=True)
        build_fonts(fonts)
        settings.STATICFILES_DIRS = [settings.PHUENG_ASSETS_DIR]  # the folder may be only seconds old

        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        marked.write_text(wanted)


def are_current(static: Path) -> bool:
    """Whether `static` was collected from the sources as they are now (asked before loading Django)."""
    marked = static / MARK
    return marked.exists() and marked.read_text() == databases.fingerprint(_sources())

"""How does the command speak to the person at the terminal? Thai first, then English, one line each."""

import sys
from typing import NoReturn


def tell(th: str, en: str) -> None:
    """Print one message in both languages."""
    print(f"{th}\n  {en}", flush=True)


def refuse(th: str, en: str, *, status: int = 1) -> NoReturn:
    """Say why not, in both languages, and stop."""
    print(f"{th}\n  {en}", file=sys.stderr, flush=True)
    raise SystemExit(status)

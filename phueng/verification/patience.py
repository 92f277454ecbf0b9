"""How alike is alike enough, and how long do we wait before we ask again?"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml

SETTINGS_FILE = Path(__file__).parent / "settings.yaml"


@dataclass(frozen=True, slots=True)
class Patience:
    """The numbers of settings.yaml."""

    spelling_variant_from: float
    register_asks_again_after_seconds: tuple[int, ...]
    claim_holds_seconds: int

    def pause_after(self, tries: int) -> timedelta:
        """How long to wait after this many questions without an answer (1 or more)."""
        steps = self.register_asks_again_after_seconds
        return timedelta(seconds=steps[min(max(tries, 1), len(steps)) - 1])

    @property
    def claim_holds(self) -> timedelta:
        return timedelta(seconds=self.claim_holds_seconds)


@cache
def patience() -> Patience:
    """Read once; raises TypeError for a number too many or too few."""
    written = yaml.safe_load(SETTINGS_FILE.read_text(encoding="utf-8"))
    return Patience(
        spelling_variant_from=float(written["spelling_variant_from"]),
        register_asks_again_after_seconds=tuple(written["register_asks_again_after_seconds"]),
        claim_holds_seconds=int(written["claim_holds_seconds"]),
    )

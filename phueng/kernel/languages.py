"""Which of our two languages does a language tag ask for?

Thai is the answer to anything we do not know: the service is Thai first.
"""

from __future__ import annotations


def is_english(lang: str) -> bool:
    """True for "en", "en-GB", "EN_us"; False for everything else."""
    return lang.lower().replace("_", "-").split("-", 1)[0] == "en"

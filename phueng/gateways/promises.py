"""How does a check say which promise of an outside system does not hold?"""

from __future__ import annotations


class PromiseBroken(AssertionError):
    """The sentence names the promise. Not a plain assert: checks must also speak under `python -O`."""


def promised(holds: object, promise: str) -> None:
    if not holds:
        raise PromiseBroken(promise)

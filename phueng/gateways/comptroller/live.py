"""How does the certified list reach the Comptroller General?

An officer of the municipality uploads it by hand, so it goes through the folders of an upload station, as
bank files do.
"""

from __future__ import annotations

from phueng.gateways.dropfolders import DropFolder

__all__ = ["DropFolder"]

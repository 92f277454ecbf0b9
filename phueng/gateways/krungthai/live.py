"""How does the file reach the officer's Krungthai Corporate Online upload station?

The bank takes uploads from a person at a browser, not from a program. So the file and its signature are put
into a folder of the upload station, and the result the officer downloads is put into another.
"""

from __future__ import annotations

from phueng.gateways.dropfolders import DropFolder

__all__ = ["DropFolder"]

"""How does an order reach a bank, and how do its reports come back? Through the folders of an upload station.

Every bank has its own way of taking files (a portal, SFTP, a host-to-host box); each of them ends in two folders.
"""

from __future__ import annotations

from phueng.gateways.dropfolders import DropFolder

__all__ = ["DropFolder"]

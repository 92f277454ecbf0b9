"""Folders for the bank's files, a fresh seal, and an entry for rows arranged without an action."""

from phueng.payments.tests.conftest import folders, sealed, traced, unasked

__all__ = ["folders", "sealed", "traced", "unasked"]

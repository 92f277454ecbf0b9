"""Desk promises an officer one queue sorted by time left, and everything about one case or one person on one screen.

It refuses to show a case outside the viewer's offices (not there and not yours look the same), and it owns no facts: its
pages ask the packages below, and each button is one action of theirs. Every opening of a record is written down. It
serves the front desk, social workers, municipal officers, approvers, auditors and administrators.
"""

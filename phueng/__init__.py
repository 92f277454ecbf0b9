"""Phueng (ที่พึ่ง, "someone to rely on"): a social-welfare e-service, from application to paid.

A person in hardship asks once, is checked fairly, and has the money in their account, seeing every step.
The folder list is the table of contents; a package imports downward only (see ARCHITECTURE.md).
"""

__version__ = "0.1.0"

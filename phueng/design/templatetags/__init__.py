"""Promises the tag library `design`; refuses decisions and database reads; serves every template."""

"""The Comptroller General: the certified monthly list of people who receive an allowance, and its result.

Promises: the list is written from a layout that is data (columns, headings, encoding), reproducible byte
for byte, and read back strictly; the result is read the same way. Refuses: to guess the layout. None is
published; `layouts/` holds an agreed starting point that an operator changes. Serves: payments, for schemes
whose pay route is `comptroller`.
"""

"""Welfare schemes: what each one gives, to whom, under which law.

Promises: every condition and every amount is written once, as an expression over plain columns, and answers
both for one person (with reasons) and for a whole register; every number has a day from which it holds and a
law.
Refuses: numbers of the law in Python, answers without a reason, and guessing (what is not known is "cannot
tell").
Serves: applications (questions, documents), verification (eligibility), decisions (ceilings), entitlements
(months).

A new scheme is a new folder here and one line in `catalogue.py`. Web processes use `catalogue` only;
`evaluate` and each `rules.py` load Polars and are for the worker.
"""

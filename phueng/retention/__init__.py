"""Retention: what was told us about a case is let go when its time is over.

It promises that after the last day its scheme states, counted from the last thing that happened (money included), what
people said about themselves is blanked by the declared classes of the columns, while facts that money and statistics
need stay. It refuses a case that is open, under appeal, still paid, or asked back for, and so does the database.
It serves the worker, and whoever asks beforehand what would be let go (`phueng retention report`).
"""

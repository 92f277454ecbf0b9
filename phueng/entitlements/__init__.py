"""Entitlements keeps who is owed what, from when, until when, and which sums have fallen due.

It refuses to let the same sum fall due twice: one month per person and scheme, one ordinal per household, scheme and fiscal
year, by constraint. It serves the person who counts on the money and the officer who prepares the payment."""

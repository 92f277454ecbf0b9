"""Payments turns what is due into money in an account: prepared, checked and released by three people, written as the bank's
file, answered line by line and posted to the satang.

It refuses to pay anything twice, by constraint, and to let any byte leave before its intent is stored. It serves the person
waiting for the money and the officer who signs for it."""

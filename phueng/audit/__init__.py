"""Audit: who did what, when and why, written in the transaction of the act itself.

It promises that every write, and every read of a person's record, leaves one entry that nobody can change,
remove or slip in unseen: entries are append-only for every database role, a sealer gives each a place in a
Merkle tree, and signed heads of that tree are copied to a place outside the database.
It refuses a commit that wrote an audited table and left no entry, and it refuses to forget.
It serves auditors, citizens who ask who looked at them, and every package above, which gets its clock here.
Actor, role and office are stored as values: an entry must still read right when the account is long gone.
"""

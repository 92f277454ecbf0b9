"""The mass: twenty thousand residents and two thousand cases, loaded set-wise.

Promises: rows that keep every constraint, guard and invariant, with one audit entry for each main act; the same mass
for the same counts. Refuses: switching a guard off for speed.
"""

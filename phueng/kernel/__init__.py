"""The kernel: arithmetic that every storey above may rely on.

Promises: national ID numbers, references, money in satang, Thai text, dates in two eras, working days, telephone and
bank account numbers, Merkle trees and canonical bytes, each computed the same way everywhere; whatever a person can
type is answered with a value or with a `Problem` in Thai and English, never with a crash.

Refuses: Django, the database, the network, the clock and chance (the one exception is `references`, which must be
unguessable). "Today" is always handed in. No legal number lives here.

Serves: every package of the house. It imports none of them.
"""

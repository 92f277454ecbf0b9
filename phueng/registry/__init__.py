"""The registry knows people: who they are, under which identifiers and names, with whom they live and where, how to reach and
pay them, and where each of those facts came from.

It refuses to overwrite a fact silently: a new fact is a new row with its source and time. It serves every officer who asks
whether this person is already here."""

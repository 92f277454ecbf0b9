"""Matching answers whether this person is already here: by identifier, or by birth date and a similar name, in one statement.

It promises an answer while the person is still at the counter, with the reason for every candidate. It refuses to join two
people by a score alone: it points, a person decides. It serves every check that must know who somebody is."""

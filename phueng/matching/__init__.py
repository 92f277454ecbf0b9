"""Matching answers whether this person is already here: by identifier, or by birth date and a similar name, in one statement.

It refuses to join two people by a score alone: it points, a person decides."""

"""Decisions holds what was recommended, decided and appealed, with reasons; nothing here is ever edited.

It refuses a decision by the person who recommended it, by a relative, from outside the area or above the delegation, in the
database itself. It serves the citizen, who reads the reasons, and the officer, who is protected by them."""

"""Who may open which door? The table that a person reviews; a route that is not in it, or differs, fails the build."""

EVERYONE = frozenset({"everyone"})
SIGNED_IN = frozenset({"signed_in"})
